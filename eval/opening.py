"""Whether a folder can take a run, and where an interrupted run in it goes on."""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path

from eval.differences import differences
from eval.gold.items import ResolvedItem
from eval.records import item_line, parse_result
from eval.rundir import ITEMS, JUDGE, REPORT, RESULTS, RUN, SUMMARY, to_json
from eval.writing import check_writable, write_whole
from index.errors import UsageError
from index.eval_runs import run_record

_TIMES = ("started", "finished")
# Without the record, which is replaced: a folder is known by it at every moment.
_DROPPED = (SUMMARY, REPORT, JUDGE, RESULTS, ITEMS)


def check_folder(folder: Path, *, force: bool) -> None:
    """Raise ``UsageError`` when no run can go into the folder, whatever it is made with.

    A new folder takes one, one without files of a run's names, and that of an interrupted run;
    ``force`` also lets one take the place of a finished run. What no run left there is nobody's to
    overwrite.
    """
    check_writable(folder)
    if not (folder / RUN).exists():
        if taken := [name for name in _DROPPED if (folder / name).exists()]:
            raise UsageError(f"{folder} holds no run, but a {taken[0]}: name a new folder")
        return
    if run_record(folder) is None:
        raise UsageError(
            f"{folder / RUN} is not the record of a run, or it is damaged: name a new folder, or"
            " delete what is in this one"
        )
    if force:
        return
    if (folder / SUMMARY).exists():
        raise UsageError(f"{folder} holds a finished run; use --force to replace it")
    if (folder / RESULTS).exists() and not (folder / ITEMS).exists():
        raise UsageError(f"{folder} has results but no {ITEMS}; use --force to start over")


def is_finished(folder: Path) -> bool:
    """Whether the folder holds a run to whose results nothing is to be added."""
    return (folder / SUMMARY).exists() and run_record(folder) is not None


def check_finished(folder: Path, record: Mapping[str, object]) -> None:
    """Raise ``UsageError`` when its finished run was made with something else than ``record``."""
    check_writable(folder)
    _check_same(folder, record, "a finished run")


def open_run(
    folder: Path,
    record: Mapping[str, object],
    items: Sequence[ResolvedItem],
    *,
    started: str,
    force: bool,
) -> int:
    """Make the folder ready to add results to; returns how many it has already.

    A new folder starts at 0. An interrupted run goes on after its last whole line when
    everything in ``record`` is as it was. Raises ``UsageError`` for a finished run, another run or
    a folder that is not a run's; ``force`` drops what a run left there instead.
    """
    check_folder(folder, force=force)
    folder.mkdir(parents=True, exist_ok=True)
    if force:
        drop_results(folder)
    if (folder / RUN).exists() and (folder / ITEMS).exists():
        _check_same(folder, record, "an interrupted run")
        return _drop_torn_line(folder, items)
    write_whole(folder / RUN, to_json({**record, "started": started, "finished": None}))
    # Last of the two: with it there, the folder has all that resuming needs.
    write_whole(folder / ITEMS, "".join(f"{item_line(gold)}\n" for gold in items))
    return 0


def drop_results(folder: Path) -> None:
    """Delete what a run wrote there but its record, and nothing else."""
    for name in _DROPPED:
        (folder / name).unlink(missing_ok=True)


def _check_same(folder: Path, record: Mapping[str, object], what: str) -> None:
    before = run_record(folder) or {}
    # Through JSON and back: a tuple of settings must compare equal to the list it was stored as.
    now = json.loads(to_json(record))
    changed = differences({k: v for k, v in before.items() if k not in _TIMES}, now)
    if changed:
        listed = "\n".join(f"  {key}: {was!r}, now {now!r}" for key, (was, now) in changed.items())
        raise UsageError(
            f"{folder} holds {what} made with something else; "
            f"name another folder, or use --force to start over:\n{listed}"
        )


def _drop_torn_line(folder: Path, items: Sequence[ResolvedItem]) -> int:
    """Cut the results after their last whole line; returns the number of lines."""
    file = folder / RESULTS
    if not file.exists():
        return 0
    content = file.read_bytes()
    whole = content[: content.rfind(b"\n") + 1]
    lines = [line + b"\n" for line in whole.split(b"\n")[:-1]]
    done = 0
    for number, line in enumerate(lines, 1):
        expected = items[number - 1].item.id if number <= len(items) else None
        try:
            found = parse_result(line)["id"]
        except ValueError as error:
            # A crash can also leave a last line that ends well and holds nonsense.
            if number < len(lines):
                raise UsageError(
                    f"{file}:{number}: not a result; use --force to start over"
                ) from error
            break
        if found != expected:
            raise UsageError(f'{file}:{number}: "{found}" is not the next item; use --force')
        done += 1
    kept = sum(map(len, lines[:done]))
    if kept < len(content):
        with file.open("r+b") as stream:
            stream.truncate(kept)
    return done

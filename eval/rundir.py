"""A run's folder: which files it has, how they are read, and how an interrupted run is taken up.

run.json       what the run is made with; written first
items.jsonl    the gold items used, with their paragraphs
results.jsonl  one line an item, in gold order, added as each is done
judge.jsonl    what a judge said of the answers, only where one was asked
report.html    for reading
summary.json   written last: its presence means that the run is finished
"""

import json
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from eval.differences import differences
from eval.gold.items import ResolvedItem
from eval.judge_records import JudgeRecord, read_judge
from eval.records import ResultRecord, item_line, parse_item, parse_result
from index.errors import UsageError

RUN, ITEMS, RESULTS = "run.json", "items.jsonl", "results.jsonl"
JUDGE = "judge.jsonl"
REPORT, SUMMARY = "report.html", "summary.json"

_FILES = (SUMMARY, REPORT, JUDGE, RESULTS, ITEMS, RUN)
_TIMES = ("started", "finished")


@dataclass(frozen=True, slots=True)
class RunData:
    """What a folder holds: ``run.json``, the items, and the results so far, in gold order."""

    run: Mapping[str, object]
    items: tuple[ResolvedItem, ...]
    results: tuple[ResultRecord, ...]
    judge: tuple[JudgeRecord, ...] = ()


def open_run(
    folder: Path,
    record: Mapping[str, object],
    items: Sequence[ResolvedItem],
    *,
    started: str,
    force: bool,
) -> int:
    """Make the folder ready to add results to; returns how many it has already.

    A new or empty folder starts at 0. An interrupted run goes on after its last whole line when
    everything in ``record`` is as it was. Raises ``UsageError`` for a finished run, another run or
    a folder that is not a run's; ``force`` drops what a run left there instead.
    """
    folder.mkdir(parents=True, exist_ok=True)
    if force:
        for name in _FILES:
            (folder / name).unlink(missing_ok=True)
    if (folder / SUMMARY).exists():
        raise UsageError(f"{folder} holds a finished run; use --force to replace it")
    if (folder / RUN).exists() and (folder / ITEMS).exists():
        _check_same(folder, record)
        return _drop_torn_line(folder, items)
    if (folder / RESULTS).exists():
        raise UsageError(f"{folder} has results but no {RUN}; use --force to start over")
    write_whole(folder / RUN, to_json({**record, "started": started, "finished": None}))
    # Last of the two: with it there, the folder has all that resuming needs.
    write_whole(folder / ITEMS, "".join(f"{item_line(gold)}\n" for gold in items))
    return 0


def read_run(folder: Path) -> RunData:
    """A run's folder, finished or not. Raises ``UsageError`` when it is not one."""
    try:
        run = json.loads((folder / RUN).read_text(encoding="utf-8"))
        items = tuple(map(parse_item, _lines(folder / ITEMS)))
        results = tuple(map(parse_result, _lines(folder / RESULTS)))
        judge = read_judge(folder / JUDGE)
    except FileNotFoundError as error:
        raise UsageError(
            f"{folder} is not the folder of a run: {error.filename} is missing"
        ) from error
    except ValueError as error:
        raise UsageError(
            f"{folder} is not the folder of a run, or it is damaged: {error}"
        ) from error
    return RunData(run, items, results, judge)


def write_whole(file: Path, text: str) -> None:
    """Write a file so that it is never seen half written."""
    part = file.with_name(f"{file.name}.part")
    part.write_text(text, encoding="utf-8", newline="\n")
    os.replace(part, file)


def to_json(value: object) -> str:
    """JSON for people to read too."""
    return json.dumps(value, ensure_ascii=False, indent=2, allow_nan=False) + "\n"


def _check_same(folder: Path, record: Mapping[str, object]) -> None:
    before = json.loads((folder / RUN).read_text(encoding="utf-8"))
    # Through JSON and back: a tuple of settings must compare equal to the list it was stored as.
    now = json.loads(to_json(record))
    changed = differences({k: v for k, v in before.items() if k not in _TIMES}, now)
    if changed:
        listed = "\n".join(f"  {key}: {was!r}, now {now!r}" for key, (was, now) in changed.items())
        raise UsageError(
            f"{folder} holds an interrupted run made with something else; "
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


def _lines(file: Path) -> list[bytes]:
    """The whole lines of a file; a torn last one is no line yet."""
    return file.read_bytes().split(b"\n")[:-1]

"""Every run below a folder, finished or not: what there is to look at, compare or go on with."""

import json
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import cast

from eval.rundir import ITEMS, JUDGE, RESULTS, RUN, SUMMARY, read_run
from eval.summary import Summary, summarise
from index.errors import UsageError
from index.eval_runs import run_record

_FIGURE = {"value", "n", "low", "high"}


@dataclass(frozen=True, slots=True)
class RunInfo:
    """One run at a glance. ``done`` of ``items`` have a result; ``summary`` when it is finished."""

    folder: Path
    gold: str
    mode: str
    model: str
    started: str
    items: int
    done: int
    summary: Summary | None

    @property
    def name(self) -> str:
        """The folder's name."""
        return self.folder.name

    @property
    def finished(self) -> bool:
        """Whether nothing is left to do."""
        return self.summary is not None


def list_runs(folder: Path) -> list[RunInfo]:
    """The runs directly below a folder, the latest first; what is damaged is left out."""
    found = [info for path in sorted(folder.glob("*/")) if (info := find_run(path)) is not None]
    return sorted(found, key=lambda info: info.started, reverse=True)


def find_run(folder: Path) -> RunInfo | None:
    """The run in a folder; None when there is none, or it is damaged."""
    record = run_record(folder)
    if record is None or not (folder / ITEMS).is_file():
        return None
    try:
        summary = load_summary(folder) if (folder / SUMMARY).exists() else None
        items = int(cast(int, record["items"]))
        return RunInfo(
            folder=folder,
            gold=str(cast(Mapping[str, object], record["gold"])["name"]),
            mode=str(record["mode"]),
            model=str(record["model"]),
            started=str(record["started"]),
            items=items,
            done=items if summary else _results(folder),
            summary=summary,
        )
    except (OSError, ValueError, KeyError, TypeError, UsageError):
        return None


def load_summary(folder: Path) -> Summary:
    """The figures of a finished run; ``UsageError`` when there are none."""
    try:
        found = json.loads((folder / SUMMARY).read_text(encoding="utf-8"))
        if not _is_summary(found):
            raise ValueError(f"{SUMMARY} does not hold the figures of a run")
    except (OSError, ValueError, RecursionError) as error:
        raise UsageError(f"{folder} holds no finished run: {error}") from error
    return cast(Summary, found)


def summary_so_far(folder: Path) -> Summary:
    """The figures of an unfinished run; made anew only once it has other files.

    Not to be changed by whoever gets it. Raises ``UsageError`` when the folder is not a run's.
    """
    stamps = []
    for name in (RUN, ITEMS, RESULTS, JUDGE):
        with suppress(OSError):
            stat = (folder / name).stat()
            stamps.append((name, stat.st_mtime_ns, stat.st_size))
    return _summarised(folder, tuple(stamps))


@lru_cache(maxsize=8)
def _summarised(folder: Path, stamps: tuple[tuple[str, int, int], ...]) -> Summary:
    return summarise(read_run(folder))


def _results(folder: Path) -> int:
    results = folder / RESULTS
    return results.read_bytes().count(b"\n") if results.exists() else 0


def _is_summary(found: object) -> bool:
    figures = found.get("metrics") if isinstance(found, dict) else None
    return isinstance(figures, dict) and all(
        isinstance(figure, dict) and figure.keys() >= _FIGURE for figure in figures.values()
    )

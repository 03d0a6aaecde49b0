"""Every run below a folder, finished or not: what there is to look at, compare or go on with."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import cast

from eval.rundir import ITEMS, REPORT, RESULTS, RUN, SUMMARY
from eval.summary import Summary
from index.errors import UsageError


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
    found = [info for path in sorted(folder.glob("*/")) if (info := _info(path)) is not None]
    return sorted(found, key=lambda info: info.started, reverse=True)


def load_summary(folder: Path) -> Summary:
    """The figures of a finished run; ``UsageError`` when there are none."""
    try:
        return cast(Summary, json.loads((folder / SUMMARY).read_text(encoding="utf-8")))
    except (OSError, ValueError) as error:
        raise UsageError(f"{folder} holds no finished run: {error}") from error


def load_report(folder: Path) -> str:
    """The page of a run as HTML; ``UsageError`` when there is none."""
    try:
        return (folder / REPORT).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"{folder} holds no report: {error}") from error


def _info(folder: Path) -> RunInfo | None:
    try:
        record = json.loads((folder / RUN).read_text(encoding="utf-8"))
        if not (folder / ITEMS).is_file():
            return None
        results = folder / RESULTS
        done = results.read_bytes().count(b"\n") if results.exists() else 0
        summary = load_summary(folder) if (folder / SUMMARY).exists() else None
        return RunInfo(
            folder=folder,
            gold=str(record["gold"]["name"]),
            mode=str(record["mode"]),
            model=str(record["model"]),
            started=str(record["started"]),
            items=int(record["items"]),
            done=done,
            summary=summary,
        )
    except (OSError, ValueError, KeyError, TypeError, UsageError):
        return None

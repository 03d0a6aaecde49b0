"""A run's folder: which files it has, and how they are read and written.

run.json       what the run is made with; written first
items.jsonl    the gold items used, with their paragraphs
results.jsonl  one line an item, in gold order, added as each is done
judge.jsonl    what a judge said of the answers, only where one was asked
report.html    for reading
summary.json   written last: its presence means that the run is finished
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from eval.gold.items import ResolvedItem
from eval.judge_records import JudgeRecord, read_judge
from eval.records import ResultRecord, parse_item, parse_lines, parse_result
from index.errors import UsageError
from index.eval_runs import FILES, run_record

RUN, ITEMS, RESULTS, JUDGE, REPORT, SUMMARY = FILES
BASELINE = "baseline"
"""A key of ``run.json`` that only the record of a baseline has: one may replace another."""


@dataclass(frozen=True, slots=True)
class RunData:
    """What a folder holds: ``run.json``, the items, and the results so far, in gold order."""

    run: Mapping[str, object]
    items: tuple[ResolvedItem, ...]
    results: tuple[ResultRecord, ...]
    judge: tuple[JudgeRecord, ...] = ()


def read_run(folder: Path) -> RunData:
    """A run's folder, finished or not. Raises ``UsageError`` when it is not one."""
    try:
        (folder / RUN).stat()
        run = run_record(folder)
        if run is None or not _names_its_gold(run):
            raise ValueError(f"{RUN} is not the record of a run")
        items = parse_lines(folder / ITEMS, parse_item)
        results = parse_lines(folder / RESULTS, parse_result)
        known = {gold.item.id for gold in items}
        if strange := next((one["id"] for one in results if one["id"] not in known), None):
            raise ValueError(f'{RESULTS}: "{strange}" is none of the items')
        judge = read_judge(folder / JUDGE)
    except FileNotFoundError as error:
        raise UsageError(
            f"{folder} is not the folder of a run: {error.filename} is missing"
        ) from error
    except (OSError, ValueError) as error:
        raise UsageError(
            f"{folder} is not the folder of a run, or it is damaged: {error}"
        ) from error
    return RunData(run, items, results, judge)


def _names_its_gold(run: Mapping[str, object]) -> bool:
    gold = run["gold"]
    return isinstance(gold, Mapping) and "name" in gold and isinstance(run["mode"], str)


def to_json(value: object) -> str:
    """JSON for people to read too."""
    return json.dumps(value, ensure_ascii=False, indent=2, allow_nan=False) + "\n"

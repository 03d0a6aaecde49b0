"""Runs gold items through the engine that users talk to and keeps each result.

A run can be stopped at any moment and taken up again: results are added line by line, in gold
order, and what was done is not done twice. Everything derived from them is written when the last
one is there.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from filelock import FileLock, Timeout

from eval.answering import Outcome, Stop, StoppedError
from eval.asking import Asker, Unchanged, Warm, outcomes_of
from eval.cache import AnswerCache
from eval.cases import case_of
from eval.gold.items import ResolvedItem
from eval.measures import score_case
from eval.opening import open_run
from eval.plan import Mode, RunPlan
from eval.records import result_line, result_record
from eval.replies import ReplyCache
from eval.report import render_report
from eval.rundir import REPORT, RESULTS, RUN, SUMMARY, read_run, to_json
from eval.summary import Summary, summarise
from eval.writing import write_whole, writing
from index.errors import PinciteError, StateBusyError
from rag.engine import Engine

Progress = Callable[[int, int, str], None]
"""Called after each item with the number done, the number of all, and the item's status."""


class RunStoppedError(PinciteError):
    """The run was asked to stop; what was done is kept, and the same call goes on with it."""


def run(
    plan: RunPlan,
    engine: Engine,
    folder: Path,
    *,
    others: Sequence[Engine] = (),
    cache: AnswerCache | None = None,
    replies: ReplyCache | None = None,
    force: bool = False,
    progress: Progress = lambda done, total, status: None,
    stop: Stop = lambda: False,
    warm: Warm = lambda engine, items: None,
    unchanged: Unchanged = lambda: True,
) -> Summary:
    """Run a plan into a folder, or what is left of it, and write its figures and report.

    ``others`` answer beside ``engine``, each in a thread of its own; the results stay in gold
    order. ``warm`` is called before an engine is asked its first question, with the items that are
    to be asked, and counts in no item's time; not at all where every answer is in the ``cache``.
    ``replies`` is what the engines' models take kept replies from, if they do. An error while
    answering one item becomes that item's result. Raises ``UsageError`` when the folder cannot take
    this run (see ``open_run``), ``StateBusyError`` when another process is running into it,
    ``RunStoppedError`` when ``stop`` said so, ``IndexChangedError`` when the documents are no
    longer ``unchanged``; ``KeyboardInterrupt`` passes through. In each case everything done so far
    is kept.
    """

    with _only_run(folder):
        record = plan.record(engine.model_name)
        done = open_run(folder, record, plan.items, started=_now(), force=force)
        left = plan.items[done:]
        asker = Asker(plan, left, cache, replies, warm, stop, unchanged)
        with (folder / RESULTS).open("a", encoding="utf-8", newline="\n") as results:
            try:
                with closing(outcomes_of(left, [engine, *others], asker)) as outcomes:
                    for position, (gold, outcome) in enumerate(
                        zip(left, outcomes, strict=True), done + 1
                    ):
                        results.write(f"{_line(gold, outcome, plan.mode)}\n")
                        results.flush()
                        progress(position, len(plan.items), outcome["answer"]["status"])
            except StoppedError:
                raise RunStoppedError(
                    f"stopped; what was done is kept in {folder}, the same run goes on with it"
                ) from None
        return _finish(folder)


def rewrite(folder: Path) -> Summary:
    """Write a finished run's figures and report anew from its results."""
    data = read_run(folder)
    summary = summarise(data)
    write_whole(folder / REPORT, render_report(data, summary))
    write_whole(folder / SUMMARY, to_json(summary))
    return summary


def write_report(folder: Path) -> Path:
    """Write a run's ``report.html`` anew from its results, finished or not; returns its path."""
    data = read_run(folder)
    write_whole(folder / REPORT, render_report(data, summarise(data)))
    return folder / REPORT


def _finish(folder: Path) -> Summary:
    data = read_run(folder)
    data = replace(data, run={**data.run, "finished": _now()})
    write_whole(folder / RUN, to_json(data.run))
    return rewrite(folder)


def _line(gold: ResolvedItem, outcome: Outcome, mode: Mode) -> str:
    case = case_of(gold, outcome["answer"], outcome["confidence"])
    scores = score_case(case, retrieval_only=mode is Mode.RETRIEVAL)
    # What the decision to answer rested on, so that it can be calibrated on finished runs.
    signals = {f"signal_{name}": value for name, value in outcome["signals"].items()}
    return result_line(result_record(gold.item.id, outcome["answer"], {**scores, **signals}))


@contextmanager
def _only_run(folder: Path) -> Iterator[None]:
    with writing(folder):
        folder.mkdir(parents=True, exist_ok=True)
    try:
        with FileLock(folder / ".lock", timeout=0):
            yield
    except Timeout as error:
        raise StateBusyError(f"another run is writing into {folder}") from error


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")

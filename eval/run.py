"""Runs gold items through the engine that users talk to, one after another, and keeps each result.

A run can be stopped at any moment and taken up again: results are added line by line, and what
was done is not done twice. Everything derived from them is written when the last one is there.
"""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from filelock import FileLock, Timeout

from eval.cases import case_of
from eval.gold.items import GoldItem, ResolvedItem
from eval.measures import score_case
from eval.plan import Mode, RunPlan
from eval.records import result_line, result_record
from eval.report import render_report
from eval.rundir import REPORT, RESULTS, RUN, SUMMARY, open_run, read_run, to_json, write_whole
from eval.summary import Summary, summarise
from index.errors import PinciteError, StateBusyError
from index.types import Hit
from rag.engine import Engine
from rag.types import Answer, Event, Evidence, Finished, Status, Timings

Progress = Callable[[int, int, str], None]
"""Called after each item with the number done, the number of all, and the item's status."""


def run(
    plan: RunPlan,
    engine: Engine,
    folder: Path,
    *,
    force: bool = False,
    progress: Progress = lambda done, total, status: None,
) -> Summary:
    """Run a plan into a folder, or what is left of it, and write its figures and report.

    An error while answering one item becomes that item's result. Raises ``UsageError`` when the
    folder cannot take this run (see ``open_run``), ``StateBusyError`` when another process is
    running into it; ``KeyboardInterrupt`` passes through with everything done so far kept.
    """
    with _only_run(folder):
        record = plan.record(engine.model_name)
        done = open_run(folder, record, plan.items, started=_now(), force=force)
        with (folder / RESULTS).open("a", encoding="utf-8", newline="\n") as results:
            for position, gold in enumerate(plan.items[done:], done + 1):
                line, status = _result(engine, gold, plan.mode)
                results.write(f"{line}\n")
                results.flush()
                progress(position, len(plan.items), status)
        return _finish(folder)


def write_report(folder: Path) -> Path:
    """Write a run's ``report.html`` anew from its results, finished or not; returns its path."""
    data = read_run(folder)
    write_whole(folder / REPORT, render_report(data, summarise(data.items, data.results)))
    return folder / REPORT


def _finish(folder: Path) -> Summary:
    data = read_run(folder)
    data = replace(data, run={**data.run, "finished": _now()})
    summary = summarise(data.items, data.results)
    write_whole(folder / REPORT, render_report(data, summary))
    write_whole(folder / RUN, to_json(data.run))
    write_whole(folder / SUMMARY, to_json(summary))
    return summary


def _result(engine: Engine, gold: ResolvedItem, mode: Mode) -> tuple[str, Status]:
    """The line of one item and how it ended."""
    retrieval_only = mode is Mode.RETRIEVAL
    try:
        if retrieval_only:
            answer = _search(engine, gold.item)
        else:
            answer = _answer(engine, gold.item, extractive=mode is Mode.EXTRACTIVE)
        line = _line(gold, answer, retrieval_only)
    except Exception as error:  # noqa: BLE001  # the edge of one item: the run goes on
        answer = _failed(engine, gold.item, error)
        line = _line(gold, answer, retrieval_only)
    return line, answer.status


def _line(gold: ResolvedItem, answer: Answer, retrieval_only: bool) -> str:
    scores = score_case(case_of(gold, answer), retrieval_only=retrieval_only)
    # What the decision to answer rested on, so that it can be calibrated on finished runs.
    signals = {f"signal_{name}": value for name, value in answer.signals.items()}
    return result_line(result_record(gold.item.id, answer, {**scores, **signals}))


def _answer(engine: Engine, item: GoldItem, *, extractive: bool) -> Answer:
    events = engine.stream(item.question, item.history, extractive=extractive)
    with _closing(events):
        finished = [event.answer for event in events if isinstance(event, Finished)]
    if len(finished) != 1:
        raise RuntimeError(f"the engine finished {len(finished)} times instead of once")
    return finished[0]


def _search(engine: Engine, item: GoldItem) -> Answer:
    """The first event only: what was found for the question, its history taken into account."""
    begun = time.perf_counter()
    # Extractive, because no model is wanted: the stream is closed before one would be asked.
    events = engine.stream(item.question, item.history, extractive=True)
    with _closing(events):
        first = next(events)
    elapsed_ms = 1000 * (time.perf_counter() - begun)
    if isinstance(first, Finished):
        return first.answer
    if not isinstance(first, Evidence):
        raise RuntimeError("the engine did not say first what it had found")
    return _without_answer(
        item, first.standalone_question, first.hits[:10], Timings(elapsed_ms, None, elapsed_ms)
    )


def _without_answer(
    item: GoldItem, standalone: str, hits: tuple[Hit, ...], timings: Timings
) -> Answer:
    """A search has no status of its own; "refused" is the one that promises no answer."""
    return Answer(
        question=item.question,
        standalone_question=standalone,
        status=Status.REFUSED,
        text="",
        extractive=True,
        retrieved=hits,
        timings=timings,
    )


def _failed(engine: Engine, item: GoldItem, error: Exception) -> Answer:
    message = str(error) if isinstance(error, PinciteError) else f"{type(error).__name__}: {error}"
    return Answer(
        question=item.question,
        standalone_question=item.question,
        status=Status.ERROR,
        text="",
        model=engine.model_name,
        error=message.encode(errors="replace").decode(),
    )


@contextmanager
def _closing(events: Iterator[Event]) -> Iterator[None]:
    """Closes the stream, which stops the model; plain iterators have nothing to close."""
    try:
        yield
    finally:
        close = getattr(events, "close", None)
        if close is not None:
            close()


@contextmanager
def _only_run(folder: Path) -> Iterator[None]:
    folder.mkdir(parents=True, exist_ok=True)
    try:
        with FileLock(folder / ".lock", timeout=0):
            yield
    except Timeout as error:
        raise StateBusyError(f"another run is writing into {folder}") from error


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")

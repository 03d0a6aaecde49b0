"""One gold item through the engine -> what is kept of it. Errors become the item's outcome."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from pydantic import TypeAdapter
from typing_extensions import TypedDict  # pydantic wants this one before Python 3.12

from eval.gold.items import GoldItem
from eval.plan import Mode
from eval.records import AnswerRecord, answer_record, result_line
from index.errors import PinciteError
from index.types import Hit
from rag.engine import Engine
from rag.types import Answer, Event, Evidence, Finished, Status, Timings

Stop = Callable[[], bool]
"""Whether the run is to end; asked between the pieces of an answer."""


class StoppedError(Exception):
    """The item was given up because the run is to end: it has no outcome."""


class Outcome(TypedDict):
    """An answer, and what the decision to give or refuse it rested on.

    ``lasting``: the same question would be answered like this again, so that it may be kept for
    other runs; not so after an error nor, where a model was to be asked, with a notice, which may
    tell that it fell out, nor where it failed to rewrite a follow-up.
    """

    answer: AnswerRecord
    confidence: float
    signals: dict[str, float]
    lasting: bool


_OUTCOME = TypeAdapter(Outcome)


def outcome_of(engine: Engine, item: GoldItem, mode: Mode, stop: Stop) -> Outcome:
    """Ask the engine; raises ``StoppedError`` and what is no ``Exception``, nothing else."""
    try:
        if mode is Mode.RETRIEVAL:
            answer = _search(engine, item)
        else:
            answer = _answer(engine, item, extractive=mode is Mode.EXTRACTIVE, stop=stop)
        outcome = _outcome(answer, mode)
        # Before it is kept: half a surrogate pair from a model, say, cannot be written.
        result_line({"id": item.id, **outcome["answer"], "scores": {}})
    except StoppedError:
        raise
    except Exception as error:  # noqa: BLE001  # the edge of one item: the run goes on
        outcome = _outcome(_failed(engine, item, error), mode)
    return outcome


def parse_outcome(data: str) -> Outcome:
    """The outcome of its JSON; raises ``ValueError``."""
    return _OUTCOME.validate_json(data)


def _outcome(answer: Answer, mode: Mode) -> Outcome:
    # A notice can say that the model failed and the documents were quoted in its place.
    model_failed = mode is Mode.ANSWERS and bool(answer.notice or answer.misheard)
    return {
        "answer": answer_record(answer),
        "confidence": answer.confidence,
        "signals": dict(answer.signals),
        "lasting": not (answer.status is Status.ERROR or model_failed),
    }


def _answer(engine: Engine, item: GoldItem, *, extractive: bool, stop: Stop) -> Answer:
    finished = []
    events = engine.stream(item.question, item.history, extractive=extractive)
    with _closing(events):
        for event in events:
            if stop():
                raise StoppedError
            if isinstance(event, Finished):
                finished.append(event.answer)
    if len(finished) != 1:
        raise RuntimeError(f"the engine finished {len(finished)} times instead of once")
    return finished[0]


def _search(engine: Engine, item: GoldItem) -> Answer:
    """What was found for the question, its history taken into account: no more of the stream."""
    begun = time.perf_counter()
    # Extractive, because no model is wanted: the stream is closed before one would be asked.
    events = engine.stream(item.question, item.history, extractive=True)
    with _closing(events):
        first = next(e for e in events if not (isinstance(e, Evidence) and not e.final))
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

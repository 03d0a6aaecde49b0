"""Engines and waiting for the tests of the desk."""

import threading
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from index.filters import EVERYTHING, Filter
from rag.types import Event, Turn
from tests.ui.corpus import ASK_SLOW, corpus_engine
from tests.ui.fakes import FakeEngine
from ui.conversation import Conversation


def quick_engine() -> FakeEngine:
    """The corpus's engine; only ``ASK_SLOW`` takes its time."""
    engine = corpus_engine()
    for question, script in engine.scripts.items():
        if question != ASK_SLOW:
            engine.scripts[question] = replace(
                script, evidence_delay=0.0, first_token_delay=0.0, token_delay=0.0
            )
    return engine


class SlowToSuggest(FakeEngine):
    """Is held at each question that is tried to be suggested, and refuses it."""

    def __init__(self) -> None:
        known = quick_engine()
        super().__init__(known.corpus, known.scripts)
        self.trying, self.release = threading.Semaphore(0), threading.Event()

    def stream(
        self,
        question: str,
        history: Sequence[Turn] = (),
        *,
        extractive: bool = False,
        where: Filter = EVERYTHING,
    ) -> Iterator[Event]:
        if extractive:
            self.trying.release()
            self.release.wait(10)
        return super().stream(question, history, extractive=extractive, where=where)

    @property
    def questions(self) -> list[str]:
        """What was asked, in order."""
        return [question for question, _ in self.asked]


def until(condition: Callable[[], object], seconds: float = 10) -> None:
    """Wait for it."""
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "it did not happen"
        time.sleep(0.01)


def settled(*conversations: Conversation) -> None:
    """Wait until nothing more comes of them."""
    until(lambda: not any(found.working for found in conversations))

"""Asks engines the items of a plan, one beside the other, and gives the outcomes in gold order."""

import threading
from collections import deque
from collections.abc import Callable, Generator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from queue import SimpleQueue

from eval.answering import Outcome, Stop, StoppedError, outcome_of
from eval.cache import AnswerCache, cache_key, untimed
from eval.gold.items import ResolvedItem
from eval.plan import RunPlan
from eval.replies import ReplyCache
from index.errors import PinciteError
from rag.engine import Engine

Warm = Callable[[Engine, Sequence[ResolvedItem]], None]
"""Called with an engine before its first question, and with the items that are to be asked."""

Unchanged = Callable[[], bool]
"""Whether the documents asked are still those that the plan was made over."""


class IndexChangedError(PinciteError):
    """Another process brought the index up to date: no answer after that is one of this run."""


class Asker:
    """Asks an engine an item of the plan, or takes the answer from the cache; for many threads.

    ``left`` are the items of the plan that have no result yet. An answer made with any of the
    ``replies`` that were kept counts in no times, like one from the cache.
    ``StoppedError`` is raised once it was halted, or ``stop`` says so; ``IndexChangedError`` after
    an answer when the documents are no longer ``unchanged``, and nothing is kept of it.
    """

    def __init__(
        self,
        plan: RunPlan,
        left: Sequence[ResolvedItem],
        cache: AnswerCache | None,
        replies: ReplyCache | None,
        warm: Warm,
        stop: Stop,
        unchanged: Unchanged,
    ) -> None:
        self._plan = plan
        self._left = left
        self._cache = cache
        self._replies = replies
        self._warm = warm
        self._stop = stop
        self._unchanged = unchanged
        self._halted = threading.Event()
        self._warmed: set[int] = set()

    def halt(self) -> None:
        """Let what is being answered, and all that is asked from now on, end."""
        self._halted.set()

    def __call__(self, engine: Engine, gold: ResolvedItem) -> Outcome:
        if self._stopped():
            raise StoppedError
        plan, cache = self._plan, self._cache
        kept = self._kept(engine, gold)
        if kept is not None:
            return kept
        if id(engine) not in self._warmed:
            self._warmed.add(id(engine))
            with suppress(Exception):  # What goes wrong is the outcome of the items.
                self._warm(engine, [each for each in self._left if not self._kept(engine, each)])
        taken = self._taken()
        outcome = outcome_of(engine, gold.item, plan.mode, self._stopped)
        if self._taken() > taken:
            outcome = untimed(outcome)
        if not self._unchanged():
            raise IndexChangedError(
                "the documents were changed and indexed anew by another command while they were"
                " being measured: no answer after that is kept. Put them back to go on with this"
                " run, or start it over with --force"
            )
        if cache:
            cache.put(self._key(engine, gold), outcome)
        return outcome

    def _kept(self, engine: Engine, gold: ResolvedItem) -> Outcome | None:
        return self._cache.get(self._key(engine, gold)) if self._cache else None

    def _taken(self) -> int:
        return self._replies.taken() if self._replies else 0

    def _key(self, engine: Engine, gold: ResolvedItem) -> str:
        return cache_key(gold.item, self._plan.mode, engine.model_name, self._plan.settings)

    def _stopped(self) -> bool:
        return self._halted.is_set() or self._stop()


def outcomes_of(
    items: Sequence[ResolvedItem], engines: Sequence[Engine], asker: Asker
) -> Generator[Outcome]:
    """The outcomes in the order of the items. Closing it halts what is still being answered."""
    if len(engines) == 1:
        for gold in items:
            yield asker(engines[0], gold)
        return
    free: SimpleQueue[Engine] = SimpleQueue()
    for engine in engines:
        free.put(engine)

    def ask_free(gold: ResolvedItem) -> Outcome:
        engine = free.get()
        try:
            return asker(engine, gold)
        finally:
            free.put(engine)

    waiting: deque[Future[Outcome]] = deque()
    with ThreadPoolExecutor(len(engines)) as pool:
        try:
            for gold in items:
                waiting.append(pool.submit(ask_free, gold))
                # Not all at once: what is done but not yet its turn would be lost by a kill.
                if len(waiting) == 2 * len(engines):
                    yield waiting.popleft().result()
            while waiting:
                yield waiting.popleft().result()
        finally:
            asker.halt()
            for future in waiting:
                future.cancel()

"""The engine behind every way in: one index and one answer chain."""

import threading
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Sequence
from pathlib import Path

from index.explain import Explanation, explain
from index.filters import EVERYTHING, Filter
from index.locate import locate
from index.search import Searcher
from index.store import Store
from index.types import Document, Hit, Page, Paragraph
from rag.answer import AnswerChain
from rag.engine import ALL
from rag.question import check_question
from rag.types import Event, Turn


class DocumentEngine:
    """Implements ``rag.engine.Engine``.

    ``freeing`` let go of the model: they are called once, in order, when another takes over or on
    ``close``; ``closing`` are called once, in order, after them.
    """

    def __init__(
        self,
        store: Store,
        searcher: Searcher,
        chain: AnswerChain,
        *,
        model_name: str,
        notice: str,
        closing: Sequence[Callable[[], None]],
        freeing: Sequence[Callable[[], None]] = (),
        model_problem: Callable[[], str] = lambda: "",
    ) -> None:
        self._store = store
        self._searcher = searcher
        self._chain = chain
        self._closing = list(closing)
        self._freeing = list(freeing)
        self._model_problem = model_problem
        self._changing = threading.Condition()
        self._under_way: Counter[AnswerChain] = Counter()
        self._listing = threading.Lock()
        self._listed: tuple[tuple[int, int], tuple[Document, ...]] | None = None
        self.model_name = model_name
        self.notice = notice

    def stream(
        self,
        question: str,
        history: Sequence[Turn] = (),
        *,
        extractive: bool = False,
        where: Filter = EVERYTHING,
    ) -> Iterator[Event]:
        return self._stream(check_question(question), history, extractive, where)

    def _stream(
        self, question: str, history: Sequence[Turn], extractive: bool, where: Filter
    ) -> Iterator[Event]:
        with self._changing:
            chain = self._chain
            self._under_way[chain] += 1
        try:
            yield from chain.stream(question, history, extractive=extractive, where=where)
        finally:
            with self._changing:
                self._under_way[chain] -= 1
                self._changing.notify_all()

    def use(
        self,
        chain: AnswerChain,
        *,
        model_name: str,
        notice: str,
        freeing: Sequence[Callable[[], None]] = (),
        model_problem: Callable[[], str] = lambda: "",
    ) -> None:
        """Answer with another model from now on; waits for the end of answers under way."""
        with self._changing:
            before = self._chain
            old, self._freeing = self._freeing, list(freeing)
            self._chain, self._model_problem = chain, model_problem
            self.model_name, self.notice = model_name, notice
            self._changing.wait_for(lambda: not self._under_way[before])
            del self._under_way[before]
        for free in old:
            free()

    def model_problem(self) -> str:
        return self._model_problem()

    @property
    def searcher(self) -> Searcher:
        """The search over the index."""
        return self._searcher

    @property
    def corpus_label(self) -> str:
        """The corpus folder's name, for headers."""
        corpus = self._store.corpus()
        return corpus.name if corpus else ""

    @property
    def corpus(self) -> Path | None:
        """The corpus folder."""
        return self._store.corpus()

    @property
    def fingerprint(self) -> str:
        """What the index was built with."""
        return self._store.catalog.get("fingerprint")

    @property
    def generation(self) -> str:
        """Another one after every change of what can be found."""
        return self._store.catalog.get("generation")

    def search(self, query: str, top: int = 10, where: Filter = EVERYTHING) -> tuple[Hit, ...]:
        return self._searcher.search(check_question(query), top, where)

    def explain(self, question: str, pasted: str) -> Explanation:
        meant = [paragraph.id for paragraph in locate(self._store.catalog, pasted)]
        return explain(self._searcher, check_question(question), meant)

    def documents(self) -> list[Document]:
        # Reading 10,000 of them takes longer than a click may: kept until anything changes.
        with self._listing:
            version = self._store.catalog.version()
            if self._listed is None or self._listed[0] != version:
                self._listed = (version, tuple(self._store.catalog.documents()))
            return list(self._listed[1])

    def documents_at(self, paths: Collection[str]) -> dict[str, Document]:
        return {found.path: found for found in self._store.catalog.documents(paths)}

    def document_text(self, path: str) -> str:
        return self._store.catalog.text(path)

    def paragraphs(self, path: str, first: int = 1, last: int = ALL) -> list[Paragraph]:
        return self._store.catalog.paragraphs(path, first, last)

    def paragraph(self, paragraph_id: str) -> Paragraph | None:
        return self._store.catalog.paragraphs_by_id([paragraph_id]).get(paragraph_id)

    def pages(self, path: str, numbers: Sequence[int]) -> list[Page]:
        return self._store.catalog.pages(path, numbers)

    def close(self) -> None:
        for steps in (self._freeing, self._closing):
            while steps:
                steps.pop(0)()

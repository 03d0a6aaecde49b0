"""The engine behind every way in: one index, one answer chain, one model at a time."""

import threading
from collections.abc import Callable, Iterator, Sequence

from index.search import Searcher
from index.store import Store
from index.types import Document, Hit, Paragraph
from rag.answer import AnswerChain, check_question
from rag.types import Event, Turn


class DocumentEngine:
    """Implements ``rag.engine.Engine``. ``closing`` are called once, in order, on ``close``."""

    def __init__(
        self,
        store: Store,
        searcher: Searcher,
        chain: AnswerChain,
        *,
        model_name: str,
        notice: str,
        closing: Sequence[Callable[[], None]],
    ) -> None:
        self._store = store
        self._searcher = searcher
        self._chain = chain
        self._closing = list(closing)
        # The local model has one slot: a second answer waits here instead of inside the server,
        # where its time limit would already be running.
        self._one_at_a_time = threading.Lock()
        self.model_name = model_name
        self.notice = notice

    def stream(
        self, question: str, history: Sequence[Turn] = (), *, extractive: bool = False
    ) -> Iterator[Event]:
        question = check_question(question)
        return self._stream(question, history, extractive)

    def _stream(self, question: str, history: Sequence[Turn], extractive: bool) -> Iterator[Event]:
        with self._one_at_a_time:
            yield from self._chain.stream(question, history, extractive=extractive)

    @property
    def corpus_label(self) -> str:
        """The corpus folder's name, for headers."""
        corpus = self._store.corpus()
        return corpus.name if corpus else ""

    @property
    def fingerprint(self) -> str:
        """What the index was built with."""
        return self._store.catalog.get("fingerprint")

    def search(self, query: str, top: int = 10) -> tuple[Hit, ...]:
        return self._searcher.search(check_question(query), top)

    def documents(self) -> list[Document]:
        return self._store.catalog.documents()

    def document_text(self, path: str) -> str:
        return self._store.catalog.text(path)

    def paragraphs(self, path: str) -> list[Paragraph]:
        return self._store.catalog.paragraphs(path)

    def close(self) -> None:
        while self._closing:
            self._closing.pop(0)()

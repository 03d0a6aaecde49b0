"""Questions embedded many at a time: an eval knows them all beforehand, unlike the chat.

One by one, 612 questions take the embedder several times as long as in batches.
"""

import threading
from collections.abc import Sequence

import numpy as np

from index.embedding import Embedder, Vectors
from index.tokens import Tokens

_SAME = 0.99999
"""Cosine from which a question's vector is that of the same text as a document."""


class BatchedQueries:
    """An embedder whose queries are embedded together as soon as the first of them is asked.

    Only where the embedder treats questions and documents alike, which is tried on one of them;
    one that puts a prompt before either is asked question by question. Vectors differ from those
    made one by one by the rounding of a batch, about 1e-7.
    """

    def __init__(self, embedder: Embedder) -> None:
        self._embedder = embedder
        self._lock = threading.Lock()
        self._expected: tuple[str, ...] = ()
        self._known: dict[str, Vectors] = {}
        self._known_tokens: dict[str, Tokens] = {}

    @property
    def fingerprint(self) -> str:
        return self._embedder.fingerprint

    @property
    def dimension(self) -> int:
        return self._embedder.dimension

    def expect(self, queries: Sequence[str]) -> None:
        """Say which queries are to come; nothing is embedded yet."""
        with self._lock:
            self._expected = tuple(dict.fromkeys(queries))

    def prepare(self) -> None:
        """Embed what was said to come, before anything of it is asked."""
        for query in self._expected[:1]:
            self.query(query)
            self.query_tokens([query])

    def documents(self, texts: Sequence[str]) -> Vectors:
        return self._embedder.documents(texts)

    def query(self, text: str) -> Vectors:
        with self._lock:
            if text in self._expected and not self._known:
                self._embed_expected(text)
            known = self._known.get(text)
        return self._embedder.query(text) if known is None else known

    def document_tokens(self, texts: Sequence[str]) -> Sequence[Tokens]:
        return self._embedder.document_tokens(texts)

    def query_tokens(self, texts: Sequence[str]) -> Sequence[Tokens]:
        with self._lock:
            if not self._known_tokens and not set(texts).isdisjoint(self._expected):
                read = self._embedder.query_tokens(self._expected)
                self._known_tokens = dict(zip(self._expected, read, strict=True))
            known = [self._known_tokens.get(text) for text in texts]
        if any(tokens is None for tokens in known):
            return self._embedder.query_tokens(texts)
        return [tokens for tokens in known if tokens is not None]

    def _embed_expected(self, first: str) -> None:
        alone = self._embedder.query(first)
        [as_document] = self._embedder.documents([first])
        if float(np.dot(alone, as_document)) < _SAME:
            self._expected = ()
            return
        vectors = self._embedder.documents(self._expected)
        self._known = dict(zip(self._expected, vectors, strict=True))

"""An embedder of ours: fast, deterministic, and near for texts that share words."""

import hashlib
from collections.abc import Sequence
from functools import lru_cache

import numpy as np

from index.embedding import Vectors
from index.tokens import Tokens, no_tokens, unit
from index.words import WORD, content_stems

SIGNALS = ("dense", "sentence", "bm25", "covered")
"""What every paragraph found is scored by."""


class HashEmbedder:
    """The sum of a random direction for each word; counts the texts it was asked to embed."""

    def __init__(self, dimension: int = 128, fingerprint: str = "hash") -> None:
        self.dimension = dimension
        self.fingerprint = fingerprint
        self.embedded: list[str] = []

    def documents(self, texts: Sequence[str]) -> Vectors:
        self.embedded += texts
        return np.array([self.query(text) for text in texts], dtype=np.float32).reshape(
            len(texts), self.dimension
        )

    def query(self, text: str) -> Vectors:
        vector = np.full(self.dimension, 1e-3)
        for stem in content_stems(text):
            vector += _direction(stem, self.dimension)
        return np.asarray(vector / np.linalg.norm(vector), dtype=np.float32)

    def document_tokens(self, texts: Sequence[str]) -> list[Tokens]:
        """None: it reads no text token by token."""
        return [no_tokens() for _ in texts]

    def query_tokens(self, texts: Sequence[str]) -> list[Tokens]:
        """None, as of documents."""
        return [no_tokens() for _ in texts]


class WordEmbedder(HashEmbedder):
    """Reads texts word by word too: each has its own direction, a little the same for all."""

    def __init__(self) -> None:
        super().__init__()
        self.read: list[str] = []

    def document_tokens(self, texts: Sequence[str]) -> list[Tokens]:
        """Each word of each text; which texts they were is kept in ``read``."""
        self.read += texts
        return self.query_tokens(texts)

    def query_tokens(self, texts: Sequence[str]) -> list[Tokens]:
        """Each word of each question."""
        return [self._words(text) for text in texts]

    def _words(self, text: str) -> Tokens:
        found = list(WORD.finditer(text))
        if not found:
            return no_tokens()
        vectors = np.array([_direction(m.group().lower(), self.dimension) for m in found])
        return Tokens(unit(vectors + 0.1), np.array([m.span() for m in found]))


@lru_cache(maxsize=10_000)
def _direction(stem: str, dimension: int) -> Vectors:
    seed = int.from_bytes(hashlib.sha256(stem.encode()).digest()[:8])
    return np.asarray(np.random.default_rng(seed).normal(size=dimension), dtype=np.float32)

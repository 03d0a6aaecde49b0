"""Query -> ranked paragraphs, by three signals fused on one scale.

Chroma (by meaning) and FTS5 (by words) each nominate candidates; then every candidate gets all
three signals exactly: cosine of the paragraph, cosine of its best sentence, BM25. Each signal is
turned into standard scores over the candidates and the three are added. Scores missing from one
list and filled in by a guess would lose half of what fusion gains.
"""

import re
from collections.abc import Iterator, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from index.embedding import Embedder, Vectors
from index.store import Store
from index.types import Hit
from index.words import STOP_WORDS

CANDIDATES = 50
SIGNALS = ("dense", "sentence", "bm25")

# As FTS5 cuts words: an apostrophe parts them, and a letter left over says nothing.
_TOKEN = re.compile(r"\w\w+|\d", re.UNICODE)


class Searcher:
    """Ranks the paragraphs of one store. Safe to share between threads."""

    def __init__(self, store: Store, embedder: Embedder) -> None:
        self._store = store
        self._embedder = embedder

    def search(self, query: str, top: int = 10) -> tuple[Hit, ...]:
        """The best ``top`` paragraphs, best first; ties are broken by id."""
        vector = self._embedder.query(query)
        expression = full_text_query(query)
        ids = list(dict.fromkeys(self._nominate(vector, expression)))
        paragraphs = self._store.catalog.paragraphs_by_id(ids)
        # What was deleted since Chroma was filled is no longer in the catalog.
        ids = sorted(id_ for id_ in ids if id_ in paragraphs)
        if not ids:
            return ()
        dense = self._store.cache.of_paragraphs(ids)
        sentences = {
            id_: vectors @ vector for id_, vectors in self._store.cache.of_sentences(ids).items()
        }
        bm25 = self._store.catalog.bm25(expression, among=ids) if expression else {}
        signals = {
            "dense": np.array([dense[id_] @ vector for id_ in ids]),
            "sentence": np.array([sentences[id_].max() for id_ in ids]),
            "bm25": np.array([bm25.get(id_, 0.0) for id_ in ids]),
        }
        scores = fuse(signals)
        order = sorted(range(len(ids)), key=lambda i: (-scores[i], ids[i]))[:top]
        return tuple(
            Hit(
                paragraph=paragraphs[ids[i]],
                rank=rank,
                score=round(float(scores[i]), 6),
                signals={name: round(float(signals[name][i]), 6) for name in SIGNALS},
                best_sentence=int(sentences[ids[i]].argmax()),
                sentence_scores=tuple(round(float(s), 6) for s in sentences[ids[i]]),
            )
            for rank, i in enumerate(order, start=1)
        )

    def sentence_cosines(self, text: str, ids: Sequence[str]) -> dict[str, NDArray[np.floating]]:
        """paragraph id -> cosine of each of its sentences with ``text``."""
        vector = self._embedder.query(text)
        return {id_: v @ vector for id_, v in self._store.cache.of_sentences(ids).items()}

    def _nominate(self, vector: Vectors, expression: str) -> Iterator[str]:
        yield from self._store.nearest(vector, CANDIDATES)
        if expression:
            yield from self._store.catalog.bm25(expression, top=CANDIDATES)


def fuse(signals: Mapping[str, NDArray[np.floating]]) -> NDArray[np.floating]:
    """Sum of each signal's standard scores over the candidates; a constant signal adds nothing."""
    total = np.sum([standard_scores(values) for values in signals.values()], axis=0)
    return np.asarray(total)


def standard_scores(values: NDArray[np.floating]) -> NDArray[np.floating]:
    """Distance from the mean in standard deviations; zeros when all values are the same."""
    spread = values.std()
    return np.zeros_like(values) if spread < 1e-9 else (values - values.mean()) / spread


def full_text_query(text: str) -> str:
    """An FTS5 expression for any of the question's words; "" when it has none.

    Each word is quoted, so that nothing a user types is read as FTS5 syntax.
    """
    words = dict.fromkeys(word.lower() for word in _TOKEN.findall(text))
    asked = [word for word in words if word not in STOP_WORDS] or list(words)
    return " OR ".join(f'"{word}"' for word in asked)

"""Query -> ranked paragraphs, by four signals fused on one scale, the first read more closely.

Chroma (by meaning) and FTS5 (by words) each nominate candidates; then every candidate gets all
four signals exactly: cosine of the paragraph, cosine of its best sentence, BM25, and how much of
what tells it has with what it is about (``rarity.py``). Each signal is turned into standard scores
over the candidates and the four are added. Scores missing from one list and filled in by a guess
would lose half of what fusion gains. What the question has of the document's name counts beside
them, as it is: it is about the whole document.

The first of them are then read token by token (``late_interaction.py``), or by a reranker where
there is one, and put in a new order by that.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from index.document_names import DocumentNames
from index.embedding import Embedder
from index.filters import EVERYTHING, Filter
from index.fusion import (
    COVERED,
    NAME,
    NUMBERED,
    NUMBERED_WEIGHT,
    fuse,
    in_order,
    name_fits,
    standard_scores,
)
from index.late_interaction import LateInteraction, Read
from index.leads import about
from index.query import any_of, full_text_phrases
from index.rarity import Weights
from index.reranking import Reranker, passage
from index.store import Store
from index.surroundings import EARLIER, READ_WITH, Passage, in_surroundings, is_short
from index.telling import Telling
from index.told_apart import told_apart
from index.types import Hit, Paragraph

CANDIDATES = 50
NAMED = 20
"""So many of the best paragraphs by words are looked at in documents that are named."""
LATE = "tokens"
READ = 12
"""At most so many of the best are read token by token: it takes the embedder's time for each,"""
READ_CHARACTERS = 3500
"""together no more than so much text,"""
RIVAL = 8.0
"""and none whose score is further below the best: those seldom are what was sought."""
_READ_WEIGHT = 100.0
_FOUND_WEIGHT = 0.25
"""What was read decides, and what a first look made of it where that says much the same."""
RERANK = "rerank"
RERANKED = 20
"""So many of the best a reranker reads: reading one takes a model far longer than finding it."""

Floats = NDArray[np.floating]


class Searcher:
    """Ranks the paragraphs of one store. Safe to share between threads.

    ``reader`` reads the best of them token by token; without one the embedder does.
    """

    def __init__(
        self,
        store: Store,
        embedder: Embedder,
        reranker: Reranker | None = None,
        reader: LateInteraction | None = None,
    ) -> None:
        self._store = store
        self._embedder = embedder
        self._reranker = reranker
        self._late = reader or LateInteraction(embedder)
        self._names: tuple[tuple[int, int], DocumentNames] | None = None
        self._telling = Telling(store.catalog)

    @property
    def store(self) -> Store:
        """The index that is searched."""
        return self._store

    @property
    def embedder(self) -> Embedder:
        """What turns a question into a vector."""
        return self._embedder

    @property
    def reranker(self) -> Reranker | None:
        """What puts the best in a new order, if anything does."""
        return self._reranker

    def search(self, query: str, top: int = 10, where: Filter = EVERYTHING) -> tuple[Hit, ...]:
        """The best ``top`` paragraphs of the documents that fit ``where``, best first.

        Ties are broken by id.
        """
        return self.closer(query, self.first_look(query, top, where))[:top]

    def first_look(self, query: str, top: int = 10, where: Filter = EVERYTHING) -> tuple[Hit, ...]:
        """What ``search`` finds before it reads closely: ``top`` and as many more as that takes."""
        # To the same depth whatever is asked for: the first of many are those of a few.
        return self._fused(query, max(top, self.depth), where)

    @property
    def depth(self) -> int:
        """At most so many of the first hits ``closer`` puts in a new order."""
        return READ if self._reranker is None else RERANKED

    def reads(self, query: str, hits: Sequence[Hit]) -> bool:
        """Whether ``closer`` has anything to read of these."""
        return bool(hits) and (
            self._reranker is not None or (bool(_rivals(hits)) and self._late.able(query))
        )

    def closer(self, query: str, hits: Sequence[Hit]) -> tuple[Hit, ...]:
        """What a first look found, in the order that reading the best of it gives."""
        if self._reranker is not None:
            return rerank(self._reranker, query, hits)
        rivals = [hit.paragraph for hit in _rivals(hits)]
        leads = self._telling.leads(rivals)
        passages = [self._passage(p, about(leads.get(p.path, ""), p)) for p in rivals]
        return read_closely(self._late, query, hits, passages, self.weights(query))

    def _passage(self, paragraph: Paragraph, of: str) -> Passage:
        """What is read of a paragraph: a short one behind what stands before it."""
        before = (paragraph.ordinal - EARLIER, paragraph.ordinal - 1)
        earlier = (
            self._store.catalog.paragraphs(paragraph.path, *before) if is_short(paragraph) else ()
        )
        return in_surroundings(paragraph, earlier, of)

    def _fused(self, query: str, top: int, where: Filter) -> tuple[Hit, ...]:
        self._store.check_embedder(self._embedder.fingerprint)
        vector = self._embedder.query(query)
        catalog, cache = self._store.catalog, self._store.cache
        paths = where.matching(catalog.dates()) if where else None
        near = self._store.nearest(vector, CANDIDATES, paths)
        # Once more: another process may have made it anew since, with another embedder.
        with self._store.reading_vectors(self._embedder.fingerprint):
            fits = self.names().fits(query)
            words = self._telling.asked(query)
            bm25 = self._by_words(query, words.looked_for, fits, near, paths)
            # What was deleted after Chroma was asked is no longer in the catalog.
            dense = cache.of_paragraphs(sorted({*near, *bm25}))
            ids = sorted(dense)
            sentences = {
                id_: (vectors @ vector).astype(float).round(6)
                for id_, vectors in cache.of_sentences(ids).items()
            }
            if not ids:
                return ()
            signals = {
                "dense": np.array([dense[id_] @ vector for id_ in ids], dtype=float),
                "sentence": np.array([sentences[id_].max() for id_ in ids]),
                "bm25": np.array([bm25.get(id_, 0.0) for id_ in ids]),
            }
            if fits:
                signals[NAME] = name_fits(ids, fits)
            found = catalog.paragraphs_by_id(ids)
            paragraphs = [found[id_] for id_ in ids]
            signals[COVERED] = self._telling.covered(words.weights, paragraphs)
            if tells := told_apart(query, self.names().series):
                signals[NUMBERED] = np.array([*map(tells, paragraphs)], dtype=float)
            scores = fuse(signals).round(6)
            order = in_order(scores, ids)[:top]
        return tuple(
            Hit(
                paragraph=paragraphs[i],
                rank=rank,
                score=score,
                signals={name: round(float(values[i]), 6) for name, values in signals.items()},
                best_sentence=int(sentences[ids[i]].argmax()),
                sentence_scores=tuple(sentences[ids[i]].tolist()),
            )
            for rank, (i, score) in enumerate(order, start=1)
        )

    def names(self) -> DocumentNames:
        """The names of the documents as they are now."""
        version = self._store.catalog.version()
        if self._names is None or self._names[0] != version:
            self._names = version, DocumentNames(self._store.catalog.names())
        return self._names[1]

    def leads(self, paragraphs: Iterable[Paragraph]) -> Mapping[str, str]:
        """path -> what the documents of these paragraphs, and maybe of others, are about."""
        return self._telling.leads(paragraphs)

    def weights(self, query: str) -> Weights:
        """How much each word of a question tells."""
        return self._telling.asked(query).weights

    def covered(self, weights: Weights, paragraphs: Sequence[Paragraph]) -> Floats:
        """Shape (paragraphs,): how much each has of what tells of a question, from 0 to 1."""
        return self._telling.covered(weights, paragraphs)

    def _by_words(
        self,
        query: str,
        words: Sequence[str],
        fits: Mapping[str, float],
        near: Sequence[str],
        paths: Sequence[str] | None,
    ) -> dict[str, float]:
        """BM25 of the best paragraphs, of those ``near`` and of the best in documents named."""
        expression = any_of([*words, *full_text_phrases(query)])
        if not expression:
            return {}
        bm25 = self._store.catalog.full_text.bm25
        found = bm25(expression, top=CANDIDATES, also=near, paths=paths)
        named = sorted(fits if paths is None else fits.keys() & set(paths))
        return found | bm25(expression, top=NAMED, paths=named) if named else found

    def sentence_cosines(self, text: str, ids: Sequence[str]) -> dict[str, NDArray[np.floating]]:
        """paragraph id -> cosine of each of its sentences with ``text``."""
        vector = self._embedder.query(text)
        with self._store.reading_vectors(self._embedder.fingerprint):
            return {id_: v @ vector for id_, v in self._store.cache.of_sentences(ids).items()}


def read_closely(
    late: LateInteraction,
    query: str,
    hits: Sequence[Hit],
    passages: Sequence[Passage],
    weights: Weights,
) -> tuple[Hit, ...]:
    """The first hits, of which there are ``passages``, in a new order by what their tokens say.

    With scores of their sentences.
    """
    said = late.read(query, passages, weights)
    if not said:
        return tuple(hits)
    closer = [_closer(hit, read) for hit, read in zip(hits, said, strict=False)]
    scores = [read.paragraph for read in said]
    sums = np.array([_found(hit) for hit in closer]) + _READ_WEIGHT * np.array(scores)
    return _reordered([*closer, *hits[len(said) :]], LATE, scores, sums)


def _found(hit: Hit) -> float:
    """What a first look says beside what was read: a number in full, no token tells 4 from 6."""
    number = NUMBERED_WEIGHT * hit.signals.get(NUMBERED, 0.0)
    return number + _FOUND_WEIGHT * (hit.score - number)


def _rivals(hits: Sequence[Hit]) -> Sequence[Hit]:
    """The first hits that are worth reading closely, and short enough for it."""
    length = 0
    for place, hit in enumerate(hits[:READ]):
        length += max(len(hit.paragraph.text), READ_WITH)
        if length > READ_CHARACTERS or hits[0].score - hit.score > RIVAL:
            return hits[:place]
    return hits[:READ]


def _closer(hit: Hit, read: Read) -> Hit:
    scores = tuple(round(score, 6) for score in read.sentences)
    return replace(hit, read_scores=scores, best_sentence=int(np.argmax(scores)))


def rerank(reranker: Reranker, query: str, hits: Sequence[Hit]) -> tuple[Hit, ...]:
    """The first hits in a new order by what the reranker says of each, the rest behind them."""
    if not hits:
        return ()
    said = reranker.scores(query, [passage(hit.paragraph) for hit in hits[:RERANKED]])
    found = np.array([hit.score for hit in hits[:RERANKED]])
    sums = standard_scores(found) + standard_scores(np.array(said, dtype=float))
    return _reordered(hits, RERANK, said, sums)


def _reordered(
    hits: Sequence[Hit], name: str, said: Sequence[float] | Floats, sums: Floats
) -> tuple[Hit, ...]:
    """As many of the first hits as there are ``sums`` in the order of these, ties broken by id.

    ``said`` becomes their signal ``name``. The sums are moved along until the least is the least
    old score, so that no score is below one of the hits that follow.
    """
    first = hits[: len(sums)]
    scores = (sums - sums.min() + min(hit.score for hit in first)).round(6)
    order = sorted(range(len(first)), key=lambda i: (-scores[i], first[i].paragraph.id))
    moved = [
        replace(
            first[i],
            score=float(scores[i]),
            signals={**first[i].signals, name: round(float(said[i]), 6)},
        )
        for i in order
    ]
    behind = hits[len(first) :]
    return tuple(replace(hit, rank=rank) for rank, hit in enumerate([*moved, *behind], start=1))

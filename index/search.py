"""Query -> ranked paragraphs, by three signals fused on one scale, the first read more closely.

Chroma (by meaning) and FTS5 (by words) each nominate candidates; then every candidate gets all
three signals exactly: cosine of the paragraph, cosine of its best sentence, BM25. Each signal is
turned into standard scores over the candidates and the three are added. Scores missing from one
list and filled in by a guess would lose half of what fusion gains. What the question has of the
document's name counts beside them, as it is: it is about the whole document.

The first few are then read token by token (``late_interaction.py``), or by a reranker where there
is one, and put in a new order by that and their score.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from index.document_names import DocumentNames
from index.embedding import Embedder
from index.filters import EVERYTHING, Filter
from index.fusion import NAME, NUMBERED, fuse, in_order, name_fits, standard_scores
from index.late_interaction import LateInteraction, Read
from index.numbered import asked_for, tells_of
from index.query import any_of, full_text_phrases, full_text_words
from index.reranking import Reranker, passage
from index.store import Store
from index.surroundings import EARLIER, READ_WITH, Passage, in_surroundings, is_short
from index.types import Hit, Paragraph

CANDIDATES = 50
COMMON = 1000
"""A word in no more paragraphs than this is never left out of the full-text query,"""
COMMON_SHARE = 20
"""nor one that at most every so-manieth paragraph holds."""
NAMED = 20
"""So many of the best paragraphs by words are looked at in documents that are named."""
LATE = "tokens"
READ = 6
"""At most so many of the best are read token by token: it takes the embedder's time for each,"""
READ_CHARACTERS = 2500
"""together no more than so much text,"""
RIVAL = 3.0
"""and none whose score is further below the best: those seldom are what was sought."""
_LATE_WEIGHT = 2.0
RERANK = "rerank"
RERANKED = 20
"""So many of the best a reranker reads: reading one takes a model far longer than finding it."""

Floats = NDArray[np.floating]


class Searcher:
    """Ranks the paragraphs of one store. Safe to share between threads."""

    def __init__(self, store: Store, embedder: Embedder, reranker: Reranker | None = None) -> None:
        self._store = store
        self._embedder = embedder
        self._reranker = reranker
        self._late = LateInteraction(embedder)
        self._names: tuple[tuple[int, int], DocumentNames] | None = None

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
        passages = [self._passage(hit.paragraph) for hit in _rivals(hits)]
        return read_closely(self._late, query, hits, passages)

    def _passage(self, paragraph: Paragraph) -> Passage:
        """What is read of a paragraph: a short one behind what stands before it."""
        before = (paragraph.ordinal - EARLIER, paragraph.ordinal - 1)
        earlier = (
            self._store.catalog.paragraphs(paragraph.path, *before) if is_short(paragraph) else ()
        )
        return in_surroundings(paragraph, earlier)

    def _fused(self, query: str, top: int, where: Filter) -> tuple[Hit, ...]:
        self._store.check_embedder(self._embedder.fingerprint)
        vector = self._embedder.query(query)
        catalog, cache = self._store.catalog, self._store.cache
        paths = where.matching(catalog.dates()) if where else None
        near = self._store.nearest(vector, CANDIDATES, paths)
        with self._store.reading():
            fits = self.names().fits(query)
            bm25 = self._by_words(query, fits, near, paths)
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
            paragraphs: dict[str, Paragraph] = {}
            if asked := asked_for(query):
                paragraphs = catalog.paragraphs_by_id(ids)
                told = [tells_of(asked, paragraphs[id_]) for id_ in ids]
                signals[NUMBERED] = np.array(told, dtype=float)
            scores = fuse(signals).round(6)
            order = in_order(scores, ids)[:top]
            paragraphs = paragraphs or catalog.paragraphs_by_id([ids[i] for i, _ in order])
        return tuple(
            Hit(
                paragraph=paragraphs[ids[i]],
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

    def _by_words(
        self,
        query: str,
        fits: Mapping[str, float],
        near: Sequence[str],
        paths: Sequence[str] | None,
    ) -> dict[str, float]:
        """BM25 of the best paragraphs, of those ``near`` and of the best in documents named."""
        expression = self._expression(query)
        if not expression:
            return {}
        bm25 = self._store.catalog.full_text.bm25
        found = bm25(expression, top=CANDIDATES, also=near, paths=paths)
        named = sorted(fits if paths is None else fits.keys() & set(paths))
        return found | bm25(expression, top=NAMED, paths=named) if named else found

    def _expression(self, query: str) -> str:
        """The full-text query, in a large corpus without the words that a great many hold.

        These tell little apart, and their long lists are most of the work.
        """
        words = full_text_words(query)
        common = max(COMMON, self._store.catalog.paragraph_count() // COMMON_SHARE)
        rarer = self._store.catalog.full_text.rarer(words, common) or words
        return any_of([*rarer, *full_text_phrases(query)])

    def sentence_cosines(self, text: str, ids: Sequence[str]) -> dict[str, NDArray[np.floating]]:
        """paragraph id -> cosine of each of its sentences with ``text``."""
        vector = self._embedder.query(text)
        return {id_: v @ vector for id_, v in self._store.cache.of_sentences(ids).items()}


def read_closely(
    late: LateInteraction, query: str, hits: Sequence[Hit], passages: Sequence[Passage]
) -> tuple[Hit, ...]:
    """The first hits, of which there are ``passages``, in a new order by what their tokens say.

    With scores of their sentences.
    """
    said = late.read(query, passages)
    if not said:
        return tuple(hits)
    closer = [_closer(hit, read) for hit, read in zip(hits, said, strict=False)]
    scores = [read.paragraph for read in said]
    return _reordered([*closer, *hits[len(said) :]], LATE, scores, _LATE_WEIGHT)


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
    return _reordered(hits, RERANK, said)


def _reordered(
    hits: Sequence[Hit], name: str, said: Sequence[float] | Floats, weight: float = 1.0
) -> tuple[Hit, ...]:
    """As many of the first hits as ``said`` has scores for in a new order; ties are broken by id.

    Their standard scores, times ``weight``, and those of ``score`` are added. The sums are moved
    along until the least is the least old score, so that no score is below one of the hits that
    follow.
    """
    # In the order of their ids, which no sum can then depend on.
    pairs = sorted(zip(hits, said, strict=False), key=lambda pair: pair[0].paragraph.id)
    first = [hit for hit, _ in pairs]
    old = np.array([hit.score for hit in first])
    new = np.array([float(score) for _, score in pairs]).round(6)
    sums = standard_scores(old) + weight * standard_scores(new)
    scores = (sums - sums.min() + old.min()).round(6)
    order = sorted(range(len(first)), key=lambda i: -scores[i])
    moved = [
        replace(
            first[i],
            score=float(scores[i]),
            signals={**first[i].signals, name: float(new[i])},
        )
        for i in order
    ]
    behind = hits[len(first) :]
    return tuple(replace(hit, rank=rank) for rank, hit in enumerate([*moved, *behind], start=1))

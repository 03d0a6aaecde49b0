"""Why was this not found? One paragraph's place under each signal, among all there are.

Search only looks closely at what Chroma or FTS5 nominate. Here every paragraph of the corpus gets
all signals for the question, so that a paragraph far down has a rank too, and the reason it was
passed over can be read off: no word in common, a distant meaning, or better rivals. A reranker
reads the first few only, as in a search.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from index.embedding import Vectors
from index.errors import NoIndexError
from index.fusion import COVERED, NAME, NUMBERED, fuse, in_order, name_fits
from index.query import full_text_query
from index.search import CANDIDATES, LATE, NAMED, RERANK, Searcher
from index.store import Store
from index.told_apart import told_apart
from index.types import Hit, Paragraph

FUSED = "fused"

_BATCH = 2000
_EVERY = 2**31

Floats = NDArray[np.floating]


@dataclass(frozen=True, slots=True)
class Standing:
    """A value under one signal, and its rank from 1 among all paragraphs; equals share a rank."""

    value: float
    rank: int


@dataclass(frozen=True, slots=True)
class Explained:
    """One paragraph. ``standings`` has "dense", "sentence", "bm25" and "fused".

    Of a paragraph that was read token by token it also has "tokens", of one that a reranker read
    "rerank", each with the rank among those so read.

    Where the question names documents, "name" says how well this one's name fits; where it gives
    something a number, or a series of documents has its year, "numbered" whether the paragraph
    tells of that, or of another of its kind.

    ``nominated_by`` names the signals ("dense", "bm25", "name") that put it among those a search
    looks at closely; ``search_rank`` is its rank there, None when no signal nominated it.
    ``best_sentence`` indexes ``paragraph.sentences``.
    """

    paragraph: Paragraph
    standings: Mapping[str, Standing]
    nominated_by: tuple[str, ...]
    search_rank: int | None
    best_sentence: int


@dataclass(frozen=True, slots=True)
class Explanation:
    """What a question makes of some paragraphs, out of ``paragraphs`` in all."""

    query: str
    paragraphs: int
    explained: tuple[Explained, ...]


def explain(searcher: Searcher, query: str, ids: Sequence[str]) -> Explanation:
    """The standing of the paragraphs ``ids`` for ``query``; takes time by the size of the corpus.

    Raises ``NoIndexError`` when one of them is not (or no longer) in the index.
    """
    store, embedder = searcher.store, searcher.embedder
    store.check_embedder(embedder.fingerprint)
    if not ids:
        return Explanation(query, 0, ())
    vector = embedder.query(query)
    expression = full_text_query(query)
    with store.reading():
        wanted = store.catalog.paragraphs_by_id(ids)
        named = store.catalog.full_text.bm25(expression, top=_EVERY) if expression else {}
        every = store.catalog.paragraph_ids()
        dense, sentence = _cosines(store, every, vector)
        best = {id_: int((v @ vector).argmax()) for id_, v in store.cache.of_sentences(ids).items()}
        signals = {
            "dense": dense,
            "sentence": sentence,
            "bm25": np.array([named.get(id_, 0.0) for id_ in every]),
        }
        if fits := searcher.names().fits(query):
            signals[NAME] = name_fits(every, fits)
        tells = told_apart(query, searcher.names().series)
        signals[COVERED], numbered = _read(searcher, query, every, tells or _nothing)
        if tells:
            signals[NUMBERED] = numbered
        nominated = _nominated(signals)
        candidates = _candidates(signals, nominated, every)
        first = [id_ for id_, _ in candidates[: searcher.depth]]
        read = store.catalog.paragraphs_by_id(first)
    if gone := [id_ for id_ in ids if id_ not in wanted]:
        raise NoIndexError(f'{gone[0]} is not in the index: "pincite list" shows what is')
    hits = [Hit(read[id_], 0, score, {}, 0) for id_, score in candidates[: len(first)]]
    ordered = searcher.closer(query, hits)
    order = [hit.paragraph.id for hit in ordered] + [id_ for id_, _ in candidates[len(first) :]]
    searched = {id_: rank for rank, id_ in enumerate(order, start=1)}
    best |= {h.paragraph.id: h.best_sentence for h in ordered if h.read_scores}
    closer = _closer_standings(ordered)
    values = {**signals, FUSED: fuse(signals)}
    places = {id_: i for i, id_ in enumerate(every)}
    return Explanation(
        query,
        len(every),
        tuple(
            Explained(
                paragraph=wanted[id_],
                standings={name: _standing(v, places[id_]) for name, v in values.items()}
                | closer.get(id_, {}),
                nominated_by=tuple(name for name in nominated if places[id_] in nominated[name]),
                search_rank=searched.get(id_),
                best_sentence=best[id_],
            )
            for id_ in ids
        ),
    )


def _cosines(store: Store, ids: Sequence[str], vector: Vectors) -> tuple[Floats, Floats]:
    """Of each paragraph and of its best sentence, without holding all vectors at once."""
    dense: list[float] = []
    sentence: list[float] = []
    for i in range(0, len(ids), _BATCH):
        part = ids[i : i + _BATCH]
        paragraphs, sentences = store.cache.of_paragraphs(part), store.cache.of_sentences(part)
        dense += [float(paragraphs[id_] @ vector) for id_ in part]
        sentence += [float((sentences[id_] @ vector).max()) for id_ in part]
    return np.array(dense), np.array(sentence).round(6)


def _read(
    searcher: Searcher, query: str, ids: Sequence[str], tells: Callable[[Paragraph], int]
) -> tuple[Floats, Floats]:
    """How much each paragraph has of what tells, and what it tells of what has a number.

    Without holding all of them at once.
    """
    weights = searcher.weights(query)
    covered: list[float] = []
    told: list[int] = []
    for i in range(0, len(ids), _BATCH):
        found = searcher.store.catalog.paragraphs_by_id(ids[i : i + _BATCH])
        part = [found[id_] for id_ in ids[i : i + _BATCH]]
        covered += searcher.covered(weights, part).tolist()
        told += map(tells, part)
    return np.array(covered), np.array(told, dtype=float)


def _nothing(_: Paragraph) -> int:
    return 0


def _nominated(signals: Mapping[str, Floats]) -> dict[str, set[int]]:
    """Places of the best by meaning and of the best by words; who shares no word is not named."""
    dense, bm25 = signals["dense"], signals["bm25"]
    order = np.argsort(-bm25, kind="stable")
    by_words = order[bm25[order] > 0]
    nominated = {
        "dense": set(np.argsort(-dense, kind="stable")[:CANDIDATES].tolist()),
        "bm25": set(by_words[:CANDIDATES].tolist()),
    }
    if NAME in signals:
        named = by_words[signals[NAME][by_words] > 0]
        nominated[NAME] = set(named[:NAMED].tolist())
    return nominated


def _candidates(
    signals: Mapping[str, Floats], nominated: Mapping[str, set[int]], ids: Sequence[str]
) -> list[tuple[str, float]]:
    """Their ids and scores, in the order of a search."""
    among = sorted(set().union(*nominated.values()))
    if not among:
        return []
    scores = fuse({name: values[among] for name, values in signals.items()}).round(6)
    order = in_order(scores, [ids[place] for place in among])
    return [(ids[among[i]], score) for i, score in order]


def _standing(values: Floats, place: int) -> Standing:
    value = values[place]
    return Standing(round(float(value), 6), 1 + int((values > value).sum()))


def _closer_standings(hits: Sequence[Hit]) -> dict[str, dict[str, Standing]]:
    """Of each hit that was read: its value under that signal, and its rank among these."""
    read = [
        (hit.paragraph.id, name, hit.signals[name])
        for hit in hits
        for name in (LATE, RERANK)
        if name in hit.signals
    ]
    values = np.array([value for _, _, value in read])
    return {id_: {name: _standing(values, i)} for i, (id_, name, _) in enumerate(read)}

"""Search in corpora of 1,000 to 100,000 paragraphs: how long, how exact, how much memory and disk.

Recall compares with exact search: the same ranking over candidates found by comparing the question
with every paragraph, and, for the vector index alone, the ten nearest by cosine.
"""

import sys
import time
from collections.abc import Callable, Sequence
from contextlib import closing
from pathlib import Path
from statistics import median
from typing import Any

from eval.bench.data import Data
from eval.bench.measure import disk_mb, peak_mb, percentiles_ms, seconds
from eval.bench.scaled import ScaledEmbedder, original, write_scaled
from index.embedding import Embedder, Vectors
from index.late_interaction import LateInteraction
from index.search import CANDIDATES, Searcher
from index.store import Store
from index.sync import sync
from index.vectors import VectorIndex
from rag.abstain import load_refusal
from rag.answer import AnswerChain
from rag.build import build_embedder
from rag.build_readers import build_reader
from rag.models.token_limits import Limits
from rag.settings import Settings

_QUESTIONS = 200
_EXACT_QUESTIONS = 50
_TOP = 10


def scale(data: Data, work: Path, count: int) -> dict[str, Any]:
    """Ingest ``count`` scaled paragraphs and ask them the questions of ``data``."""
    state = work / "state"
    full = build_embedder(Settings(state=state))
    source = original([p for ps in data.read().paragraphs.values() for p in ps])
    originals = full.documents(source.sentences)
    recipe = write_scaled(work / "corpus", source, count)
    embedder = ScaledEmbedder(full, originals, recipe)
    with closing(Store.create(state)) as store:
        begun = time.perf_counter()
        report = sync(store, work / "corpus", embedder)
        took = time.perf_counter() - begun
    ingest_peak = peak_mb()
    return {
        "paragraphs": report.paragraphs,
        "embedded_by_the_model": len(source.sentences) + embedder.by_the_model,
        "ingest_seconds": round(took, 1),
        "ingest_peak_mb": ingest_peak,
        "disk_mb": disk_mb(state),
        **ask(
            state,
            full,
            [item.question for item in data.questions(_QUESTIONS)],
            lambda: build_reader(Settings(state=state), full.precision),
        ),
    }


def ask(
    state: Path,
    embedder: Embedder,
    questions: Sequence[str],
    new_reader: Callable[[], LateInteraction | None] = lambda: None,
) -> dict[str, Any]:
    """Times and recall of ``questions``; embedding and reading are part of a search."""
    reader = new_reader()
    vectors = [embedder.query(question) for question in questions]
    with closing(Store.open(state)) as store:
        searcher = Searcher(store, embedder, reader=reader)
        searcher.search(questions[0])
        times = [seconds(searcher.first_look, question) for question in questions]
        whole = [seconds(searcher.search, question) for question in questions]
        few = questions[:_EXACT_QUESTIONS]
        found = [[h.paragraph.id for h in searcher.search(q, _TOP)] for q in few]
        near = [store.nearest(vector, _TOP) for vector in vectors[: len(few)]]
        # Of a searcher that has read none of them yet, like that of the first search.
        anew = Searcher(store, embedder, reader=new_reader())
        anew.search(questions[0])
        evidence = [_until_evidence(anew, question) for question in questions]
    embedding = [seconds(embedder.query, question) for question in questions]
    with closing(Store.open(state, exact_up_to=sys.maxsize)) as store:
        searcher = Searcher(store, embedder, reader=reader)
        exact = [[h.paragraph.id for h in searcher.search(q, _TOP)] for q in few]
        nearest = [store.nearest(vector, _TOP) for vector in vectors[: len(few)]]
    raw = _raw_chroma(state, vectors)
    return {
        **percentiles_ms(times),
        "whole_p95_ms": percentiles_ms(whole)["p95_ms"],
        "evidence_p95_ms": percentiles_ms(evidence)["p95_ms"],
        "embedding_ms": round(1000 * median(embedding), 2),
        "raw_chroma_ms": round(1000 * median(raw), 2),
        "ratio_to_raw_chroma": round(median(times) / (median(embedding) + median(raw)), 2),
        "recall_at_10_of_exact": overlap(found, exact),
        "vector_recall_at_10": overlap(near, nearest),
        "questions": len(questions),
        "questions_compared": len(few),
    }


def _until_evidence(searcher: Searcher, question: str) -> float:
    """Seconds until the chain gives out what was found, which never waits for a model."""
    chain = AnswerChain(searcher, None, load_refusal(None), Limits(700, 96))
    return seconds(next, chain.stream(question))


def overlap(found: Sequence[Sequence[str]], expected: Sequence[Sequence[str]]) -> float:
    """Share of the expected ids that were found, over all questions."""
    wanted = sum(len(ids) for ids in expected)
    return round(
        sum(len({*a} & {*b}) for a, b in zip(found, expected, strict=True)) / max(1, wanted), 4
    )


def _raw_chroma(state: Path, vectors: Sequence[Vectors]) -> list[float]:
    """Seconds of each bare query of the same collection for as many candidates."""
    (directory,) = state.glob("vectors-*")
    with closing(VectorIndex.open(directory)) as index:
        index.nearest(vectors[0], CANDIDATES)
        return [seconds(index.nearest, vector, CANDIDATES) for vector in vectors]

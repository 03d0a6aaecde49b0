"""The real embedder, once: over the seed document, with warnings as errors."""

import os
from pathlib import Path

import numpy as np
import pytest

from index.embedding import SentenceTransformerEmbedder
from index.model_specs import DEFAULT_EMBEDDER, MODELS
from index.search import Searcher
from index.store import Store
from index.sync import index_fingerprint, sync
from index.weights import find
from tests.conftest import SEEDS

pytestmark = [pytest.mark.model, pytest.mark.slow]


@pytest.fixture(scope="module")
def embedder() -> SentenceTransformerEmbedder:
    spec = MODELS[DEFAULT_EMBEDDER]
    folder = find(spec)
    if folder is None:
        reason = f"{DEFAULT_EMBEDDER} is not on this machine: make test-models"
        (pytest.fail if os.environ.get("CI") else pytest.skip)(reason)
    return SentenceTransformerEmbedder(folder, spec.weights.sha256[:16], threads=2)


def test_vectors_have_length_1_and_do_not_depend_on_their_company(
    embedder: SentenceTransformerEmbedder,
) -> None:
    texts = ["Ships carry timber.", "", "港 🎉", "word " * 2000]
    vectors = embedder.documents(texts)
    assert vectors.shape == (4, embedder.dimension)
    assert vectors.dtype == np.float32
    assert np.linalg.norm(vectors, axis=1) == pytest.approx(np.ones(4), abs=1e-6)
    alone = embedder.documents(texts[:1])[0]
    assert float(alone @ vectors[0]) == pytest.approx(1, abs=1e-5)
    assert float(alone @ embedder.query(texts[0])) == pytest.approx(1, abs=1e-5)
    assert embedder.documents([]).shape == (0, embedder.dimension)


def test_the_fingerprint_names_the_weights(embedder: SentenceTransformerEmbedder) -> None:
    weights_id = MODELS[DEFAULT_EMBEDDER].weights.sha256[:16]
    assert embedder.fingerprint == f"all-MiniLM-L6-v2:{weights_id}:float32"
    assert index_fingerprint(embedder).startswith(f"{embedder.fingerprint} chunking ")


def test_the_seed_document_is_found_by_what_it_says(
    embedder: SentenceTransformerEmbedder, tmp_path: Path
) -> None:
    store = Store.create(tmp_path / "state")
    try:
        report = sync(store, SEEDS, embedder)
        assert (report.documents, report.paragraphs, report.rebuilt) == (1, 18, "")
        assert store.vector_problems() == []
        assert sync(store, SEEDS, embedder).embedded == 0
        hits = Searcher(store, embedder).search("Who is the Turkish foreign minister?")
        assert hits[0].paragraph.ordinal == 13
        assert "Turkish outside Minister Hakan Fidan" in hits[0].paragraph.text
    finally:
        store.close()

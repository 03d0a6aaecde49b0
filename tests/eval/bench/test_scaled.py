from pathlib import Path

import numpy as np
import pytest

from eval.bench.scaled import Recipe, ScaledEmbedder, original, scaled, write_scaled
from index.sync import sync
from index.types import Paragraph, Sentence
from tests.index.corpora import Library
from tests.index.fakes import HashEmbedder

TEXTS = [
    ["In 1880 the ships of Harald carried timber.", "They sailed in May."],
    ["The fish was salted by Ingrid in June.", "It was sold.", "Nobody knows for how much."],
    ["Grain is stored in the old mill."],
]


def paragraph(sentences: list[str]) -> Paragraph:
    text = " ".join(sentences)
    parts = tuple(Sentence(i, 0, len(s), s) for i, s in enumerate(sentences))
    return Paragraph("a#1", "a", 1, 0, len(text), text, sentences=parts)


SOURCE = original([paragraph(sentences) for sentences in TEXTS])


def test_the_original_is_taken_apart_into_different_sentences_and_names() -> None:
    assert SOURCE.sentences == tuple(s for sentences in TEXTS for s in sentences)
    assert SOURCE.paragraphs == ((0, 1), (2, 3, 4), (5,))
    assert SOURCE.names == ("Harald", "Ingrid", "June", "May")


def test_the_same_seed_gives_the_same_texts_and_another_gives_others() -> None:
    first, again, other = (list(scaled(SOURCE, 50, Recipe(), seed)) for seed in (1, 1, 2))
    assert first == again != other
    assert len(first) == 50
    assert len(set(first)) > 25  # of six short sentences, four of them without a number


def test_every_text_the_index_cuts_has_a_recipe(tmp_path: Path, folder: Path) -> None:
    corpus = folder / "scaled"
    recipe = write_scaled(corpus, SOURCE, 120, per_file=50)
    assert [len(f.read_text().split("\n\n")) for f in sorted(corpus.iterdir())] == [50, 50, 20]
    model = HashEmbedder()
    embedder = ScaledEmbedder(model, model.documents(SOURCE.sentences), recipe)
    model.embedded.clear()
    library = Library(corpus, tmp_path / "state")
    with library.created() as store:
        report = sync(store, corpus, embedder)
    assert report.paragraphs > 100
    assert model.embedded == []
    assert embedder.by_the_model == 0


def test_a_changed_sentence_stays_near_its_original_and_is_not_the_same() -> None:
    model = HashEmbedder()
    originals = model.documents(SOURCE.sentences)
    recipe = Recipe()
    recipe.note("They sailed in June.", [1])
    embedder = ScaledEmbedder(model, originals, recipe)
    vectors = embedder.documents(["They sailed in June.", "Wool is spun.", "They sailed in June."])
    # A right angle of .25 beside 1 turns by atan(.25) = 14 degrees; at random it is nearly right.
    assert float(vectors[0] @ originals[1]) == pytest.approx(0.97, abs=0.03)
    assert vectors[0] == pytest.approx(vectors[2])
    assert np.linalg.norm(vectors, axis=1) == pytest.approx(np.ones(3), abs=1e-6)
    assert vectors[1] == pytest.approx(model.query("Wool is spun."), abs=1e-6)
    assert embedder.by_the_model == 1

"""The real embedder, and a tiny one of other size and limits, with warnings as errors."""

import os
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest

from index.embedding import (
    SentenceTransformerEmbedder,
    Vectors,
    choose_precision,
    embedder_fingerprint,
)
from index.errors import ModelLoadError
from index.late_interaction import LateInteraction
from index.model_specs import DEFAULT_EMBEDDER, MODELS
from index.search import Searcher
from index.store import Store
from index.surroundings import Passage
from index.sync import index_fingerprint, sync
from index.types import Paragraph
from index.weights import find
from tests.conftest import SEEDS
from tests.index.tiny_model import (
    DIMENSION,
    DOCUMENT_PROMPT,
    LONGEST,
    QUERY_PROMPT,
    save_tiny_model,
)

pytestmark = [pytest.mark.model, pytest.mark.slow]


@pytest.fixture(scope="module")
def embedder() -> SentenceTransformerEmbedder:
    spec = MODELS[DEFAULT_EMBEDDER]
    folder = find(spec)
    if folder is None:
        reason = f"{DEFAULT_EMBEDDER} is not on this machine: make test-models"
        (pytest.fail if os.environ.get("CI") else pytest.skip)(reason)
    return SentenceTransformerEmbedder(folder, spec.weights.sha256[:16], threads=2)


@pytest.fixture(scope="module")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Only to be read."""
    return save_tiny_model(tmp_path_factory.mktemp("tiny") / "tiny")


def small(folder: Path) -> SentenceTransformerEmbedder:
    return SentenceTransformerEmbedder(folder, "tiny", threads=1)


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


def test_vectors_come_in_the_order_of_their_texts(embedder: SentenceTransformerEmbedder) -> None:
    texts = [f"Ship {n} carries {'timber and ' * (n * 7 % 5)}grain." for n in range(40)]
    together = embedder.documents(texts)
    for text, vector in list(zip(texts, together, strict=True))[::13]:
        assert float(embedder.documents([text])[0] @ vector) == pytest.approx(1, abs=1e-5)


def test_the_fingerprint_names_the_weights_the_precision_and_the_windows(
    embedder: SentenceTransformerEmbedder,
) -> None:
    weights_id = MODELS[DEFAULT_EMBEDDER].weights.sha256[:16]
    assert embedder.fingerprint == f"all-MiniLM-L6-v2:{weights_id}:float32:windows 1"
    assert index_fingerprint(embedder).startswith(f"{embedder.fingerprint} chunking ")
    other = embedder_fingerprint(embedder.folder, weights_id, "bfloat16")
    assert other == embedder.fingerprint.replace("float32", "bfloat16")


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


def test_another_model_has_its_own_size_and_its_prompts_are_used(tiny: Path) -> None:
    from sentence_transformers import SentenceTransformer

    plain = SentenceTransformer(str(tiny), device="cpu")
    ours = small(tiny)
    text = "ships sail in may ."
    assert ours.dimension == DIMENSION
    for vector, prompt in (
        (ours.query(text), QUERY_PROMPT),
        (ours.documents([text])[0], DOCUMENT_PROMPT),
    ):
        expected = plain.encode(prompt + text, prompt="")
        assert float(vector @ expected) == pytest.approx(1, abs=1e-5)
    assert float(ours.query(text) @ ours.documents([text])[0]) < 0.999


def test_a_long_text_has_the_mean_of_its_windows_vectors(tiny: Path) -> None:
    # Prompt and marks take 4 of the 24 tokens; a sentence takes 9, so that two fit.
    sentences = [
        "Ships carry timber when ice is gone.",
        "Fish is salted and sold in June.",
        "The harbour was built of white wool.",
    ]
    assert LONGEST == 24
    ours = small(tiny)
    mean = ours.documents([" ".join(sentences[:2]), " ".join(sentences[1:])]).mean(axis=0)
    expected = mean / np.linalg.norm(mean)
    text = " ".join(sentences)
    beside_others = ours.documents(["Ships sail.", text, "Fish is sold."])
    assert float(beside_others[1] @ expected) == pytest.approx(1, abs=1e-5)


def test_what_stands_at_the_end_of_a_long_text_counts(tiny: Path) -> None:
    ours = small(tiny)
    long = "Ships carry timber. " * 20
    first, second = ours.documents([f"{long} Fish is sold.", f"{long} Wool is spun."])
    assert float(first @ second) < 0.99999


def test_tokens_stand_for_the_words_of_their_text(embedder: SentenceTransformerEmbedder) -> None:
    text = "Ships carry timber; the Würmtal’s saws cut it."
    [read] = embedder.document_tokens([text])
    words = [text[start:end] for start, end in read.spans]
    assert words[:4] == ["Ships", "carry", "timber", ";"]
    assert words[-1] == "."
    assert "".join(words) == text.replace(" ", "")
    assert np.linalg.norm(read.vectors, axis=1) == pytest.approx(1.0, abs=1e-5)


def test_a_word_has_another_vector_in_other_company(embedder: SentenceTransformerEmbedder) -> None:
    river, money, again = embedder.document_tokens(
        ["The bank of the river.", "The bank lends money.", "The bank of the river."]
    )
    assert river.vectors[1] @ again.vectors[1] == pytest.approx(1.0, abs=1e-5)
    assert river.vectors[1] @ money.vectors[1] < 0.9


def test_prompts_are_read_and_are_no_tokens_of_the_text(tiny: Path) -> None:
    prompted = small(tiny)
    asked, told = prompted.query_tokens(["ships"])[0], prompted.document_tokens(["ships"])[0]
    assert asked.spans.tolist() == told.spans.tolist() == [[0, 5]]
    assert not np.allclose(asked.vectors, told.vectors)


def test_a_long_text_is_read_to_its_end(tiny: Path) -> None:
    text = " ".join(f"The ships carry timber in {month}." for month in ("june", "july") * 20)
    [read] = small(tiny).document_tokens([text])
    words = [text[start:end] for start, end in read.spans]
    assert words[-2:] == ["july", "."]
    assert sum(word == "ships" for word in words) >= 40


def test_no_texts_have_no_tokens(tiny: Path) -> None:
    assert small(tiny).document_tokens([]) == []
    assert small(tiny).query_tokens([]) == []
    [nothing] = small(tiny).document_tokens([""])
    assert len(nothing.vectors) == 0


def test_bfloat16_stays_near_and_is_renormalised(tiny: Path) -> None:
    texts = ["Ships carry timber.", "Fish is salted."]
    half = SentenceTransformerEmbedder(tiny, "tiny", threads=1, precision="bfloat16")
    vectors = half.documents(texts)
    assert vectors.dtype == np.float32
    assert np.linalg.norm(vectors, axis=1) == pytest.approx(np.ones(2), abs=1e-6)
    cosines = np.sum(vectors * small(tiny).documents(texts), axis=1)
    assert (cosines > 0.99).all()
    assert (cosines < 1 - 1e-7).any()


def test_a_machine_without_bfloat16_takes_float32(tiny: Path) -> None:
    from index.precision import native_bfloat16

    if native_bfloat16():
        pytest.skip("this processor has it")
    assert choose_precision(tiny, threads=1) == "float32"


def test_a_broken_folder_is_named_with_the_reason(tiny: Path, tmp_path: Path) -> None:
    broken = save_tiny_model(tmp_path / "other")
    weights = broken / "model.safetensors"
    weights.write_bytes(weights.read_bytes()[:100])
    with pytest.raises(ModelLoadError, match=r"the embedder in .*model cannot be loaded \("):
        small(broken).documents(["Ships carry timber."])


def test_weights_that_give_no_numbers_are_refused(tmp_path: Path) -> None:
    from safetensors.numpy import load_file, save_file

    broken = save_tiny_model(tmp_path / "other")
    weights = load_file(broken / "model.safetensors")
    weights["embeddings.LayerNorm.bias"] = np.full(DIMENSION, np.nan, dtype=np.float32)
    save_file(weights, broken / "model.safetensors", metadata={"format": "pt"})
    with pytest.raises(ModelLoadError, match="no numbers"):
        small(broken).documents(["Ships carry timber."])


@pytest.mark.model
def test_models_loaded_by_several_threads_at_once_all_work(tmp_path: Path) -> None:
    model = save_tiny_model(tmp_path / "own")

    def asked(_: int) -> tuple[int, ...]:
        embedder = SentenceTransformerEmbedder(model, "", threads=1, precision="bfloat16")
        return embedder.query("timber").shape

    with ThreadPoolExecutor(4) as pool:
        assert len(set(pool.map(asked, range(16)))) == 1


def test_threads_that_ask_and_read_at_once_get_what_each_gets_alone(tiny: Path) -> None:
    texts = ["salt " * n for n in (1, 3, 9, 20, 40, 80)]

    def read(embedder: SentenceTransformerEmbedder, text: str) -> list[Vectors]:
        [tokens] = embedder.document_tokens([text])
        return [embedder.query(text), embedder.documents([text])[0], tokens.vectors]

    before, shared = sys.getswitchinterval(), small(tiny)
    alone = {text: read(small(tiny), text) for text in texts}
    sys.setswitchinterval(1e-6)  # Threads take turns as often as can be.
    try:
        with ThreadPoolExecutor(4) as pool:
            asked = texts * 10
            for text, found in zip(asked, pool.map(lambda t: read(shared, t), asked), strict=True):
                for mine, expected in zip(found, alone[text], strict=True):
                    assert mine.shape == expected.shape
                    assert np.allclose(mine, expected, atol=1e-4)
    finally:
        sys.setswitchinterval(before)


def test_read_behind_the_one_before_it_a_paragraph_is_about_its_subject(
    embedder: SentenceTransformerEmbedder,
) -> None:
    text = "The government failed to publish a budget because revenues were uncertain."
    said = Paragraph("a.txt#1", "a.txt", 2, 0, len(text), text)
    leads = ("Qatar announced its first budget.\n\n", "Norway announced its first budget.\n\n")
    late = LateInteraction(embedder)
    passages = [Passage(said, before) for before in (*leads, "")]
    qatar, norway, alone = late.read("Why did Qatar publish no budget last year?", passages)
    assert qatar.paragraph > norway.paragraph
    assert qatar.paragraph > alone.paragraph

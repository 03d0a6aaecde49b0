"""Questions in numpy against the same questions in sentence-transformers."""

import json
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.bert import Bert, UnknownModelError
from index.embedding import SentenceTransformerEmbedder
from index.known_vectors import known_vectors
from index.model_folder import files_id
from index.model_specs import DEFAULT_EMBEDDER, MODELS
from index.one_shot import FEW_CHARACTERS, OneShotEmbedder, OneShotReader, Sample
from tests.index.tiny_model import save_tiny_model, set_prompt
from tests.rag.real_models import embedder_folder, reader_folder

pytestmark = pytest.mark.model

QUESTIONS = [
    "Who is the Turkish foreign minister?",
    "ships",
    "",
    "港 🎉 Ünïcode, 1,880 t",
    "how many fighters crossed the border " * 60,
]


@pytest.fixture(scope="module")
def real() -> SentenceTransformerEmbedder:
    return SentenceTransformerEmbedder(embedder_folder(), "real", threads=1)


@pytest.fixture(scope="module")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> SentenceTransformerEmbedder:
    return embedder_in(save_tiny_model(tmp_path_factory.mktemp("tiny") / "tiny"))


@pytest.fixture(scope="module")
def quick(tiny: SentenceTransformerEmbedder) -> Bert:
    return Bert(tiny.folder)


def embedder_in(folder: Path) -> SentenceTransformerEmbedder:
    return SentenceTransformerEmbedder(folder, "tiny", threads=1)


def sample_of(embedder: SentenceTransformerEmbedder) -> Sample:
    texts = ["Ships carry timber.", "Fish is sold in June."]
    return list(zip(texts, embedder.documents(texts), strict=True))


def standing_for(embedder: SentenceTransformerEmbedder, sample: Sample) -> OneShotEmbedder:
    """For the same model, not loaded yet."""
    fresh = SentenceTransformerEmbedder(
        embedder.folder, "tiny", threads=1, precision=embedder.precision
    )
    return OneShotEmbedder(fresh, lambda: sample)


def is_quick(embedder: OneShotEmbedder) -> bool:
    """Does it embed a question without loading the model it stands for?"""
    embedder.query("ships")
    return not embedder.stands_for.is_loaded


@pytest.mark.slow
def test_the_default_models_questions_have_the_same_vectors(
    real: SentenceTransformerEmbedder,
) -> None:
    quick = standing_for(real, sample_of(real))
    assert is_quick(quick)
    for question in QUESTIONS:
        assert quick.query(question) == pytest.approx(real.query(question), abs=2e-6)


def test_another_models_questions_have_the_same_vectors_and_prompts(
    tiny: SentenceTransformerEmbedder,
) -> None:
    quick = standing_for(tiny, sample_of(tiny))
    assert is_quick(quick)
    assert quick.fingerprint == tiny.fingerprint
    assert quick.dimension == tiny.dimension
    for question in QUESTIONS:
        assert quick.query(question) == pytest.approx(tiny.query(question), abs=2e-6)


@settings(max_examples=40)
@given(text=st.text(max_size=80))
def test_any_question_has_the_same_vector(
    tiny: SentenceTransformerEmbedder, quick: Bert, text: str
) -> None:
    assert quick.query(text) == pytest.approx(tiny.query(text), abs=2e-6)


def test_tokens_are_those_of_sentence_transformers(tiny: SentenceTransformerEmbedder) -> None:
    quick = standing_for(tiny, sample_of(tiny))
    assert is_quick(quick)
    texts = ["Ships carry timber.", "", " ".join(QUESTIONS), "ships sail in may. " * 40]
    for mine, full in (
        (quick.document_tokens(texts), tiny.document_tokens(texts)),
        (quick.query_tokens(texts[:2]), tiny.query_tokens(texts[:2])),
    ):
        for one, other in zip(mine, full, strict=True):
            assert one.spans.tolist() == other.spans.tolist()
            assert one.vectors == pytest.approx(other.vectors, abs=1e-5)


def test_a_model_left_to_sentence_transformers_reads_tokens_too(tmp_path: Path) -> None:
    embedder = embedder_in(save_tiny_model(tmp_path / "max", pooling="max"))
    quick = standing_for(embedder, sample_of(embedder))
    for mine, full in zip(
        [*quick.document_tokens(["ships"]), *quick.query_tokens(["ships"])],
        [*embedder.document_tokens(["ships"]), *embedder.query_tokens(["ships"])],
        strict=True,
    ):
        assert mine.spans.tolist() == full.spans.tolist() == [[0, 5]]
        assert mine.vectors == pytest.approx(full.vectors, abs=1e-6)


def test_a_model_that_pools_its_first_token_is_computed_too(tmp_path: Path) -> None:
    embedder = embedder_in(save_tiny_model(tmp_path / "cls", pooling="cls"))
    quick = standing_for(embedder, sample_of(embedder))
    assert is_quick(quick)
    assert quick.query("ships") == pytest.approx(embedder.query("ships"), abs=2e-6)


def test_a_model_that_pools_otherwise_is_left_to_sentence_transformers(tmp_path: Path) -> None:
    embedder = embedder_in(save_tiny_model(tmp_path / "max", pooling="max"))
    with pytest.raises(UnknownModelError, match="pools its tokens in another way: max"):
        Bert(embedder.folder)
    quick = standing_for(embedder, sample_of(embedder))
    assert not is_quick(quick)
    assert quick.query("ships") == pytest.approx(embedder.query("ships"), abs=1e-6)


def test_a_model_with_another_activation_is_left_to_sentence_transformers(
    tmp_path: Path,
) -> None:
    folder = save_tiny_model(tmp_path / "relu")
    config = json.loads((folder / "config.json").read_text())
    (folder / "config.json").write_text(json.dumps(config | {"hidden_act": "relu"}))
    assert not is_quick(standing_for(embedder_in(folder), [("ships", np.ones(32))]))


def test_vectors_that_differ_from_the_indexs_are_not_trusted(
    tiny: SentenceTransformerEmbedder,
) -> None:
    (text, vector), other = sample_of(tiny)
    turned = vector + np.float32(0.05) * other[1]
    turned /= np.linalg.norm(turned)
    assert not is_quick(standing_for(tiny, [other, (text, turned)]))
    assert not is_quick(standing_for(tiny, [(text, vector[:8])]))
    assert not is_quick(standing_for(tiny, []))


def test_what_changed_in_the_folder_since_the_sync_is_noticed(tmp_path: Path) -> None:
    embedder = embedder_in(save_tiny_model(tmp_path / "own"))
    sample = sample_of(embedder)
    set_prompt(embedder.folder, "document", "milled wool spun : ")
    assert not is_quick(standing_for(embedder, sample))


def test_a_bfloat16_index_is_asked_in_float32_where_that_is_near_enough(tmp_path: Path) -> None:
    folder = save_tiny_model(tmp_path / "own")
    half = SentenceTransformerEmbedder(folder, "tiny", threads=1, precision="bfloat16")
    quick = standing_for(half, sample_of(half))
    assert is_quick(quick)
    assert float(quick.query("ships") @ half.query("ships")) > 0.999


def test_a_few_texts_need_no_sentence_transformers(tiny: SentenceTransformerEmbedder) -> None:
    quick = standing_for(tiny, sample_of(tiny))
    texts = ["Ships carry timber.", "", "港 🎉", " ".join(QUESTIONS), "ships sail in may. " * 40]
    vectors = quick.documents(texts)
    assert vectors == pytest.approx(tiny.documents(texts), abs=2e-6)
    assert vectors.dtype == np.float32
    assert not quick.stands_for.is_loaded


def test_texts_that_are_few_each_time_but_many_in_all_are_for_sentence_transformers(
    tiny: SentenceTransformerEmbedder,
) -> None:
    quick = standing_for(tiny, sample_of(tiny))
    half = ["ships sail"] * (FEW_CHARACTERS // 20)
    quick.documents(half)
    quick.documents(half)
    assert not quick.stands_for.is_loaded
    quick.documents(["ships"])
    assert quick.stands_for.is_loaded


def test_many_texts_and_all_after_them_are_for_sentence_transformers(
    tiny: SentenceTransformerEmbedder,
) -> None:
    quick = standing_for(tiny, sample_of(tiny))
    many = ["ships sail"] * (FEW_CHARACTERS // 10 + 1)
    assert quick.documents(many) == pytest.approx(tiny.documents(many), abs=2e-6)
    assert quick.stands_for.is_loaded
    assert quick.documents(["ships"]) == pytest.approx(tiny.documents(["ships"]), abs=2e-6)
    assert quick.documents([]).shape == (0, 32)


@pytest.mark.slow
def test_the_vectors_that_lie_with_the_program_are_those_of_the_default_embedder() -> None:
    folder = embedder_folder()
    real = SentenceTransformerEmbedder(
        folder, files_id(DEFAULT_EMBEDDER, folder), threads=1, precision="float32"
    )
    known = known_vectors(real.fingerprint)
    assert len(known) == 3
    for text, vector in known:
        assert real.documents([text])[0] == pytest.approx(vector, abs=2e-6)


def test_no_vectors_lie_with_the_program_for_other_models_or_precisions() -> None:
    other = "all-MiniLM-L6-v2:0123456789abcdef:float32:windows 1"
    half = f"{DEFAULT_EMBEDDER}:{MODELS[DEFAULT_EMBEDDER].weights.sha256[:16]}:bfloat16:windows 1"
    assert [*known_vectors(other), *known_vectors(half)] == []
    assert known_vectors(half.replace("bfloat16", "float32"))


@pytest.mark.slow
def test_the_default_readers_tokens_are_the_same() -> None:
    loaded = SentenceTransformerEmbedder(reader_folder(), "", threads=1)
    fresh = SentenceTransformerEmbedder(reader_folder(), "", threads=1)
    quick = OneShotReader(fresh)
    texts = ["Fish is sold in June.", "The harbour, built in 1880 for timber, is gone. " * 12]
    for ours, theirs in (
        (quick.document_tokens(texts), loaded.document_tokens(texts)),
        (quick.query_tokens(QUESTIONS[:1]), loaded.query_tokens(QUESTIONS[:1])),
    ):
        for own, other in zip(ours, theirs, strict=True):
            assert own.vectors == pytest.approx(other.vectors, abs=5e-6)
            assert np.array_equal(own.spans, other.spans)
    assert not fresh.is_loaded


def test_a_reader_that_numpy_cannot_compute_is_loaded(tmp_path: Path) -> None:
    embedder = embedder_in(save_tiny_model(tmp_path / "max", pooling="max"))
    reader = OneShotReader(embedder_in(embedder.folder))
    [own], [other] = reader.query_tokens(["ships"]), embedder.query_tokens(["ships"])
    assert own.vectors == pytest.approx(other.vectors, abs=1e-6)
    [own], [other] = reader.document_tokens(["ships"]), embedder.document_tokens(["ships"])
    assert own.vectors == pytest.approx(other.vectors, abs=1e-6)
    assert reader.stands_for.is_loaded


def test_a_folder_without_a_model_is_no_bert(tmp_path: Path) -> None:
    with pytest.raises(UnknownModelError):
        Bert(tmp_path)

"""Settings -> the whole engine, over the seeds with the real embedder and the smallest model."""

import gc
import re
import subprocess
import sys
import warnings
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from index.errors import IndexMismatchError, ModelLoadError, ModelMissingError, NoIndexError
from index.late_interaction import LateInteraction
from index.model_specs import TINY_LLM
from index.search import LATE, RERANK
from index.store import Store
from index.surroundings import Passage
from index.sync import sync
from rag.build import build_embedder, build_engine, change_model, open_index
from rag.build_readers import (
    build_reader,
    build_reranker,
    reader_problem,
    reranker_problem,
    search_problems,
)
from rag.document_engine import DocumentEngine
from rag.settings import NO_READER, Settings
from rag.types import Finished, Status, Token, Turn
from tests.conftest import ROOT, SEED_FILE, SEEDS
from tests.index.fakes import SIGNALS
from tests.index.tiny_model import save_tiny_model, save_tiny_reranker, set_prompt
from tests.rag.checks import check_answer, finished, forget_connections
from tests.rag.fakes import paragraph
from tests.rag.openai_server import running
from tests.rag.real_models import embedder_folder, reader_folder, tiny_llm_file

TINY = {"llm": TINY_LLM, "threads": 1, "answer_tokens": 32}
QUESTION = "How many fighters crossed the border, and by which road?"


@pytest.fixture(scope="module")
def state(tmp_path_factory: pytest.TempPathFactory) -> Path:
    embedder_folder()
    folder = tmp_path_factory.mktemp("built") / "state"
    store = Store.create(folder)
    sync(store, SEEDS, build_embedder(Settings(threads=1, precision="float32")))
    store.close()
    return folder


@pytest.fixture(scope="module")
def engine(state: Path) -> Iterator[DocumentEngine]:
    tiny_llm_file()
    built = build_engine(Settings(state=state, **TINY))
    yield built
    built.close()
    del built
    forget_connections()


@pytest.mark.model
def test_the_real_chain_streams_finishes_and_cites_exactly(engine: DocumentEngine) -> None:
    events = list(engine.stream(QUESTION))
    answer = finished(events)
    check_answer(answer, engine.document_text)
    assert any(isinstance(event, Token) for event in events)
    assert answer.status is not Status.ERROR
    assert answer.timings.first_token is not None
    assert answer.tokens.prompt >= answer.tokens.cached > 0
    assert answer.tokens.completion > 0
    assert answer.model == engine.model_name
    assert answer.retrieved[0].paragraph.path == SEED_FILE


@pytest.mark.model
def test_the_real_chain_answers_a_follow_up(engine: DocumentEngine) -> None:
    history = (Turn("user", QUESTION), Turn("assistant", "More than 300, by a muddy road."))
    answer = finished(engine.stream("When did they cross it?", history))
    check_answer(answer, engine.document_text)
    assert answer.standalone_question != answer.question


@pytest.mark.model
def test_quoting_with_the_real_embedder_finds_the_sentence(engine: DocumentEngine) -> None:
    answer = finished(engine.stream(QUESTION, extractive=True))
    check_answer(answer, engine.document_text)
    assert answer.status is Status.ANSWERED
    assert "more than 300 fighters" in answer.citations[0].quote
    assert answer.timings.first_token is None


@pytest.mark.model
def test_after_a_stream_closed_early_the_engine_answers_the_next_question(
    engine: DocumentEngine,
) -> None:
    events = engine.stream(QUESTION)
    next(event for event in events if isinstance(event, Token))
    events.close()  # type: ignore[attr-defined]
    assert isinstance(list(engine.stream("Who is the Turkish minister?"))[-1], Finished)


@pytest.mark.model
def test_closing_the_engine_closes_its_connections(state: Path) -> None:
    with running() as server:
        engine = build_engine(
            Settings(state=state, llm="theirs", llm_base_url=server.base_url, threads=1)
        )
        list(engine.stream(QUESTION))
        engine.close()
        del engine
        with warnings.catch_warnings(record=True) as left:
            warnings.simplefilter("always", ResourceWarning)
            gc.collect()
    assert server.requests
    assert [str(warning.message) for warning in left] == []


@pytest.mark.model
def test_the_model_can_be_changed_and_a_model_that_is_missing_changes_nothing(state: Path) -> None:
    settings = Settings(state=state, llm="none", threads=1)
    engine = build_engine(settings)
    try:
        with pytest.raises(ModelMissingError, match="neither one of Pincite's"):
            change_model(engine, settings.model_copy(update={"llm": "nowhere.gguf"}))
        assert engine.model_name == "extractive"
        with running() as server:
            theirs = {"llm": "theirs", "llm_base_url": server.base_url}
            change_model(engine, settings.model_copy(update=theirs))
            assert engine.model_name == f"theirs at {server.base_url}"
            assert engine.notice == ""
            list(engine.stream(QUESTION))
            assert server.requests
    finally:
        engine.close()


@pytest.mark.model
def test_an_index_of_another_embedder_or_reader_is_refused_with_the_mend(state: Path) -> None:
    store = Store.open(state)
    before = store.catalog.get("fingerprint")
    earlier = re.sub(r" reader \S+", " reader 0", before)
    try:
        for found, told in ("another:1", "another:1"), (earlier, "reader changed from 0 to "):
            store.catalog.put("fingerprint", found)
            with pytest.raises(IndexMismatchError, match=rf"\({told}.*pincite sync"):
                open_index(Settings(state=state, llm="none"))
    finally:
        store.catalog.put("fingerprint", before)
        store.close()


def test_without_an_index_the_error_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(NoIndexError, match="pincite sync"):
        build_engine(Settings(state=tmp_path / "nowhere", llm="none"))


@pytest.mark.model
def test_an_index_that_was_never_written_into_is_none(tmp_path: Path) -> None:
    embedder_folder()
    Store.create(tmp_path).close()
    with pytest.raises(NoIndexError, match=r'there is no index in .*: run "pincite sync" first'):
        build_engine(Settings(state=tmp_path, llm="none", threads=1))


def test_no_reranker_is_no_news_and_one_that_is_missing_is_a_notice() -> None:
    assert build_reranker(Settings()) is None
    assert reranker_problem(Settings()) == ""
    for name in ("someone/no-such-reranker", "nowhere"):
        assert build_reranker(Settings(reranker=name)) is None
        notice = reranker_problem(Settings(reranker=name))
        assert f"The reranker {name!r} is neither" in notice
        assert f"hf download {name}" in notice


def test_where_the_reader_is_missing_or_is_the_embedder_the_embedder_reads() -> None:
    for name in ("", NO_READER, "all-MiniLM-L6-v2"):
        same = Settings(reader=name)
        assert build_reader(same, "float32") is None
        assert reader_problem(same) == ""
    lost = Settings(reader="someone/no-such-reader")
    assert build_reader(lost, "float32") is None
    assert "the embedder reads in its place" in search_problems(lost)
    assert "hf download someone/no-such-reader" in search_problems(lost)


@pytest.mark.model
def test_the_reader_knows_a_sentence_in_other_words_better_than_the_embedder_does() -> None:
    embedder_folder()
    reader_folder()
    chosen = Settings(threads=1, precision="float32")
    question = "Why was the match called off?"
    told = paragraph(
        "The match was called a great success by the club.",
        "The game was abandoned because the pitch was under water.",
    )
    reader = build_reader(chosen, "float32")
    assert reader is not None
    by_both = (reader, LateInteraction(build_embedder(chosen)))
    (read,), (seen,) = (late.read(question, [Passage(told, "", "")]) for late in by_both)
    assert read.sentences[1] > read.sentences[0]
    assert seen.sentences[1] < seen.sentences[0]


def test_a_folder_that_is_no_reranker_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(ModelLoadError, match="correct the setting"):
        build_reranker(Settings(reranker=str(tmp_path)))


@pytest.mark.model
def test_the_reranker_of_the_settings_ranks_and_a_missing_one_is_told_of(state: Path) -> None:
    off = Settings(state=state, llm="none", threads=1)
    reranker = save_tiny_reranker(state.parent / "reranker")
    found = {}
    for name in ("", "someone/no-such-reranker", str(reranker)):
        engine = build_engine(off.model_copy(update={"reranker": name}))
        with closing(engine):
            found[name] = engine.search(QUESTION)
            assert ("no-such-reranker" in engine.notice) == ("no-such-reranker" in name)
    plain, without, reranked = found.values()
    assert plain == without
    assert tuple(plain[0].signals) == (*SIGNALS, LATE)
    assert tuple(reranked[0].signals) == (*SIGNALS, RERANK)
    assert [hit.paragraph.id for hit in reranked] != [hit.paragraph.id for hit in plain]


@pytest.mark.model
def test_an_embedder_of_ones_own_is_synced_and_searched_with(tmp_path: Path, folder: Path) -> None:
    model = save_tiny_model(tmp_path / "own")
    (folder / "a.txt").write_text("Ships carry timber.\n\nFish is salted.", encoding="utf-8")
    settings = Settings(state=tmp_path / "state", embedder=str(model), threads=1)
    embedder = build_embedder(settings)
    with closing(Store.create(settings.state)) as store:
        assert sync(store, folder, embedder).embedded == 2
    for one_shot in (False, True):
        store, searcher = open_index(settings, one_shot=one_shot)
        with closing(store):
            assert [hit.paragraph.ordinal for hit in searcher.search("Fish is salted.")] == [2, 1]
    # Another file of the model is another model: its vectors must not be mixed with these.
    set_prompt(model, "query", "asked : ")
    with pytest.raises(IndexMismatchError, match="pincite sync"):
        open_index(settings)
    with closing(Store.create(settings.state)) as store:
        assert sync(store, folder, build_embedder(settings)).embedded == 2
    open_index(settings)[0].close()


@pytest.mark.model
def test_a_one_shot_search_imports_no_library_that_takes_seconds(
    tmp_path: Path, folder: Path
) -> None:
    model = save_tiny_model(tmp_path / "own")
    (folder / "a.txt").write_text("Ships carry timber.", encoding="utf-8")
    # Where bfloat16 is chosen, a model of random weights may turn too far to be computed in numpy.
    settings = Settings(
        state=tmp_path / "state", embedder=str(model), threads=1, precision="float32"
    )
    with closing(Store.create(settings.state)) as store:
        sync(store, folder, build_embedder(settings))
    code = f"""
import sys
from pathlib import Path
from rag.build import open_index
from rag.settings import NO_READER, Settings
settings = Settings(state=Path({str(settings.state)!r}), embedder={str(model)!r}, reader="")
store, searcher = open_index(settings, one_shot=True)
assert len(searcher.search("timber")) == 1
heavy = ("torch", "sentence_transformers", "chromadb", "llama_index", "scipy", "sklearn")
print([name for name in heavy if name in sys.modules])
"""
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT
    )
    assert done.stdout.strip() == "[]"


@pytest.mark.model
def test_an_index_keeps_its_precision_until_the_settings_name_another(
    tmp_path: Path, folder: Path
) -> None:
    model = save_tiny_model(tmp_path / "own")
    (folder / "a.txt").write_text("Ships carry timber.", encoding="utf-8")
    state = tmp_path / "state"
    half = Settings(state=state, embedder=str(model), precision="bfloat16")
    with closing(Store.create(state)) as store:
        sync(store, folder, build_embedder(half))
    unset = Settings(state=state, embedder=str(model))
    assert build_embedder(unset).precision == "bfloat16"
    full = Settings(state=state, embedder=str(model), precision="float32")
    with pytest.raises(IndexMismatchError, match="bfloat16"):
        open_index(full)

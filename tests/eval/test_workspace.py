"""The engines an eval asks are those users ask."""

import json
import os
from contextlib import closing
from pathlib import Path

import pytest

from eval.gold.drafts import drafts_file
from eval.gold.stale import sources_file
from eval.job import RunRequest, evaluate
from eval.plan import Mode
from eval.rundir import read_run
from eval.workspace import open_search_engine
from index.errors import CorpusError, StateBusyError
from index.lock import writer_lock
from index.store import Store
from index.sync import sync
from rag.build import build_embedder, build_engine
from rag.settings import NO_LLM, Settings
from rag.types import Answer
from tests.conftest import SEEDS
from tests.rag.checks import finished
from tests.rag.real_models import embedder_folder

QUESTION = "Which militants atacked Aleppo last week?"


def told(answer: Answer) -> tuple[str, str, float]:
    return answer.standalone_question, answer.text, round(answer.confidence, 4)


@pytest.mark.model
def test_quoting_is_measured_with_the_chain_that_users_get(tmp_path: Path) -> None:
    embedder_folder()
    # Chosen by time it may come out differently for the two indexes.
    settings = Settings(
        state=tmp_path, llm=NO_LLM, reader="", threads=1, corpus=SEEDS, precision="float32"
    )
    gold = tmp_path / "gold.jsonl"
    gold.write_text(json.dumps({"id": "1", "question": QUESTION, "answerable": False}))
    with open_search_engine(settings, gold, SEEDS) as (engine, _):
        measured = finished(engine.stream(QUESTION))
    with closing(Store.create(tmp_path)) as store:
        sync(store, SEEDS, build_embedder(settings))
    with closing(build_engine(settings)) as engine:
        asked = finished(engine.stream(QUESTION))
    assert told(measured) == told(asked)
    assert measured.standalone_question == "Which militants attacked Aleppo last week?"


@pytest.mark.model
def test_what_an_eval_writes_and_reads_itself_is_never_its_evidence(tmp_path: Path) -> None:
    embedder_folder()
    corpus = tmp_path / "docs"
    corpus.mkdir()
    (corpus / "bridge.txt").write_text("The Alder bridge was opened in 1932 by the mayor.")
    gold = corpus / "gold.jsonl"
    item = {
        "id": "1",
        "question": "When was the Alder bridge opened?",
        "answers": ["1932"],
        "evidence": [{"path": "bridge.txt", "quote": "opened in 1932 by the mayor"}],
        "answerable": True,
    }
    gold.write_text(json.dumps(item))
    drafts_file(gold).write_text("")
    sources_file(gold).write_text("{}")
    (corpus / "train.jsonl").write_text(json.dumps({**item, "id": "2"}))
    settings = Settings(
        state=tmp_path / "state", llm=NO_LLM, reader="", threads=1, precision="float32"
    )
    own = "gold.drafts.jsonl, gold.jsonl, gold.jsonl.sources.json, train.jsonl"
    records = []
    for name, named in (("first", own), ("second", f"{own}, runs/first")):
        told: list[str] = []
        request = RunRequest(gold, corpus / "runs" / name, corpus, Mode.RETRIEVAL)
        evaluate(request, settings, tell=told.append)
        assert told == [f"Not read as documents, being files of evals: {named}."]
        found = read_run(request.out)
        records.append(found.run["settings"])
        assert {hit["path"] for hit in found.results[0]["retrieved"]} == {"bridge.txt"}
    assert records[0] == records[1], "a run that lies in the corpus makes the next another"


def test_an_eval_leaves_out_what_readers_leave_out(tmp_path: Path) -> None:
    embedder_folder()
    corpus = tmp_path / "docs"
    corpus.mkdir()
    for name in ("bridge.txt", "drafts.txt"):
        (corpus / name).write_text(f"The Alder bridge of {name} was opened in 1932.")
    gold = tmp_path / "gold.jsonl"
    gold.write_text("")
    settings = Settings(
        state=tmp_path / "state", llm=NO_LLM, reader="", threads=1, exclude=("drafts.txt",)
    )
    with open_search_engine(settings, gold, corpus) as (engine, _):
        answer = finished(engine.stream("When was the Alder bridge opened?"))
    assert {hit.paragraph.path for hit in answer.retrieved} == {"bridge.txt"}


def squad(context: str) -> str:
    question = {"id": "1", "question": "When?", "answers": [], "is_impossible": True}
    paragraph = {"context": context, "qas": [question]}
    return json.dumps({"data": [{"title": "Bridge", "paragraphs": [paragraph]}]})


@pytest.mark.model
def test_documents_that_a_gold_file_brings_are_written_once_and_by_one_run_at_a_time(
    tmp_path: Path,
) -> None:
    embedder_folder()
    settings = Settings(state=tmp_path / "state", llm=NO_LLM, reader="", threads=1)
    gold = tmp_path / "gold.json"

    def documents() -> dict[str, tuple[str, int]]:
        folders = (settings.state / "eval").glob("documents-*")
        files = [file for folder in folders for file in folder.iterdir()]
        return {file.name: (file.read_text(), file.stat().st_mtime_ns) for file in files}

    gold.write_text(squad("The Alder bridge was opened in 1932."))
    with open_search_engine(settings, gold):
        first = documents()
    with open_search_engine(settings, gold):
        assert documents() == first
    gold.write_text(squad("The Alder bridge was opened in 1935."))
    [state] = (settings.state / "eval").glob("index-*")
    with (
        writer_lock(state),
        pytest.raises(StateBusyError),
        open_search_engine(settings, gold),
    ):
        pass
    assert documents() == first, "they belong to the run that is reading them"
    with open_search_engine(settings, gold) as (engine, _):
        [path] = documents()
        assert engine.document_text(path) == "The Alder bridge was opened in 1935.\n"


@pytest.mark.model
def test_documents_in_a_folder_whose_name_is_not_utf8_are_refused(tmp_path: Path) -> None:
    embedder_folder()
    settings = Settings(state=tmp_path / "state", llm=NO_LLM, reader="", precision="float32")
    corpus = tmp_path / os.fsdecode(b"caf\xe9")
    corpus.mkdir()
    gold = tmp_path / "gold.jsonl"
    gold.write_text(json.dumps({"id": "1", "question": QUESTION, "answerable": False}))
    with (
        pytest.raises(CorpusError, match="not UTF-8: rename"),
        open_search_engine(settings, gold, corpus),
    ):
        pass

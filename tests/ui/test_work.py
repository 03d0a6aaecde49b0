import json
import threading
from pathlib import Path

import pytest

from index.lock import writer_lock
from rag.settings import NO_LLM, Settings
from tests.rag.real_models import embedder_folder
from ui.job import Job, Stage
from ui.work import Cancelled, Reporter, request, work

LONG_S = 120.0


def test_a_request_carries_every_setting_with_its_secrets() -> None:
    settings = Settings(llm_api_key="sk-1234", examples=("a?",))  # type: ignore[arg-type]
    line = request("sync", settings, prune=True)
    assert line.endswith("\n")
    assert line.count("\n") == 1
    asked = json.loads(line)
    assert (asked["kind"], asked["prune"]) == ("sync", True)
    assert Settings.model_validate(asked["settings"]) == settings


def test_progress_is_told_not_too_often_but_always_at_the_ends() -> None:
    told: list[object] = []
    report = Reporter(told.append, threading.Event())
    for done in range(1001):
        report("files", done, 1000)
    assert told[0] == {"what": "files", "done": 0, "total": 1000}
    assert told[-1] == {"what": "files", "done": 1000, "total": 1000}
    assert len(told) < 100


def test_work_that_is_not_wanted_any_more_ends_at_the_next_step() -> None:
    cancelled = threading.Event()
    report = Reporter(lambda value: None, cancelled)
    report("files", 0, 10)
    assert not report.stop()
    cancelled.set()
    assert report.stop()
    with pytest.raises(Cancelled):
        report("files", 1, 10)


def test_unknown_work_is_refused() -> None:
    with pytest.raises(ValueError, match="unknown work"):
        work(json.loads(request("dance", Settings())), Reporter(print, threading.Event()))


@pytest.mark.model
def test_reading_while_another_process_writes_says_who_does(folder: Path, tmp_path: Path) -> None:
    embedder_folder()
    settings = Settings(state=tmp_path / "state", corpus=folder)
    with writer_lock(settings.state):
        job = Job(request("sync", settings))
        job.join(LONG_S)
    assert job.state.stage is Stage.FAILED
    assert "is being written by process" in job.state.message


@pytest.mark.model
def test_an_eval_tells_which_files_of_the_folder_it_left_out(tmp_path: Path) -> None:
    embedder_folder()
    corpus = tmp_path / "docs"
    corpus.mkdir()
    (corpus / "bridge.txt").write_text("The Alder bridge was opened in 1932.")
    gold = corpus / "gold.jsonl"
    item = {"id": "1", "question": "Who built it?", "answers": [], "evidence": []}
    gold.write_text(json.dumps({**item, "answerable": False}))
    settings = Settings(
        state=tmp_path / "state", corpus=corpus, llm=NO_LLM, threads=1, precision="float32"
    )
    made = {"gold": str(gold), "out": str(tmp_path / "out"), "mode": "retrieval"}
    job = Job(request("eval", settings, **made, sample=None, seed=0))
    job.join(LONG_S)
    assert job.state.stage is Stage.FINISHED
    assert job.state.notes == ("Not read as documents, being files of evals: gold.jsonl.",)

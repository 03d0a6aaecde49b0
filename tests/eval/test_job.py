"""Whole runs with a model: a server in place of it, and the smallest real one."""

import json
import threading
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from pydantic import SecretStr

from eval.effort import Prices
from eval.job import RunRequest, evaluate
from eval.plan import Mode
from eval.rundir import read_run
from index.errors import UsageError
from index.model_specs import TINY_LLM
from rag.settings import NO_LLM, Settings
from tests.conftest import ROOT, SEEDS
from tests.rag.openai_server import Connection, chooses, first_token, running, streams
from tests.rag.real_models import embedder_folder, tiny_llm_file

pytestmark = pytest.mark.model

GOLD = ROOT / "eval" / "gold" / "seeds.jsonl"
REPLY = "Iraqi militiamen crossed into Syria."
TINY: dict[str, Any] = {
    "llm": TINY_LLM,
    "threads": 1,
    "answer_tokens": 16,
    "precision": "float32",
    "reader": "",
}


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    embedder_folder()
    return tmp_path_factory.mktemp("jobs") / "state"


def test_a_servers_model_answers_several_at_once_is_judged_and_paid(
    home: Path, tmp_path: Path
) -> None:
    together, met = threading.Barrier(2), threading.Event()
    stream = streams([REPLY])

    def respond(connection: Connection) -> None:
        if not met.is_set():
            with suppress(threading.BrokenBarrierError):
                together.wait(20)
                met.set()
        stream(connection)

    with running() as server, running() as judge:
        server.respond = respond
        settings = Settings(
            state=home,
            llm="their-model",
            reader="",
            llm_base_url=server.base_url,
            llm_api_key=SecretStr("for-answers"),
            llm_parallel=2,
            refuse_below=0.0,
            threads=1,
            precision="float32",
        )
        asked_judge = settings.model_copy(
            update={
                "llm": "judge",
                "llm_base_url": judge.base_url,
                "llm_api_key": SecretStr("for-judging"),
            }
        )
        request = RunRequest(
            GOLD,
            tmp_path / "run",
            SEEDS,
            Mode.ANSWERS,
            sample=4,
            jobs=2,
            prices=Prices(1, 2),
            judge=asked_judge,
        )
        summary = evaluate(request, settings)
        keys = [request.headers["authorization"] for request in server.requests]
        judged = [request.headers["authorization"] for request in judge.requests]
    assert met.is_set()
    assert summary["counts"]["errors"] == 0
    assert set(keys) == {"Bearer for-answers"}
    assert set(judged) <= {"Bearer for-judging"}
    assert summary["cost"]["total"] > 0
    assert summary["tokens"]["total_prompt"] >= 120
    results = read_run(tmp_path / "run").results
    assert {result["model"] for result in results} == {f"their-model at {settings.llm_base_url}"}


@pytest.mark.parametrize("kind", ["squad", "beir"])
def test_a_set_that_brings_its_documents_is_measured_over_them(
    home: Path, tmp_path: Path, kind: str
) -> None:
    text = "The Alder bridge was opened in 1932 by the mayor of Renfield."
    if kind == "squad":
        gold = tmp_path / "gold.json"
        answer = {"text": "1932", "answer_start": text.index("1932")}
        question = {"id": "q1", "question": "When was it opened?", "answers": [answer]}
        paragraph = {"context": text, "qas": [question]}
        gold.write_text(json.dumps({"data": [{"title": "Alder", "paragraphs": [paragraph]}]}))
    else:
        gold = tmp_path / "beir"
        (gold / "qrels").mkdir(parents=True)
        (gold / "corpus.jsonl").write_text(json.dumps({"_id": "d1", "text": text}) + "\n")
        (gold / "queries.jsonl").write_text('{"_id": "q1", "text": "When was it opened?"}\n')
        (gold / "qrels" / "test.tsv").write_text("query-id\tcorpus-id\tscore\nq1\td1\t1\n")
    settings = Settings(state=home, llm=NO_LLM, reader="", threads=1, precision="float32")
    summary = evaluate(RunRequest(gold, tmp_path / "run", mode=Mode.RETRIEVAL), settings)
    assert summary["metrics"]["recall@1"]["value"] == 1.0


def test_the_same_questions_get_the_same_answers_each_time_kept_or_not(
    home: Path, tmp_path: Path
) -> None:
    tiny_llm_file()
    settings = Settings(state=home, refuse_below=0.0, **TINY)
    another_code = settings.model_copy(update={"refuse_below": 0.001})
    runs, kept = [], []
    # In another order of making: what was asked before must not change what is answered.
    for name, sample, of in (
        ("few", 1, settings),
        ("more", 2, settings),
        ("kept", 2, another_code),
    ):
        use_cache = name != "few"
        request = RunRequest(
            GOLD, tmp_path / name, SEEDS, Mode.ANSWERS, sample=sample, seed=3, use_cache=use_cache
        )
        kept.append(evaluate(request, of)["counts"]["cached"])
        runs.append(
            {
                result["id"]: (result["answer"], result["scores"], result["tokens"])
                for result in read_run(tmp_path / name).results
            }
        )
    few, more, again = runs
    assert more == again
    assert few == {id_: more[id_] for id_ in few}
    assert kept == [0, 0, 2]


def test_a_finished_run_is_judged_where_its_judging_failed_and_not_run_again(
    home: Path, tmp_path: Path
) -> None:
    with running() as judge:
        settings = Settings(state=home, llm=NO_LLM, refuse_below=0.0, threads=1)
        asked = {"llm": "judge", "llm_base_url": judge.base_url, "llm_parallel": 1}
        request = RunRequest(
            GOLD,
            tmp_path / "run",
            SEEDS,
            Mode.EXTRACTIVE,
            sample=4,
            judge=settings.model_copy(update=asked),
        )
        judge.respond = lambda connection: connection.whole(b"away", status=400)
        failed = evaluate(request, settings)["judge"]
        judge.respond = chooses(first_token(("yes", -0.1)))
        results = (request.out / "results.jsonl").read_bytes()
        judged = evaluate(request, settings)["judge"]
        with pytest.raises(UsageError, match="holds a finished run made with something else"):
            evaluate(replace(request, sample=3), settings)
    assert failed is not None
    assert failed["errors"] > 0
    assert judged is not None
    assert judged["errors"] == 0
    assert (request.out / "results.jsonl").read_bytes() == results

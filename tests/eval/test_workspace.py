"""The engines an eval asks are those users ask."""

import json
from contextlib import closing
from pathlib import Path

import pytest

from eval.workspace import open_search_engine
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
    settings = Settings(state=tmp_path, llm=NO_LLM, threads=1, corpus=SEEDS)
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

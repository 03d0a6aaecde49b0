"""A real llama.cpp server that somebody else started, reached by its base URL, model and key."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from index.store import Store
from rag.build import build_model
from rag.llm import OpenAICompatibleModel
from rag.settings import Settings
from rag.types import Token
from tests.rag.checks import check_answer, finished
from tests.rag.real_models import tiny_llm_file
from tests.rag.small_corpus import TEXTS, chain_over

pytestmark = pytest.mark.model

QUESTION = "When was the Alder bridge opened?"
ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def address() -> Iterator[tuple[str, str]]:
    """Base URL and key of the other process's server."""
    command = [sys.executable, "-m", "tests.rag.llama_process", str(tiny_llm_file())]
    with subprocess.Popen(
        command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        base_url, key = process.stdout.readline().split()
        yield base_url, key
        process.kill()


@pytest.fixture
def model(address: tuple[str, str]) -> Iterator[OpenAICompatibleModel]:
    made = model_with(address[0], address[1])
    yield made
    made.close()


def model_with(base_url: str, key: str) -> OpenAICompatibleModel:
    settings = Settings.model_validate(
        {"llm": "tiny", "llm_base_url": base_url, "llm_api_key": key}
    )
    model, server, notice = build_model(settings)
    assert model is not None
    assert (server, notice) == (None, "")
    return model


def test_the_chain_gets_its_draft_from_the_other_process(
    store: Store, model: OpenAICompatibleModel
) -> None:
    events = list(chain_over(store, model).stream(QUESTION))
    assert any(isinstance(event, Token) for event in events)
    answer = finished(events)
    check_answer(answer, TEXTS.__getitem__)
    assert answer.tokens.prompt > 0
    assert "did not answer" not in answer.notice


def test_it_tells_how_sure_it_is_and_caches_the_beginning(model: OpenAICompatibleModel) -> None:
    story = "The king went to the sea. " * 20
    first = model.choose([("user", f"{story}Did he go? Reply yes or no.")])
    second = model.choose([("user", f"{story}Did he stay? Reply yes or no.")])
    assert first.yes is None or 0 <= first.yes <= 1
    assert second.tokens.cached > first.tokens.prompt / 2


def test_a_wrong_key_leaves_a_quotation_that_says_so(
    store: Store, address: tuple[str, str]
) -> None:
    model = model_with(address[0], "wrong")
    try:
        answer = finished(chain_over(store, model).stream(QUESTION))
    finally:
        model.close()
    assert answer.extractive
    assert "llm_api_key" in answer.notice


def test_stopping_at_a_token_frees_it_for_the_next_question(
    store: Store, model: OpenAICompatibleModel
) -> None:
    chain = chain_over(store, model)
    events = chain.stream(QUESTION)
    next(event for event in events if isinstance(event, Token))
    events.close()  # type: ignore[attr-defined]
    assert finished(chain.stream(QUESTION)).retrieved

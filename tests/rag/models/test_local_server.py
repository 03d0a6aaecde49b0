"""The real server with the smallest model: loading, its key, and freeing it."""

import socket
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import httpx
import pytest

from rag.llm import OpenAICompatibleModel
from rag.models.local_server import LocalServer, ModelStartError
from tests.rag.real_models import tiny_llm_file

pytestmark = pytest.mark.model

WAIT_S = 60.0


@pytest.fixture(scope="module")
def server() -> Iterator[LocalServer]:
    # One thread: several wait for each other when other programs keep the cores busy.
    with LocalServer(tiny_llm_file(), threads=1, context_tokens=4096) as running:
        yield running


def model_at(server: LocalServer, *, prompt_cache: bool = True) -> OpenAICompatibleModel:
    return OpenAICompatibleModel(
        "tiny (local)",
        model="tiny",
        base_url=server.base_url,
        api_key=server.api_key,
        timeout_s=WAIT_S,
        is_llama_cpp=True,
        prompt_cache=prompt_cache,
    )


@pytest.fixture(scope="module")
def model(server: LocalServer) -> Iterator[OpenAICompatibleModel]:
    with closing(model_at(server)) as made:
        yield made


def post(server: LocalServer, **headers: str) -> httpx.Response:
    body = {"messages": [{"role": "user", "content": "Hi"}], "max_tokens": 1}
    with httpx.Client(trust_env=False, timeout=WAIT_S) as client:
        return client.post(f"{server.base_url}/chat/completions", json=body, headers=headers)


def test_without_the_key_the_server_answers_401(server: LocalServer) -> None:
    assert post(server).status_code == 401
    assert post(server, Authorization="Bearer none").status_code == 401
    assert post(server, Authorization=f"Bearer {server.api_key}").status_code == 200


def test_the_server_is_reached_from_this_machine_only_and_by_no_web_page(
    server: LocalServer,
) -> None:
    assert server.base_url.startswith("http://127.0.0.1:")
    page = {"Origin": "http://evil.example", "Authorization": f"Bearer {server.api_key}"}
    assert not post(server, **page).headers.get("access-control-allow-origin")


def test_the_key_is_not_shown(server: LocalServer) -> None:
    assert server.api_key not in repr(server)


def test_a_reply_streams_with_its_token_counts(model: OpenAICompatibleModel) -> None:
    pieces = list(model.stream([("user", "Say hello.")], max_tokens=8))
    assert "".join(piece.text for piece in pieces).strip()
    total = [piece.tokens for piece in pieces if piece.tokens.completion]
    assert len(total) == 1
    assert total[0].prompt > total[0].cached >= 0
    assert 0 < total[0].completion <= 8


def test_the_same_beginning_is_read_once(model: OpenAICompatibleModel) -> None:
    story = "The king went to the sea. " * 20
    first = model.choose([("user", f"{story}Did he go?")])
    second = model.choose([("user", f"{story}Did he stay?")])
    assert second.tokens.cached > first.tokens.prompt / 2


def test_a_beginning_that_comes_back_after_another_is_not_read_again(
    model: OpenAICompatibleModel,
) -> None:
    king, queen = "The king went to the sea. " * 20, "A queen stayed at home all day. " * 20
    first = model.choose([("user", f"{king}Did he go?")])
    model.choose([("user", f"{queen}Did she?")])
    again = model.choose([("user", f"{king}Did he stay?")])
    assert again.tokens.cached > first.tokens.prompt / 2


def test_without_the_cache_nothing_of_an_earlier_prompt_is_used(server: LocalServer) -> None:
    prompts = ["The king went to the sea. " * 20, "A queen stayed at home all day. " * 20] * 2
    with closing(model_at(server, prompt_cache=False)) as fresh:
        cached = [fresh.choose([("user", prompt)]).tokens.cached for prompt in prompts]
    assert cached == [0] * len(prompts)


def test_choosing_gives_a_probability(model: OpenAICompatibleModel) -> None:
    yes = model.choose([("user", "Is water wet? Reply yes or no.")]).yes
    assert yes is None or 0 <= yes <= 1


def test_closing_a_stream_early_frees_the_model(model: OpenAICompatibleModel) -> None:
    # Left running, the story would keep the only slot for its 3,000 tokens.
    pieces = model.stream([("user", "Tell a very long story of a king.")], max_tokens=3000)
    with closing(pieces):  # type: ignore[type-var]
        started = time.monotonic()
        read = [next(pieces) for _ in range(10)]
        ten_pieces_s = time.monotonic() - started
    assert len(read) == 10
    started = time.monotonic()
    model.choose([("user", "Yes or no?")])
    assert time.monotonic() - started < 3 + 5 * ten_pieces_s


@pytest.mark.parametrize("content", [b"", b"GGUF" + bytes(range(256)) * 20, b"not a model"])
def test_a_file_that_is_no_model_is_an_error_that_names_it(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "broken.gguf"
    file.write_bytes(content)
    with pytest.raises(ModelStartError, match=r"broken\.gguf"):
        LocalServer(file, threads=1, context_tokens=512)


def test_a_file_that_is_not_there_is_an_error_that_names_it(tmp_path: Path) -> None:
    with pytest.raises(ModelStartError, match=r"gone\.gguf"):
        LocalServer(tmp_path / "gone.gguf", threads=1, context_tokens=512)


def test_closing_twice_does_nothing_and_nobody_listens_then() -> None:
    server = LocalServer(tiny_llm_file(), threads=1, context_tokens=512)
    # Closed before its first reply, xllamacpp's server may wait for itself for ever.
    post(server, Authorization=f"Bearer {server.api_key}")
    server.close()
    server.close()
    address = httpx.URL(server.base_url)
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection((address.host, address.port), timeout=WAIT_S)

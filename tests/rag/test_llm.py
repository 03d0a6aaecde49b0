import math
import socket
import threading
import time
from collections.abc import Callable, Iterator, Sequence

import pytest

from rag.llm import OpenAICompatibleModel
from rag.models.chat_model import ModelCallError, Piece
from rag.types import TokenCounts
from tests.rag.openai_server import (
    Connection,
    FakeServer,
    breaks_off,
    chooses,
    chunk,
    end_chunk,
    first_token,
    replies,
    running,
    streams,
)

MESSAGES = [("system", "Be brief."), ("user", "When did it open?")]
MakeModel = Callable[..., OpenAICompatibleModel]
COUNTS = TokenCounts(120, 80, 5)
TOKENS = [("In ", -0.1), ("1932", -1.5)]


@pytest.fixture
def server() -> Iterator[FakeServer]:
    with running() as fake:
        yield fake


@pytest.fixture(autouse=True)
def _no_proxy_of_this_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("http_proxy", "https_proxy", "all_proxy", "no_proxy"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)


@pytest.fixture
def model_at() -> Iterator[MakeModel]:
    """Models at a base URL, named ``fake at this machine``; their connections end with the test."""
    made: list[OpenAICompatibleModel] = []

    def make(
        base_url: str,
        *,
        api_key: str = "",
        timeout_s: float = 5.0,
        is_llama_cpp: bool = False,
        prompt_cache: bool = True,
    ) -> OpenAICompatibleModel:
        model = OpenAICompatibleModel(
            "fake at this machine",
            model="fake",
            base_url=base_url,
            api_key=api_key,
            timeout_s=timeout_s,
            is_llama_cpp=is_llama_cpp,
            prompt_cache=prompt_cache,
        )
        made.append(model)
        return model

    yield make
    for model in made:
        model.close()


def all_pieces(model: OpenAICompatibleModel) -> list[Piece]:
    return list(model.stream(MESSAGES, max_tokens=20))


def text_of(pieces: Sequence[Piece]) -> str:
    return "".join(piece.text for piece in pieces)


# Streaming


def test_a_reply_arrives_in_the_servers_pieces(server: FakeServer, model_at: MakeModel) -> None:
    server.respond = streams(["It ", "opened", " in 1932."])
    pieces = all_pieces(model_at(server.base_url))
    assert [piece.text for piece in pieces if piece.text] == ["It ", "opened", " in 1932."]
    assert not any(piece.cut for piece in pieces)


def test_pieces_arrive_while_the_server_still_writes(
    server: FakeServer, model_at: MakeModel
) -> None:
    first_arrived = threading.Event()
    in_time = []

    def respond(connection: Connection) -> None:
        connection.start_events()
        connection.event(chunk("a"))
        in_time.append(first_arrived.wait(10))
        connection.event(chunk("b"))
        connection.event(end_chunk())
        connection.end_events()

    server.respond = respond
    for piece in model_at(server.base_url).stream(MESSAGES, max_tokens=9):
        if piece.text == "a":
            first_arrived.set()
    assert in_time == [True]


def test_the_token_counts_come_from_the_server_with_the_cached_ones(
    server: FakeServer, model_at: MakeModel
) -> None:
    pieces = all_pieces(model_at(server.base_url))
    assert [p.tokens for p in pieces if p.tokens != TokenCounts()] == [COUNTS]


def test_without_token_counts_they_are_zero(server: FakeServer, model_at: MakeModel) -> None:
    server.respond = streams(["Hello"], usage=None)
    pieces = all_pieces(model_at(server.base_url))
    assert text_of(pieces) == "Hello"
    assert all(p.tokens == TokenCounts() for p in pieces)


def test_a_reply_that_reached_its_limit_is_cut(server: FakeServer, model_at: MakeModel) -> None:
    server.respond = streams(["It opened in"], reason="length")
    assert any(piece.cut for piece in all_pieces(model_at(server.base_url)))


def test_the_server_is_asked_greedily_for_a_stream_with_counts(
    server: FakeServer, model_at: MakeModel
) -> None:
    all_pieces(model_at(server.base_url))
    (request,) = server.requests
    assert request.path == "/v1/chat/completions"
    expected = {
        "model": "fake",
        "messages": [{"role": role, "content": text} for role, text in MESSAGES],
        "stream": True,
        "stream_options": {"include_usage": True},
        "logprobs": True,
        "temperature": 0.0,
        "seed": 0,
        "max_tokens": 20,
    }
    assert request.body == expected


@pytest.mark.parametrize("prompt_cache", [True, False])
def test_only_llama_cpp_is_told_whether_to_use_its_prompt_cache(
    server: FakeServer, model_at: MakeModel, prompt_cache: bool
) -> None:
    all_pieces(model_at(server.base_url, is_llama_cpp=True, prompt_cache=prompt_cache))
    all_pieces(model_at(server.base_url, prompt_cache=prompt_cache))
    assert [r.body.get("cache_prompt") for r in server.requests] == [prompt_cache, None]


def test_a_call_that_continues_another_reuses_it_even_without_the_cache(
    server: FakeServer,
    model_at: MakeModel,
) -> None:
    model = model_at(server.base_url, is_llama_cpp=True, prompt_cache=False)
    server.respond = chooses(first_token(("yes", -0.1)))
    model.choose(MESSAGES, continues=True)
    model.choose(MESSAGES)
    assert [r.body["cache_prompt"] for r in server.requests] == [True, False]


@pytest.mark.parametrize("taken", [1, 3])
def test_closing_the_stream_early_closes_the_connection(
    server: FakeServer, model_at: MakeModel, taken: int
) -> None:
    server.respond = streams(["word "] * 500, pause_s=0.01)
    pieces = model_at(server.base_url).stream(MESSAGES, max_tokens=500)
    for _ in range(taken):
        next(pieces)
    pieces.close()  # type: ignore[attr-defined]
    assert server.client_gone.wait(10), "the server went on writing"


def test_closing_it_from_another_thread_closes_the_connection_too(
    server: FakeServer, model_at: MakeModel
) -> None:
    server.respond = streams(["word "] * 500, pause_s=0.01)
    pieces = model_at(server.base_url).stream(MESSAGES, max_tokens=500)
    next(pieces)
    closing = threading.Thread(target=pieces.close)  # type: ignore[attr-defined]
    closing.start()
    closing.join()
    assert server.client_gone.wait(10), "the server went on writing"


def test_after_a_stream_closed_early_the_next_call_works(
    server: FakeServer, model_at: MakeModel
) -> None:
    server.respond = streams(["word "] * 500, pause_s=0.01)
    model = model_at(server.base_url)
    pieces = model.stream(MESSAGES, max_tokens=500)
    next(pieces)
    pieces.close()  # type: ignore[attr-defined]
    server.respond = streams(["Hello"])
    assert text_of(all_pieces(model)) == "Hello"


# Trouble


def hangs(connection: object) -> None:
    time.sleep(1.5)


TROUBLE = {
    "HTTP 500": replies(b'{"error": {"message": "out of memory"}}', status=500),
    "HTTP 401": replies(b'{"error": {"message": "wrong key"}}', status=401),
    "not JSON": replies(b"<html>It works!</html>", kind="text/html"),
    "broken JSON": replies(b'{"choices": [{'),
    "no answer in time": hangs,
}
STREAM_TROUBLE = {
    "broken off": breaks_off(["It opened"]),
    "an error in the stream": breaks_off(["It"], last='{"error": {"message": "slot lost"}}'),
    "garbage in the stream": breaks_off(["It"], last="{nonsense"),
}


# Neither an end was said nor an error: the stream simply stops, and passes for a whole reply.
@pytest.mark.parametrize(
    "trouble",
    [*TROUBLE, *STREAM_TROUBLE],
)
def test_trouble_while_streaming_is_one_error_that_names_the_model(
    server: FakeServer, model_at: MakeModel, trouble: str
) -> None:
    server.respond = (TROUBLE | STREAM_TROUBLE)[trouble]
    with pytest.raises(ModelCallError, match="fake at this machine"):
        all_pieces(model_at(server.base_url, timeout_s=0.5))


@pytest.mark.parametrize("trouble", TROUBLE)
def test_trouble_while_choosing_is_one_error_that_names_the_model(
    server: FakeServer, model_at: MakeModel, trouble: str
) -> None:
    server.respond = TROUBLE[trouble]
    with pytest.raises(ModelCallError, match="fake at this machine"):
        model_at(server.base_url, timeout_s=0.5).choose(MESSAGES)


def test_what_the_server_says_is_in_the_error(server: FakeServer, model_at: MakeModel) -> None:
    server.respond = TROUBLE["HTTP 500"]
    with pytest.raises(ModelCallError, match="out of memory"):
        all_pieces(model_at(server.base_url))


def test_a_failed_call_is_not_repeated(server: FakeServer, model_at: MakeModel) -> None:
    server.respond = TROUBLE["HTTP 500"]
    with pytest.raises(ModelCallError):
        all_pieces(model_at(server.base_url))
    assert len(server.requests) == 1


def test_what_came_before_a_break_is_still_given(server: FakeServer, model_at: MakeModel) -> None:
    server.respond = STREAM_TROUBLE["broken off"]
    pieces = model_at(server.base_url).stream(MESSAGES, max_tokens=20)
    assert next(pieces).text == "It opened"
    with pytest.raises(ModelCallError):
        list(pieces)


def test_a_stream_that_ends_without_its_end_is_an_error(
    server: FakeServer, model_at: MakeModel
) -> None:
    server.respond = breaks_off(["It opened"], chunked=False)
    with pytest.raises(ModelCallError):
        all_pieces(model_at(server.base_url))


def test_a_server_that_is_not_there_is_an_error_that_names_the_model(model_at: MakeModel) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        nobody = f"http://127.0.0.1:{taken.getsockname()[1]}/v1"
        with pytest.raises(ModelCallError, match="fake at this machine"):
            all_pieces(model_at(nobody))
        with pytest.raises(ModelCallError, match="fake at this machine"):
            model_at(nobody).choose(MESSAGES)


# Yes or no


@pytest.mark.parametrize(
    ("tokens", "yes"),
    [
        # .6 for yes and .2 for no are .75 of what was said for either.
        ([("Yes", 0.6), ("no", 0.2), ("Maybe", 0.2)], 0.75),
        ([(" yes", 0.3), ("YES", 0.3), ("No", 0.2)], 0.75),
        ([("no", 0.9)], 0.0),
        ([("yes", 0.9)], 1.0),
        ([("Well", 0.9)], None),
    ],
)
def test_choosing_reads_the_share_of_yes_among_yes_and_no(
    server: FakeServer, model_at: MakeModel, tokens: list[tuple[str, float]], yes: float | None
) -> None:
    server.respond = chooses(first_token(*((t, math.log(p)) for t, p in tokens)))
    choice = model_at(server.base_url).choose(MESSAGES)
    assert choice.yes == (None if yes is None else pytest.approx(yes))
    assert choice.tokens == COUNTS


@pytest.mark.parametrize("logprobs", [None, {"content": None}, {"content": []}])
def test_without_log_probabilities_nothing_is_known(
    server: FakeServer, model_at: MakeModel, logprobs: object
) -> None:
    server.respond = chooses(logprobs)
    assert model_at(server.base_url).choose(MESSAGES).yes is None


@pytest.mark.parametrize("top", [{}, {"top_logprobs": None}])
def test_without_the_other_tokens_log_probabilities_nothing_is_known(
    server: FakeServer, model_at: MakeModel, top: dict[str, object]
) -> None:
    server.respond = chooses({"content": [{"token": "Yes", "logprob": -0.1, **top}]})
    assert model_at(server.base_url).choose(MESSAGES).yes is None


def test_one_token_with_log_probabilities_is_asked_for(
    server: FakeServer, model_at: MakeModel
) -> None:
    server.respond = chooses(first_token(("yes", -0.1)))
    model_at(server.base_url).choose(MESSAGES)
    body = server.requests[0].body
    assert (body["max_tokens"], body["logprobs"]) == (1, True)
    assert body["top_logprobs"] > 1


def test_a_piece_tells_how_unsure_the_model_was_of_its_least_sure_token(
    server: FakeServer, model_at: MakeModel
) -> None:
    tokens = [{"token": t, "logprob": p, "bytes": None, "top_logprobs": []} for t, p in TOKENS]
    choice = {"index": 0, "delta": {"content": "In 1932"}, "logprobs": {"content": tokens}}

    def respond(connection: Connection) -> None:
        connection.start_events()
        connection.event(chunk(choices=[{**choice, "finish_reason": None}]))
        connection.event(chunk("."))
        connection.event(end_chunk())
        connection.end_events()

    server.respond = respond
    pieces = all_pieces(model_at(server.base_url))
    assert [p.logprob for p in pieces if p.text] == [-1.5, None]


# What leaves the machine


SECRET = "sk-this-must-not-leave"


def test_the_key_of_the_settings_is_sent(server: FakeServer, model_at: MakeModel) -> None:
    all_pieces(model_at(server.base_url, api_key="ours"))
    assert server.requests[0].headers["authorization"] == "Bearer ours"


@pytest.mark.parametrize("name", ["OPENAI_API_KEY", "OPENAI_ADMIN_KEY", "AZURE_OPENAI_API_KEY"])
def test_a_key_lying_in_the_environment_is_not_sent(
    server: FakeServer, model_at: MakeModel, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.setenv(name, SECRET)
    all_pieces(model_at(server.base_url))
    assert SECRET not in str(server.requests)


@pytest.mark.parametrize(
    "name",
    [
        "OPENAI_ORG_ID",
        "OPENAI_PROJECT_ID",
        "OPENAI_CUSTOM_HEADERS",
    ],
)
def test_an_account_named_in_the_environment_is_not_sent(
    server: FakeServer, model_at: MakeModel, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.setenv(name, f"X-Account: {SECRET}" if "HEADERS" in name else SECRET)
    all_pieces(model_at(server.base_url))
    assert SECRET not in str(server.requests)


@pytest.mark.parametrize("name", ["OPENAI_BASE_URL", "OPENAI_API_BASE"])
def test_another_server_named_in_the_environment_is_not_called(
    server: FakeServer, model_at: MakeModel, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    with running() as other:
        monkeypatch.setenv(name, other.base_url)
        all_pieces(model_at(server.base_url))
        assert other.requests == []


@pytest.mark.parametrize("name", ["http_proxy", "all_proxy"])
def test_a_proxy_named_in_the_environment_gets_nothing_meant_for_this_machine(
    server: FakeServer, model_at: MakeModel, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    with running() as proxy:
        monkeypatch.setenv(name, proxy.base_url.removesuffix("/v1"))
        all_pieces(model_at(server.base_url, api_key="ours"))
        assert proxy.requests == []
        assert len(server.requests) == 1


def test_a_server_that_answers_has_no_problem(server: FakeServer, model_at: MakeModel) -> None:
    assert model_at(server.base_url, api_key="key").problem() == ""
    assert server.requests[0].path == "/v1/models"
    assert server.requests[0].headers["authorization"] == "Bearer key"


def test_a_server_that_refuses_or_is_not_there_is_named(
    server: FakeServer, model_at: MakeModel
) -> None:
    server.models_status = 401
    server.models_body = b'{"error": {"message": "none of ours"}}'
    for key, words in ("key", "refused the key"), ("", "wants a key"):
        problem = model_at(server.base_url, api_key=key).problem()
        assert problem.startswith(f"fake at this machine {words} (HTTP 401, saying “none of ours”)")
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        nobody = f"http://127.0.0.1:{taken.getsockname()[1]}/v1"
        assert "fake at this machine" in model_at(nobody).problem()


def test_a_server_that_is_slow_to_tell_its_models_is_given_the_time_that_was_waited(
    server: FakeServer, model_at: MakeModel
) -> None:
    server.models_pause_s = 1.0
    problem = model_at(server.base_url).problem(within_s=0.2)
    assert "did not answer within 0.2 s" in problem
    assert "llm_" not in problem


def test_a_page_in_place_of_the_list_of_models_is_a_problem_and_no_failure(
    server: FakeServer, model_at: MakeModel
) -> None:
    server.models_body = b"<html>Sign in</html>"
    server.models_kind = "text/html"
    assert "fake at this machine" in model_at(server.base_url).problem()


def test_a_key_that_cannot_be_sent_is_a_problem_and_no_failure(
    server: FakeServer, model_at: MakeModel
) -> None:
    assert model_at(server.base_url, api_key="clé").problem() != ""

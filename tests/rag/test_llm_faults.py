"""Servers that speak another dialect, and servers that misbehave, behind the real client."""

import socket
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack

import pytest

from index.store import Store
from rag.llm import OpenAICompatibleModel
from rag.models.chat_model import ModelCallError
from rag.types import Answer, Status
from tests.rag.checks import check_answer, finished
from tests.rag.openai_server import (
    Connection,
    FakeServer,
    breaks_off,
    by_kind,
    chooses,
    chunk,
    endless,
    first_token,
    keeps_alive,
    refusing,
    replies,
    running,
    says,
    sends_raw,
    streams,
)
from tests.rag.small_corpus import TEXTS, chain_over

QUESTION = "When was the Alder bridge opened?"
TRUE = "The Alder bridge was opened in 1932."
MESSAGES = [("user", "When did it open?")]
YES = chooses(first_token(("yes", -0.1), ("no", -2.5)))
ANSWERS = by_kind(streams([TRUE]), YES)
KEY = "sk-secret-of-the-settings"
MakeModel = Callable[..., OpenAICompatibleModel]


@pytest.fixture
def server() -> Iterator[FakeServer]:
    with running() as fake:
        yield fake


@pytest.fixture
def model_at() -> Iterator[MakeModel]:
    made: list[OpenAICompatibleModel] = []

    def make(
        base_url: str, *, timeout_s: float = 20.0, first_token_s: float | None = None
    ) -> OpenAICompatibleModel:
        model = OpenAICompatibleModel(
            "their model",
            model="theirs",
            base_url=base_url,
            api_key=KEY,
            timeout_s=timeout_s,
            first_token_s=first_token_s,
            is_llama_cpp=False,
        )
        made.append(model)
        return model

    yield make
    for model in made:
        model.close()


def ask(store: Store, model: OpenAICompatibleModel) -> Answer:
    answer = finished(chain_over(store, model).stream(QUESTION))
    check_answer(answer, TEXTS.__getitem__)
    assert answer.status is Status.ANSWERED
    return answer


def text_of(model: OpenAICompatibleModel, max_tokens: int = 20) -> str:
    return "".join(piece.text for piece in model.stream(MESSAGES, max_tokens=max_tokens))


# Dialects


@pytest.mark.parametrize("status", [400, 422, 501])
@pytest.mark.parametrize("says", ["", "not implemented"])
def test_a_server_without_log_probabilities_still_answers(
    server: FakeServer, model_at: MakeModel, store: Store, status: int, says: str
) -> None:
    server.respond = refusing(["logprobs"], ANSWERS, status=status, says=says)
    model = model_at(server.base_url)
    answer = ask(store, model)
    assert answer.text == f"{TRUE} [1]"
    assert not answer.extractive
    assert answer.notice == ""
    assert model.choose(MESSAGES).yes is None


def test_log_probabilities_are_asked_for_only_until_they_are_refused(
    server: FakeServer, model_at: MakeModel
) -> None:
    server.respond = refusing(["logprobs"], ANSWERS)
    model = model_at(server.base_url)
    for _ in range(3):
        model.choose(MESSAGES)
    assert ["logprobs" in r.body for r in server.requests] == [True, False]


def test_a_server_that_leaves_log_probabilities_out_is_asked_for_them_once(
    server: FakeServer, model_at: MakeModel
) -> None:
    server.respond = by_kind(streams([TRUE]), chooses(None))
    model = model_at(server.base_url)
    assert [model.choose(MESSAGES).yes for _ in range(3)] == [None] * 3
    assert len(server.requests) == 1


@pytest.mark.parametrize("keys", [["seed"], ["stream_options"], ["seed", "stream_options"]])
@pytest.mark.parametrize("says", ["", "bad request"])
def test_other_keys_a_server_refuses_are_left_out_and_stay_out(
    server: FakeServer, model_at: MakeModel, keys: list[str], says: str
) -> None:
    server.respond = refusing(keys, streams(["Hello"]), says=says)
    model = model_at(server.base_url)
    assert text_of(model) == "Hello"
    needed = len(server.requests)
    assert text_of(model) == "Hello"
    assert len(server.requests) == needed + 1
    assert not set(keys) & set(server.requests[-1].body)


def test_a_named_key_alone_is_left_out(server: FakeServer, model_at: MakeModel) -> None:
    server.respond = refusing(["seed"], streams(["Hello"]))
    text_of(model_at(server.base_url))
    assert "stream_options" in server.requests[-1].body
    assert server.requests[-1].body["temperature"] == 0.0


def test_a_model_that_takes_no_temperature_gets_none(
    server: FakeServer, model_at: MakeModel
) -> None:
    server.respond = refusing(["temperature"], streams(["Hello"]))
    assert text_of(model_at(server.base_url)) == "Hello"
    assert "temperature" not in server.requests[-1].body


def test_a_model_that_wants_the_new_name_of_the_limit_gets_it(
    server: FakeServer, model_at: MakeModel
) -> None:
    says = "Unsupported parameter: 'max_tokens'. Use 'max_completion_tokens' instead."
    server.respond = refusing(["max_tokens"], streams(["Hello"]), says=says)
    model = model_at(server.base_url)
    assert text_of(model) == text_of(model) == "Hello"
    assert [r.body.get("max_completion_tokens") for r in server.requests] == [None, 20, 20]


def test_a_request_refused_for_good_is_an_error_and_teaches_nothing(
    server: FakeServer, model_at: MakeModel
) -> None:
    server.respond = replies(b'{"error": {"message": "too long"}}', status=400)
    model = model_at(server.base_url)
    with pytest.raises(ModelCallError, match="too long"):
        text_of(model)
    assert len(server.requests) <= 3
    server.respond = streams(["Hello"])
    assert text_of(model) == "Hello"
    assert {"seed", "stream_options", "temperature"} <= set(server.requests[-1].body)


def test_an_answer_without_token_counts_is_an_answer(
    server: FakeServer, model_at: MakeModel, store: Store
) -> None:
    server.respond = by_kind(streams([TRUE], usage=None), YES)
    answer = ask(store, model_at(server.base_url))
    assert answer.text == f"{TRUE} [1]"


def test_a_server_that_knows_of_no_streams_answers_in_one_piece(
    server: FakeServer, model_at: MakeModel, store: Store
) -> None:
    server.respond = by_kind(says(TRUE), YES)
    answer = ask(store, model_at(server.base_url))
    assert answer.text == f"{TRUE} [1]"
    assert not answer.extractive
    assert answer.tokens.prompt > 0


# Faults: the answer is quoted, and the notice says why and what to do


def hangs(connection: Connection) -> None:
    time.sleep(1.0)


def error(status: int, message: str = "no", wait: str = "") -> Callable[[Connection], None]:
    return replies(f'{{"error": {{"message": "{message}"}}}}'.encode(), status=status, wait=wait)


FAULTS = {
    "no first token": (hangs, "llm_first_token_s"),
    "only signs of life": (keeps_alive(), "llm_first_token_s"),
    "wrong key": (error(401), "llm_api_key"),
    "forbidden": (error(403), "llm_api_key"),
    "unknown model": (error(404), "llm_base_url"),
    "too many requests": (error(429), "ask again later"),
    "too many for so long": (error(429, wait="20"), "ask again in 20 s"),
    "too many until a day": (error(429, wait="Tue, 01 Dec 2026 05:00:00 GMT"), "ask again later"),
    "failing": (error(500), "HTTP 500"),
    "overloaded": (error(503, wait="5"), "HTTP 503, saying “no”): ask again in 5 s"),
    "too long": (error(400, "context too long"), "context too long"),
    "redirecting": (replies(b"", status=302), "llm_base_url"),
    "web page": (replies(b"<html>It works!</html>", kind="text/html"), "web page"),
    "web page with an error": (replies(b"<html>Bad</html>", status=502, kind="text/html"), "502"),
    "nonsense": (replies(b"nonsense", kind="text/plain"), "llm_base_url"),
    "broken JSON": (replies(b'{"choices": [{'), "llm_base_url"),
    "a JSON list": (replies(b"[1, 2]"), "llm_base_url"),
    "no choices": (replies(b"{}"), "llm_base_url"),
}
STREAM_FAULTS = {
    "cut off": (breaks_off([TRUE]), "broke off"),
    "cut off without its end": (breaks_off([TRUE], chunked=False), "broke off"),
    "an error on the way": (
        breaks_off(["The"], last='{"error": {"message": "slot lost"}}'),
        "slot lost",
    ),
    "garbage on the way": (breaks_off(["The"], last="{nonsense"), "llm_base_url"),
    "no text": (sends_raw(b'data: {"choices": [{"delta": "\xff\xfe"}]}\n\n'), "llm_base_url"),
    "empty": (streams([]), "empty reply"),
    "blank": (streams([" ", "\n"]), "empty reply"),
    "thoughts until the limit": (streams([], reason="length"), "raise answer_tokens"),
    "signs of life after the first words": (
        sends_raw(*[b": still here\n\n"] * 3),
        "broke off",
    ),
    "an error instead of a stream": (replies(b'{"error": {"message": "no slot"}}'), "no slot"),
    "a web page instead of a stream": (
        replies(b"<html>It works!</html>", kind="text/html"),
        "web page",
    ),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_server_in_trouble_leaves_a_quotation_that_says_why(
    server: FakeServer, model_at: MakeModel, store: Store, fault: str
) -> None:
    server.respond, words = FAULTS[fault]
    # The libraries' first call loads for long; the limit is for the server alone.
    answer = ask(store, model_at(server.base_url, first_token_s=2))
    check_quotation(answer, words)


@pytest.mark.parametrize("fault", STREAM_FAULTS)
def test_a_stream_in_trouble_leaves_a_quotation_that_says_why(
    server: FakeServer, model_at: MakeModel, store: Store, fault: str
) -> None:
    stream, words = STREAM_FAULTS[fault]
    server.respond = by_kind(stream, YES)
    check_quotation(ask(store, model_at(server.base_url, first_token_s=10)), words)


def check_quotation(answer: Answer, words: str) -> None:
    assert answer.extractive
    assert answer.error is None
    assert answer.notice.startswith("The documents are quoted, because their model ")
    assert words in answer.notice
    assert "1932" in answer.text


def test_a_server_that_is_not_there_leaves_a_quotation(model_at: MakeModel, store: Store) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        answer = ask(store, model_at(f"http://127.0.0.1:{taken.getsockname()[1]}/v1"))
    check_quotation(answer, "could not be reached: start it")


def test_an_address_that_takes_no_connection_in_time_leaves_a_quotation(
    model_at: MakeModel, store: Store
) -> None:
    with ExitStack() as stack:
        full = stack.enter_context(socket.create_server(("127.0.0.1", 0), backlog=0))
        for _ in range(4):  # nobody takes them, so that the queue is full
            waiting = stack.enter_context(socket.socket())
            waiting.setblocking(False)
            waiting.connect_ex(full.getsockname())
        url = f"http://127.0.0.1:{full.getsockname()[1]}/v1"
        answer = ask(store, model_at(url, first_token_s=0.3))
    check_quotation(answer, "could not be reached: start it")


def test_the_time_of_the_whole_reply_is_named_where_it_is_the_shorter_one(
    server: FakeServer, model_at: MakeModel
) -> None:
    server.respond = hangs
    with pytest.raises(ModelCallError, match=r"within 0\.3 s.* llm_timeout_s"):
        text_of(model_at(server.base_url, timeout_s=0.3, first_token_s=60))


@pytest.mark.parametrize("url", ["no-address", "http://", "ftp://127.0.0.1/v1"])
def test_an_address_that_is_none_leaves_a_quotation(
    model_at: MakeModel, store: Store, url: str
) -> None:
    check_quotation(ask(store, model_at(url)), "llm_base_url")


def test_a_reply_slower_than_its_whole_time_is_given_up(
    server: FakeServer, model_at: MakeModel
) -> None:
    server.respond = streams(["word "] * 100, pause_s=0.1)
    with pytest.raises(ModelCallError, match="llm_timeout_s"):
        text_of(model_at(server.base_url, timeout_s=0.8), 200)
    assert server.client_gone.wait(10), "the server went on writing"


@pytest.mark.parametrize("piece", ["word ", "word " * 50])
def test_an_endless_reply_is_cut_at_our_own_count(
    server: FakeServer, model_at: MakeModel, piece: str
) -> None:
    server.respond = endless(chunk(piece))
    pieces = list(model_at(server.base_url).stream(MESSAGES, max_tokens=20))
    assert pieces[-1].cut
    assert len("".join(p.text for p in pieces)) < 2000
    assert server.client_gone.wait(10), "the server went on writing"


def test_a_reply_without_words_or_end_is_cut_too(server: FakeServer, model_at: MakeModel) -> None:
    server.respond = endless(chunk(""))
    assert text_of(model_at(server.base_url)) == ""


def test_the_key_is_not_in_what_a_server_says_back(
    server: FakeServer, model_at: MakeModel, store: Store
) -> None:
    server.respond = error(401, f"Incorrect API key provided: {KEY}" + " and more" * 100)
    notice = ask(store, model_at(server.base_url)).notice
    assert KEY not in notice
    assert len(notice) < 400


def test_after_trouble_the_next_question_is_answered_by_the_model(
    server: FakeServer, model_at: MakeModel, store: Store
) -> None:
    model = model_at(server.base_url)
    server.respond = error(500)
    assert ask(store, model).extractive
    server.respond = ANSWERS
    assert not ask(store, model).extractive

"""``ask`` with the real embedder: quoting, refusing, follow-ups, and a server of the settings."""

import json
import math
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import SEEDS
from tests.rag.checks import MARK, forget_connections
from tests.rag.contract import (
    ANSWER_KEYS,
    CITATION_KEYS,
    RETRIEVED_KEYS,
    SENTENCE_KEYS,
    TIMING_KEYS,
    TOKEN_KEYS,
)
from tests.rag.openai_server import (
    Connection,
    FakeServer,
    Respond,
    chooses,
    first_token,
    replies,
    running,
    streams,
)
from tests.ui.cli_runner import Pincite, Result

pytest_plugins = ["tests.ui.cli_fixtures"]
pytestmark = pytest.mark.model

QUESTION = "How many fighters crossed the border, and by which road?"
TRUE = "More than 300 fighters crossed the border using a muddy road."
SECRET = "sk-lying-here"


@pytest.fixture
def seeds(pincite: Pincite, seeds_home: Path) -> Pincite:
    """The command line over the seeds; it answers everything unless told otherwise."""

    def over_seeds(*arguments: object, **environment: object) -> Result:
        return pincite(
            *arguments, **{"PINCITE_HOME": seeds_home, "PINCITE_REFUSE_BELOW": 0, **environment}
        )

    return over_seeds


@pytest.fixture
def server() -> Iterator[FakeServer]:
    """A model server that is no model."""
    with running() as fake:
        yield fake
    forget_connections()


def says(text: str) -> Respond:
    """A server that is sure, and answers with ``text``."""
    sure = chooses(first_token(("yes", math.log(0.98)), ("no", math.log(0.02))))

    def respond(connection: Connection) -> None:
        streamed = connection.server.fake.requests[-1].body.get("stream")
        (streams([text]) if streamed else sure)(connection)

    return respond


def test_a_quoted_answer_has_the_contracts_keys_and_is_exact(
    seeds: Pincite, seeds_text: str
) -> None:
    result = seeds("ask", QUESTION, "--extractive", "--json")
    assert result.code == 0
    answer = result.json
    assert list(answer) == ANSWER_KEYS
    assert set(answer["timings_ms"]) == TIMING_KEYS
    assert set(answer["tokens"]) == TOKEN_KEYS
    assert [list(s) for s in answer["sentences"]] == [SENTENCE_KEYS]
    assert (answer["status"], answer["extractive"]) == ("answered", True)
    assert (answer["model"], answer["error"]) == ("extractive", None)
    assert answer["timings_ms"]["first_token"] is None
    assert 0 < len(answer["retrieved"]) <= 10
    assert all(list(hit) == RETRIEVED_KEYS for hit in answer["retrieved"])
    assert {int(n) for n in MARK.findall(answer["answer"])} == {
        citation["number"] for citation in answer["citations"]
    }
    for citation in answer["citations"]:
        assert list(citation) == CITATION_KEYS
        assert seeds_text[citation["start"] : citation["end"]] == citation["text"]
        assert seeds_text[citation["quote_start"] : citation["quote_end"]] == citation["quote"]
    assert "more than 300 fighters" in answer["answer"]


def test_in_plain_text_each_citation_stands_under_the_answer_with_its_place(
    seeds: Pincite,
) -> None:
    shown = seeds("ask", QUESTION, "--extractive").out
    assert "[1] 000_c839bee8b3284dac.txt, paragraph 2" in shown
    assert "more than 300 fighters" in shown


def test_a_refusal_exits_3_and_shows_what_was_found(seeds: Pincite) -> None:
    result = seeds("ask", QUESTION, "--extractive", "--json", PINCITE_REFUSE_BELOW=1)
    assert result.code == 3
    assert result.json["status"] == "refused"
    assert result.json["answer"].startswith("The documents mention “")
    [citation] = result.json["citations"]
    [sentence] = result.json["sentences"]
    assert sentence["text"] == f"“{citation['quote']}”"
    assert result.json["retrieved"]


def test_a_refusal_of_what_nothing_comes_near_cites_nothing(seeds: Pincite) -> None:
    question = "Where was Marie Curie born?"
    result = seeds("ask", question, "--extractive", "--json", PINCITE_REFUSE_BELOW=1)
    assert result.code == 3
    assert result.json["citations"] == result.json["sentences"] == []
    assert result.json["retrieved"]


def test_what_a_question_has_wrong_is_corrected_with_a_citation(seeds: Pincite) -> None:
    question = "Which road did the fighters use to cross the border on Friday?"
    result = seeds("ask", question, "--extractive", "--json")
    assert result.code == 3
    assert result.json["answer"].startswith(
        "Nothing found says this of “Friday”; what comes nearest is: “According to two Iraqi"
    )
    [citation] = result.json["citations"]
    [sentence] = result.json["sentences"]
    assert sentence["text"] == f"“{citation['quote']}”"
    assert sentence["quotation"]
    shown = seeds("ask", question, "--extractive").out
    assert "[1] 000_c839bee8b3284dac.txt, paragraph" in shown
    assert "Nearest" not in shown


def test_a_follow_up_is_asked_with_its_history(seeds: Pincite, tmp_path: Path) -> None:
    history = [{"role": "user", "content": "What did the Turkish minister Hakan Fidan urge?"}]
    (tmp_path / "history.json").write_text(json.dumps(history))
    result = seeds(
        "ask", "When did he say it?", "--history", "history.json", "--extractive", "--json"
    )
    assert result.code == 0
    assert result.json["question"] == "When did he say it?"
    assert "Fidan" in result.json["standalone_question"]
    assert "Fidan" in result.json["retrieved"][0]["text"]


def test_without_a_model_the_answer_is_quoted_and_a_notice_says_how_to_get_one(
    seeds: Pincite, only_embedder: Path
) -> None:
    result = seeds(
        "ask",
        QUESTION,
        "--json",
        XDG_CACHE_HOME=only_embedder,
        PINCITE_LLM="Qwen2.5-Coder-1.5B-Instruct-Q4_K_M",
        OPENAI_API_KEY=SECRET,
    )
    assert result.code == 0
    assert "pincite models pull" in result.err
    assert (result.json["model"], result.json["extractive"]) == ("extractive", True)


def test_a_server_of_the_settings_answers_and_is_named_and_gets_no_other_key(
    seeds: Pincite, server: FakeServer
) -> None:
    server.respond = says(TRUE)
    result = seeds(
        "ask",
        QUESTION,
        "--json",
        PINCITE_LLM="their-model",
        PINCITE_LLM_BASE_URL=server.base_url,
        OPENAI_API_KEY=SECRET,
    )
    assert result.code == 0, result.err
    answer = result.json
    assert answer["answer"] == f"{TRUE} [1]"
    assert answer["extractive"] is False
    assert answer["model"] == f"their-model at {server.base_url}"
    assert answer["tokens"] == {"prompt": 240, "cached": 160, "completion": 10}
    assert answer["timings_ms"]["first_token"] > 0
    assert len(server.requests) == 2
    assert SECRET not in str(server.requests)


def test_a_server_that_fails_leaves_a_quoted_answer_that_says_why(
    seeds: Pincite, server: FakeServer
) -> None:
    server.respond = replies(b"{}", status=500)
    result = seeds("ask", QUESTION, PINCITE_LLM="their-model", PINCITE_LLM_BASE_URL=server.base_url)
    assert result.code == 0
    assert "their-model" in result.out
    assert "more than 300 fighters" in result.out


def test_chat_reachable_from_other_machines_without_a_password_exits_2(seeds: Pincite) -> None:
    result = seeds("chat", "--host", "0.0.0.0", "--port", 0)
    assert result.code == 2


def test_asking_leaves_the_documents_alone(seeds: Pincite, seeds_text: str) -> None:
    before = sorted((f.name, f.stat().st_mtime_ns) for f in SEEDS.iterdir())
    seeds("ask", QUESTION, "--extractive")
    assert sorted((f.name, f.stat().st_mtime_ns) for f in SEEDS.iterdir()) == before


def test_a_question_with_bytes_that_are_no_utf8_is_no_traceback(seeds: Pincite) -> None:
    # As Python hands over the argument caf\xe9 in a UTF-8 terminal.
    result = seeds("ask", "Which caf\udce9 is in Aleppo?", "--extractive", "--json")
    assert result.code in {0, 2, 3}

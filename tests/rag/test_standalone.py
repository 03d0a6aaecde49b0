import pytest

from rag.standalone import Standalone, needs_history, standalone
from rag.types import NO_TOKENS, Turn
from tests.rag.checks import check_answer, finished
from tests.rag.fakes import CHOOSE_TOKENS, STREAM_TOKENS, ScriptedLLM, reply
from tests.rag.small_corpus import TEXTS, MakeChain

HISTORY = (
    Turn("user", "When was the Alder bridge opened?"),
    Turn("assistant", "The Alder bridge was opened in 1932 by the mayor of Renfield."),
)
FOLLOW_UP = "How many lanes does it have?"
GOOD = "How many lanes does the Alder bridge have?"


@pytest.mark.parametrize(
    "question",
    [
        "When did he say that?",
        "How many lanes does it have?",
        "And the ferry to Oakholm, when does the ferry leave?",
        "What about the ferry to Oakholm and its crew?",
        "Why?",
        "How much?",
    ],
)
def test_a_question_that_points_back_needs_the_conversation(question: str) -> None:
    assert needs_history(question)


@pytest.mark.parametrize(
    "question",
    ["Which river does the Alder bridge cross?", "When does the ferry to Oakholm leave pier 3?"],
)
def test_a_full_question_stands_alone(question: str) -> None:
    assert not needs_history(question)


def test_without_a_conversation_the_question_stays_and_no_model_is_asked() -> None:
    model = ScriptedLLM([GOOD])
    assert standalone(FOLLOW_UP, (), model) == Standalone(FOLLOW_UP, FOLLOW_UP, NO_TOKENS)
    assert model.calls == []


def test_a_full_question_is_asked_as_it_is_whatever_was_said_before() -> None:
    model = ScriptedLLM([GOOD])
    question = "Which river does the Oakholm ferry cross in winter?"
    alone = standalone(question, HISTORY, model)
    assert alone.question == question
    assert question in alone.query
    assert model.calls == []


def test_a_follow_up_is_rewritten_by_the_model() -> None:
    alone = standalone(FOLLOW_UP, HISTORY, ScriptedLLM([GOOD]))
    assert alone.question == GOOD
    assert GOOD in alone.query
    assert alone.tokens == STREAM_TOKENS


@pytest.mark.parametrize("said", [f'"{GOOD}"', f"  {GOOD}\nI replaced it by the bridge."])
def test_only_the_first_line_of_a_rewriting_is_taken_without_quotation_marks(said: str) -> None:
    assert standalone(FOLLOW_UP, HISTORY, ScriptedLLM([said])).question == GOOD


@pytest.mark.parametrize(
    "said",
    [
        pytest.param("How many lanes does the Severn bridge have?", id="a new name"),
        pytest.param("How many of the 6 lanes does the Alder bridge have?", id="a new number"),
        pytest.param("The Alder bridge was opened in 1932.", id="the question lost"),
        pytest.param("", id="nothing"),
        pytest.param("\n\n", id="blank lines"),
        pytest.param("lanes have " * 100, id="a flood of words"),
    ],
)
def test_a_rewriting_that_cannot_be_trusted_is_not_used(said: str) -> None:
    alone = standalone(FOLLOW_UP, HISTORY, ScriptedLLM([said]))
    assert alone.question == f"{FOLLOW_UP} ({HISTORY[0].content})"
    assert alone.tokens == STREAM_TOKENS


@pytest.mark.parametrize("model", [None, ScriptedLLM([reply(GOOD, fails_after=1)])])
def test_without_a_model_that_answers_the_question_before_goes_along(
    model: ScriptedLLM | None,
) -> None:
    alone = standalone(FOLLOW_UP, HISTORY, model)
    assert alone.question == f"{FOLLOW_UP} ({HISTORY[0].content})"
    assert FOLLOW_UP in alone.query
    assert HISTORY[0].content in alone.query


def test_a_conversation_of_the_assistant_alone_changes_nothing() -> None:
    greeting = (Turn("assistant", "Ask me about the bridge."),)
    assert standalone(FOLLOW_UP, greeting, None) == Standalone(FOLLOW_UP, FOLLOW_UP)


# In the chain


def test_a_follow_up_is_answered_as_the_standalone_question(make_chain: MakeChain) -> None:
    model = ScriptedLLM([GOOD, "The Alder bridge carries four lanes."])
    answer = finished(make_chain(model).stream(FOLLOW_UP, HISTORY))
    check_answer(answer, TEXTS.__getitem__)
    assert answer.question == FOLLOW_UP
    assert answer.standalone_question == GOOD
    assert "It carries four lanes" in answer.citations[0].quote
    assert GOOD in model.calls[-1][1][-1][1]


def test_the_tokens_of_the_rewriting_count_too(make_chain: MakeChain) -> None:
    model = ScriptedLLM([GOOD, "The Alder bridge carries four lanes."])
    answer = finished(make_chain(model).stream(FOLLOW_UP, HISTORY))
    assert answer.tokens == STREAM_TOKENS + CHOOSE_TOKENS + STREAM_TOKENS


def test_a_quoted_answer_to_a_follow_up_asks_no_model(make_chain: MakeChain) -> None:
    model = ScriptedLLM([GOOD])
    answer = finished(make_chain(model).stream(FOLLOW_UP, HISTORY, extractive=True))
    assert model.calls == []
    assert answer.extractive
    assert answer.retrieved[0].paragraph.path == "bridges.txt"


def test_a_model_that_fails_while_rewriting_still_leaves_an_answer(make_chain: MakeChain) -> None:
    model = ScriptedLLM([reply(GOOD, fails_after=0)], choose_fails=True)
    answer = finished(make_chain(model).stream(FOLLOW_UP, HISTORY))
    check_answer(answer, TEXTS.__getitem__)
    assert "scripted model did not answer" in answer.notice

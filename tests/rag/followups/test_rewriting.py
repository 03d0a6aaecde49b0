import pytest

from rag.followups.rewriting import rewritten
from rag.standalone import Standalone, standalone
from rag.types import NO_TOKENS, Evidence, Finished, TokenCounts, Turn
from tests.rag.checks import check_answer, finished
from tests.rag.fakes import CHOOSE_TOKENS, STREAM_TOKENS, Reply, ScriptedLLM, reply
from tests.rag.small_corpus import TEXTS, MakeChain

HISTORY = (
    Turn("user", "When was the Alder bridge opened?"),
    Turn("assistant", "The Alder bridge was opened in 1932 by the mayor of Renfield."),
)
FOLLOW_UP = "How many lanes does it have?"
GOOD = "How many lanes does the Alder bridge have?"


def alone_with(
    question: str, history: tuple[Turn, ...], model: ScriptedLLM
) -> tuple[Standalone, TokenCounts]:
    """As the chain does it: the model is asked only where it may make a better question."""
    alone = standalone(question, history)
    return rewritten(alone, model)[:2] if alone.history else (alone, NO_TOKENS)


def test_a_follow_up_is_rewritten_by_the_model() -> None:
    alone, tokens = alone_with(FOLLOW_UP, HISTORY, ScriptedLLM([GOOD]))
    assert alone.question == GOOD
    assert GOOD in alone.query
    assert tokens == STREAM_TOKENS


@pytest.mark.parametrize("said", [f'"{GOOD}"', f"  {GOOD}\nI replaced it by the bridge."])
def test_only_the_first_line_of_a_rewriting_is_taken_without_quotation_marks(said: str) -> None:
    assert alone_with(FOLLOW_UP, HISTORY, ScriptedLLM([said]))[0].question == GOOD


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
    alone, tokens = alone_with(FOLLOW_UP, HISTORY, ScriptedLLM([said]))
    assert alone.question == f"{FOLLOW_UP} (Alder bridge)"
    assert tokens == STREAM_TOKENS


def test_other_words_for_what_tells_nothing_of_itself_are_a_rewriting() -> None:
    said = "Why was the Alder bridge opened by the mayor?"
    assert alone_with("why did it happen?", HISTORY, ScriptedLLM([said]))[0].question == said


def test_a_rewriting_that_lost_a_name_is_not_used() -> None:
    asked = "And which Scottish engineers drew it?"
    alone, _ = alone_with(asked, HISTORY, ScriptedLLM(["Which engineers drew the Alder bridge?"]))
    assert alone.question == f"{asked} (Alder bridge)"


def test_a_fragment_given_back_as_it_is_has_what_is_spoken_of_beside_it() -> None:
    fragment = "And the Tam ferry?"
    alone, _ = alone_with(fragment, HISTORY, ScriptedLLM([fragment]))
    assert alone.question == f"{fragment} ({HISTORY[0].content})"
    whole = "When was the ferry to Oakholm built?"
    assert alone_with(f"And {whole}", HISTORY, ScriptedLLM([whole]))[0].question == whole


def test_a_pronoun_that_stays_without_a_name_has_what_is_spoken_of_beside_it() -> None:
    for said in (FOLLOW_UP, f"And {FOLLOW_UP.lower()}"):
        alone, _ = alone_with(FOLLOW_UP, HISTORY, ScriptedLLM([said]))
        assert alone.question == f"{FOLLOW_UP} (Alder bridge)"


def test_a_number_of_its_own_is_searched_for_alone() -> None:
    history = (Turn("user", "What was new in release 5?"), Turn("assistant", "The boxes were."))
    better = "What was new in release 4 for sailors?"
    alone, _ = alone_with("And for sailors in release 4?", history, ScriptedLLM([better]))
    assert alone.question == better
    assert "release 4" in alone.query
    assert "new in" in alone.query.removeprefix(better)
    assert "5" not in alone.query


def test_without_a_model_that_answers_what_is_spoken_of_goes_along() -> None:
    broken = ScriptedLLM([reply(GOOD, fails_after=1)])
    for alone in (standalone(FOLLOW_UP, HISTORY), alone_with(FOLLOW_UP, HISTORY, broken)[0]):
        assert alone.question == f"{FOLLOW_UP} (Alder bridge)"
        assert FOLLOW_UP in alone.query
        assert "Alder bridge" in alone.query


# Corrections


SAID = "I was asking about the ferry, not of a bridge"
MEANT = "When was the ferry opened?"


def test_what_a_correction_puts_right_is_not_searched_for() -> None:
    model = ScriptedLLM([MEANT])
    alone, tokens = alone_with(SAID, HISTORY, model)
    assert (alone.question, alone.query, alone.beside) == (MEANT, MEANT, "")
    assert tokens == STREAM_TOKENS
    assert model.calls[0][1][-1][1].endswith(f"last message: {SAID}")


@pytest.mark.parametrize(
    "said",
    [
        pytest.param(HISTORY[0].content, id="the question before"),
        pytest.param("When was the Alder bridge opened in 1932?", id="nothing that was said"),
        pytest.param("When was the Tam ferry opened?", id="a new name"),
        pytest.param("The ferry was opened in 1932.", id="an answer"),
        pytest.param("", id="nothing"),
    ],
)
def test_what_puts_nothing_right_is_not_used(said: str) -> None:
    alone, _ = alone_with(SAID, HISTORY, ScriptedLLM([said]))
    assert alone.question == f"{SAID} ({HISTORY[0].content})"


def test_a_correction_may_be_rewritten_into_other_words() -> None:
    history = (
        Turn("user", "When were the Alder bridge and the Tam bridge opened?"),
        Turn("assistant", "The Alder bridge was opened in 1932."),
    )
    better = "When was the Tam bridge opened?"
    assert alone_with("I meant the second", history, ScriptedLLM([better]))[0].question == better


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


def test_a_model_that_fails_while_rewriting_still_leaves_an_answer(make_chain: MakeChain) -> None:
    model = ScriptedLLM([reply(GOOD, fails_after=0), Reply(fails_after=0)])
    answer = finished(make_chain(model).stream(FOLLOW_UP, HISTORY))
    check_answer(answer, TEXTS.__getitem__)
    assert "scripted model did not answer" in answer.notice


def test_an_answer_to_a_follow_up_that_the_model_failed_to_rewrite_says_so(
    make_chain: MakeChain,
) -> None:
    said = "The Alder bridge carries four lanes."
    model = ScriptedLLM([reply(GOOD, fails_after=0), said])
    answer = finished(make_chain(model).stream(FOLLOW_UP, HISTORY))
    assert answer.misheard
    assert answer.notice == ""
    assert not finished(make_chain(ScriptedLLM([GOOD, said])).stream(FOLLOW_UP, HISTORY)).misheard


def test_evidence_comes_before_the_rewriting_and_again_after_it(make_chain: MakeChain) -> None:
    model = ScriptedLLM([GOOD, "The Alder bridge carries four lanes."])
    events = make_chain(model).stream(FOLLOW_UP, HISTORY)
    first = next(iter(events))
    assert isinstance(first, Evidence)
    assert first.hits
    assert model.calls == []
    second = next(iter(events))
    assert isinstance(second, Evidence)
    assert second.standalone_question == GOOD
    last = list(events)[-1]
    assert isinstance(last, Finished)
    assert last.answer.retrieved == second.hits

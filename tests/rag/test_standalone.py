from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from index.filters import EVERYTHING, Filter
from index.search import Searcher
from index.types import Hit
from rag.answer import AnswerChain
from rag.context import estimate_tokens
from rag.models.token_limits import Limits
from rag.standalone import Standalone, beside_the_last, recent, standalone
from rag.types import Status, Turn
from tests.index.fakes import HashEmbedder
from tests.rag.checks import check_answer, finished
from tests.rag.fakes import ScriptedLLM, decision, reply
from tests.rag.small_corpus import TEXTS, MakeChain, synced

HISTORY = (
    Turn("user", "When was the Alder bridge opened?"),
    Turn("assistant", "The Alder bridge was opened in 1932 by the mayor of Renfield."),
)
FOLLOW_UP = "How many lanes does it have?"
GOOD = "How many lanes does the Alder bridge have?"


def test_without_a_conversation_the_question_stays() -> None:
    assert standalone(FOLLOW_UP, ()) == Standalone(FOLLOW_UP, FOLLOW_UP)


@pytest.mark.parametrize(
    ("question", "asked"),
    [
        (f"Hello! {GOOD}", GOOD),
        (f"Good morning, {GOOD}", GOOD),
        ("Vielen Dank. Wann ist das Fest?", "Wann ist das Fest?"),
        ("Thanks to Lee, who won?", "Thanks to Lee, who won?"),
        ("Thanks!", "Thanks!"),
    ],
)
def test_whoever_greets_asks_what_comes_behind(question: str, asked: str) -> None:
    assert standalone(question, ()).question == asked


def test_a_full_question_is_asked_as_it_is_whatever_was_said_before() -> None:
    question = "Which river does the Oakholm ferry cross in winter?"
    alone = standalone(question, HISTORY)
    assert alone.question == question
    assert question in alone.query
    assert not alone.history


@pytest.mark.parametrize(
    ("question", "shown"),
    [
        ("Wer leitet die Bibliothek in Ostheim seit 1978?", ""),
        ("¿Quién dirige la biblioteca de Ronda desde 1978?", ""),
        ("Wie lang ist sie?", "Wie lang ist sie? (Wann wurde die Alderbrücke gebaut?)"),
        ("und die Fähre?", "und die Fähre? (Wann wurde die Alderbrücke gebaut?)"),
        ("Danke!", ""),
    ],
)
def test_of_another_language_only_what_points_back_is_asked_of_what_was_asked_before(
    question: str, shown: str
) -> None:
    before = (Turn("user", "Wann wurde die Alderbrücke gebaut?"), Turn("assistant", "1932."))
    assert standalone(question, before).question == (shown or question)


@pytest.mark.parametrize(
    ("before", "fragment", "asked"),
    [
        ("Wie hoch war der Umsatz 2023?", "und 2022?", "Wie hoch war der Umsatz 2022?"),
        ("Qui dirigeait la régie en 2023 ?", "et en 2022 ?", "Qui dirigeait la régie en 2022 ?"),
        ("¿Cuánto se vendió en 2023?", "¿y en 2022?", "¿Cuánto se vendió en 2022?"),
    ],
)
def test_another_year_is_put_into_a_question_of_another_language(
    before: str, fragment: str, asked: str
) -> None:
    alone = standalone(fragment, (Turn("user", before), Turn("assistant", "44.")))
    assert alone.question == asked
    assert not alone.history


def test_another_number_is_put_into_the_question_before_without_a_model() -> None:
    history = (
        Turn("user", "Who led the town in 2005?"),
        Turn("assistant", "Ann Lee led it."),
        Turn("user", "And in 2008?"),
        Turn("assistant", "Tom Holt led it."),
    )
    asked = "Who led the town in 2011?"
    assert standalone("And 2011?", history) == Standalone(asked, asked)


def test_what_the_question_before_took_for_known_is_searched_for_with_another_number() -> None:
    history = (*HISTORY, Turn("user", "What was the toll in 2001?"), Turn("assistant", "It was 5."))
    alone = standalone("And in 2002?", history)
    assert alone.question == "What was the toll in 2002?"
    assert alone.query == f"{alone.question} {HISTORY[0].content}"


def test_another_of_a_kind_is_asked_of_as_the_last_one_was() -> None:
    history = (
        *HISTORY,
        Turn("user", "And who paid? (Alder bridge)"),
        Turn("assistant", "Renfield."),
    )
    asked = "When was the Tam bridge opened?"
    assert standalone("what about the Tam bridge?", history) == Standalone(asked, asked)


def test_a_year_is_told_by_what_was_said_before() -> None:
    assert standalone("Who was mayor the year after?", HISTORY).question == "Who was mayor in 1933?"


@pytest.mark.parametrize(
    "question",
    [
        "Who opened the ferry?",
        "Was the ferry late?",
        "Is there a fee?",
        "Who is the pilot and how old is she?",
    ],
)
def test_a_short_question_that_points_nowhere_is_asked_as_it_is_without_a_model(
    question: str,
) -> None:
    alone = standalone(question, HISTORY)
    assert alone.question == alone.own == question
    assert HISTORY[0].content in alone.query
    assert alone.history == HISTORY


@pytest.mark.parametrize("question", ["To what?", "what for?", "How much?", "Until when?"])
def test_question_words_alone_have_the_question_before_beside_them(question: str) -> None:
    alone = standalone(question, HISTORY)
    assert alone.question == f"{question} ({HISTORY[0].content})"
    assert alone.own == question
    assert alone.history == HISTORY


def test_of_questions_that_point_back_one_after_the_other_all_are_asked_of_the_same() -> None:
    history = list(HISTORY)
    for question in (FOLLOW_UP, "How wide is it?", "Who paid for it?") * 4:
        alone = standalone(question, history)
        assert alone.question == f"{question} (Alder bridge)"
        assert alone.own == question
        history += [Turn("user", alone.question), Turn("assistant", "Four.")]


def test_a_question_that_tells_much_has_no_other_question_beside_it() -> None:
    history = (Turn("user", "Who was late?"), Turn("assistant", "Nobody was."))
    question = "Which design did they choose for the new pier?"
    alone = standalone(question, history)
    assert alone.question == alone.own == question
    assert alone.query == f"{question} Who was late?"
    assert alone.history == history


def test_brackets_of_a_reader_are_part_of_the_question_before() -> None:
    asked = "When was the long bridge (with a ferry) opened?"
    alone = standalone(FOLLOW_UP, (Turn("user", asked), Turn("assistant", "In 1932.")))
    assert alone.question == f"{FOLLOW_UP} ({asked})"
    ends = "Where is the long bridge (with a ferry)"
    alone = standalone(FOLLOW_UP, (Turn("user", ends), Turn("assistant", "South.")))
    assert alone.question == f"{FOLLOW_UP} ({ends})"


def test_a_refusal_names_nobody() -> None:
    left_open = "The documents mention “Tom Holt”; nothing found says plainly who."
    history = (Turn("user", "Who saved the small girl?"), Turn("assistant", left_open))
    alone = standalone("When did he leave?", history)
    assert alone.question == "When did he leave? (Who saved the small girl?)"


def test_an_answer_is_not_taken_for_that_of_a_question_further_back() -> None:
    history = (
        Turn("user", "Who built the old mill?"),
        Turn("assistant", "It was built by Tom Holt."),
        Turn("user", "What is it worth? (the old mill)"),
        Turn("assistant", "The bank gave Ann Lee 300 for it."),
    )
    assert standalone("When did he die?", history).question.startswith("When did he die?")


def test_going_on_from_a_follow_up_asks_it_as_it_was_understood() -> None:
    understood = f"{FOLLOW_UP} (Alder bridge)"
    history = [*HISTORY, Turn("user", understood), Turn("assistant", "Four.")]
    for _ in range(3):
        alone = standalone("continue", history)
        assert alone.question == understood
        assert alone.own == FOLLOW_UP
        history += [Turn("user", "continue"), Turn("assistant", "And two.")]


def test_a_blank_message_before_is_none() -> None:
    blank = (Turn("user", " " * 400), Turn("assistant", ""))
    assert standalone(FOLLOW_UP, blank) == Standalone(FOLLOW_UP, FOLLOW_UP)


def test_a_long_message_before_goes_along_only_in_part() -> None:
    history = (Turn("user", "Tell me of the bridge. " * 80), Turn("assistant", "It is old."))
    alone = standalone(FOLLOW_UP, history)
    assert len(alone.question) < 400
    assert len(alone.query) < 400


@pytest.mark.parametrize(
    "asked",
    [
        "Summarise the lease agreement",
        "List all tenants of the mill",
        "How often is the roof mentioned?",
    ],
)
def test_a_askedthat_names_what_it_is_about_stands_alone(asked: str) -> None:
    before = (Turn("user", "Who opened the bridge?"), Turn("assistant", "Ann Lee opened it."))
    assert standalone(asked, before) == Standalone(asked, asked)
    pointing = asked.replace("the roof", "that").replace("the lease agreement", "it")
    pointing = pointing.replace("the mill", "it")
    assert standalone(pointing, before) != Standalone(pointing, pointing)


def test_a_conversation_of_the_assistant_alone_changes_nothing() -> None:
    greeting = (Turn("assistant", "Ask me about the bridge."),)
    assert standalone(FOLLOW_UP, greeting) == Standalone(FOLLOW_UP, FOLLOW_UP)


# Going on


@pytest.mark.parametrize("said", ["continue", "Go on.", "please continue", "Tell me more!", "more"])
def test_continue_asks_the_same_question_again_and_knows_what_was_told(said: str) -> None:
    alone = standalone(said, HISTORY)
    assert alone.question == HISTORY[0].content
    assert alone.told == (HISTORY[1].content,)


def test_continuing_twice_goes_on_from_both_answers() -> None:
    history = (*HISTORY, Turn("user", "continue"), Turn("assistant", "It has four lanes."))
    alone = standalone("go on", history)
    assert alone.question == HISTORY[0].content
    assert alone.told == (HISTORY[1].content, "It has four lanes.")


def test_only_the_questions_that_are_read_are_corrected() -> None:
    mended: list[str] = []

    def corrected(question: str) -> str:
        mended.append(question)
        return question.replace("teh", "the")

    long = [Turn("user", f"Who opened teh bridge {n}?") for n in range(500)]
    read = recent([*long, Turn("assistant", "teh mayor"), Turn("user", "continue")], corrected)
    assert read[-3:] == [
        Turn("user", "Who opened the bridge 499?"),
        Turn("assistant", "teh mayor"),
        Turn("user", "continue"),
    ]
    assert len(mended) < 20


SAID = ["Who opened the Alder bridge?", "And when?", "continue", "How many lanes does it have?",
        "And in 2008?", "What about Texas?"]  # fmt: skip


CHAIN = [Turn("user", "What did the Alder bridge cost in 2001?"), *[Turn("user", SAID[4])] * 10]


@example(CHAIN)
@given(st.lists(st.sampled_from([Turn("assistant", "In 1932."), *(Turn("user", s) for s in SAID)])))
def test_what_is_asked_is_the_same_as_with_all_questions(history: list[Turn]) -> None:
    for question in SAID:
        last = recent(history, str)
        assert standalone(question, last) == standalone(question, history)


# In the chain


def test_a_quoted_answer_to_a_follow_up_asks_no_model(make_chain: MakeChain) -> None:
    model = ScriptedLLM([GOOD])
    answer = finished(make_chain(model).stream(FOLLOW_UP, HISTORY, extractive=True))
    assert model.calls == []
    assert answer.extractive
    assert answer.retrieved[0].paragraph.path == "bridges.txt"


def test_what_a_fragment_names_is_in_the_sentence_that_is_quoted(make_chain: MakeChain) -> None:
    answer = finished(make_chain(None).stream("and repairs?", HISTORY))
    assert [c.quote for c in answer.citations] == [
        "Repairs in 2004 closed the bridge for eleven weeks."
    ]


def test_a_refused_follow_up_is_told_of_its_own_words_alone(make_chain: MakeChain) -> None:
    chain = make_chain(None, refuse=True)
    answer = finished(chain.stream("And what did it weigh?", HISTORY))
    assert answer.status is Status.REFUSED
    assert "Alder" not in answer.refusal


def test_continue_tells_only_what_is_new_with_more_room(make_chain: MakeChain) -> None:
    told = "The Alder bridge was opened in 1932."
    draft = f"{told} It carries four lanes and a cycle path over the river Tam."
    model = ScriptedLLM([draft])
    history = (Turn("user", HISTORY[0].content), Turn("assistant", f"{told} [1]"))
    answer = finished(make_chain(model).stream("continue", history))
    check_answer(answer, TEXTS.__getitem__)
    assert answer.text == "It carries four lanes and a cycle path over the river Tam. [1]"
    assert model.max_tokens == [192]


def test_a_continued_answer_cut_by_its_length_names_the_length_it_had(
    make_chain: MakeChain,
) -> None:
    told = "The Alder bridge was opened in 1932."
    model = ScriptedLLM([reply(f"{told} It carries four lanes and a cycle path. No", cut=True)])
    history = (Turn("user", HISTORY[0].content), Turn("assistant", f"{told} [1]"))
    answer = finished(make_chain(model).stream("continue", history))
    assert answer.cut
    assert "stopped at 192 tokens" in answer.notice


def test_a_continued_answer_has_no_more_room_than_the_window(make_chain: MakeChain) -> None:
    model = ScriptedLLM(["It carries four lanes and a cycle path over the river Tam."])
    more = (Turn("user", "continue"), Turn("assistant", "The Alder bridge was opened in 1932."))
    finished(make_chain(model).stream("continue", (HISTORY[0], *more * 40)))
    [(_, prompt), *_] = model.calls
    read = sum(estimate_tokens(content) for _, content in prompt)
    assert model.max_tokens == [Limits(700, 96).window - read]


@pytest.mark.parametrize(
    ("continued", "told"),
    [(1, "ask it to “continue” for more"), (40, "its window has no more room")],
)
def test_an_answer_is_offered_to_go_on_only_where_the_window_has_room(
    make_chain: MakeChain, continued: int, told: str
) -> None:
    model = ScriptedLLM([reply("It carries four lanes and a cycle path. No", cut=True)])
    more = (Turn("user", "continue"), Turn("assistant", "The Alder bridge was opened in 1932."))
    answer = finished(make_chain(model).stream("continue", (HISTORY[0], *more * continued)))
    assert answer.cut
    assert answer.notice.endswith(f"tokens: {told}.")


def test_continue_says_so_when_there_is_no_more(make_chain: MakeChain) -> None:
    told = "The ferry to Oakholm leaves at 07:45 from pier 3."
    history = (Turn("user", "When does the ferry to Oakholm leave?"), Turn("assistant", told))
    answer = finished(make_chain(None, refuse=True).stream("continue", history))
    assert answer.status is Status.REFUSED
    assert "no more" in answer.text


class ReadingSearcher(Searcher):
    """Notes what it is to find and what it is to read the best for."""

    asked: tuple[str, ...] = ()

    def first_look(self, query: str, top: int = 10, where: Filter = EVERYTHING) -> tuple[Hit, ...]:
        self.asked += (query,)
        return super().first_look(query, top, where)

    def reads(self, query: str, hits: Sequence[Hit]) -> bool:
        return True

    def closer(self, query: str, hits: Sequence[Hit]) -> tuple[Hit, ...]:
        self.asked += (query,)
        return tuple(hits)


def test_what_was_asked_before_helps_to_find_and_is_not_what_the_best_are_read_for(
    tmp_path: Path,
) -> None:
    question = "Which towns gave money for the new ferry to Oakholm?"
    with synced(tmp_path, TEXTS) as store:
        searcher = ReadingSearcher(store, HashEmbedder())
        chain = AnswerChain(searcher, None, decision(refuse=False), Limits(700, 96))
        finished(chain.stream(question, HISTORY))
    assert searcher.asked == (f"{question} {HISTORY[0].content}", question)


def test_histories_of_any_shape_are_read() -> None:
    said = Turn("assistant", "It is 5 km.")
    for question in ("And how long is it (...)", "What about it ( )", " " * 400 + "And how long?"):
        assert standalone("How long is it?", [Turn("user", question), said]).question
    assert beside_the_last("How long is it?", [said] * 6).startswith("How long is it?")

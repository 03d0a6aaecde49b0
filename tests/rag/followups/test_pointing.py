"""Which questions need what was said before."""

import pytest

from rag.followups.pointing import fragment_words, needs_history, points_back


@pytest.mark.parametrize(
    "question",
    [
        "When did he say that?",
        "How many lanes does it have?",
        "And the ferry to Oakholm, when does the ferry leave?",
        "What about the ferry to Oakholm and its crew?",
        "Why?",
        "Why so late?",
        "Why not earlier?",
        "How much?",
        "How many took part?",
        "With what result?",
        "Who said so?",
        "Which of the ministers think so?",
        "Did the second assessor agree with the captain in court?",
        "No, the other one",
        "I meant the second ferry, not the first ferry of the morning",
        "In which town did her sister Ann Lee give a speech?",
        "Which one carries the most cars over the river?",
        "Did the mayor of the town say that was no lie of the council?",
        "When did the mayor of Renfield meet her in the town hall?",
    ],
)
def test_a_question_that_points_back_needs_the_conversation(question: str) -> None:
    assert needs_history(question)


@pytest.mark.parametrize(
    "question",
    [
        "Which river does the Alder bridge cross?",
        "When does the ferry to Oakholm leave pier 3?",
        "Why did Oakholm close the ferry in 2012?",
        "In which town did Ann Lee give her long speech?",
        "Which towns gave money for a new ferry?",
        "How old was Ann Lee when she left her first school?",
        "Which law names the bridge that carried more than one railway in winter?",
        "How do fares of a ferry compare with those of any railway in winter?",
        "What's the price of a ticket from Oakholm to Renfield?",
        "Which university was praised for the best IT in Oakholm?",
        "Who said so many people crossed the Alder bridge?",
    ],
)
def test_a_full_question_stands_alone(question: str) -> None:
    assert not needs_history(question)


@pytest.mark.parametrize(
    ("question", "named"),
    [
        ("and books?", {"book"}),
        ("her deputy?", {"deputi"}),
        ("and when?", set()),
        ("Is it dear?", set()),
        ("how much?", set()),
        ("the same for all old stone bridges", set()),
    ],
)
def test_a_fragment_names_what_is_asked_of_now(question: str, named: set[str]) -> None:
    assert fragment_words(question) == named


def test_what_asks_nothing_may_need_the_conversation_and_points_to_none_of_it() -> None:
    said = "ticket prices of a night ferry over wide rivers"
    assert needs_history(said)
    assert not points_back(said)

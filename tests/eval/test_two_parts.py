from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import cast

from eval.gold.items import Evidence as GoldEvidence
from eval.gold.items import GoldItem
from eval.two_parts import Outcome, Pair, figures, joined, outcome
from rag.engine import Engine
from rag.types import Answer, Event, Finished, Status, Turn


def item(id_: str, question: str, *answers: str, path: str = "a.txt") -> GoldItem:
    return GoldItem(id_, question, answers, (GoldEvidence(path, "quote"),), answerable=True)


OPENED = item("1", "When was it opened?", "in 1932", "1932")
BUILT = item("2", "Who built the mill?", "Ann Lee")
AWAY = item("3", "Where is the ferry?", "pier 3", path="b.txt")


def test_two_questions_of_one_document_are_joined() -> None:
    [pair] = joined([OPENED, AWAY, BUILT], seed=1)
    assert set(pair.items) == {OPENED, BUILT}
    assert pair.question in {
        "When was it opened and who built the mill?",
        "Who built the mill and when was it opened?",
    }


def test_what_has_no_answer_or_a_history_or_is_no_question_of_two_is_not_joined() -> None:
    asked_before = replace(BUILT, history=(Turn("user", "What is it?"),))
    assert joined([OPENED, item("4", "Who else?"), asked_before], seed=1) == []
    assert joined([OPENED, item("5", "Name its owner", "Lee")], seed=1) == []


class Says:
    """Implements as much of ``rag.engine.Engine`` as is asked: one answer to every question."""

    def __init__(self, text: str, status: Status = Status.ANSWERED) -> None:
        self.answer = Answer("both?", "both?", status, text)

    def stream(self, question: str, history: Sequence[Turn] = ()) -> Iterator[Event]:
        yield Finished(self.answer)


def asked(says: Says) -> Outcome:
    return outcome(cast(Engine, says), Pair("both?", (OPENED, BUILT)))


def test_each_part_counts_where_one_of_its_answers_is_shown() -> None:
    assert asked(Says("It opened in 1932. [1] Ann Lee built it. [2]")) == Outcome(
        (True, True), False
    )
    assert asked(Says("It opened in 1932. [1]")) == Outcome((True, False), False)
    assert asked(Says("It opened in 1832. [1]")) == Outcome((False, False), False)


def test_what_a_refusal_says_shows_no_answer() -> None:
    assert asked(Says("Not 1932.", Status.REFUSED)) == Outcome((False, False), True)


def test_figures_have_their_number_and_interval() -> None:
    outcomes = [Outcome((True, True), False)] * 2 + [Outcome((True, False), False)]
    lines = figures([*outcomes, Outcome((False, False), True)])
    assert lines == [
        "both shown     0.500  [0.150, 0.850]  n=4",
        "one at least   0.750  [0.301, 0.954]  n=4",
        "refused        0.250  [0.046, 0.699]  n=4",
    ]
    assert figures([]) == ["no two questions of one document can be joined"]

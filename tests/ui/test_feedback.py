from dataclasses import replace
from pathlib import Path

import pytest

from eval.gold.drafts import drafts_file, read_drafts
from eval.gold.items import Evidence
from index.errors import UsageError
from rag.types import Answer, Status, Turn, Verdict
from tests.ui.fakes import answered, citation, hit, paragraph
from ui.feedback import Said, draft_item, give_feedback
from ui.gold_files import own_file

PIER = paragraph(
    "pier.txt", 1, 0, "Repairs began in May. They cost 2.4 million euros. The town paid."
)
FUND = paragraph("fund.txt", 1, 0, "The regional fund was founded in 1988. It paid for the pier.")
ANSWER = answered(
    "What did it cost?",
    [("It cost 2.4 million euros.", [1], Verdict.SUPPORTED)],
    [citation(1, PIER, "2.4 million euros")],
    [hit(PIER, 1), hit(FUND, 2)],
)
REFUSAL = Answer("Who won?", "Who won?", Status.REFUSED, "The documents do not say.")
COST = Evidence("pier.txt", "They cost 2.4 million euros.")


def test_a_right_answer_becomes_a_question_with_its_sentences_as_evidence() -> None:
    history = (Turn("user", "What of the pier?"), Turn("assistant", "It was repaired."))
    item = draft_item(ANSWER, history, Said.RIGHT)
    assert item.question == "What did it cost?"
    assert item.answers == ("It cost 2.4 million euros.",)
    assert item.evidence == (COST,)
    assert (item.answerable, item.history, item.tags) == (True, history, ("feedback",))


def test_a_wrong_answer_keeps_what_is_right_and_where_it_stands() -> None:
    item = draft_item(ANSWER, (), Said.WRONG, "the regional fund")
    assert item.answers == ("the regional fund",)
    assert item.evidence == (Evidence("fund.txt", "The regional fund was founded in 1988."),)


def test_a_right_answer_on_two_lines_is_one_answer() -> None:
    item = draft_item(ANSWER, (), Said.WRONG, "the regional\n  fund")
    assert item.answers == ("the regional fund",)


def test_a_right_answer_that_stands_nowhere_keeps_what_was_cited() -> None:
    assert draft_item(ANSWER, (), Said.WRONG, "3 million").evidence == (COST,)


def test_a_wrong_answer_without_a_right_one_waits_for_the_reviewer() -> None:
    assert draft_item(ANSWER, (), Said.WRONG).answers == ()


@pytest.mark.parametrize(("answer", "said"), [(ANSWER, Said.NOT_HELD), (REFUSAL, Said.RIGHT)])
def test_what_the_documents_do_not_hold_is_unanswerable(answer: Answer, said: Said) -> None:
    item = draft_item(answer, (), said)
    assert (item.answerable, item.answers, item.evidence) == (False, (), ())


def test_feedback_is_kept_beside_the_users_own_gold_file(tmp_path: Path) -> None:
    told = give_feedback(tmp_path, ANSWER, (), Said.RIGHT)
    give_feedback(tmp_path, ANSWER, (), Said.WRONG, " the town ")
    assert "waits for review" in told
    drafts = read_drafts(drafts_file(own_file(tmp_path)))
    assert [draft.origin for draft in drafts] == ["feedback", "feedback"]
    assert drafts[1].item.answers == ("the town",)
    assert drafts[1].note == "A reader found this wrong: It cost 2.4 million euros."
    assert drafts[0].item.id != drafts[1].item.id
    assert not own_file(tmp_path).exists()


def test_there_is_nothing_to_say_of_an_error_and_no_end_of_words(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no answer"):
        give_feedback(tmp_path, replace(ANSWER, status=Status.ERROR), (), Said.RIGHT)
    with pytest.raises(UsageError, match="at most 2,000 characters"):
        give_feedback(tmp_path, ANSWER, (), Said.WRONG, "a" * 2001)

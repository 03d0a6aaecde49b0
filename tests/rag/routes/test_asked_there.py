from pathlib import Path

import pytest

from index.types import Paragraph
from rag.routes.asked_there import reply_to
from rag.routes.whole_corpus import WholeCorpus
from rag.types import Status
from tests.rag.checks import check_answer, finished
from tests.rag.fakes import ScriptedLLM, hit, paragraph
from tests.rag.small_corpus import chain_over, synced
from tests.timing import thread_s

HEARING = paragraph(
    "Q. Was he disciplined?",
    "A. No.",
    "He was offered two weeks of leave.",
    path="hearing.txt",
    ordinal=2,
)
WHO = paragraph("Q. Was Kofi Adjei there?", "A. He was.", path="hearing.txt")
FLUORIDE = paragraph(
    "No.",
    "The council voted against it in 1998.",
    path="faq_water.md",
    headings=("Questions", "Do you add fluoride?"),
)


def replied(question: str, found: Paragraph, *near: Paragraph) -> str:
    told = reply_to(question, [hit(found, 1)], lambda _: [*near, found])
    return " ".join(text for text, _ in told.checked)


@pytest.mark.parametrize(
    "question", ["Do you add fluoride?", "Does the Trust add fluoride to the water?"]
)
def test_the_reply_under_a_question_is_quoted_with_it_from_its_first_word(question: str) -> None:
    assert replied(question, FLUORIDE) == (
        "Do you add fluoride? No. The council voted against it in 1998."
    )


def test_whom_a_question_of_a_hearing_is_about_may_stand_before_it() -> None:
    assert replied("Was Kofi Adjei disciplined?", HEARING, WHO) == (
        "Q. Was he disciplined? A. No. He was offered two weeks of leave."
    )
    assert replied("Was Kofi Adjei disciplined?", HEARING) == ""


def test_a_word_without_end_near_a_hearing_costs_no_time() -> None:
    endless = paragraph("A" * 9_000, path="hearing.txt")
    assert thread_s(lambda: replied("Was Kofi Adjei disciplined?", HEARING, endless), 1) < 0.5


@pytest.mark.parametrize(
    "question",
    [
        "Why was Kofi Adjei disciplined?",
        "Was Kofi Adjei not disciplined?",
        "Was Ann Lee disciplined?",
        "Was the operator disciplined?",
        "Who disciplined Kofi Adjei?",
        "How often was Kofi Adjei disciplined?",
    ],
)
def test_what_asks_for_something_else_or_of_somebody_else_gets_no_reply(question: str) -> None:
    assert replied(question, HEARING, WHO) == ""


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("How often is the water tested?", True),
        ("How often is the alarm tested?", False),
        ("How long is the water tested?", False),
        ("Does Ostrander add fluoride?", False),
    ],
)
def test_a_question_like_another_is_not_the_same(question: str, told: bool) -> None:
    often = paragraph("How often do you test the water?", "Every day.", path="faq.md")
    assert bool(replied(question, often)) is told
    assert replied(question, FLUORIDE) == ""


def test_a_reply_ends_before_the_next_question_and_where_there_is_no_room() -> None:
    asks = paragraph("Is it deep?", "Yes, it is.", "Q. Is it wide?", "No.", path="a.txt")
    assert replied("Is it deep?", asks) == "Is it deep? Yes, it is."
    long = "Yes, " + " ".join(["it", "goes", "down"] * 20) + "."
    deep = paragraph("Is it deep?", long, long, path="a.txt")
    assert replied("Is it deep?", deep) == f"Is it deep? {long}"


def test_a_question_is_told_without_the_mark_of_its_item() -> None:
    item = paragraph("* What is a safe room?", "A room below ground.", path="a.txt")
    assert replied("What is a safe room?", item) == "What is a safe room? A room below ground."


@pytest.mark.parametrize(
    ("question", "there", "before"),
    [
        ("Did Kim Fox hit Ann Lee?", "Q. Did Ann Lee hit Kim Fox?|A. Yes.", ""),
        ("Does the buyer owe the seller rent?", "Does the seller owe the buyer rent?|No.", ""),
        ("What is the minimum age for members?", "What is the maximum age for members?|65.", ""),
        ("Does Ostrander pay overtime?", "Does Brackwell pay overtime?|No.", "Ostrander pays."),
        ("Who pays for repairs to the boiler?", "Who pays for repairs?|You.", "The boiler is old."),
        ("Is the drug safe in pregnancy?", "Is the drug safe?|Yes.", "Pregnancy was excluded."),
        ("Does Ann Lee pay rent?", "Q. Does he pay rent?|A. No.", "Ann Lee called. Kim Fox came."),
        ("Was the bridge safe?", "Was the bridge safe?|That is what they ask in May.", ""),
        ("Was the bridge safe?", "It fell.|Was the bridge safe?|No.", ""),
        ("How do I reset it?", "How do I reset it?|See also:", ""),
    ],
)
def test_what_looks_like_the_same_question_is_left(question: str, there: str, before: str) -> None:
    near = [paragraph(*before.split(". "), path="a.txt")] if before else []
    found = paragraph(*there.split("|"), path="a.txt", ordinal=2)
    assert replied(question, found, *near) == ""


def test_a_question_that_nothing_follows_has_no_reply() -> None:
    assert replied("Is it deep?", paragraph("Is it deep?")) == ""
    assert replied("Is it deep?", paragraph("It is deep.")) == ""


FAQ = {"faq.md": "# Water\n\n## Do you add fluoride?\n\nNo. The council voted against it.\n"}
HTML = {"faq.html": "<p>Do you add fluoride?</p><p>No. The council voted against it.</p>"}


@pytest.mark.parametrize("documents", [FAQ, HTML])
@pytest.mark.parametrize("model", [None, ScriptedLLM(["Yes, fluoride is added."])])
def test_a_reply_is_given_without_the_model_and_cites_its_words(
    tmp_path: Path, documents: dict[str, str], model: ScriptedLLM | None
) -> None:
    with synced(tmp_path, documents) as store:
        chain = chain_over(store, model, corpus=WholeCorpus(store))
        answer = finished(chain.stream("Do you add fluoride?"))
        check_answer(answer, store.catalog.text)
    assert answer.status is Status.ANSWERED
    assert answer.text == "Do you add fluoride? No. The council voted against it. [1]"
    assert [c.quote for c in answer.citations] == ["No. The council voted against it."]
    assert model is None or model.calls == []


def test_a_question_of_two_parts_that_a_document_asks_as_one_gets_its_whole_reply(
    tmp_path: Path,
) -> None:
    asked = "Who tests the water and what does it cost?"
    reply = "The council does, at an expense of 6 crowns."
    with synced(tmp_path, {"faq.md": f"# Water\n\n## {asked}\n\n{reply}\n"}) as store:
        answer = finished(chain_over(store, corpus=WholeCorpus(store)).stream(asked))
        check_answer(answer, store.catalog.text)
    assert answer.text == f"{asked} {reply} [1]"

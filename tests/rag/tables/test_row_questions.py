import pytest

from index.words import stems
from rag.tables.row_questions import Kind, row_question


@pytest.mark.parametrize(
    ("question", "kind", "things"),
    [
        ("How many branches are in Graz?", Kind.COUNT, "branches"),
        ("And how many of the senior employees work there?", Kind.COUNT, "senior employees"),
        ("In 2015, how many branches were there?", Kind.COUNT, "branches"),
        ("What is the number of loans in Graz?", Kind.COUNT, "loans"),
        ("How many employees are there altogether?", Kind.SUM, "employees"),
        ("What's the average price?", Kind.MEAN, ""),
        ("Which branches are in Graz?", Kind.LIST, "branches"),
        ("Who is the manager in Graz?", Kind.LIST, "manager"),
        ("List all branches in Graz", Kind.LIST, "branches"),
    ],
)
def test_what_is_asked_of_rows_is_told_from_the_question(
    question: str, kind: Kind, things: str
) -> None:
    asked = row_question(question)
    assert asked
    assert (asked.kind, asked.things) == (kind, frozenset(stems(things)))


@pytest.mark.parametrize(
    "question",
    [
        "How many branches are neither in Graz nor in Linz?",
        "How many employees does each branch have?",
        "What percentage of the branches are in Graz?",
        "What is the number of the loan?",
        "Why are there two branches in Graz?",
        "Is there a branch in Graz?",
    ],
)
def test_what_denies_or_parts_something_or_asks_otherwise_is_none(question: str) -> None:
    asked = row_question(question)
    assert asked is None or not asked.many


@pytest.mark.parametrize(
    ("question", "text", "denied"),
    [
        ("How many branches are not in Graz?", "How many branches are  in Graz?", " in Graz?"),
        ("How many have no parking?", "How many have  parking?", " parking?"),
        ("How many are in lot No. 5?", "How many are in lot number 5?", ""),
        ("How many are in lot No 5?", "How many are in lot number 5?", ""),
        ("How many have no more than 5 seats?", "How many have no more than 5 seats?", ""),
    ],
)
def test_what_follows_a_denial_is_kept_apart(question: str, text: str, denied: str) -> None:
    asked = row_question(question)
    assert asked
    assert (asked.text, asked.denied) == (text, denied)


def test_small_numbers_are_read_in_words_but_one_is_mostly_no_number() -> None:
    asked = row_question("Which one has over twenty or three seats?")
    assert asked
    assert asked.text == "Which one has over 20 or 3 seats?"
    asked = row_question("How many cost over one million or 2.5 thousand?")
    assert asked
    assert asked.text == "How many cost over 1000000 or 2500?"

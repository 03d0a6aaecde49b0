import pytest

from rag.followups.set_aside import NOTHING, first_sentence, set_aside, without_told
from rag.types import Turn
from tests.rag.checks import finished
from tests.rag.small_corpus import MakeChain

ASKED = "When was the lower mill built?"
TOLD = "The lower mill was built in 1788. [1]"


@pytest.mark.parametrize(
    "said", ["no, the other one", "wrong one", "Not that one", "another mill please", "no", "Nope."]
)
def test_what_was_told_is_set_aside_where_another_is_asked_for(said: str) -> None:
    aside = set_aside(said, ASKED, TOLD)
    assert aside.has("Built in 1788, the lower mill is of stone.")
    assert not aside.has("The upper mill was built in 1802.")


def test_a_sentence_that_tells_of_what_was_meant_is_still_wanted() -> None:
    aside = set_aside("No, the upper mill", ASKED, TOLD)
    assert aside.has("The mill was built in 1788.")
    assert not aside.has("The lower mill was built in 1788, the upper mill in 1802.")


@pytest.mark.parametrize(
    ("asked", "told", "text", "again"),
    [
        ("Who led it?", "Ann Lee led it.", "Ann Lee led the first, Tom Holt the second.", False),
        ("Who led it?", "Ann Lee led it.", "The first was led by Ann Lee.", True),
        ("What became of her son?", "Tom was a botanist.",
         "Tom was a botanist of note, and Birger drowned in the sound at nineteen.", False),
        ("What deposit is due?", "A deposit of 40 crowns is held by the landlord's bank.",
         "A deposit of 40 crowns is held at once by the landlord's bank.", True),
    ],
)  # fmt: skip
def test_a_sentence_with_more_than_was_told_is_still_wanted(
    asked: str, told: str, text: str, again: bool
) -> None:
    assert set_aside("no, the other one", asked, told).has(text) is again


@pytest.mark.parametrize("said", ["not when, where?", "I mean where it was built"])
def test_asking_for_something_else_of_the_same_sets_nothing_aside(said: str) -> None:
    assert set_aside(said, ASKED, TOLD) == NOTHING


def test_an_answer_that_told_nothing_new_sets_nothing_aside() -> None:
    aside = set_aside("the other one", ASKED, "The lower mill was built.")
    assert not aside.has("The lower mill was built.")
    assert not NOTHING.has("Anything")


@pytest.mark.parametrize("refuse", [False, True])
def test_after_no_the_other_one_the_same_is_not_told_again(
    make_chain: MakeChain, refuse: bool
) -> None:
    asked = "When was the bridge opened?"
    chain = make_chain(None, refuse=refuse)
    first = finished(chain.stream(asked, extractive=True))
    history = (Turn("user", asked), Turn("assistant", first.said))
    other = finished(chain.stream("No, the other one", history, extractive=True))
    assert first.citations
    assert {c.quote for c in first.citations}.isdisjoint(c.quote for c in other.citations)


def test_what_was_told_is_taken_out_whatever_its_marks() -> None:
    told = ("It opened in 1932. [1] It has four lanes. [2]",)
    assert without_told("It opened in 1932. It is red. It has four lanes.", told) == "It is red."
    assert without_told("It is red.", ()) == "It is red."


def test_a_year_in_brackets_is_no_mark_of_a_citation() -> None:
    assert first_sentence("It is Donoghue v Stevenson [1932] AC 562[1].") == (
        "It is Donoghue v Stevenson [1932] AC 562."
    )

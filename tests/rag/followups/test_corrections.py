from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.followups.corrections import corrected, corrects
from rag.followups.set_aside import NOTHING
from rag.standalone import Standalone, standalone
from rag.types import Turn

ASKED = "When was the lower mill built?"


@pytest.mark.parametrize(
    "said",
    [
        "No, the other one.",
        "I meant the second",
        "not that one",
        "The other bridge, please",
        "Sorry, I was asking about the ferry, not the bridge",
        "oh wait, the upper mill",
        "That's the architect, I wanted the builder",
        "not when - where?",
        "for the boiler, I mean",
        "wrong ship",
        "that is not what I asked",
        "the sale contract instead",
        "I’m asking about injured, not dead",
    ],
)
def test_a_correction_is_known_as_one(said: str) -> None:
    assert corrects(said)


@pytest.mark.parametrize(
    "said",
    [
        "Which other ferry is there?",
        "Nothing new?",
        "Notable birds?",
        "Sorry, when was the ferry built?",
        "Actually, is there a ferry?",
        "Which year was it, not which month?",
        "Why did they use wood, not stone?",
        "No one told me of the ferry",
        "I want to know about the ferry",
        "Other than the ferry, the bridges",
        "Not only the ferry",
        "the ferry",
        "",
    ],
)
def test_what_asks_of_its_own_or_denies_nothing_is_no_correction(said: str) -> None:
    assert not corrects(said)


@pytest.mark.parametrize(
    ("asked", "said", "meant"),
    [
        (ASKED, "No, the upper mill", "When was the upper mill built?"),
        (ASKED, "no the upper mill please", "When was the upper mill built?"),
        (ASKED, "Actually I meant the upper one.", "When was the upper mill built?"),
        (ASKED, "No, the upper mill" + "!" * 200, ""),
        (ASKED, "Other mill please", "When was the other mill built?"),
        (ASKED, "Sorry, the upper mill, not the lower mill", "When was the upper mill built?"),
        (ASKED, "not the mill, the mine", ""),  # the lower mine?
        ("When was the lease signed?", "not the lease, the sale contract",
         "When was the sale contract signed?"),
        ("When was the lease signed?", "I meant the sale contract, not the lease.",
         "When was the sale contract signed?"),
        ("When was the lease signed?", "the sale contract, I meant", ""),
        ("Who chaired the first board?", "No, the second", "Who chaired the second board?"),
        ("Who chaired the first board?", "the third one, not the first",
         "Who chaired the third board?"),
        (ASKED, "not the lower mill, the upper one", "When was the upper mill built?"),
        ("How many sat in it in 1920?", "no, in 1921", "How many sat in it in 1921?"),
        ("Why did Dr Amin leave?", "I asked about Dr Amis", "Why did Dr Amis leave?"),
        ("Which river floods Orm?", "Not Orm, Ormsby", "Which river floods Ormsby?"),
        ("Who runs mills?", "No, the upper mills", ""),
        ("What grows in the garden of the House?", "No, the garden behind the house", ""),
        ("What became of Ann's son Tom?", "No, the other son", ""),
        ("Which mill burnt, and who built the mill?", "No, the upper mill", ""),
        ("Where was Ada Quill born?", "I meant her sister", ""),
        ("When was it opened?", "not when - where?", "Where was it opened?"),
        ("In what year did it open?", "no, why", "Why did it open?"),
        ("Who opened it?", "not who, when", ""),
        ("How long is the warranty for the pump?", "for the boiler, I mean",
         "How long is the warranty for the boiler?"),
        ("Who signs for the old mill today?", "no, for a tenant", "Who signs for a tenant?"),
        ("What is it for?", "no, for the tenant", ""),
        ("Who pays for it?", "no, of the ferry", ""),
        ("When was the Lower Mill built?", "no, the upper mill", "When was the Upper Mill built?"),
        ("When was the Lower Mill built?", "the other mill", "When was the other mill built?"),
        ("When was it opened?", "no, " + "a very long way of saying another thing " * 3, ""),
        ("When was it opened?", "no", ""),
        ("When was the ferry built?", "the bridge", ""),
    ],
)  # fmt: skip
def test_what_is_meant_takes_the_place_of_what_is_alike(asked: str, said: str, meant: str) -> None:
    assert corrected(said, asked) == meant


@given(st.text(max_size=60), st.text(max_size=60))
def test_any_messages_can_be_compared(said: str, asked: str) -> None:
    assert isinstance(corrected(said, asked), str)


def test_a_corrected_question_is_asked_and_searched_for_without_a_model() -> None:
    history = (Turn("user", ASKED), Turn("assistant", "The lower mill was built in 1788."))
    better = "When was the upper mill built?"
    alone = standalone("No, the upper mill", history)
    assert replace(alone, aside=NOTHING) == Standalone(better, better)
    assert alone.aside.has("It was built in 1788.")


def test_a_follow_up_to_a_correction_is_about_what_was_meant() -> None:
    answer = Turn("assistant", "In 1788.")
    corrected_once = (Turn("user", ASKED), answer, Turn("user", "No, the upper mill"), answer)
    alone = standalone("And who built it?", corrected_once)
    assert alone.beside == "When was the upper mill built?"
    asked_of_others = (Turn("user", ASKED), answer, Turn("user", "I meant its neighbour"), answer)
    alone = standalone("And who built it?", asked_of_others)
    assert alone.beside == f"{ASKED} I meant its neighbour"


@pytest.mark.parametrize(
    "topic",
    [
        "Wait times for surgery",
        "Correction factor for wind",
        "Other risks of lithium",
        "Rather Lane bridge",
    ],
)
def test_a_topic_that_begins_like_a_correction_is_none(topic: str) -> None:
    assert not corrects(topic)


@pytest.mark.parametrize(
    ("said", "asked", "meant"),
    [
        (
            "No, the children's hospital",
            "When was the General Hospital opened?",
            "When was the Children's Hospital opened?",
        ),
        ("No, the 3rd one", "Who led the 2nd expedition?", "Who led the 3rd expedition?"),
        ("No, the third one", "Who led the 2nd expedition?", "Who led the third expedition?"),
    ],
)
def test_ordinals_in_digits_and_possessives_take_their_place(
    said: str, asked: str, meant: str
) -> None:
    assert corrected(said, asked) == meant

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.followups.spoken_of import parted, spoken_of
from tests.rag.checks import PROPERTY

FIRE = "How did the fire on the Star of Elm start?"
HALL = "What did the hall of Alder School cost?"
SUNK = "How many were hurt when she sank in Elm?"
DEBT = "What was Elm's debt in 2005?"
BOOKS = "Which books came from Elm Library?"
SIGNS = "Who signs for Elm in Renfield?"
GERMAN = "Wie hoch war im Jahr danach der Umsatz von Alder?"
FERRY = "How many sheep did the smaller ferry carry?"


@pytest.mark.parametrize(
    ("question", "before", "of"),
    [
        pytest.param("how fast can she go?", [FIRE], "Star of Elm", id="a name with joints"),
        pytest.param("why was it late?", [HALL], "hall of Alder School", id="what is the name's"),
        pytest.param(
            "who drew it?", ["When was the Alder bridge built?"], "Alder bridge", id="noun"
        ),
        pytest.param("who drew it?", ["Did Alder cost less in May?"], "Alder", id="no month"),
        pytest.param(
            "how fast can she go?", [FIRE, "was anybody hurt?"], "Star of Elm", id="passed over"
        ),
        pytest.param(
            "how fast can she go?",
            [FIRE, "who put it out? (Star of Elm)"],
            "Star of Elm",
            id="of what the question before was asked of",
        ),
        pytest.param("how fast can she go?", [FIRE, FERRY], FERRY, id="a full question, no name"),
        pytest.param(
            "is it binding?",
            ["What does Article 12 of the GDPR say?"],
            "Article 12 of the GDPR",
            id="a number of its name",
        ),
        pytest.param("how is it caught?", ["What is COVID-19?"], "COVID-19", id="a hyphen"),
        pytest.param("who made it?", ["When was Elm & Sons founded?"], "Elm & Sons", id="a sign"),
        pytest.param("what is it worth?", ["Did Tom Holt buy Elm Hall?"], "Elm Hall", id="a thing"),
        pytest.param("how big is it?", ["Is Elm older than Tom?"], "Elm, Tom", id="either"),
        pytest.param("who saw it?", [SUNK], SUNK, id="what happened in a place"),
        pytest.param("what colour is it there?", ["Is Elm Hall in Tam?"], "Elm Hall", id="placed"),
        pytest.param("why did it rise?", [DEBT], DEBT, id="what is the name's, not the name"),
        pytest.param("who paid for them?", [BOOKS], BOOKS, id="several, of one place"),
        pytest.param("when did she leave?", [SIGNS], SIGNS, id="who is not known"),
        pytest.param("who built it?", ["Elm Hall"], "Elm Hall", id="a topic"),
        pytest.param("who was head that year?", [HALL], HALL, id="more than a name"),
        pytest.param(
            "who got the money that was left?", [HALL], "hall of Alder School", id="that is left"
        ),
        pytest.param("who owns it?", [HALL.upper()], HALL.upper(), id="all in capitals"),
        pytest.param("Opening hours", [HALL], HALL, id="nothing that points to it"),
        pytest.param("Wer hat sie gebaut?", [GERMAN], GERMAN, id="German nouns are no names"),
        pytest.param("who paid for that?", [HALL], HALL, id="all of it"),
        pytest.param("what for?", [HALL], HALL, id="nothing of its own"),
        pytest.param("and aluminium?", [HALL], HALL, id="one word"),
        pytest.param("why so late?", [HALL], HALL, id="why so"),
        pytest.param("with what result?", [HALL], HALL, id="no verb"),
        pytest.param(
            "and aluminium?",
            ["what would it cost in oak? (hall of Alder School)"],
            "what would it cost in oak? hall of Alder School",
            id="the question before with what it was asked of",
        ),
        pytest.param("is Alder School its owner?", [HALL], HALL, id="its own name"),
    ],
)
def test_a_follow_up_is_asked_of_the_last_name_or_of_the_whole_question(
    question: str, before: Sequence[str], of: str
) -> None:
    assert spoken_of(question, before, "It is told here.") == of


@pytest.mark.parametrize(
    ("question", "earlier", "answer", "of"),
    [
        pytest.param(
            "when did he leave?", "Who saved the girl?", "She was saved by Tom Holt.", "Tom Holt"
        ),
        pytest.param(
            "when did it leave?", "Who saved the girl?", "She was saved by Tom Holt.",
            "Who saved the girl?",
        ),
        pytest.param("was he rich?", "Who was Tom Holt?", "He was Elm-born.", "Tom Holt"),
        pytest.param(
            "when did he marry?", "where did he grow up? (Tom)", "He grew up in Elm.", "Tom"
        ),
        pytest.param(
            "how old is she?", "when did he leave? (Tom Holt)", "He left in May.", "Tom Holt"
        ),
    ],
    ids=["somebody the answer names", "a thing", "who he is", "him again", "she is meant"],
)  # fmt: skip
def test_what_somebody_did_is_asked_of_whom_the_answer_named(
    question: str, earlier: str, answer: str, of: str
) -> None:
    assert spoken_of(question, [earlier], answer) == of


WORDS = st.sampled_from(
    ["who", "was", "he", "Alder", "(Elm)", "it?", "of", "the", "?", "And", "May"]
)
SAID = st.lists(WORDS, min_size=1).map(" ".join)
ANSWER = "Alder met Tom Holt in May."


@PROPERTY
@given(SAID, st.lists(SAID, min_size=1))
def test_it_is_asked_of_names_that_were_said_or_of_a_question(
    question: str, before: list[str]
) -> None:
    of = spoken_of(question, before, ANSWER)
    questions = {" ".join(parted(earlier)).strip() for earlier in before}
    names = of.split(", ")
    assert of in questions or all(any(n in said for said in [*before, ANSWER]) for n in names)


@pytest.mark.parametrize(
    ("question", "parts"),
    [
        ("How old is it? (Alder)", ("How old is it?", "Alder")),
        ("How old is it?", ("How old is it?", "")),
        ("Where is Paris (Texas)", ("Where is Paris (Texas)", "")),
    ],
    ids=["put beside it", "nothing", "a reader's own brackets"],
)
def test_what_stands_beside_a_question_is_told_from_a_readers_brackets(
    question: str, parts: tuple[str, str]
) -> None:
    assert parted(question) == parts

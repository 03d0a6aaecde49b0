import pytest

from rag.both_sides import of_the_other_side
from rag.extract import RankedSentence
from tests.rag.fakes import paragraph

DRAIN, SOLID = "In drain casting the rest is poured out.", "In solid casting nothing is."
BOTH = "Drain and solid casting use plaster."
RANKED = [
    RankedSentence(told, sentence, 0.0)
    for told in [paragraph("Casting is old.", DRAIN, SOLID, BOTH)]
    for sentence in told.sentences
]


@pytest.mark.parametrize(
    ("question", "told", "other"),
    [
        ("difference between drain casting and solid casting", SOLID, DRAIN),
        ("What is the difference between drain and solid casting?", DRAIN, SOLID),
        ("How does solid casting differ from drain casting?", DRAIN, SOLID),
        ("solid casting vs drain casting", DRAIN, SOLID),
        pytest.param("difference between drain and solid casting", BOTH, "", id="both are told"),
        pytest.param("difference between tape and drain casting", DRAIN, "", id="none on it"),
        pytest.param("What is drain and what is solid casting?", DRAIN, "", id="not compared"),
    ],
)
def test_of_two_that_differ_a_sentence_on_the_other_is_found(
    question: str, told: str, other: str
) -> None:
    [span] = [one.span for one in RANKED if one.sentence.text == told]
    found = of_the_other_side(question, span, RANKED)
    assert (found.sentence.text if found else "") == other

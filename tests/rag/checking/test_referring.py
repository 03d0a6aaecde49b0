from rag.checking.referring import named_in_full, referred_to
from rag.match import Match
from rag.types import Verdict
from rag.verify import match
from tests.rag.fakes import paragraph, shared_words

FOUNDED = "Berta Nilsen founded the school in 1887 with Karl Moe."
TAUGHT = "She taught at the school until her death."
LEFT = "Nilsen left the board in 1910."
SISTER = "Her sister Inga ran the library."
SCHOOL = paragraph(FOUNDED, TAUGHT, LEFT, SISTER)


def matched(claim: str, question: str = "") -> Match:
    return match(claim, question, [SCHOOL], shared_words(claim, [SCHOOL]))


def test_a_full_name_that_the_paragraph_has_stands_for_its_part() -> None:
    assert named_in_full("Berta Nilsen left the board.", LEFT, [SCHOOL]) == {"berta", "nilsen"}
    found = matched("Berta Nilsen left the board in 1910.")
    assert (found.verdict, [s.text for s in found.spans]) == (Verdict.SUPPORTED, [LEFT])


def test_another_full_name_does_not() -> None:
    assert not named_in_full("Karl Nilsen left the board.", LEFT, [SCHOOL])
    assert not named_in_full("Karl Moe left the board.", LEFT, [SCHOOL])
    assert matched("Karl Moe left the board in 1910.").verdict is Verdict.UNSUPPORTED
    assert not named_in_full("Rex Anglie came.", "The Rex Anglorum came.", [SCHOOL])


def test_a_name_for_a_pronoun_is_cited_with_the_sentence_that_has_it() -> None:
    found = matched("Berta Nilsen taught at the school until her death.")
    assert found.verdict is Verdict.SUPPORTED
    assert [s.text for s in found.spans] == [f"{FOUNDED} {TAUGHT}"]


def test_a_name_for_whose_something_is_too() -> None:
    found = matched("The library was run by Nilsen's sister Inga.")
    assert found.verdict is Verdict.SUPPORTED
    assert {s.text for s in found.spans} >= {f"{LEFT} {SISTER}"}


def test_a_name_that_stands_elsewhere_or_beside_the_pronoun_is_not_referred_to() -> None:
    [_, taught, _, sister] = SCHOOL.sentences
    lacking = {"nilsen"}
    assert referred_to("Nilsen taught at the school.", lacking, SCHOOL, taught)
    assert not referred_to("She taught at the school of Nilsen.", lacking, SCHOOL, taught)
    assert not referred_to("Nilsen ran the library.", lacking, SCHOOL, sister)
    assert not referred_to("Tom Hall taught at the school.", {"hall"}, SCHOOL, taught)

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.checking.conditions import drops_a_condition
from tests.rag.checks import PROPERTY

RENT = "If the rent is more than 14 days late, the Landlord may charge interest at 4 %."
FILTER = "The filter is replaced every 500 hours, or every 250 hours if the water is hard."
PLANTS = "Harlow plans to close three of its eleven plants."
OPEN = "The museum is open daily, except on Mondays."
LEAVE = "Unused leave lapses in March unless the employee was ill."


@pytest.mark.parametrize(
    ("claim", "source"),
    [
        ("The landlord may charge interest at 4 %.", RENT),
        ("The filter is replaced every 250 hours.", FILTER),
        ("Harlow closed three of its plants.", PLANTS),
        ("Lee sold the mill in Elm.", "Lee hopes to sell the mill in Elm."),
        ("The drug is approved in Norland.", "The maker has applied for approval in Norland."),
        ("The museum is open daily.", OPEN),
        ("The museum is open daily on Mondays.", OPEN),
        ("Unused leave lapses in March if the employee was ill.", LEAVE),
    ],
)
def test_what_holds_in_a_case_or_is_planned_is_no_plain_fact(claim: str, source: str) -> None:
    assert drops_a_condition(claim, source)


@pytest.mark.parametrize(
    ("claim", "source"),
    [
        ("The landlord may charge interest at 4 % if the rent is late.", RENT),
        ("With hard water the filter is replaced every 250 hours.", FILTER),
        ("The filter is replaced every 500 hours.", FILTER),
        ("Harlow will close three of its plants.", PLANTS),
        ("Harlow has eleven plants.", PLANTS),
        ("The museum is open daily but on Mondays.", OPEN),
        ("The museum is not open on Mondays.", OPEN),
        ("Unused leave lapses in March unless the employee was ill.", LEAVE),
        ("The plan covers three towns.", "The plan covers three towns in the north."),
    ],
)
def test_a_condition_that_is_kept_or_of_something_else_is_not_dropped(
    claim: str, source: str
) -> None:
    assert not drops_a_condition(claim, source)


def test_a_case_of_the_question_need_not_be_repeated() -> None:
    claim = "The landlord may charge interest at 4 %."
    assert not drops_a_condition(claim, RENT, "What if the rent is 14 days late or more?")
    assert drops_a_condition(claim, RENT, "May the landlord charge interest?")


WORDS = ["if", "unless", "except", "plans", "to", "close", "three", "towns", "the", ",", "or"]


@PROPERTY
@given(st.lists(st.sampled_from(WORDS), max_size=14).map(" ".join))
def test_no_text_drops_a_condition_of_itself(text: str) -> None:
    assert not drops_a_condition(text, text)

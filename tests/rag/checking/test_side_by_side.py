import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.checking.agree import disagrees
from rag.checking.side_by_side import goes_with_another, has_the_head_of_another, own_numbers
from tests.rag.checks import PROPERTY
from tests.timing import thread_s

FEES = "The fee is 80 crowns for sailing boats and 120 crowns for motor boats."
SALES = "Sales in the north had fallen by 6 % while sales in the south had grown by 3 %."
YEARS = "Revenue rose 8 % to €412 million in 2023, from €381 million in 2022."
HURT = "20 people died in the fire and 30 people were injured."
YIELDS = "Plots with compost yielded 4.2 tons of barley, against 3.1 tons on plots with lime."
LIGHTS = "A red light means that the filter is blocked; a yellow light means that the tank is low."
REPAIR = "The Landlord keeps the roof in repair; the Tenant keeps the interior in repair."
OTTERS = "Otters eat mainly fish, whereas the old beavers eat only plants."
PORT = "Norland fought in Elm, but lost its port to a storm; in 1930 it moved to Alder."


@pytest.mark.parametrize(
    ("claim", "source"),
    [
        ("The fee for sailing boats is 120 crowns.", FEES),
        ("Sales in the south had grown by 6 %.", SALES),
        ("Revenue was €412 million in 2022.", YEARS),
    ],
)
def test_a_number_of_what_stands_beside_it_goes_with_another(claim: str, source: str) -> None:
    assert goes_with_another(claim, source)
    assert disagrees(claim, source)


def test_a_number_without_what_it_is_of_is_that_of_the_question() -> None:
    claim = "The fee is 120 crowns."
    assert disagrees(claim, FEES, "What is the fee for sailing boats?")
    assert not disagrees(claim, FEES, "What is the fee for motor boats?")
    assert not disagrees(claim, FEES)


@pytest.mark.parametrize(
    ("claim", "source"),
    [
        ("Motor boats pay a fee of 120 crowns.", FEES),
        ("It is 80 crowns for sailing boats and 120 crowns for motor boats.", FEES),
        ("Sales in the north had fallen by 6 %.", SALES),
        ("Revenue was €381 million in 2022.", YEARS),
        # What is left out behind the second number may be told with it.
        ("30 people were hurt in the fire.", HURT),
        ("Plots with lime yielded 3.1 tons of barley.", YIELDS),
        ("Plots with compost yielded 4.2 tons, more than plots with lime.", YIELDS),
    ],
)
def test_a_number_of_its_own_does_not(claim: str, source: str) -> None:
    assert not goes_with_another(claim, source)
    assert not disagrees(claim, source)


def test_the_number_of_its_own_words_is_known() -> None:
    assert ("120", "80") in own_numbers("Motor boats pay 120 crowns.", FEES)
    assert not own_numbers("The fee is 120 crowns.", FEES)


@pytest.mark.parametrize(
    ("claim", "source"),
    [
        ("A yellow light means that the filter is blocked.", LIGHTS),
        ("A red light means that the tank is low.", LIGHTS),
        ("The tenant keeps the roof in repair.", REPAIR),
        ("Otters eat only plants.", OTTERS),
    ],
)
def test_the_head_of_one_clause_with_the_rest_of_another_is_told(claim: str, source: str) -> None:
    assert has_the_head_of_another(claim, source)
    assert disagrees(claim, source)


@pytest.mark.parametrize(
    ("claim", "source"),
    [
        ("A yellow light means that the tank is low.", LIGHTS),
        ("A yellow light means a low tank, a red light that the filter is blocked.", LIGHTS),
        ("The landlord keeps the roof in repair.", REPAIR),
        ("Norland lost its port to a storm.", PORT),
        ("Norland moved to Alder in 1930.", PORT),
        ("Elm (Spanish: Olmo; French: Orme) is a port.", "Elm (Olmo; Orme) is a port of Norland."),
    ],
)
def test_a_clause_without_a_subject_goes_on_with_the_one_before(claim: str, source: str) -> None:
    assert not has_the_head_of_another(claim, source)


WORDS = ["80", "120", "crowns", "for", "boats", "motor", "and", ",", ";", "whereas", "the", "in"]


@PROPERTY
@given(st.lists(st.sampled_from(WORDS), max_size=14).map(" ".join))
def test_no_text_is_set_against_itself(text: str) -> None:
    assert not goes_with_another(text, text)
    assert not has_the_head_of_another(text, text)


def test_a_row_of_blanks_costs_no_time() -> None:
    source = f"The boat cost 3 pounds{' ' * 9_000}more than that"
    claim = "The boat cost 3 pounds."
    assert thread_s(lambda: goes_with_another(claim, source), 1) < 0.5
    assert thread_s(lambda: has_the_head_of_another(claim, source), 1) < 0.5

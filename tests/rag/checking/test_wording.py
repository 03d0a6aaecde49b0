import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.words import numbers
from rag.checking.wording import as_cited
from tests.rag.checks import PROPERTY


@pytest.mark.parametrize(
    ("text", "cited", "spelt"),
    [
        (
            "It began on February 8, 2007.",
            "From 8 February 2007 on.",
            "It began on 8 February 2007.",
        ),
        ("On 4th July 1776 it was signed.", "July 4, 1776", "On July 4, 1776 it was signed."),
        ("He took 3 teams there.", "took three teams", "He took three teams there."),
        ("3 teams went.", "it was three teams", "Three teams went."),
        ("Over 1000 came.", "more than 1,000 people", "Over 1,000 came."),
        ("It has twelve rooms.", "12 rooms", "It has 12 rooms."),
    ],
)
def test_dates_and_numbers_are_spelt_as_in_the_cited_words(
    text: str, cited: str, spelt: str
) -> None:
    assert as_cited(text, cited) == spelt


@pytest.mark.parametrize(
    ("text", "cited"),
    [
        ("On 9 March 1999.", "March 10, 1999"),
        ("There are 3.", "three of one and 3 of the other"),
        ("There are 4.", "three"),
        ("On March 3, 2001.", "three people on 4 May"),
        ("No number here.", "seven"),
    ],
)
def test_what_the_cited_words_do_not_have_or_spell_in_two_ways_is_left_alone(
    text: str, cited: str
) -> None:
    assert as_cited(text, cited) == text


WORDS = st.lists(
    st.sampled_from(["3", "three", "1,000", "1000", "May", "2007", "8", "on", "people", "twelve"]),
    max_size=12,
).map(" ".join)


@PROPERTY
@given(WORDS, WORDS)
def test_no_number_is_gained_or_lost(text: str, cited: str) -> None:
    assert numbers(as_cited(text, cited)) == numbers(text)


@pytest.mark.parametrize(
    ("text", "cited"),
    [
        ("He won for the 3rd time.", "He won three medals."),
        ("It fell in the 20th century.", "Twenty fell."),
        ("It is 5km long and costs $5, or 5 %.", "It took five men."),
        ("No one saw it; they helped one another.", "Of them 1 was there."),
        ("He won three medals.", "He came in 3rd."),
    ],
)
def test_a_number_that_is_part_of_something_stays_as_it_is(text: str, cited: str) -> None:
    assert as_cited(text, cited) == text

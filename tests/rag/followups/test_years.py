import pytest

from rag.followups.years import with_year

IN_2005 = "Who led the town in 2005?"
OPENED = "When was the bridge opened?"
IN_1932 = "The bridge was opened in 1932 by the mayor."


@pytest.mark.parametrize(
    ("question", "earlier", "answer", "meant"),
    [
        ("And the year after?", IN_2005, "", "And in 2006?"),
        ("what about the year before that", IN_2005, "", "what about in 2004"),
        ("Who led it the following year?", IN_2005, "", "Who led it in 2006?"),
        ("Who left in the previous year?", IN_2005, "", "Who left in 2004?"),
        ("What was the debt that year?", IN_2005, "Lee, of 2001.", "What was the debt in 2005?"),
        ("And for the same year?", IN_2005, "", "And for 2005?"),
        ("Who was mayor that year?", OPENED, IN_1932, "Who was mayor in 1932?"),
        ("who was mayor then", IN_2005, "", "who was mayor in 2005"),
        ("Who checked the accounts then?", IN_2005, "", "Who checked the accounts in 2005?"),
        ("And a year later?", "Who was mayor?", "Ann Lee was in 1932.", "And in 1933?"),
    ],
)  # fmt: skip
def test_a_year_is_counted_from_the_one_that_was_spoken_of(
    question: str, earlier: str, answer: str, meant: str
) -> None:
    assert with_year(question, earlier, answer) == meant


@pytest.mark.parametrize(
    ("question", "earlier"),
    [
        pytest.param("What happened the year after he left?", IN_2005, id="of something else"),
        pytest.param("Who won that year's race?", IN_2005, id="of the year"),
        pytest.param("And that year?", "Who led it from 2001 to 2005?", id="which of two"),
        pytest.param("And that year?", "Who led it in 2001/02?", id="no calendar year"),
        pytest.param("And a year earlier?", "Who led it?", id="none before"),
        pytest.param("Was 2004 as wet as that year?", IN_2005, id="a year of its own"),
        pytest.param("What happened then?", IN_2005, id="what came of it"),
        pytest.param("Who was it then?", IN_2005, id="who else"),
        pytest.param("And next year?", IN_2005, id="counted from now"),
    ],
)
def test_a_year_that_is_not_sure_is_left_as_it_is(question: str, earlier: str) -> None:
    assert with_year(question, earlier, "") == question

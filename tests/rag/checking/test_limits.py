import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.checking.limits import drops_a_limit
from tests.rag.checks import PROPERTY


@pytest.mark.parametrize(
    ("claim", "source"),
    [
        ("The knights of the town joined them.", "Some knights of the town joined them."),
        ("Herons nest in trees.", "Herons often nest in trees."),
        ("Water is removed by heat.", "A part of the water may be removed, say by heat."),
        ("Water is removed by heat.", "The water may be removed, for example by heat."),
        ("The wall was built by monks.", "Some think that the wall was built by monks."),
        ("The schools are private.", "Most of these schools are private schools."),
        ("The fire broke out in 1905.", "The fire allegedly broke out in 1905."),
    ],
)
def test_what_is_said_of_some_or_as_a_view_is_not_said_of_all(claim: str, source: str) -> None:
    assert drops_a_limit(claim, source)


@pytest.mark.parametrize(
    ("claim", "source"),
    [
        pytest.param("Some knights joined.", "Some knights joined them.", id="kept"),
        pytest.param("Knights sometimes joined.", "Many knights joined them.", id="in other words"),
        pytest.param("Ann joined.", "Ann joined, and some knights left.", id="of something else"),
        pytest.param("The song came out.", "Their most famous song came out.", id="superlative"),
        pytest.param("The nerve carries it.", "The nerve, a part of it, carries it.", id="a part"),
        pytest.param(
            "Five princes took part.",
            "Five princes took part, perhaps opposed to reforms.",
            id="another clause",
        ),
        pytest.param("Ann led it in 1756.", "In May 1756 Ann led it.", id="a month"),
        pytest.param("Ann came.", "Ann came, it is thought.", id="a view of too little"),
    ],
)
def test_a_limit_of_something_else_or_one_that_is_kept_drops_nothing(
    claim: str, source: str
) -> None:
    assert not drops_a_limit(claim, source)


WORDS = ["some", "Most", "often", "may", "May", "suggest", "the", "knights", "came", ",", ";"]


@PROPERTY
@given(st.lists(st.sampled_from(WORDS), max_size=12).map(" ".join))
def test_no_text_drops_a_limit_of_itself(text: str) -> None:
    assert not drops_a_limit(text, text)

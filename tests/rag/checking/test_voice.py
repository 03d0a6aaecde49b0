import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.checking.agree import disagrees
from rag.checking.voice import does_what_was_done, done_to_another, turned
from tests.rag.checks import PROPERTY


@pytest.mark.parametrize(
    ("claim", "source"),
    [
        ("The town was built by monks.", "Monks built the town."),
        ("Monks built the town.", "The town was built by monks."),
        ("The office was founded in 1263.", "A doctor founded the office in 1263."),
        ("Elm Design was hired to draw it.", "The network hired Elm Design to draw it."),
    ],
)
def test_the_same_said_in_the_other_voice_is_turned(claim: str, source: str) -> None:
    assert turned(claim, source)
    assert not does_what_was_done(claim, source)


@pytest.mark.parametrize(
    ("claim", "source"),
    [
        ("The office was founded in 1263.", "The office, founded in 1263, is in the north."),
        ("The office was founded in 1263.", "It was founded in 1263."),
        ("Lee was blamed for it.", "Lee earned the blame."),
    ],
)
def test_a_verb_without_what_it_is_done_to_is_not(claim: str, source: str) -> None:
    assert not turned(claim, source)


@pytest.mark.parametrize(
    ("claim", "source"),
    [
        ("The judges approve new judges.", "New judges were approved within a month."),
        ("The theatre opened in 1990.", "The theatre was opened in 1990."),
        ("A month later the senate approved the judges.", "The judges were approved in a month."),
        ("Lee awarded the prize to Kim.", "Lee awarded the prize and was awarded another."),
        ("Lee was awarded the prize.", "Lee was awarded the prize."),
    ],
)
def test_who_does_something_else_or_is_somebody_else_contradicts_nothing(
    claim: str, source: str
) -> None:
    assert not does_what_was_done(claim, source)


@pytest.mark.parametrize(
    ("claim", "source"),
    [
        (
            "The judges of the highest court of the land approve the new ones in a month.",
            "Under the old law the judges were typically approved in a month.",
        ),
        ("Lee awarded the prize in 1990.", "In 1990, Lee was awarded the prize."),
    ],
)
def test_who_does_what_was_done_to_them_has_taken_the_wrong_part(claim: str, source: str) -> None:
    assert does_what_was_done(claim, source)
    assert disagrees(claim, source)


@pytest.mark.parametrize(
    ("claim", "source"),
    [
        ("Sales fell by 3 %.", "Sales had fallen by 3 %."),
        ("The port is enabled by default.", "The port is disabled by default."),
        ("It is started by holding the key.", "Hold the key to start it."),
        ("Passwords have at least 12 signs.", "Passwords must be at least 12 signs."),
        ("It was different by law.", "The law was different."),
    ],
)
def test_what_nobody_does_is_no_passive(claim: str, source: str) -> None:
    assert not turned(claim, source)
    assert not does_what_was_done(claim, source)


def test_a_king_does_it_although_he_ends_in_ing() -> None:
    assert turned("The town was built by King Lee.", "King Lee built the town.")


WORDS = ["judges", "Lee", "was", "were", "approved", "approve", "built", "by", "the", "town", ","]


@PROPERTY
@given(st.lists(st.sampled_from(WORDS), max_size=12).map(" ".join))
def test_no_text_is_turned_against_itself(text: str) -> None:
    assert not turned(text, text)
    assert not does_what_was_done(text, text)


FRONT = "Aircraft flew on Monday over areas controlled by members of the Al Sham organization."


@pytest.mark.parametrize(
    ("claim", "source"),
    [
        ("Al Sham is an organization controlled by members of Al Sham.", FRONT),
        ("The aircraft were controlled by members of Al Sham.", FRONT),
    ],
)
def test_what_was_done_to_something_else_of_the_source_is_told_apart(
    claim: str, source: str
) -> None:
    assert done_to_another(claim, source)
    assert disagrees(claim, source)


@pytest.mark.parametrize(
    ("claim", "source"),
    [
        ("The areas were controlled by members of Al Sham.", FRONT),
        ("Land was controlled by members of Al Sham.", FRONT),
        ("The bridge was painted by Kim.", "The bridge, opened in 1932, was painted by Kim."),
        ("The bridge was painted by Kim.", "It opened in May. It was painted by Kim."),
        ("The plans were approved by Lee.", "They saw plans of a town hall approved by Lee."),
        ("A bridge painted by Kim was opened.", "The mayor opened a bridge painted by Kim."),
    ],
)
def test_the_same_thing_in_other_words_is_not_another(claim: str, source: str) -> None:
    assert not done_to_another(claim, source)

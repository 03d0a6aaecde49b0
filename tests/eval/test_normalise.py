import re
import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eval.normalise import collapse, marks, normalise, tokens, without_marks


def official(text: str) -> str:
    """The definition, step by step: lower, punctuation, articles, whitespace."""
    kept = "".join(letter for letter in text.lower() if letter not in set(string.punctuation))
    return " ".join(re.sub(r"\b(a|an|the)\b", " ", kept).split())


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The  Alder Bridge!", "alder bridge"),
        ("a cat, an owl & the theatre", "cat owl theatre"),
        ("U.S.A.", "usa"),
        ("five-year", "fiveyear"),
        ("“fighters’”", "fighters"),
        ("The", ""),
        ("ÉTÉ", "été"),
    ],
)
def test_normalisation_by_example(text: str, expected: str) -> None:
    assert normalise(text) == expected


@given(st.text(alphabet=st.characters(exclude_characters="“”‘’"), max_size=60))
def test_normalisation_is_the_official_one_but_for_curly_quotes(text: str) -> None:
    assert normalise(text) == official(text)


@given(st.text(max_size=60))
def test_words_have_no_blanks(text: str) -> None:
    assert all(word and not any(map(str.isspace, word)) for word in tokens(text))


def test_marks_are_no_words() -> None:
    assert without_marks("Four lanes [1][12], and  a path [3].") == "Four lanes, and a path."


def test_a_year_in_brackets_is_no_mark() -> None:
    text = "Donoghue v Stevenson [1932] AC 562 [1]."
    assert without_marks(text) == "Donoghue v Stevenson [1932] AC 562."
    assert marks(text) == (1,)


def test_collapse_trims_and_joins() -> None:
    assert collapse(" a\t\n b\u00a0c ") == "a b c"

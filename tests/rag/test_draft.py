import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.draft import MAX_SENTENCES, draft_sentences
from tests.rag.checks import PROPERTY


@pytest.mark.parametrize(
    ("reply", "sentences"),
    [
        ("It opened in 1932.", ["It opened in 1932."]),
        ("It opened in 1932. It has four lanes.", ["It opened in 1932.", "It has four lanes."]),
        ("Answer: It opened in 1932.", ["It opened in 1932."]),
        ("**It** opened in `1932`.", ["It opened in 1932."]),
        ("# Bridge\nIt opened\nin 1932.", ["Bridge It opened in 1932."]),
        ("It opened in 1932 [1]. It has lanes.[2, 3]", ["It opened in 1932.", "It has lanes."]),
        ("In Re Quay [2024] UKUT 66 it was.", ["In Re Quay [2024] UKUT 66 it was."]),
        ("It costs $3.5 million.", ["It costs $3.5 million."]),
        ("in 1932", ["in 1932"]),
        ("", []),
        (" \n ", []),
        ("... !", []),
    ],
)
def test_a_reply_becomes_plain_sentences(reply: str, sentences: list[str]) -> None:
    assert draft_sentences(reply) == sentences


def test_no_more_sentences_are_taken_than_are_shown() -> None:
    reply = " ".join(f"The bridge has {n} lanes." for n in range(2, 12))
    assert len(draft_sentences(reply)) == MAX_SENTENCES


def test_a_sentence_that_was_cut_off_is_left_out_unless_it_is_all_there_is() -> None:
    assert draft_sentences("It opened in 1932. It has", cut=True) == ["It opened in 1932."]
    assert draft_sentences("It opened in", cut=True) == ["It opened in"]
    whole = ["It opened in 1932.", "It has lanes."]
    assert draft_sentences("It opened in 1932. It has lanes.", cut=True) == whole
    assert draft_sentences("It opened in 1932. It has lanes.") == whole


PIECES = [
    "It opened.",
    "[1]",
    " [2, 3]",
    "**",
    "`",
    "# ",
    "\n",
    " ",
    "Answer: ",
    "Dr. No",
    "7",
    "?",
]


@PROPERTY
@given(st.lists(st.sampled_from(PIECES), max_size=20))
def test_sentences_are_single_lines_without_marks_and_never_blank(pieces: list[str]) -> None:
    for sentence in draft_sentences("".join(pieces)):
        assert sentence == " ".join(sentence.split())
        assert any(character.isalnum() for character in sentence)
        assert not re.search(r"\[\d+\]", sentence)


@pytest.mark.parametrize(
    ("reply", "plain"),
    [
        ("The method __init__ calls __new__.", "The method __init__ calls __new__."),
        ("It computes x**y for 2**3.", "It computes x**y for 2**3."),
        ("__Ann Lee__ opened **it**.", "Ann Lee opened it."),
        ("**Answer: Ann Lee opened it.", "Answer: Ann Lee opened it."),
        ("这是**重点**内容。", "这是重点内容。"),
    ],
)
def test_marks_within_a_word_are_its_own(reply: str, plain: str) -> None:
    assert draft_sentences(reply) == [plain]

"""Blocks beyond measure are cut where a reader would cut them, and nothing of them is lost."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.blocks import Block, Kind
from index.long_blocks import MAX_CHARS, pieces
from tests.index.cutting import cut


def texts(text: str, kind: Kind = Kind.PROSE) -> list[str]:
    return [text[b.start : b.end] for b in pieces(text, Block(kind, 0, len(text)))]


def test_a_usual_block_stays_as_it_is() -> None:
    block = Block(Kind.PROSE, 0, MAX_CHARS, page=3, location="slide 1")
    assert list(pieces("a. " * MAX_CHARS, block)) == [block]


def test_prose_is_cut_after_the_last_sentence_that_fits() -> None:
    sentence = "The ship that sails on this day carries fish, and rope to the harbour."
    found = texts(" ".join([sentence] * 300))
    assert [len(text) for text in found] == [9_939, 9_939, 1_419]
    assert all(text.startswith("The") and text.endswith("harbour.") for text in found)


def test_lines_are_cut_after_the_last_one_that_fits() -> None:
    found = texts("\r\n".join(["- one. two"] * 2_000), Kind.LINES)
    assert [text.count("one. two") for text in found] == [833, 833, 334]
    assert all(text.startswith("- one") and text.endswith("two") for text in found)


def test_text_without_sentences_is_cut_between_words_or_anywhere() -> None:
    assert texts("word " * 3_000)[0] == "word " * 1_999 + "word"
    assert [len(text) for text in texts("x" * 25_000)] == [10_000, 10_000, 5_000]


def test_every_piece_says_where_it_is() -> None:
    text = "word " * 3_000
    block = Block(Kind.PROSE, 0, len(text), page=3, location="here", header="A | B")
    assert {(b.page, b.location, b.header) for b in pieces(text, block)} == {(3, "here", "A | B")}


def test_a_file_without_a_line_break_is_cut_into_paragraphs_with_ids_of_their_own() -> None:
    paragraphs = cut("a.txt", " ".join(f"Ship {n} sails." for n in range(2_000)))
    assert [p.ordinal for p in paragraphs] == [1, 2, 3, 4]
    assert len({p.id for p in paragraphs}) == 4
    assert sum(len(p.sentences) for p in paragraphs) == 2_000


@pytest.mark.parametrize("pattern", ["![a", "!\u201ca", "a?)", "!(a"])
def test_marks_without_words_are_no_sentences(pattern: str) -> None:
    (paragraph,) = cut("a.txt", pattern * 2_000)
    assert len(paragraph.sentences) == 1


@given(st.text("a .\n", max_size=200), st.integers(1, 400), st.sampled_from(Kind))
def test_nothing_but_blanks_is_lost(part: str, times: int, kind: Kind) -> None:
    text = part * times
    found = list(pieces(text, Block(kind, 0, len(text))))
    assert all(b.end - b.start <= MAX_CHARS for b in found)
    assert all(a.end <= b.start for a, b in pairwise(found))
    assert "".join("".join(text[b.start : b.end] for b in found).split()) == "".join(text.split())

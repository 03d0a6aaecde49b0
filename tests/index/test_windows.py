from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.paragraphs import prose_spans
from index.windows import Count, windows


def written(sentences: list[list[int]]) -> str:
    """Sentences of words of these lengths; no letter twice, so that every window has one place."""
    letters = (chr(number) for number in range(0x1400, 0x1680))
    return "\n".join(
        " ".join("".join(next(letters) for _ in range(length)) for length in words) + "."
        for words in sentences
    )


texts = st.lists(st.lists(st.integers(1, 30), min_size=1, max_size=6), max_size=4).map(written)


def up_to(limit: int) -> tuple[Count, int]:
    """Counts words, and long ones by their length, as tokenizers do."""
    return counted, limit


def counted(texts: Sequence[str]) -> list[int]:
    return [sum(1 + len(word) // 8 for word in text.split()) for text in texts]


def test_a_text_that_fits_is_its_own_window() -> None:
    assert windows("  Ships sail. \n", *up_to(2)) == ("  Ships sail. \n",)
    assert windows("", *up_to(0)) == ("",)


def test_windows_hold_whole_sentences_and_repeat_one() -> None:
    text = "One ship sails. Two ships sail. Three ships sail. Four ships sail."
    assert windows(text, *up_to(6)) == (
        "One ship sails. Two ships sail.",
        "Two ships sail. Three ships sail.",
        "Three ships sail. Four ships sail.",
    )


def test_a_sentence_is_not_repeated_where_the_next_one_would_not_fit_beside_it() -> None:
    text = "One two three four. Five six seven eight. Nine."
    assert windows(text, *up_to(5)) == ("One two three four.", "Five six seven eight. Nine.")


def test_a_table_is_cut_at_its_lines_before_it_is_cut_between_words() -> None:
    text = "a 1 2 3\nb 4 5 6\nc 7 8 9"
    assert windows(text, *up_to(8)) == ("a 1 2 3\nb 4 5 6", "b 4 5 6\nc 7 8 9")


def test_a_sentence_that_is_too_long_is_cut_between_words_and_a_word_anywhere() -> None:
    assert windows("one two three", *up_to(1)) == ("one", "two", "three")
    assert "".join(windows("x" * 100, *up_to(3))) == "x" * 100


@given(text=texts, limit=st.integers(1, 30))
def test_every_window_fits_and_every_character_is_in_one(text: str, limit: int) -> None:
    cut = windows(text, counted, limit)
    position = covered = 0
    for window in cut:
        assert counted([window])[0] <= limit
        position = text.index(window, position)
        assert not text[covered:position].strip()
        covered = max(covered, position + len(window))
    assert not text[covered:].strip()


@given(text=texts, limit=st.integers(6, 30))
def test_every_sentence_that_fits_is_whole_in_some_window(text: str, limit: int) -> None:
    cut = windows(text, counted, limit)
    for start, end in prose_spans(text):
        sentence = text[start:end]
        if counted([sentence])[0] <= limit:
            assert any(sentence in window for window in cut)


@pytest.mark.parametrize("limit", [1, 5, 300])
def test_the_number_of_windows_is_bounded_by_the_number_of_words(limit: int) -> None:
    text = " ".join(f"Word{n} ends here." for n in range(100))
    assert len(windows(text, *up_to(limit))) <= 300

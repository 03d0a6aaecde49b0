import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.rarity import covered, of_tokens, telling_words, weighed
from index.types import Paragraph

QUESTION = "How much did the Kelder bridge cost?"
COUNTS = {"kelder": 90, "bridge": 60, "cost": 3}


def paragraph(text: str, *headings: str) -> Paragraph:
    return Paragraph(f"a.md#{text}", "a.md", 1, 0, len(text), text, heading_path=headings)


def test_words_that_join_are_not_weighed() -> None:
    assert telling_words("Is the bridge of Kelder the new Bridge?") == ["bridge", "kelder", "new"]


def test_the_rarer_word_tells_more() -> None:
    weights = weighed(COUNTS, 100)
    assert weights["cost"] > weights["bridg"] > weights["kelder"] > math.log(2)
    assert weighed({"granite": 0}, 100)["granit"] == pytest.approx(math.log1p(200))


def test_an_index_without_paragraphs_weighs_all_the_same() -> None:
    assert set(weighed({"a": 0, "b": 0}, 0).values()) == {math.log1p(2)}


def test_headings_and_what_a_document_is_about_count_as_a_paragraphs_words() -> None:
    weights = weighed(COUNTS, 100)
    assert covered(weights, paragraph("It cost nine crowns.", "The bridge"), "Kelder") == 1.0
    alone = covered(weights, paragraph("It cost nine crowns."), "")
    assert covered(weights, paragraph("The Kelder bridge is new."), "") < alone < 1.0
    assert covered({}, paragraph("It cost nine crowns."), "Kelder") == 0.0


def test_release_four_is_also_written_with_a_point() -> None:
    assert covered(weighed({"4": 1}, 9), paragraph("Release 4.0 is out."), "") == 1.0


def test_each_token_of_a_word_has_its_share_of_what_the_word_tells() -> None:
    weights = weighed(COUNTS, 100)
    begin = QUESTION.index("Kelder")
    spans = [(0, 3), (begin, begin + 3), (begin + 3, begin + 6), (len(QUESTION) - 1, len(QUESTION))]
    assert of_tokens(weights, QUESTION, spans) == pytest.approx(
        [1.0, weights["kelder"] / 2, weights["kelder"] / 2, 1.0]
    )


@given(st.text(max_size=60), st.lists(st.tuples(st.integers(0, 60), st.integers(0, 60))))
def test_every_token_tells_something(text: str, spans: list[tuple[int, int]]) -> None:
    weights = weighed(dict.fromkeys(telling_words(text), 1), 10)
    shares = of_tokens(weights, text, np.array(spans, dtype=np.int64).reshape(-1, 2))
    assert shares.shape == (len(spans),)
    assert (shares > 0).all()


@pytest.mark.parametrize(
    ("done", "called"),
    [
        ("founded", "founder"),
        ("gegründet", "Gründerin"),
        ("fondé", "fondateur"),
        ("créé", "créatrice"),
        ("fundó", "fundadora"),
    ],
)
def test_one_who_founded_it_is_its_founder(done: str, called: str) -> None:
    weights = weighed({done: 5, "club": 9}, 100)
    assert covered(weights, paragraph(f"Ann Lee, {called}, club, died."), "") == 1.0
    assert covered(weights, paragraph("The club has a flounder."), "") < 1.0

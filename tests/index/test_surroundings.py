from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from index.surroundings import READ_WITH, in_surroundings, is_short
from index.types import Paragraph


def paragraph(text: str, *headings: str) -> Paragraph:
    return Paragraph("a.txt#1", "a.txt", 1, 0, len(text), text, headings)


LEAD = paragraph("Houston Oil Trust published a study of its reserves.")
SAID = paragraph("It said that revenues had fallen by 44 pct.", "Trust", "Reserves")


def test_a_short_paragraph_is_read_behind_its_headings_and_the_one_before() -> None:
    passage = in_surroundings(SAID, [LEAD])
    assert passage.text == f"Trust / Reserves\n\n{LEAD.text}\n\n{SAID.text}"
    assert passage.text == passage.before + SAID.text


def test_a_long_paragraph_is_read_alone() -> None:
    long = replace(SAID, text="word " * 80)
    assert not is_short(long)
    assert in_surroundings(long, [LEAD]).before == ""


def test_of_a_long_text_before_the_last_words_are_read_from_the_beginning_of_one() -> None:
    before = paragraph(" ".join(f"word{n}" for n in range(200)))
    said = in_surroundings(SAID, [before]).before
    assert said.endswith("word198 word199\n\n")
    assert set(said.split()[3:]) < set(before.text.split())


def test_less_than_a_clause_of_what_stands_before_is_left_out() -> None:
    headed = replace(SAID, heading_path=("h" * (READ_WITH - len(SAID.text) - 30),))
    before = paragraph("A study of reserves was published by a trust of that name.")
    assert in_surroundings(headed, [before]).before == f"{headed.heading_path[0]}\n\n"


def test_the_first_paragraph_of_a_document_without_headings_is_read_alone() -> None:
    assert in_surroundings(LEAD, []).before == ""


texts = st.text(st.characters(codec="utf-8"), max_size=700)


@given(texts, st.lists(texts, max_size=3), st.lists(texts, max_size=9))
def test_what_is_read_holds_the_paragraph_at_its_end_within_the_limit(
    text: str, headings: list[str], earlier: list[str]
) -> None:
    passage = in_surroundings(paragraph(text, *headings), [paragraph(e) for e in earlier])
    assert passage.text[len(passage.before) :] == text
    assert len(passage.text) <= max(len(text), READ_WITH + 4)

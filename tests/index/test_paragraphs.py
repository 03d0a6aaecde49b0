"""Ids, offsets and sentences: examples first, then what holds for every text."""

import hashlib
from collections import Counter
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.blocks import plain_blocks
from index.lines import has_word, lines_of
from index.paragraphs import check_offsets
from tests.index.cutting import cut, paragraphs_of
from tests.index.texts import simple_paragraphs, texts


def ids(text: str, path: str = "a.txt", *, markdown: bool = False) -> list[str]:
    return [p.id for p in cut(path, text, markdown=markdown)]


def sentences(text: str) -> list[str]:
    (paragraph,) = cut("a.txt", text)
    return [sentence.text for sentence in paragraph.sentences]


def without_blanks(text: str) -> str:
    return "".join(character for character in text if not character.isspace())


def test_an_id_is_the_path_and_a_hash_of_the_text() -> None:
    (one,) = ids("It was late.", "guide/setup.md")
    path, digest = one.split("#")
    assert path == "guide/setup.md"
    assert len(digest) == 12
    assert set(digest) <= set("0123456789abcdef")


def test_the_same_text_in_another_file_has_the_same_hash_and_another_id() -> None:
    (here,), (there,) = ids("It was late.", "a.txt"), ids("It was late.", "b.txt")
    assert here != there
    assert here.split("#")[1] == there.split("#")[1]


def test_exact_repeats_are_numbered_from_the_second_on() -> None:
    first, other, second, third = ids("Yes.\n\nNo.\n\nYes.\n\nYes.")
    assert [second, third] == [f"{first}-2", f"{first}-3"]
    assert "-" not in other


def test_another_heading_above_changes_no_id() -> None:
    assert ids("# A\n\nOne.", markdown=True) == ids("# B\n\nOne.", markdown=True)


@pytest.mark.parametrize(
    ("title", "kept"),
    [
        ("a" * 300, "a" * 300),
        ("words " * 49 + "at end", "words " * 49 + "at end"),
        ("words " * 49 + "at end more", "words " * 49 + "at end …"),
        ("words " * 20_000, ("words " * 50).strip() + " …"),
        ("a" * 20_000, "a" * 300 + " …"),
    ],
)
def test_of_a_heading_beyond_measure_the_beginning_is_kept(title: str, kept: str) -> None:
    paragraphs = cut("a.md", f"# {title}\n\nOne.\n\nTwo.", markdown=True)
    assert [p.heading_path for p in paragraphs] == [(kept,), (kept,)]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.md", "# {}\n\nOne."),
        ("a.html", "<h1>{}</h1><p>One.</p>"),
        ("a.rst", "{}\n" + "=" * 4000 + "\n\nOne."),
        ("a.tex", "\\begin{{document}}\n\\section{{{}}}\n\nOne.\n\\end{{document}}"),
        ("a.eml", "Subject: {}\n\nOne."),
    ],
)
def test_headings_of_every_format_are_cut_short(name: str, content: str) -> None:
    (paragraph, *_) = paragraphs_of(name, content.format("words " * 600).encode())
    assert 290 < len(paragraph.heading_path[0]) <= 302


def test_ordinals_count_citable_paragraphs_from_1() -> None:
    paragraphs = cut("a.md", "# A\n\nOne.\n\n---\n\nTwo.", markdown=True)
    assert [p.ordinal for p in paragraphs] == [1, 2]


def test_a_heading_with_nothing_below_it_is_a_paragraph_under_those_above_it() -> None:
    text = (
        "# Contact\n\n## Phone: 555 1234\n\nMail:\na@b.org\n---\n\n# Ships\n\n## Salt\n\nText.\n\n"
        "## Wood\n\n# \n"
    )
    paragraphs = cut("a.md", text, markdown=True)
    check_offsets(text, paragraphs)
    assert [(p.heading_path, p.text) for p in paragraphs] == [
        (("Contact",), "Phone: 555 1234"),
        (("Contact",), "Mail:\na@b.org"),
        (("Ships", "Salt"), "Text."),
        (("Ships",), "Wood"),
    ]


def test_a_heading_of_headings_alone_is_said_once() -> None:
    text = "# Ships\n\n## Salt\n\n### Tides\n"
    found = [(p.heading_path, p.text) for p in cut("a.md", text, markdown=True)]
    assert found == [(("Ships", "Salt"), "Tides")]


def test_a_paragraph_is_cut_into_its_sentences() -> None:
    assert sentences("It was late. Dr. Lee paid 3.5 U.S. dollars! Why?") == [
        "It was late.",
        "Dr. Lee paid 3.5 U.S. dollars!",
        "Why?",
    ]


def test_a_sentence_may_run_over_a_line_break() -> None:
    assert sentences("It was\nlate. So\r\nwe left.") == ["It was\nlate.", "So\r\nwe left."]


def test_lines_with_a_label_each_are_sentences_and_one_in_running_text_is_none() -> None:
    there = "Present: Ann Lee (chair), Tom Kruse, Priya Rao, Joan Field"
    away = "Apologies: Sam Obi, who is unwell, and Jon Day, who is\r\naway"
    for end in ("\n", "\r\n"):
        assert sentences(f"{there}{end}{away}") == [there, away]
    prose = "He told the others who had come to the meeting\nafterwards: nobody had been asked."
    assert sentences(prose) == [prose]


def test_the_number_of_a_clause_belongs_to_its_sentence() -> None:
    assert sentences('1.7. "Work" is work. (a) It is done. See 2. It was.')[:2] == [
        '1.7. "Work" is work.',
        "(a) It is done.",
    ]
    assert sentences("They took plan B. It failed.") == ["They took plan B.", "It failed."]


@pytest.mark.parametrize(
    "text",
    [
        "A1. Trust in people is asked first.",
        "Table 2a. Trust by wave and region.",
        "Fig. 3. The number of those who trust.",
        "Anno 1438, about. The choir stalls were carved by Syfrid.",
        "1349. In this year the great death came.",
    ],
)
def test_what_is_numbered_or_dated_begins_with_its_number_or_year(text: str) -> None:
    assert sentences(f"{text} It was late in 1352. He came.") == [
        text,
        "It was late in 1352.",
        "He came.",
    ]


@pytest.mark.parametrize("marks", ["(i) (ii) (iii) (iv)", "I. II. III. IV.", "viii) ix) x) xi)"])
def test_items_numbered_in_roman_numerals_are_sentences_each(marks: str) -> None:
    items = [f"{mark} pay part {i};" for i, mark in enumerate(marks.split())]
    assert sentences("\n".join(items)) == items


@pytest.mark.parametrize(
    "text",
    [
        "The parties hear that Ms. Brandt was appointed.",
        "The rule in paras. 4 and 5 is said to be of approx. 30 years ago.",
        "Der bisherige 2. Vorsitzende ist aus dem 19. Jahrhundert und nicht im 4. Stock.",
        "Der Dipl.-Ing. Bergner und der Hr. Holz sind für die 3 Tsd. Euro da.",
        "Les comptes du bât. C sont approuvés, c.-à-d. validés par la société.",
        "La vivienda n.º 31, 4.º B, es de D. Ramón y de D.ª Carmen.",
        "**This one is marked.**",
        "A mason, who had 4½d. a day, had 6s. 2d. by then and 3l. after.",
        "It is said in fol. 31 of vol. 2 and has notes.[1,3–5]",
    ],
)
def test_a_sentence_goes_on_after_a_short_form_and_ends_with_its_marks(text: str) -> None:
    assert sentences(f"{text} And this is another.") == [text, "And this is another."]


def test_a_title_alone_at_the_end_of_a_sentence_ends_it() -> None:
    assert sentences("She is called Ms. and not more.") == ["She is called Ms. and not more."]
    assert sentences("The form of address is Ms.") == ["The form of address is Ms."]


def test_a_paragraph_without_a_sentence_end_is_one_sentence() -> None:
    assert sentences("as one does") == ["as one does"]


def test_a_paragraph_that_is_not_at_its_offsets_is_refused() -> None:
    text = "One is here.\n\nTwo is here."
    one, two = cut("a.txt", text)
    check_offsets(text, [one, two])
    for wrong in ([replace(one, start=1), two], [two, one], [one, replace(two, text="Two.")]):
        with pytest.raises(ValueError, match="not at its offsets"):
            check_offsets(text, wrong)


def test_a_sentence_that_is_not_at_its_offsets_is_refused() -> None:
    text = "One is here.\n\nTwo is here."
    one, two = cut("a.txt", text)
    with pytest.raises(ValueError, match="a sentence is not at its offsets"):
        check_offsets(text, [replace(one, sentences=two.sentences), two])


@given(text=st.one_of(texts(), st.text()), markdown=st.booleans())
def test_offsets_and_sentences_are_exact_for_every_text(text: str, markdown: bool) -> None:
    paragraphs = cut("a.md", text, markdown=markdown)
    check_offsets(text, paragraphs)
    for paragraph in paragraphs:
        assert text[paragraph.start : paragraph.end] == paragraph.text
        assert paragraph.text == paragraph.text.strip()
        assert has_word(paragraph.text)
        together = "".join(sentence.text for sentence in paragraph.sentences)
        assert without_blanks(together) == without_blanks(paragraph.text)
        assert [s.ordinal for s in paragraph.sentences] == list(range(len(paragraph.sentences)))
    assert len({p.id for p in paragraphs}) == len(paragraphs)
    assert [p.ordinal for p in paragraphs] == list(range(1, len(paragraphs) + 1))


@given(text=st.one_of(texts(), st.text()))
def test_every_line_of_plain_text_is_in_one_paragraph_or_heading(text: str) -> None:
    blocks = plain_blocks(text)
    for line in lines_of(text):
        if has_word(line.text):
            assert sum(b.start <= line.start and line.end <= b.end for b in blocks) == 1


@given(text=texts(), markdown=st.booleans())
def test_an_id_depends_on_the_path_the_text_and_the_repeats_before_it_only(
    text: str, markdown: bool
) -> None:
    seen: Counter[str] = Counter()
    for paragraph in cut("a.md", text, markdown=markdown):
        digest = hashlib.sha256(paragraph.text.encode()).hexdigest()[:12]
        seen[digest] += 1
        repeat = f"-{seen[digest]}" if seen[digest] > 1 else ""
        assert paragraph.id == f"a.md#{digest}{repeat}"


@settings(max_examples=50)
@given(
    others=st.lists(simple_paragraphs(), max_size=6),
    new=simple_paragraphs(),
    at=st.integers(min_value=0, max_value=6),
    markdown=st.booleans(),
    line_end=st.sampled_from(["\n", "\r\n", "\r"]),
)
def test_a_paragraph_put_in_between_blank_lines_changes_no_other_id(
    others: list[str], new: str, at: int, markdown: bool, line_end: str
) -> None:
    """Holds wherever the others are still cut as before, and the new one repeats none of them."""
    blank = line_end * 2
    before = ids(blank.join(others), markdown=markdown)
    after = ids(blank.join([*others[:at], new, *others[at:]]), markdown=markdown)
    added = Counter(after) - Counter(before)
    assert Counter(before) - Counter(after) == Counter()
    assert len(added) == 1
    if new not in others:
        (added_id,) = added
        assert [id_ for id_ in after if id_ != added_id] == before

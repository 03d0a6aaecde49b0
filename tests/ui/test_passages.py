"""Paragraphs as the page draws them: the mark is exactly the quoted span, whatever the format."""

from hypothesis import given
from hypothesis import strategies as st

from tests.ui.markup.test_markdown import markdown
from ui.passages import LONGEST, body, excerpt, line, quoted
from ui.render import printable
from ui.views import PartView, Run

TABLE = "| Pier | Cost |\n|------|-----:|\n| **North** | 2.4 million |\n| South |  |"


def shown(parts: tuple[PartView, ...]) -> str:
    return "".join(run.text for part in parts for run in part.runs)


def marked(parts: tuple[PartView, ...]) -> str:
    return "".join(run.text for part in parts for run in part.runs if run.marked)


@given(st.text(), st.integers(0, 50), st.integers(0, 50))
def test_plain_text_is_shown_whole_and_its_mark_is_the_span(
    text: str, start: int, end: int
) -> None:
    parts, _ = body("a.txt", text.replace("|", "").replace("\t", ""), start, end)
    kept = printable(text.replace("|", "").replace("\t", ""))
    assert shown(parts) == kept
    assert marked(parts) == (kept[start:end] if start < end else "")


@given(markdown, st.data())
def test_the_mark_in_markdown_is_what_is_seen_of_the_span(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    parts, rows = body("a.md", text, start, end)
    runs = [run for part in parts for run in part.runs]
    runs += [run for row in rows for cell in row for run in cell]
    marks = "".join(run.text for run in runs if run.marked)
    # What is marked stands in the span, in order, and what is not stands outside of it.
    kept = iter(printable(text[start:end]))
    assert all(character in kept for character in marks)
    outside = iter(printable(text[:start] + text[end:]))
    assert all(character in outside for run in runs if not run.marked for character in run.text)
    if any(character.isalnum() for character in text[start:end]):
        assert marks.strip()


def test_marked_words_keep_their_look_and_the_mark_goes_through_it() -> None:
    text = "It cost **2.4 million** euros."
    start = text.index("cost")
    [part], _ = body("a.md", text, start, text.index(" euros"))
    assert part.runs == (
        Run("It "),
        Run("cost ", True),
        Run("2.4 million", True, ("strong",)),
        Run(" euros."),
    )


def test_words_that_would_be_hidden_are_shown_as_they_stand_when_they_are_quoted() -> None:
    text = "![A map](http://x.y/map.png) of it."
    start = text.index("map.png")
    parts, _ = body("a.md", text, start, start + 3)
    assert (shown(parts), marked(parts)) == (text, "map")
    assert shown(body("a.md", text, 0, 0)[0]) == "A map of it."


def test_a_table_has_its_cells_with_their_marks_and_the_quote_goes_across_them() -> None:
    start = TABLE.index("North")
    parts, rows = body("a.md", TABLE, start, TABLE.index(" million"))
    assert parts == ()
    assert rows[1:] == (
        ((Run("North", True, ("strong",)),), (Run("2.4", True), Run(" million"))),
        ((Run("South"),), ()),
    )
    assert "**" in rows_text("a.txt")


def rows_text(path: str) -> str:
    return "".join(run.text for row in body(path, TABLE, 0, 0)[1] for cell in row for run in cell)


def test_what_is_quoted_from_the_ruler_of_a_table_is_seen() -> None:
    parts, rows = body("a.md", TABLE, TABLE.index("---"), TABLE.index("---") + 3)
    assert rows == ()
    assert marked(parts) == "---"


def test_lists_of_pages_are_lists_and_those_of_plain_text_stand_as_they_are() -> None:
    text = "- one *x*\n- two"
    assert [p.shape for p in body("a.html", text, 0, 0)[0]] == ["bullet", "bullet"]
    assert shown(body("a.html", text, 0, 0)[0]) == "one *x*two"
    assert shown(body("a.txt", text, 0, 0)[0]) == text


def test_a_quotation_reads_without_its_marks_and_one_from_a_table_as_it_stands() -> None:
    text = "- It cost **2.4 million**\n- euros"
    assert quoted("a.md", text, text.index("cost"), len(text)) == "cost 2.4 million euros"
    assert quoted("a.txt", text, 2, 11) == text[2:11]
    assert quoted("a.md", TABLE, 2, 13) == TABLE[2:13]


def test_a_heading_loses_its_marks() -> None:
    assert line("a.md", "On `x`") == (Run("On "), Run("x", False, ("code",)))
    assert line("a.txt", "On `x`") == (Run("On `x`"),)


@given(st.text("ab .é\U0001f600", max_size=900), st.data())
def test_an_excerpt_marks_the_same_words_and_adds_nothing(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    parts = excerpt("a.txt", text, start, end, context=40)
    assert marked(parts) == text[start:end]
    assert shown(parts).removeprefix("… ").removesuffix(" …") in text
    assert len(shown(parts)) <= (end - start) + 2 * 60 + 4


def test_the_number_of_an_item_keeps_its_blank_when_it_is_quoted() -> None:
    for path, text in (("a.md", "1. mend it\n2. paint"), ("a.docx", "1) mend it\n2) paint")):
        start = text.index("1")
        assert quoted(path, text, start, text.index("\n")) == f"{text[start : start + 2]} mend it"


def test_an_excerpt_cuts_between_words_and_keeps_the_look_of_what_is_left() -> None:
    text = "alpha beta gamma delta epsilon *zeta* eta theta iota kappa"
    start = text.index("zeta")
    [part] = excerpt("a.md", text, start, start + 4, context=12)
    assert part.runs == (
        Run("… "),
        Run("epsilon "),
        Run("zeta", True, ("emphasis",)),
        Run(" eta theta"),
        Run(" …"),
    )


def test_of_a_text_no_page_could_hold_what_is_around_the_mark_is_shown() -> None:
    text = "word " * 20_000
    parts, rows = body("a.md", text, 50_000, 50_004)
    assert (marked(parts), rows) == ("word", ())
    assert LONGEST - 100 < len(shown(parts)) < LONGEST + 100

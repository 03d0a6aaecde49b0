"""Markdown as its reader sees it: every character of the raw text once, in order, or markup."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from tests.timing import thread_s
from tests.ui.hostile import HOSTILE_TEXTS
from ui.markup.markdown import markdown_parts
from ui.markup.parts import Part, Shape, Span, Style

PIECES = (
    *"ab1 *_`~[]()<>!\\\n\t#>-+|:\"'&é🙂\r\0",
    "- ", "> ", "1. ", "```", "**", "  \n", "](", "![", "http://x.y", "    ", "\n\n",
    "<b>", "\u00a0",
)  # fmt: skip
markdown = st.lists(st.sampled_from(PIECES), max_size=60).map("".join)


def spans(parts: tuple[Part, ...]) -> list[Span]:
    return [span for part in parts for span in part.spans]


def seen(text: str) -> str:
    """What is shown of a text, without line breaks."""
    shown = (s for s in spans(markdown_parts(text)) if Style.MARKUP not in s.styles)
    return "".join(text[s.start : s.end] for s in shown if Style.BREAK not in s.styles)


def styled(text: str, style: Style) -> list[str]:
    return [text[s.start : s.end] for s in spans(markdown_parts(text)) if style in s.styles]


def looks(text: str) -> list[tuple[str, int, int]]:
    return [(part.shape.value, part.indent, part.quoted) for part in markdown_parts(text)]


@given(markdown)
@example("- a\n\n\tb\n\tc")
@example("> ```\n> \ta\n")
@example("1. \\\n   b")
def test_every_character_is_shown_once_in_order_or_is_markup(text: str) -> None:
    at = 0
    for span in spans(markdown_parts(text)):
        assert span.start == at < span.end
        at = span.end
        assert set(span.styles) <= set(Style)
        assert span.styles == (Style.MARKUP,) or Style.MARKUP not in span.styles
    assert at == len(text)


@given(markdown.filter(lambda text: "![" not in text and "```" not in text and "~~~" not in text))
def test_no_word_is_hidden_but_what_an_image_shows_instead_and_a_fence_says(text: str) -> None:
    hidden = [s for s in spans(markdown_parts(text)) if s.styles == (Style.MARKUP,)]
    words = [text[s.start : s.end] for s in hidden]
    assert not any(character.isalnum() for word in words for character in word), words


@pytest.mark.parametrize("text", [t for t in HOSTILE_TEXTS if len(t) <= 20_000])
def test_hostile_text_yields_known_shapes_and_styles_alone(text: str) -> None:
    for part in markdown_parts(text):
        assert part.shape in Shape
        assert {style for span in part.spans for style in span.styles} <= set(Style)


def test_marks_within_a_line_become_styles() -> None:
    text = "A **bold *word***, `co *de`, ~~gone~~ and snake_case_name."
    assert seen(text) == "A bold word, co *de, gone and snake_case_name."
    assert styled(text, Style.STRONG) == ["bold ", "word"]
    assert styled(text, Style.EMPHASIS) == ["word"]
    assert styled(text, Style.CODE) == ["co *de"]
    assert styled(text, Style.STRUCK) == ["gone"]


def test_a_link_is_its_text_with_the_address_beside_it_and_an_image_its_description() -> None:
    text = 'See [the *plan*](http://a.b/c_d_e "Title") and ![a map](map.png), <http://x.y>.'
    assert seen(text) == 'See the plan(http://a.b/c_d_e "Title") and a map, http://x.y.'
    assert styled(text, Style.LINK) == ["the ", "plan"]
    assert styled(text, Style.ADDRESS) == ['(http://a.b/c_d_e "Title")', "http://x.y"]
    assert styled(text, Style.IMAGE) == ["a map"]


def test_an_image_without_a_description_shows_its_address_and_one_in_a_link_both() -> None:
    assert seen("![](a.png)") == "(a.png)"
    assert seen("[![alt](a.png)](http://b)") == "alt(http://b)"
    assert seen("[a [b](c) d](e)") == "[a b(c) d](e)"


def test_escapes_breaks_and_html_keep_to_what_they_say() -> None:
    assert seen(r"2 \* 3 \* 4 \a") == r"2 * 3 * 4 \a"
    breaks = styled("one  \ntwo\\\nthree<br>four", Style.BREAK)
    assert "".join(breaks) == "  \n\\\n<br>"
    assert seen("<a href='*x*'>y</a> *z*") == "<a href='*x*'>y</a> z"


def test_a_list_has_its_levels_its_numbers_and_what_belongs_to_its_items() -> None:
    text = "- one\n- two\n  goes on\n  1. deep\n\n  more of two\n- ```\n  co  de\n  ```"
    assert looks(text) == [
        ("bullet", 1, 0), ("bullet", 1, 0), ("numbered", 2, 0), ("prose", 1, 0), ("code", 1, 0),
    ]  # fmt: skip
    assert seen(text) == "onetwo\ngoes on1.deepmore of twoco  de"
    assert styled(text, Style.LABEL) == ["1."]


def test_block_quotes_headings_and_code_lose_their_marks() -> None:
    assert looks("> a\n> b\n>\n> > c") == [("prose", 0, 1), ("prose", 0, 2)]
    assert seen("> a\n> b\n>\n> > c") == "a\nbc"
    assert looks("- # Title #\n- x") == [("heading", 1, 0), ("bullet", 1, 0)]
    assert seen("- # Title #\n- x") == "Titlex"
    assert looks("```py\nx = 1\n\n  y\n```") == [("code", 0, 0)]
    assert seen("```py\nx = 1\n\n  y\n```") == "x = 1\n\n  y"


def test_html_and_what_else_no_block_holds_stand_as_they_are() -> None:
    assert looks("<p align=center>\nHello *you*\n</p>") == [("plain", 0, 0)]
    assert seen("- a\n\n  [x]: http://b.c\n- d") == "a  [x]: http://b.cd"


PLAIN_MARKS = st.lists(
    st.sampled_from(("a", "b ", "*", "**", "_", "`", "``", " ", "\\*", "[c](d)", "(", ".", "é")),
    max_size=25,
).map("".join)


@given(PLAIN_MARKS)
def test_what_is_shown_is_what_commonmark_shows(marks: str) -> None:
    text = f"x{marks}x"
    tokens = MarkdownIt("commonmark").parseInline(text)[0].children or []
    shown = "".join(
        token.content + ("(d)" if token.type == "link_close" else "") for token in tokens
    )
    assert seen(text) == shown


@pytest.mark.parametrize(
    "text",
    [
        "[" * 20_000, "](" * 10_000, "*a_" * 6_000, "`a``" * 5_000, "<a" * 10_000, "![" * 10_000,
        "](a " * 5_000, '](a "' * 4_000, "](" + " " * 19_000, "**a" * 6_000, "- " * 10_000,
        "> " * 10_000, "](a(" * 5_000, "[a](b)" * 3_000, "a*b_c" * 4_000,
        "_a*" * 6_000 + "*_" * 900,
    ],
    ids=lambda text: text[:5],
)  # fmt: skip
def test_no_text_takes_long(text: str) -> None:
    assert thread_s(lambda: markdown_parts(text), times=1) < 2.0

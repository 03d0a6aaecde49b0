"""Text from outside stays text, whatever it holds."""

import re
from collections.abc import Callable
from html.parser import HTMLParser

from hypothesis import given
from hypothesis import strategies as st

from index.types import Paragraph
from tests.ui.corpus import ATTACK
from ui.render import inert, place, printable

# What makes Markdown or HTML of text, and what attacks are made of, more often than by chance.
texts = st.text() | st.lists(
    st.sampled_from(["<", ">", "&", '"', "'", "`", "\n", "\n\n", "[1]", "](", "$", "${", "{{", "%"])
    | st.sampled_from(
        ["<img src=x>", "</div>", "&lt;", "&#60;", "http://x", "\x85", "\ud800", "\r"]
    )
    | st.text(max_size=5)
).map("".join)


class Parsed(HTMLParser):
    """Tags, attributes and text of a piece of markup, as an HTML parser sees it."""

    def __init__(self, markup: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str]] = []
        self.text = ""
        self.links: list[str] = []
        self.other = ""
        self.feed(markup)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += [(name, value or "") for name, value in attrs]
        if tag == "a":
            self.links.append(dict(attrs)["href"] or "")

    def handle_data(self, data: str) -> None:
        self.text += data

    def handle_comment(self, data: str) -> None:
        self.other += data

    def handle_decl(self, decl: str) -> None:
        self.other += decl

    def handle_pi(self, data: str) -> None:
        self.other += data


@given(texts)
def test_inert_text_reads_back_as_the_printable_text_and_holds_no_syntax(text: str) -> None:
    parsed = Parsed(f"<b>{inert(text)}</b>")
    assert parsed.tags == ["b"]
    assert parsed.text == printable(text)
    assert not set(re.sub(r"&#\d+;", "", inert(text))) & set("<>&\"'`*_[](){}!#$%~|\\^=+:/@\n\r\t")


@given(texts)
def test_printable_keeps_the_length_and_can_be_sent_as_utf8(text: str) -> None:
    assert len(printable(text)) == len(text)
    printable(text).encode()


def test_places_name_the_page_where_there_is_one() -> None:
    assert place(Paragraph("i", "p", 3, 0, 1, "x")) == "paragraph 3"
    assert place(Paragraph("i", "p", 3, 0, 1, "x", page=7)) == "page 7, paragraph 3"
    assert place(Paragraph("i", "p", 3, 0, 1, "x", location="slide 2")) == "slide 2, paragraph 3"


def test_each_part_of_a_place_is_told_in_the_language_spoken(
    speaking: Callable[[str], None],
) -> None:
    speaking("de")
    table = Paragraph("i", "p", 4, 0, 1, "x", location="table 1, rows 2-4")
    assert place(table) == "Tabelle 1, Zeilen 2-4, Absatz 4"


def test_the_attack_of_the_browser_tests_holds_what_it_should() -> None:
    for part in ("<img", "![](", "](javascript:", "$$", "${", "{{", "%%%LATEX", "<form", "`"):
        assert part in ATTACK

"""The text of a paragraph of OpenDocument, and what styles say of it."""

import re
from collections.abc import Iterator

from lxml import etree

from index.readers.builder import clean, clean_line
from index.readers.notes import Note

_NAMES = {
    "office": "urn:oasis:names:tc:opendocument:xmlns:office:1.0",
    "text": "urn:oasis:names:tc:opendocument:xmlns:text:1.0",
    "table": "urn:oasis:names:tc:opendocument:xmlns:table:1.0",
    "style": "urn:oasis:names:tc:opendocument:xmlns:style:1.0",
    "draw": "urn:oasis:names:tc:opendocument:xmlns:drawing:1.0",
    "meta": "urn:oasis:names:tc:opendocument:xmlns:meta:1.0",
    "dc": "http://purl.org/dc/elements/1.1/",
}
_HEADING = re.compile(r"Heading_20_([1-9])")
_MOST_BLANKS = 100
_MOST_PARENTS = 20


def name(short: str) -> str:
    """The full name of an element or attribute: "text:p"."""
    space, _, local = short.partition(":")
    return f"{{{_NAMES[space]}}}{local}"


PARAGRAPHS = frozenset({name("text:p"), name("text:h")})
NOTE, COMMENT = name("text:note"), name("office:annotation")
BOX = name("draw:text-box")
_APART = frozenset({NOTE, COMMENT, BOX, name("text:ruby-text"), name("text:tracked-changes")})


class Styles:
    """What the styles of a document say, those of its own paragraphs and those that have names."""

    def __init__(self, *roots: etree._Element) -> None:
        self._parents: dict[str, str] = {}
        self._levels: dict[str, int] = {}
        self._hidden: set[str] = set()
        for style in (one for root in roots for one in root.iter(name("style:style"))):
            own = style.get(name("style:name"), "")
            self._parents[own] = style.get(name("style:parent-style-name"), "")
            level = style.get(name("style:default-outline-level"))
            if level is not None:
                self._levels[own] = int(level) if level in tuple("123456789") else -1
            text = style.find(name("style:text-properties"))
            if text is not None and text.get(name("text:display")) == "none":
                self._hidden.add(own)

    def level(self, style: str) -> int:
        """0 for the title of a document, 1 for a first heading and so on; -1 for no heading."""
        for one in self._line(style):
            if one == "Title":
                return 0
            if heading := _HEADING.fullmatch(one):
                return int(heading[1])
            if one in self._levels:
                return self._levels[one]
        return -1

    def hides(self, element: etree._Element) -> bool:
        """Is what it holds not shown?"""
        style = element.get(name("text:style-name"), "")
        never = (
            element.get(name("text:display")) == "none"
            or element.get(name("text:is-hidden")) == "true"
        )
        return never or any(one in self._hidden for one in self._line(style))

    def _line(self, style: str) -> list[str]:
        """It, what it was made from, and so on."""
        line: list[str] = []
        while style and len(line) < _MOST_PARENTS:
            line.append(style)
            style = self._parents.get(style, "")
        return line


def shown(paragraph: etree._Element, styles: Styles) -> str:
    """Its text, without notes, comments, text boxes and what is hidden."""
    parts: list[str] = []
    walk = etree.iterwalk(paragraph, events=("start", "end", "comment", "pi"))
    for event, element in walk:
        if event in ("comment", "pi"):
            parts.append(element.tail or "")
        elif event == "start":
            if element.tag in _APART or styles.hides(element):
                walk.skip_subtree()
            else:
                parts.append(_written(element) + (element.text or ""))
        elif element is not paragraph:
            parts.append(element.tail or "")
    return "".join(parts)


def notes_in(element: etree._Element, styles: Styles) -> Iterator[Note]:
    """Its notes and comments, each with the text of its paragraphs."""
    for note in element.iter(NOTE, COMMENT):
        text = "\n".join(shown(p, styles) for p in note.iter(*PARAGRAPHS))
        if note.tag == NOTE:
            yield Note("notes", clean(text))
        else:
            author = clean_line(note.findtext(name("dc:creator"), ""))
            yield Note("comments", clean(text), f"Comment by {author}" if author else "")


def _written(element: etree._Element) -> str:
    """What stands for blanks and breaks, which XML would lose."""
    if element.tag == name("text:s"):
        count = element.get(name("text:c"), "1")
        return " " * (min(int(count), _MOST_BLANKS) if count.isdecimal() else 1)
    if element.tag == name("text:line-break"):
        return "\n"
    return " " if element.tag == name("text:tab") else ""

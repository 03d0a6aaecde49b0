"""The numbers that Word writes before paragraphs by itself: "5.1", "(a)", or a bullet.

They stand in no paragraph's text but follow from word/numbering.xml and from what went before. A
contract speaks of its clauses by them.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from docx.oxml.ns import qn
from lxml import etree

from index.readers.numerals import BULLET, formed

_PLACE = re.compile(r"%([1-9])")
_SHOWN = re.compile(r"[^\W_]")
_LEVELS = 9
_MAX_STYLES_DEEP = 20


@dataclass(frozen=True, slots=True)
class _Level:
    start: int
    form: str
    text: str
    legal: bool


_PLAIN = _Level(1, "bullet", "", False)


@dataclass(slots=True)
class _List:
    """A numbering that several of Word's numbers may share; ``counts`` go on over all of them."""

    levels: dict[int, _Level]
    styles: dict[str, int]
    counts: dict[int, int] = field(default_factory=dict)


class Numbers:
    """Asked of each paragraph in order, since each number follows from those before it."""

    def __init__(self, numbering: etree._Element | None, styles: etree._Element) -> None:
        self._styles = {style.get(qn("w:styleId"), ""): style for style in styles}
        self._lists: dict[str, _List] = {}
        self._numbers: dict[str, tuple[_List, dict[int, int]]] = {}
        self._begun: set[tuple[str, int]] = set()
        if numbering is None:
            return
        for element in numbering.iterchildren(qn("w:abstractNum")):
            self._lists[element.get(qn("w:abstractNumId"), "")] = _list(element)
        for element in numbering.iterchildren(qn("w:num")):
            shared = self._lists.get(value(element, "w:abstractNumId"))
            if shared is not None:
                starts = dict(_starts(element))
                self._numbers[element.get(qn("w:numId"), "")] = shared, starts

    def mark(self, properties: etree._Element | None, style: str) -> str:
        """What stands before the paragraph; "" where nothing does. A bullet is a hyphen."""
        number, level = self._place(properties, style)
        if not number or number == "0":
            return ""
        shared, starts = self._numbers.get(number, (_List({}, {}), {}))
        self._count(number, shared, level, starts)
        own = shared.levels.get(level, _PLAIN)
        if own.form == "bullet":
            # Pandoc gives a blank one to what goes on with an item.
            return "" if own.text.isspace() else BULLET

        def shown(place: re.Match[str]) -> str:
            at = int(place[1]) - 1
            form = "decimal" if own.legal else shared.levels.get(at, own).form
            return formed(shared.counts.get(at, 1), form)

        text = _PLACE.sub(shown, own.text).strip()
        return text if _SHOWN.search(text) or not text else BULLET

    def _count(self, number: str, shared: _List, level: int, starts: dict[int, int]) -> None:
        counts = shared.counts
        for above in range(level):
            counts.setdefault(above, shared.levels.get(above, _PLAIN).start)
        if level in starts and (number, level) not in self._begun:
            counts[level] = starts[level]
        elif level in counts:
            counts[level] += 1
        else:
            counts[level] = shared.levels.get(level, _PLAIN).start
        self._begun.add((number, level))
        for below in [at for at in counts if at > level]:
            del counts[below]

    def _place(self, properties: etree._Element | None, style: str) -> tuple[str, int]:
        """The number's id and level: the paragraph's own, or those of its style."""
        own = properties.find(qn("w:numPr")) if properties is not None else None
        number, level = value(own, "w:numId"), value(own, "w:ilvl")
        name = style
        for _ in range(_MAX_STYLES_DEEP):
            if number or name not in self._styles:
                break
            of_style = self._styles[name].find(f"{qn('w:pPr')}/{qn('w:numPr')}")
            number, level = value(of_style, "w:numId"), level or value(of_style, "w:ilvl")
            if number and not level and number in self._numbers:
                # A style's level is often told by the numbering alone.
                level = str(self._numbers[number][0].styles.get(name, 0))
            name = value(self._styles[name], "w:basedOn")
        return number, int(level) if level in tuple("012345678") else 0


def value(parent: etree._Element | None, name: str) -> str:
    """The value of an element in ``parent``, or ""."""
    child = parent.find(qn(name)) if parent is not None else None
    return "" if child is None else str(child.get(qn("w:val"), ""))


def _list(element: etree._Element) -> _List:
    found = _List({}, {})
    for at, level in _each_level(element, "w:lvl"):
        form = value(level, "w:numFmt") or "decimal"
        legal = level.find(qn("w:isLgl")) is not None
        start, text = _number(value(level, "w:start"), 1), value(level, "w:lvlText")
        found.levels[at] = _Level(start, form, text, legal)
        if style := value(level, "w:pStyle"):
            found.styles[style] = at
    return found


def _starts(number: etree._Element) -> Iterable[tuple[int, int]]:
    """The levels that begin anew with this number, and with what."""
    for at, override in _each_level(number, "w:lvlOverride"):
        if start := value(override, "w:startOverride"):
            yield at, _number(start, 1)


def _each_level(element: etree._Element, name: str) -> Iterable[tuple[int, etree._Element]]:
    for level in element.iterchildren(qn(name)):
        at = _number(level.get(qn("w:ilvl"), ""), _LEVELS)
        if at < _LEVELS:
            yield at, level


def _number(text: str, otherwise: int) -> int:
    return int(text) if text.isascii() and text.isdecimal() and len(text) < _LEVELS else otherwise

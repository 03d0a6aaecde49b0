"""The marks of items and headings that OpenDocument counts by itself: "-", "3.", "5.1", "(a)"."""

from collections.abc import Iterable

from lxml import etree

from index.readers.numerals import BULLET, formed
from index.readers.opendocument_text import name

_FORMS = {"1": "decimal", "a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman"}
_FORMS |= {"I": "upperRoman"}
_LEVELS = (name("text:list-level-style-number"), name("text:outline-level-style"))
_MOST = 1_000_000


class Numbers:
    """Of one document, item by item in its order.

    A list begins anew at 1 unless it says that it goes on; one inside another with each item.
    """

    def __init__(self, roots: Iterable[etree._Element]) -> None:
        self._levels: dict[tuple[str, int], etree._Element] = {}
        self._counts: dict[str, list[int]] = {}
        for style in (
            one
            for root in roots
            for one in root.iter(name("text:list-style"), name("text:outline-style"))
        ):
            outline = style.tag == name("text:outline-style")
            own = "" if outline else style.get(name("style:name"), "")
            for level in style:
                depth = level.get(name("text:level"), "")
                if depth.isdecimal():
                    self._levels[own, int(depth)] = level

    def begin(self, style: str, *, goes_on: bool) -> None:
        """A list of this style begins."""
        if not goes_on:
            self._counts.pop(style, None)

    def mark(self, style: str, depth: int, start: str = "") -> str:
        """Of the next item at this depth, from 1 on; "" for one without. ``start`` is its number
        where it has one of its own. The style of headings is "".
        """
        level = self._levels.get((style, depth))
        if level is None or level.tag not in _LEVELS:
            return BULLET if style or level is not None else ""
        counts = self._counts.setdefault(style, [])
        if len(counts) < depth:
            counts += [self._first(style, at) for at in range(len(counts) + 1, depth + 1)]
        else:
            del counts[depth:]
            counts[-1] += 1
        counts[-1] = _number(start, counts[-1])
        shown = _number(level.get(name("text:display-levels"), ""), 1)
        parts = [
            formed(count, _FORMS[form])
            for at, count in enumerate(counts[-shown:], depth - min(shown, depth) + 1)
            if (form := self._form(style, at)) in _FORMS
        ]
        if not parts:
            return ""
        before, after = (level.get(name(f"style:num-{side}"), "") for side in ("prefix", "suffix"))
        return f"{before}{'.'.join(parts)}{after}".strip()

    def _form(self, style: str, depth: int) -> str:
        level = self._levels.get((style, depth))
        return "" if level is None else level.get(name("style:num-format"), "")

    def _first(self, style: str, depth: int) -> int:
        level = self._levels.get((style, depth))
        return _number("" if level is None else level.get(name("text:start-value"), ""), 1)


def _number(text: str, otherwise: int) -> int:
    return min(int(text), _MOST) if text.isdecimal() and text.isascii() else otherwise

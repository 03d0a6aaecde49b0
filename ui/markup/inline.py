"""Markdown's marks inside a paragraph -> styles, by CommonMark's rules for what a reader sees.

Known are emphasis, code, links and images with their address beside them, addresses in angle
brackets, escapes and line breaks. HTML and references to addresses elsewhere stay as they stand.
"""

import re
import string
from bisect import bisect_right
from collections import defaultdict
from dataclasses import dataclass

from ui.markup.emphasis import Delimiter, delimiter, emphasis
from ui.markup.parts import Mark, Style

_SPECIAL = re.compile(r"[\\`<*_~!\[\]]| {2,}\n")
_TICKS = re.compile(r"`+")
_ADDRESS = re.compile(r"<(?:[A-Za-z][A-Za-z0-9+.-]{1,31}:[^\s<>]*|[^\s<>@]+@[^\s<>@]+)>")
_LINE_BREAK = re.compile(r"<br[ \t]*/?>", re.IGNORECASE)
_TAG = re.compile(r"</?[A-Za-z][^<>]*>|<!--.*?-->", re.DOTALL)
# Bounded throughout, so that no text makes it search for long.
_TARGET = re.compile(
    r"\([ \t\n]{0,9}"
    r"(?:<[^<>\n]{0,2000}>|[^\s()<>]{0,2000}(?:\([^\s()<>]{0,2000}\)[^\s()<>]{0,2000}){0,9})"
    r"(?:[ \t\n]{1,9}(?:\"[^\"]{0,300}\"|'[^']{0,300}'|\([^()]{0,300}\)))?[ \t\n]{0,9}\)"
)


@dataclass(frozen=True, slots=True)
class _Bracket:
    """An opening bracket and how many runs of emphasis stood before it."""

    start: int
    end: int
    delimiters: int

    @property
    def is_image(self) -> bool:
        return self.end - self.start == 2


def inline_marks(text: str) -> list[Mark]:
    """The styles of a paragraph's text whose lines end with LF."""
    return _Scan(text).marks


class _Scan:
    """One pass over a text, with what is open so far."""

    def __init__(self, text: str) -> None:
        self._text = text
        self.marks: list[Mark] = []
        self._delimiters: list[Delimiter] = []
        self._brackets: list[_Bracket] = []
        self._in_link = 0  # Brackets below this one can be no link: there are none within links.
        self._ticks: defaultdict[int, list[int]] = defaultdict(list)
        for found in _TICKS.finditer(text):
            self._ticks[len(found.group())].append(found.start())
        at = 0
        while special := _SPECIAL.search(text, at):
            at = self._step(special.start(), special.group()[0])
        self.marks += emphasis(self._delimiters)

    def _step(self, at: int, character: str) -> int:
        """Take up what stands at ``at``; where to go on."""
        match character:
            case "\\":
                return self._escape(at)
            case "`":
                return self._code(at)
            case "<":
                return self._angle(at)
            case "*" | "_" | "~":
                return self._run(at, character)
            case "!" if not self._text.startswith("[", at + 1):
                return at + 1
            case "!" | "[":
                end = at + (2 if character == "!" else 1)
                self._brackets.append(_Bracket(at, end, len(self._delimiters)))
                return end
            case "]":
                return self._closed(at)
            case _:  # Two blanks at the end of a line.
                end = self._text.index("\n", at) + 1
                self.marks.append((at, end, Style.BREAK))
                return end

    def _escape(self, at: int) -> int:
        following = self._text[at + 1 : at + 2]
        if following == "\n":
            self.marks.append((at, at + 2, Style.BREAK))
        elif following and following in string.punctuation:
            self.marks.append((at, at + 1, Style.MARKUP))
        else:
            return at + 1
        return at + 2

    def _code(self, at: int) -> int:
        opening = _TICKS.match(self._text, at)
        first = opening.end() if opening else at + 1
        width = first - at
        places = self._ticks[width]
        following = bisect_right(places, at)
        if following == len(places):
            return first
        last = places[following]
        inside = self._text[first:last]
        blank = " \n"
        padded = inside[:1] in blank and inside[-1:] in blank and inside.strip() != ""
        pad = 1 if padded else 0
        self.marks += [
            (at, first + pad, Style.MARKUP),
            (first + pad, last - pad, Style.CODE),
            (last - pad, last + width, Style.MARKUP),
        ]
        return last + width

    def _angle(self, at: int) -> int:
        if found := _ADDRESS.match(self._text, at):
            first, last = at + 1, found.end() - 1
            self._hide(at, first)
            self.marks.append((first, last, Style.ADDRESS))
            self._hide(last, found.end())
        elif found := _LINE_BREAK.match(self._text, at):
            self.marks.append((at, found.end(), Style.BREAK))
        else:
            found = _TAG.match(self._text, at)
        return found.end() if found else at + 1

    def _run(self, at: int, character: str) -> int:
        end = at + 1
        while self._text.startswith(character, end):
            end += 1
        self._delimiters.append(delimiter(self._text, at, end))
        return end

    def _closed(self, at: int) -> int:
        if not self._brackets:
            return at + 1
        opening = self._brackets.pop()
        free = opening.is_image or len(self._brackets) >= self._in_link
        self._in_link = min(self._in_link, len(self._brackets))
        target = _TARGET.match(self._text, at + 1) if free else None
        if target is None:
            return at + 1
        self.marks += emphasis(self._delimiters[opening.delimiters :])
        del self._delimiters[opening.delimiters :]
        self._hide(opening.start, opening.end)
        described = self._text[opening.end : at].strip() != ""
        if opening.is_image and described:
            self.marks.append((opening.end, at, Style.IMAGE))
            self._hide(at, target.end())
            return target.end()
        if not opening.is_image:
            self._in_link = len(self._brackets)
            self.marks.append((opening.end, at, Style.LINK))
        self._hide(at, at + 1)
        self.marks.append((at + 1, target.end(), Style.ADDRESS))
        return target.end()

    def _hide(self, start: int, end: int) -> None:
        self.marks.append((start, end, Style.MARKUP))

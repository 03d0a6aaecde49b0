"""A page -> its lines of words with their boxes, as PDFium finds them, and the lines it draws.

PDFium gives the characters in the order in which they were written, with line breaks of its own;
what belongs together on the page is for ``layout.py`` to say.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pypdfium2.raw as pdfium
from pypdfium2 import PdfPage

from index.readers.pdf.letters import Letters
from index.readers.pdf.rules import Quad, Rule, drawn_rules
from index.readers.progress import text_came

HYPHEN = "\ufffe"
"""What PDFium writes for a hyphen at the end of a line; it leaves out the line break after it."""

_TOKEN = re.compile(rf"[^\s{HYPHEN}]+{HYPHEN}?|{HYPHEN}|\n")

# A raised number behind a unit or a variable, or behind 10, is an exponent.
_NOTED = re.compile(r"(?:(?:[^\W\d_]{3}|\d)(?<!\b10)[^\w\s]{0,3}|[^\W\d_][.,;:!?”’]{1,3})$")
# "Fenwick" and a raised a, which says where she works.
_LETTERED = re.compile(r"[^\W\d_]{3}([a-h])[,*†‡§]*$")
_SMALLER = 0.9
_RAISED = 0.1


@dataclass(frozen=True, slots=True)
class PageWord:
    """A word, or its half before or after a hyphen, in points from the page's top left corner."""

    text: str
    x0: float
    top: float
    x1: float
    bottom: float
    bold: bool = False

    @property
    def height(self) -> float:
        return self.bottom - self.top


@dataclass(frozen=True, slots=True)
class PageText:
    """A page's size as it is shown, and its words, by line as they were written.

    ``turn`` is 0, or the quarter by which most of its words are turned, in degrees clockwise; the
    boxes of words and rules are then those of the page turned back, so that its lines lie level.
    """

    number: int
    width: float
    height: float
    lines: tuple[tuple[PageWord, ...], ...]
    blank: bool
    turn: int = 0
    rules: tuple[Rule, ...] = ()

    def shown(self, word: PageWord) -> Quad:
        """A word's box on the page as it is shown."""
        match self.turn:
            case 90:
                return self.width - word.bottom, word.x0, self.width - word.top, word.x1
            case 270:
                return word.top, self.height - word.x1, word.bottom, self.height - word.x0
        return word.x0, word.top, word.x1, word.bottom


def page_text(page: PdfPage, number: int) -> PageText:
    """The words of a page that are turned as most of them are."""
    to_shown = _Shown(page)
    text_page = page.get_textpage()
    try:
        text = _characters(text_page)
        text_came(len(text))
        lines, turn = _lines(text, Letters(text_page), to_shown)
    finally:
        text_page.close()
    blank = not lines and pdfium.FPDFPage_CountObjects(page.raw) == 0
    rules: tuple[Rule, ...] = ()
    if lines:
        rules = drawn_rules(page, lambda rect: _upright(to_shown.box(rect), turn, to_shown))
    return PageText(number, to_shown.width, to_shown.height, lines, blank, turn, rules)


class _Shown:
    """Turns PDF coordinates into those of the page as it is shown: cropped, turned, y down."""

    def __init__(self, page: PdfPage) -> None:
        box = pdfium.FS_RECTF()
        # Unlike the boxes of the page itself, this one is also right where they are inherited.
        pdfium.FPDF_GetPageBoundingBox(page.raw, box)
        self._left, self._right, self._bottom, self._top = box.left, box.right, box.bottom, box.top
        self._turn = page.get_rotation() % 360
        self.width, self.height = page.get_size()

    def box(self, rect: Any) -> Quad:
        x0, x1 = rect.left - self._left, rect.right - self._left
        y0, y1 = self._top - rect.top, self._top - rect.bottom
        if not self._turn:
            return x0, y0, x1, y1
        width, height = self._right - self._left, self._top - self._bottom
        match self._turn:
            case 90:
                return height - y1, x0, height - y0, x1
            case 180:
                return width - x1, height - y1, width - x0, height - y0
        return y0, width - x1, y1, width - x0


def _characters(text_page: Any) -> str:
    text: str = text_page.get_text_range()
    count = text_page.count_chars()
    if len(text) == count:
        return text
    # Its text leaves out or joins some characters; boxes go by the characters' own numbers.
    codes = (pdfium.FPDFText_GetUnicode(text_page.raw, i) for i in range(count))
    return "".join(chr(code) if 0 < code < 0x110000 else "\ufffd" for code in codes)


def _lines(
    text: str, letters: Letters, shown: _Shown
) -> tuple[tuple[tuple[PageWord, ...], ...], int]:
    """The lines of the words turned as most are, and how they are turned."""
    lines: dict[int, list[list[PageWord]]] = {turn: [[]] for turn in (0, 90, 270)}
    count = dict.fromkeys(lines, 0)
    turn = 0
    for start, end in _tokens(text, letters):
        token = text[start:end]
        if token != "\n":
            bold = letters.is_bold(start)
            first = shown.box(letters.box(start))
            last = shown.box(letters.box(end - 1))
            turn = _turn(first, last) if len(token) > 1 else turn
            box = _upright(_around(first, last), turn, shown)
            if token[-1].isdecimal() and not turn and _is_raised(first, last):
                token = _with_note(token, start, first, letters, shown)
            elif not turn and (mark := _LETTERED.search(token)):
                at = mark.start(1)
                if _is_raised(first, shown.box(letters.box(start + at))):
                    token = f"{token[:at]}[{mark[1]}]{token[at + 1 :]}"
            lines[turn][-1].append(PageWord(_paired(token), *box, bold))
            count[turn] += len(token)
        if token.endswith(("\n", HYPHEN)):
            for part in lines.values():
                part.append([])
    turn = max(count, key=lambda turn: count[turn])
    return tuple(tuple(line) for line in lines[turn] if line), turn


def _tokens(text: str, letters: Letters) -> Iterator[tuple[int, int]]:
    """Where the words and the ends of lines are."""
    for match in _TOKEN.finditer(text):
        yield from letters.parted(text, *match.span())


def _is_raised(first: Quad, last: Quad) -> bool:
    """Is the last letter smaller than the first and higher, as the mark of a note is?"""
    height = first[3] - first[1]
    return last[3] - last[1] < _SMALLER * height and last[3] < first[3] - _RAISED * height


def _with_note(token: str, start: int, first: Quad, letters: Letters, shown: _Shown) -> str:
    """The word with the number of its note in brackets: else "482.3" and note 1 are "482.31"."""
    at = len(token)
    while at > 1 and (token[at - 1].isdecimal() or token[at - 1] == ","):
        if not _is_raised(first, shown.box(letters.box(start + at - 1))):
            break
        at -= 1
    word, note = token[:at], token[at:]
    return f"{word}[{note}]" if note[0].isdecimal() and _NOTED.search(word) else token


def _turn(first: Quad, last: Quad) -> int:
    """How a word is turned, by the boxes of its first and last letter."""
    fall = (last[1] + last[3] - first[1] - first[3]) / 2
    if abs(fall) <= max(first[3] - first[1], last[3] - last[1]) / 2:
        return 0
    return 90 if fall > 0 else 270


def _upright(box: Quad, turn: int, shown: _Shown) -> Quad:
    x0, top, x1, bottom = box
    match turn:
        case 90:
            return top, shown.width - x1, bottom, shown.width - x0
        case 270:
            return shown.height - bottom, x0, shown.height - top, x1
    return box


def _around(a: Quad, b: Quad) -> Quad:
    return min(a[0], b[0]), min(a[1], b[1]), max(a[2], b[2]), max(a[3], b[3])


def _paired(text: str) -> str:
    """Characters beyond the first plane may come in two halves."""
    if text.isascii():
        return text
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")

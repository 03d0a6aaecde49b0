"""What is on the pages for the sake of the pages: running heads and feet, page numbers.

A line at the top or bottom of a page is one of these when the same text (but for a number in it
that counts the pages) stands at the same height on other pages, or on every second one, as heads
of books do; a bare number at the edge is one when it counts the pages, or stands by itself far from
all else and is the page's own, as in a letter of one page. What stands far from the text, at the
height of such a line of another page or beside a number that counts, is one too.
"""

import re
from collections import Counter
from collections.abc import Container, Iterable, Iterator, Sequence, Set
from itertools import pairwise

from index.readers.pdf.layout import Column, PageLine, cells

_EDGE_LINES = 3
# Not part of an amount or a date, nor filled up with zeros as numbers of invoices are.
_COUNT = re.compile(r"(?<![\w,])(?<!\d\.)(?:[1-9]\d{0,3}|[ivxlc]{1,6})(?!\w|[.,]\d)", re.ASCII)
_PAGE_NUMBER = re.compile(
    r"\W*(?:page|p\.|seite)?\W*(\d{1,4}|[ivxlc]{1,6})(?:\s*(?:of|/|von|–|-)\s*\d{1,4})?\W*",
    re.IGNORECASE | re.ASCII,
)
_ROMAN = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100}
_GRID = 6.0
_ENOUGH_PAGES = 3
_BOTH = 2
"""Pages that lie open together."""
_FAR = 2.0
"""Line heights between a page's number that nothing else tells from text, and that text."""


def without_furniture(pages: Sequence[Sequence[Column]]) -> list[list[Column]]:
    """The columns of each page without the lines that only serve the page."""
    seen = _Seen(pages)
    first = [_serving(columns, seen) for columns in pages]
    places = Counter(place for lines in first for place in {int(x.top // _GRID) for x in lines})
    kept = []
    for columns, serving in zip(pages, first, strict=True):
        apart = [line for line in _apart(columns) if _near(line, places)]
        ids = set(map(id, [*serving, *apart]))
        left = [[line for line in column if id(line) not in ids] for column in columns]
        kept.append([column for column in left if column])
    return kept


class _Seen:
    """On which pages each text stands at each height, and how often which numbers count them."""

    def __init__(self, pages: Sequence[Sequence[Column]]) -> None:
        self._enough = min(max(len(pages), 2), _ENOUGH_PAGES)
        self._last = len(pages)
        self._pages: dict[tuple[str, int], set[int]] = {}
        self._counting: Counter[int] = Counter()
        for columns in pages:
            edges = list(_edges(columns))
            for line in edges:
                for key in _keys(line):
                    self._pages.setdefault(key, set()).add(line.page)
            shifts = {shift for line in edges for shift in _shifts(line)}
            shifts.update(shift for line in _apart(columns) for shift in _shifts_beside(line))
            self._counting.update(shifts)

    def repeated(self, line: PageLine) -> bool:
        pages = [self._pages.get(key, set()) for key in _keys(line)]
        return any(len(on) >= self._enough or self._every_second(on) for on in pages)

    def counts(self, shifts: Iterable[int]) -> bool:
        return any(self._counting[shift] >= self._enough for shift in shifts)

    def _every_second(self, pages: Set[int]) -> bool:
        """Left or right pages, all but the first, which has the title."""
        if len(pages) < _BOTH:
            return False
        first, last = min(pages), max(pages)
        return first <= _BOTH + 1 and pages == set(range(first, self._last + 1, 2)) and first < last


def _serving(columns: Sequence[Column], seen: _Seen) -> list[PageLine]:
    edges = list(_edges(columns))
    alone = set(map(id, _own_numbers(columns)))
    apart = set(map(id, _apart(columns)))
    rows = Counter(id(line.table) for column in columns for line in column if line.table)

    def serves_page(line: PageLine) -> bool:
        if rows[id(line.table)] > _EDGE_LINES:
            # The header of a table that goes on from page to page.
            return False
        shifts = [*_shifts(line), *(_shifts_beside(line) if id(line) in apart else ())]
        return id(line) in alone or seen.repeated(line) or seen.counts(shifts)

    return [line for line in edges if serves_page(line)]


def _near(line: PageLine, places: Container[int]) -> bool:
    place = line.top / _GRID
    return any(int(place + step) in places for step in (-0.5, 0, 0.5))


def _edges(columns: Sequence[Column]) -> Iterator[PageLine]:
    """The first and last few rows of a page, whichever column they are in."""
    lines = sorted((line for column in columns for line in column), key=lambda line: line.top)
    for ordered in (lines, sorted(lines, key=lambda line: -line.bottom)):
        rows = 0
        for i, line in enumerate(ordered):
            rows += i == 0 or abs(line.top - ordered[i - 1].top) > line.size / 2
            if rows > _EDGE_LINES:
                break
            yield line


def _own_numbers(columns: Sequence[Column]) -> Iterator[PageLine]:
    """The first and the last line of a page, if it is the page's number, far from all others."""
    yield from (line for line in _apart(columns) if 0 in _shifts(line))


def _apart(columns: Sequence[Column]) -> Iterator[PageLine]:
    """The first and the last line of a page, if far from all others."""
    lines = [line for column in columns for line in column]
    if len(lines) > 1:
        first, second = sorted(lines, key=lambda line: line.top)[:2]
        before, last = sorted(lines, key=lambda line: line.bottom)[-2:]
        for one, gap in ((first, second.top - first.bottom), (last, last.top - before.bottom)):
            if gap >= _FAR * one.size:
                yield one


def _keys(line: PageLine) -> Iterator[tuple[str, int]]:
    """Its text, and its height; a height between two grid lines is near both.

    Of a head in several parts, such as book and chapter, each part may be the one that repeats.
    Only a number that goes with the pages is put aside: forms differ in nothing but their amounts.
    """
    place = int(line.top // _GRID)
    near = place + 1 if line.top % _GRID > _GRID / 2 else place - 1
    for part in cells(line):
        text = " ".join(word.text for word in part).lower()
        if any(character.isalpha() for character in text):
            for key in (text, *_counting(text, line.page)):
                yield key, place
                yield key, near


def _counting(text: str, page: int) -> Iterator[str]:
    """The text with one of its numbers as its distance from the page's own, for each of them."""
    for match in _COUNT.finditer(text):
        yield f"{text[: match.start()]}#{_value(match[0]) - page}{text[match.end() :]}"


def _shifts(line: PageLine) -> Iterator[int]:
    """How far the number that this line consists of is from the page's own number."""
    if match := _PAGE_NUMBER.fullmatch(line.text):
        yield _value(match[1]) - line.page


def _shifts_beside(line: PageLine) -> Iterator[int]:
    """As ``_shifts``, of a number before or behind other words, far from them."""
    if line.table is None and len(parts := cells(line)) > 1:
        for part in (parts[0], parts[-1]):
            if match := _PAGE_NUMBER.fullmatch(" ".join(word.text for word in part)):
                yield _value(match[1]) - line.page


def _value(number: str) -> int:
    if number.isdecimal():
        return int(number)
    digits = [_ROMAN[letter] for letter in number.lower()]
    return sum(-a if a < b else a for a, b in pairwise([*digits, 0]))

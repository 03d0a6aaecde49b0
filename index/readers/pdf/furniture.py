"""What is on the pages for the sake of the pages: running heads and feet, page numbers.

A line at the top or bottom of a page is one of these when the same text (but for a number in it
that counts the pages) stands at the same height on other pages; a bare number at the edge is one
when it counts the pages, or stands by itself far from all else and is the page's own, as in a
letter of one page.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
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
_HEIGHT_GRID = 6.0
_ENOUGH_PAGES = 3
_FAR = 2.0
"""Line heights between a page's number that nothing else tells from text, and that text."""


def without_furniture(pages: Sequence[Sequence[Column]]) -> list[list[Column]]:
    """The columns of each page without the lines that only serve the page."""
    seen: Counter[tuple[str, int]] = Counter()
    counting: Counter[int] = Counter()
    for columns in pages:
        keys = {key for line in _edges(columns) for key in _keys(line)}
        seen.update(keys)
        counting.update({shift for line in _edges(columns) for shift in _shifts(line)})
    enough = min(max(len(pages), 2), _ENOUGH_PAGES)
    return [_kept(columns, seen, counting, enough) for columns in pages]


def _kept(
    columns: Sequence[Column],
    seen: Counter[tuple[str, int]],
    counting: Counter[int],
    enough: int,
) -> list[Column]:
    edges = set(map(id, _edges(columns)))
    alone = set(map(id, _own_numbers(columns)))
    rows = Counter(id(line.table) for column in columns for line in column if line.table)

    def serves_page(line: PageLine) -> bool:
        if rows[id(line.table)] > _EDGE_LINES:
            # The header of a table that goes on from page to page.
            return False
        repeated = any(seen[key] >= enough for key in _keys(line))
        counts = any(counting[shift] >= enough for shift in _shifts(line))
        return id(line) in alone or (id(line) in edges and (repeated or counts))

    kept = [[line for line in column if not serves_page(line)] for column in columns]
    return [column for column in kept if column]


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
    lines = [line for column in columns for line in column]
    if len(lines) > 1:
        first, second = sorted(lines, key=lambda line: line.top)[:2]
        before, last = sorted(lines, key=lambda line: line.bottom)[-2:]
        for one, gap in ((first, second.top - first.bottom), (last, last.top - before.bottom)):
            if gap >= _FAR * one.size and 0 in _shifts(one):
                yield one


def _keys(line: PageLine) -> Iterator[tuple[str, int]]:
    """Its text, and its height; a height between two grid lines is near both.

    Of a head in several parts, such as book and chapter, each part may be the one that repeats.
    Only a number that goes with the pages is put aside: forms differ in nothing but their amounts.
    """
    place = int(line.top // _HEIGHT_GRID)
    near = place + 1 if line.top % _HEIGHT_GRID > _HEIGHT_GRID / 2 else place - 1
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


def _value(number: str) -> int:
    if number.isdecimal():
        return int(number)
    digits = [_ROMAN[letter] for letter in number.lower()]
    return sum(-a if a < b else a for a, b in pairwise([*digits, 0]))

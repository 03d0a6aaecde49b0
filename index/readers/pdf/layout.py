"""Words on a page -> its columns of lines, in reading order.

Steps: the lines as they were written are cut at wide gaps; where a white gutter parts lines of
prose, what crosses it (a title, a wide table) parts the page into bands, and in each band the left
side is read before the right one, which may have a gutter again; what is left is put into rows.
A row of a ruled table is one line.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median

from index.readers.pdf.grid_rows import Row
from index.readers.pdf.grids import Grid, grids
from index.readers.pdf.segments import rejoined, segments, side_by_side
from index.readers.pdf.text_boxes import boxed
from index.readers.pdf.words import PageText, PageWord

CELL_GAP = 1.8
"""Beyond this many line heights, two words of a row are of two cells."""

_FEWEST_GAPS = 2
_SAME = 0.3
_EVEN = 0.05

LEADERS = re.compile(r"(?:\. ?){4,}")
"""Between a heading and its page in a table of contents."""

_GUTTER = 0.7
_MIN_SIDE_LINES = 4
_MIN_SIDE_WIDTH = 7.0
_LARGER = 0.12
_PITCH = 1.6
_MAX_COLUMNS_DEEP = 3


@dataclass(frozen=True, slots=True)
class PageLine:
    """Words side by side; ``page`` counts from 1, ``size`` is the height of most letters.

    Of a ruled ``table`` it is a row: ``row`` has its words by column, which may be several lines.
    One that is ``boxed`` is in a box beside the text, which does not go on in it.
    """

    page: int
    words: tuple[PageWord, ...]
    x0: float
    top: float
    x1: float
    bottom: float
    size: float
    bold: bool
    table: Grid | None = None
    row: Row = ()
    boxed: bool = False

    @property
    def text(self) -> str:
        return " ".join(word.text for word in self.words)

    @property
    def height(self) -> float:
        return self.bottom - self.top


Column = list[PageLine]


def columns(page: PageText) -> list[Column]:
    """The page's lines by column, in reading order; boxes beside the text come last."""
    tables = grids(page.rules, [word for line in page.lines for word in line])
    rows = [table_row(page.number, table, row) for table in tables for row in table.rows]
    taken = {id(word) for row in rows for word in row.words}
    free = [[word for word in line if id(word) not in taken] for line in page.lines]
    boxes = boxed(page.rules, [word for line in free for word in line])
    in_boxes = {id(word) for box in boxes for word in box}
    lines = _cut_at_gaps(page, ([w for w in line if id(w) not in in_boxes] for line in free))
    found = [_rows(page.number, part) for part in _ordered([*lines, *rows], 0)]
    for box in boxes:
        ids = set(map(id, box))
        inside = _cut_at_gaps(page, ([w for w in line if id(w) in ids] for line in free))
        found.append([replace(line, boxed=True) for line in _rows(page.number, inside)])
    return [column for column in found if column]


def _cut_at_gaps(page: PageText, lines: Iterable[list[PageWord]]) -> list[PageLine]:
    written = rejoined(line for line in lines if line)
    return [_line(page.number, part) for line in written for part in segments(line)]


def cells(line: PageLine) -> list[list[PageWord]]:
    """The words of a line, parted at wide gaps or by what is ruled; no empty cell."""
    if line.table:
        return [list(cell) for cell in line.row if cell]
    if _is_justified(line):
        return [list(line.words)]
    parts = [[line.words[0]]]
    for a, b in pairwise(line.words):
        if b.x0 - a.x1 > CELL_GAP * line.size:
            parts.append([])
        parts[-1].append(b)
    return parts


def _is_justified(line: PageLine) -> bool:
    """Are its words, which are not of one width, as far apart from each other as fills the line?

    Numbers are seldom among so few words, and the cells of a row may be as far apart by chance.
    """
    gaps = [b.x0 - a.x1 for a, b in pairwise(line.words)]
    if any(word.text[0].isdecimal() for word in line.words):
        return False
    if len(gaps) < _FEWEST_GAPS or max(gaps) - min(gaps) > _EVEN * line.size:
        return False
    widths = [word.x1 - word.x0 for word in line.words]
    return all(max(some) - min(some) > _SAME * line.size for some in (widths[:-1], widths[1:]))


def table_row(page: int, table: Grid, row: Row) -> PageLine:
    """A row of a table as one line."""
    line = _line(page, [word for cell in row for word in cell])
    return replace(line, table=table, row=row)


def _line(page: int, words: Sequence[PageWord]) -> PageLine:
    tall = sorted((w.height, len(w.text)) for w in words)
    half = sum(count for _, count in tall) / 2
    size = tall[-1][0]
    for height, count in tall:
        half -= count
        if half <= 0:
            size = height
            break
    return PageLine(
        page,
        tuple(words),
        min(w.x0 for w in words),
        min(w.top for w in words),
        max(w.x1 for w in words),
        max(w.bottom for w in words),
        size,
        all(w.bold for w in words),
    )


def _ordered(lines: list[PageLine], depth: int) -> list[list[PageLine]]:
    """The lines of each column, in reading order of the columns."""
    gutter = _gutter(lines) if depth < _MAX_COLUMNS_DEEP else None
    if gutter is None:
        return [lines]
    parts: list[list[PageLine]] = []
    left: list[PageLine] = []
    right: list[PageLine] = []
    across: list[PageLine] = []

    def end_band() -> None:
        titles = _titles_below(left, right)
        del left[len(left) - len(titles) :]
        parts.extend(_ordered(list(left), depth + 1) if left else [])
        parts.extend(_ordered(list(right), depth + 1) if right else [])
        left.clear()
        right.clear()
        across.extend(titles)

    for line in sorted(lines, key=lambda line: (line.top + line.bottom, line.x0)):
        if line.x0 < gutter < line.x1 or (across and _ends_across(line, across[-1], lines)):
            end_band()
            across.append(line)
            continue
        if across:
            parts.append(list(across))
            across.clear()
        (left if line.x1 <= gutter else right).append(line)
    if across:
        parts.append(list(across))
        across.clear()
    end_band()
    return [*parts, across] if across else parts


def _ends_across(line: PageLine, above: PageLine, lines: Iterable[PageLine]) -> bool:
    """Is it the short last line of a title or abstract, with nothing beside it?"""
    near = line.bottom - above.bottom <= _PITCH * above.size
    alike = line.bold == above.bold and abs(line.size - above.size) <= _LARGER * above.size
    begins = abs(line.x0 - above.x0) <= above.size / 2
    beside = (other for other in lines if other is not line)
    return near and alike and begins and not any(side_by_side(line, other) for other in beside)


def _titles_below(left: Sequence[PageLine], right: Sequence[PageLine]) -> list[PageLine]:
    """Those at the left that stand below both columns: they head what comes across them."""
    count = 0
    if left and right:
        bottom, size = max(line.bottom for line in right), median(line.size for line in left)
        for line in reversed(left):
            if line.top < bottom or not (line.bold or line.size > (1 + _LARGER) * size):
                break
            count += 1
    return list(left[len(left) - count :])


def _gutter(lines: Sequence[PageLine]) -> float | None:
    """Where a white stripe parts columns of prose, or None. Narrow sides are cells of a table."""
    if len(lines) < 2 * _MIN_SIDE_LINES:
        return None
    starts, ends = sorted(line.x0 for line in lines), sorted(line.x1 for line in lines)
    size = median(line.size for line in lines)
    best, most = None, 0
    for x in sorted({round(end) + 1 for end in ends}):
        left, right = bisect_right(ends, x), len(lines) - bisect_left(starts, x)
        if min(left, right) <= max(most, _MIN_SIDE_LINES - 1):
            continue
        inner = ends[left - 1], starts[len(lines) - right]
        if inner[1] - inner[0] >= _GUTTER * size and (left + right) * 3 >= len(lines):
            best, most = sum(inner) / 2, min(left, right)
    if best is None:
        return None
    sides = (
        [line for line in lines if line.x1 <= best],
        [line for line in lines if line.x0 >= best],
    )
    wide = all(median(s.x1 - s.x0 for s in side) >= _MIN_SIDE_WIDTH * size for side in sides)
    top = max(min(s.top for s in side) for side in sides)
    bottom = min(max(s.bottom for s in side) for side in sides)
    return best if wide and bottom - top > 2 * size else None


def _rows(page: int, lines: Iterable[PageLine]) -> Column:
    """Lines that stand side by side become one; from top to bottom."""
    rows: list[list[PageLine]] = []
    for line in sorted(lines, key=_from_top):
        if line.table:
            rows.append([line])
            continue
        near = [row for row in rows[-3:] if all(_beside(line, other) for other in row)]
        if near and not any(_overlap_across(line, other) for other in near[-1]):
            near[-1].append(line)
        else:
            rows.append([line])
    return [_joined(page, row) for row in rows]


def _from_top(line: PageLine) -> tuple[float, float, float]:
    """The rows of a table stay together, whatever stands beside it."""
    if line.table:
        return 2 * line.table.top, line.table.edges[0], line.top
    return line.top + line.bottom, line.x0, line.top


def _beside(line: PageLine, other: PageLine) -> bool:
    return other.table is None and side_by_side(line, other)


def _overlap_across(a: PageLine, b: PageLine) -> bool:
    return min(a.x1, b.x1) - max(a.x0, b.x0) > 0.5 * min(a.size, b.size)


def _joined(page: int, row: list[PageLine]) -> PageLine:
    if len(row) == 1:
        return row[0]
    backwards = _is_right_to_left(row)
    row.sort(key=lambda line: -line.x1 if backwards else line.x0)
    return _line(page, [word for line in row for word in line.words])


def _is_right_to_left(row: Sequence[PageLine]) -> bool:
    characters = [c for line in row for word in line.words for c in word.text if c.isalpha()]
    return sum("\u0590" <= c <= "\u08ff" for c in characters) * 2 > len(characters)

"""Columns of lines -> headings and paragraphs, going on over columns and pages.

A paragraph ends at a wider gap, another size of letters, an indent, an item's mark, or where the
next word would have fitted on the line after the end of a sentence.
"""

import operator
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from enum import Enum
from itertools import pairwise
from statistics import median

from index.blocks import LONG_ITEM
from index.lines import BULLET, ENUMERATOR, has_word
from index.readers.pdf.layout import Column, PageLine, cells
from index.text_tables import GROUP_CHARS, GROUP_ROWS, header_line, is_header

_USUAL_PITCH = 1.25
_WIDER = 1.3
_INDENT = 0.8
_OTHER_SIZE = 0.12
_HEADING_CHARS = 200
_BOLD_HEADING_CHARS = 120
_SAME_EDGE = 3.0

_BULLETS = rf"{BULLET}\s|\[\d{{1,3}}\]\s"
_BULLET = re.compile(_BULLETS)
_ITEM = re.compile(rf"{_BULLETS}|{ENUMERATOR}\s")
_LEADERS = re.compile(r"(?:\. ?){4,}")
_SENTENCE_END = re.compile(r"[.!?:;…][\"'”’»)\]]*(?:\d{0,2}|\[[\d,]+\])$")


class Shape(Enum):
    PROSE = "prose"
    ITEM = "item"
    TABLE = "table"
    HEADING = "heading"


@dataclass(slots=True)
class Stretch:
    """Lines that belong together. ``level`` is a heading's.

    ``header`` is that of a table whose later rows these are.
    """

    shape: Shape
    lines: list[PageLine] = field(default_factory=list)
    level: int = 0
    header: str = ""

    @property
    def size(self) -> float:
        return median(line.size for line in self.lines)

    @property
    def text(self) -> str:
        return " ".join(line.text for line in self.lines)


@dataclass(frozen=True, slots=True)
class _Edges:
    """Where most lines of a column begin, and where the longest ends."""

    left: float
    right: float


def stretches(pages: Sequence[Sequence[Column]]) -> list[Stretch]:
    """All of a document, in reading order."""
    lines = [line for columns in pages for column in columns for line in column]
    if not lines:
        return []
    body = _body_size(lines)
    pitch = _usual_pitch(pages)
    found: list[Stretch] = []
    for columns in pages:
        for column in columns:
            cut = list(_cut(column, body, pitch))
            if found and cut:
                _go_on(found, cut, body)
            found += cut
    _carry_headers(found, body)
    _set_levels(found, body)
    return [stretch for stretch in found if has_word(stretch.text)]


def _body_size(lines: Sequence[PageLine]) -> float:
    """The size that most letters have."""
    sizes: Counter[float] = Counter()
    for line in lines:
        sizes[round(line.size * 2) / 2] += len(line.text)
    return sizes.most_common(1)[0][0]


def _usual_pitch(pages: Sequence[Sequence[Column]]) -> float:
    """How far a line of a paragraph stands from the next, in line heights."""
    pitches: Counter[float] = Counter()
    for columns in pages:
        for column in columns:
            for a, b in pairwise(column):
                ratio = (b.bottom - a.bottom) / max(a.size, 1.0)
                if 0.9 < ratio < 2.5 and not a.table and not b.table:
                    pitches[round(ratio * 20) / 20] += 1
    return pitches.most_common(1)[0][0] if pitches else _USUAL_PITCH


def _cut(column: Column, body: float, pitch: float) -> Iterator[Stretch]:
    free = [line for line in column if not line.table] or column
    edges = _Edges(_left_edge(free), max(line.x1 for line in free))
    shapes = _shapes(column, body)
    stretch = Stretch(shapes[0], [column[0]])
    for (a, b), shape in zip(pairwise(column), shapes[1:], strict=True):
        if _breaks(stretch, a, b, shape, edges, pitch):
            yield stretch
            unruled = Shape.TABLE is stretch.shape is shape and not a.table and not b.table
            goes_on = unruled and not _apart(a, b, pitch)
            stretch = Stretch(shape, header=_header(stretch) if goes_on else "")
        stretch.lines.append(b)
    yield stretch


def _left_edge(column: Column) -> float:
    edges: Counter[float] = Counter()
    for line in column:
        edges[round(line.x0)] += 1
    return edges.most_common(1)[0][0]


def _shapes(column: Column, body: float) -> list[Shape]:
    """What each line begins or goes on with. One row of cells alone is no table."""
    parted = [len(cells(line)) > 1 or _LEADERS.search(line.text) is not None for line in column]
    rows = [
        here and (before or after)
        for before, here, after in zip([False, *parted], parted, [*parted[1:], False], strict=False)
    ]
    return [
        _shape(line, body, is_row, one_cell)
        for line, is_row, one_cell in zip(column, rows, map(operator.not_, parted), strict=True)
    ]


def _shape(line: PageLine, body: float, is_row: bool, one_cell: bool) -> Shape:
    text = line.text
    if line.table:
        return Shape.TABLE
    if not has_word(text):
        return Shape.PROSE
    if line.size > (1 + _OTHER_SIZE) * body and len(text) <= _HEADING_CHARS and not is_row:
        return Shape.HEADING
    if is_row:
        return Shape.TABLE
    if _ITEM.match(text):
        return Shape.ITEM
    is_title = len(text) <= _BOLD_HEADING_CHARS and not text.endswith((".", ",", ";"))
    return Shape.HEADING if line.bold and is_title and one_cell else Shape.PROSE


def _breaks(
    stretch: Stretch, a: PageLine, b: PageLine, shape: Shape, edges: _Edges, pitch: float
) -> bool:
    """Does line ``b`` of this shape begin a new stretch after ``a``, the last line of one?"""
    if _ends_table(a, b, pitch):
        return True
    if Shape.HEADING in (stretch.shape, shape):
        return stretch.shape is not shape or a.bold != b.bold or not _same_size(a, b)
    if Shape.TABLE in (stretch.shape, shape):
        return stretch.shape is not shape or _is_full(stretch, b)
    if not _same_size(a, b) or _BULLET.match(b.text):
        return True
    early = _would_fit(a, b, edges.right)
    if shape is Shape.ITEM and (stretch.shape is Shape.ITEM or early):
        return early or b.x0 <= stretch.lines[0].x0 + a.size
    sentence_ends = early and not b.text[0].islower() and _SENTENCE_END.search(a.text) is not None
    if stretch.shape is Shape.ITEM:
        return sentence_ends or b.x0 < stretch.lines[0].x0 - _INDENT * a.size
    indented = b.x0 - a.x0 > _INDENT * a.size and abs(a.x0 - edges.left) < a.size / 2
    outdented = a.x0 - b.x0 > _INDENT * a.size and len(stretch.lines) > 1
    return sentence_ends or indented or outdented


def _ends_table(a: PageLine, b: PageLine, pitch: float) -> bool:
    """Are two lines apart? The rows of a ruled table are not, however high its cells are."""
    return a.table is not b.table if a.table or b.table else _apart(a, b, pitch)


def _is_full(table: Stretch, row: PageLine) -> bool:
    chars = sum(len(line.text) for line in (*table.lines, row))
    return len(table.lines) >= GROUP_ROWS or (row.table is not None and chars > GROUP_CHARS)


def _apart(a: PageLine, b: PageLine, pitch: float) -> bool:
    gap = (b.bottom - a.bottom) / max(min(a.size, b.size), 1.0)
    return gap > _WIDER * max(pitch, 1.0) or gap < 0


def _header(table: Stretch) -> str:
    """The names of a table's columns, where its first line holds some."""
    if table.header:
        return table.header
    first = table.lines[0]
    titles = [" ".join(word.text for word in cell) for cell in first.row or cells(first)]
    return header_line(titles) if is_header(titles) else ""


def _carry_headers(found: Sequence[Stretch], body: float) -> None:
    """Give the later parts of a ruled table, on its page and on others, the header of the first.

    Small print may stand between, as notes at the foot of a page do.
    """
    before: Stretch | None = None
    for stretch in found:
        if before and _is_same_table(before, stretch) and _header(before) != _header(stretch):
            stretch.header = _header(before)
        if stretch.shape is Shape.TABLE or not _is_small(stretch, body):
            before = stretch


def _is_same_table(before: Stretch, after: Stretch) -> bool:
    first, second = before.lines[-1], after.lines[0]
    if not first.table or not second.table or second.page - first.page != 1:
        return first.table is second.table is not None
    a, b = first.table.edges, second.table.edges
    return len(a) == len(b) and all(abs(x - y) <= _SAME_EDGE for x, y in zip(a, b, strict=True))


def _same_size(a: PageLine | Stretch, b: PageLine | Stretch) -> bool:
    return abs(a.size - b.size) <= _OTHER_SIZE * max(a.size, b.size)


def _would_fit(a: PageLine, b: PageLine, right: float) -> bool:
    """Would the next line's first word have fitted on this line, with room to spare?"""
    word = b.words[0].x1 - b.words[0].x0
    return a.x1 + word + 1.5 * a.size < right


def _go_on(found: list[Stretch], cut: list[Stretch], body: float) -> None:
    """Join the first stretch of a column to the last unfinished one before it.

    Small print that stands between them, as notes at the foot of a page do, goes before both.
    """
    first = cut[0]
    if first.shape is not Shape.PROSE or first.lines[0].size < (1 - _OTHER_SIZE / 2) * body:
        return
    at = len(found) - 1
    while at > 0 and found[at].shape in (Shape.PROSE, Shape.ITEM) and _is_small(found[at], body):
        at -= 1
    before = found[at]
    near = first.lines[0].page - before.lines[-1].page <= 1
    if near and before.shape in (Shape.PROSE, Shape.ITEM) and _is_unfinished(before, first):
        before.lines += first.lines
        found.append(found.pop(at))
        del cut[0]


def _is_small(stretch: Stretch, body: float) -> bool:
    return stretch.size < (1 - _OTHER_SIZE / 2) * body


def _is_unfinished(before: Stretch, after: Stretch) -> bool:
    last, first = before.lines[-1], after.lines[0]
    if not _same_size(last, first) or len(cells(last)) > 1:
        return False
    if first.text[0].islower():
        return True
    return not _SENTENCE_END.search(last.text) and len(before.lines) > 1


def _set_levels(found: Sequence[Stretch], body: float) -> None:
    """Larger letters head more; bold ones of the body's size head least."""
    headings = [s for s in found if s.shape is Shape.HEADING]
    sizes = sorted({_step(s.size, body) for s in headings}, reverse=True)
    for heading in headings:
        heading.level = sizes.index(_step(heading.size, body)) + 1


def _step(size: float, body: float) -> float:
    return max(round(size / body * 10) / 10, 1.0)


def groups(found: Sequence[Stretch]) -> list[list[Stretch]]:
    """Neighbours of one shape and size: a note at the foot of a page is no item of a list there."""
    parted: list[list[Stretch]] = []
    for stretch in found:
        last = parted[-1][-1] if parted else None
        if last is None or last.shape is not stretch.shape or not _same_size(last, stretch):
            parted.append([])
        parted[-1].append(stretch)
    return parted


def is_short_list(items: Sequence[Stretch]) -> bool:
    return median(len(item.text) for item in items) <= LONG_ITEM

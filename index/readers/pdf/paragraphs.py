"""Columns of lines -> headings and paragraphs, going on over columns and pages.

A paragraph ends at a wider gap, another size of letters, an indent, an item's mark, or where the
next word would have fitted on the line after the end of a sentence.
"""

import operator
import re
from collections import Counter
from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass
from itertools import pairwise

from index.lines import BULLET, ENUMERATOR, has_word
from index.readers.pdf.captions import with_captions
from index.readers.pdf.layout import LEADERS, Column, PageLine, cells
from index.readers.pdf.stretch import CLAUSE, OTHER_SIZE, Shape, Stretch, same_size
from index.readers.pdf.table_headers import carry_headers, header_of
from index.text_tables import GROUP_CHARS, GROUP_ROWS

_USUAL_PITCH = 1.25
_WIDER = 1.3
_INDENT = 0.8
_SAME_EDGE = 2.0
_FEW_ALIKE = 4
_ALIKE = 0.15
"""The share of a column's lines that end alike where they are justified."""

_HEADING_CHARS = 200
_BOLD_HEADING_CHARS = 120

_BULLETS = rf"{BULLET}\s|\[\d{{1,3}}\]\s"
_BULLET = re.compile(_BULLETS)
_ITEM = re.compile(rf"{_BULLETS}|{ENUMERATOR}\s")
_NUMBERED_TITLE = re.compile(
    rf"({ENUMERATOR}|§ ?\d{{1,4}}\w?|\d{{1,2}}(?:\.\d{{1,2}}){{0,3}})\s+\S"
)
_MARK = re.compile(rf"{BULLET}|{ENUMERATOR}|\d{{1,2}}(?:\.\d{{1,2}}){{1,3}}\.?")
_SENTENCE_END = re.compile(r"[.!?:;…][\"'”’»)\]]*(?:\d{0,2}|\[[\d,]+\])$")


@dataclass(frozen=True, slots=True)
class _Edges:
    """Where most lines of a column begin, where the longest ends, and where many end alike."""

    left: float
    right: float
    justified: Set[int]


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
            cut = with_captions(_cut(column, body, pitch))
            if found and cut:
                _go_on(found, cut, body)
            found += cut
    carry_headers(found, lambda stretch: _is_small(stretch, body))
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
    edges = _Edges(_left_edge(free), max(line.x1 for line in free), _justified(free))
    shapes = _shapes(column, body)
    stretch = Stretch(shapes[0], [column[0]])
    for (a, b), shape in zip(pairwise(column), shapes[1:], strict=True):
        if _breaks(stretch, a, b, shape, edges, pitch):
            yield stretch
            unruled = Shape.TABLE is stretch.shape is shape and not a.table and not b.table
            goes_on = unruled and not _apart(a, b, pitch)
            stretch = Stretch(shape, header=header_of(stretch) if goes_on else "")
        stretch.lines.append(b)
    yield stretch


def _left_edge(column: Column) -> float:
    edges: Counter[float] = Counter()
    for line in column:
        edges[round(line.x0)] += 1
    return edges.most_common(1)[0][0]


def _justified(column: Column) -> Set[int]:
    """Where justified lines end, which may be short of a page's foot or of what stands above."""
    ends = Counter(round(line.x1) for line in column)
    return {end for end, count in ends.items() if count >= max(_FEW_ALIKE, _ALIKE * len(column))}


def _shapes(column: Column, body: float) -> list[Shape]:
    """What each line begins or goes on with. One row of cells alone is no table."""
    parted = [_is_parted(line) or LEADERS.search(line.text) is not None for line in column]
    rows = [
        here and (before or after)
        for before, here, after in zip([False, *parted], parted, [*parted[1:], False], strict=False)
    ]
    shapes = [
        _shape(line, body, is_row, one_cell)
        for line, is_row, one_cell in zip(column, rows, map(operator.not_, parted), strict=True)
    ]
    depths = [_depth(line) for line in column]
    for i, depth in enumerate(depths):
        # Several of them in a row are a list.
        if depth and depth not in (*depths[max(i - 1, 0) : i], *depths[i + 1 : i + 2]):
            shapes[i] = Shape.HEADING
    return shapes


def _is_parted(line: PageLine) -> bool:
    """Has it several cells, other than an item and its mark?"""
    first, *others = cells(line)
    mark = " ".join(word.text for word in first)
    return len(others) > 1 or (len(others) == 1 and not _MARK.fullmatch(mark))


def _depth(line: PageLine) -> int:
    """Of a bold title with a number, as clauses have, how many parts the number has; else 0."""
    number = _NUMBERED_TITLE.match(line.text)
    if not line.bold or not number or not _is_title(line.text) or _is_parted(line):
        return 0
    return 1 + number[1].rstrip(".)").count(".")


def _is_title(text: str) -> bool:
    return len(text) <= _BOLD_HEADING_CHARS and not text.endswith((".", ",", ";"))


def _shape(line: PageLine, body: float, is_row: bool, one_cell: bool) -> Shape:
    text = line.text
    if line.table:
        return Shape.ITEM if line.table.of_terms else Shape.TABLE
    if not has_word(text):
        return Shape.PROSE
    if line.size > (1 + OTHER_SIZE) * body and len(text) <= _HEADING_CHARS and not is_row:
        return Shape.HEADING
    if is_row:
        return Shape.TABLE
    if _ITEM.match(text):
        return Shape.ITEM
    return Shape.HEADING if line.bold and _is_title(text) and one_cell else Shape.PROSE


def _breaks(
    stretch: Stretch, a: PageLine, b: PageLine, shape: Shape, edges: _Edges, pitch: float
) -> bool:
    """Does line ``b`` of this shape begin a new stretch after ``a``, the last line of one?"""
    if _ends_table(a, b, pitch):
        return True
    if Shape.HEADING in (stretch.shape, shape):
        return stretch.shape is not shape or a.bold != b.bold or not same_size(a, b)
    if Shape.TABLE in (stretch.shape, shape):
        return stretch.shape is not shape or _is_full(stretch, b)
    if not _of_one_print(a, b) or _BULLET.match(b.text):
        return True
    early = _would_fit(a, b, edges)
    if shape is Shape.ITEM and (stretch.shape is Shape.ITEM or early):
        return early or b.x0 <= stretch.lines[0].x0 + a.size
    sentence_ends = early and not b.text[0].islower() and _SENTENCE_END.search(a.text) is not None
    if stretch.shape is Shape.ITEM:
        return sentence_ends or b.x0 < stretch.lines[0].x0 - _INDENT * a.size
    top = stretch.lines[0]
    numbered = CLAUSE.match(top.text) is not None
    if numbered and CLAUSE.match(b.text) and b.x0 <= top.x0 + a.size / 2:
        return True
    # The number of a clause, or a term, stands before its lines, as in a margin; so does the
    # beginning of each entry of a list of works. No paragraph begins in mid-sentence.
    runs_on = not early and _SENTENCE_END.search(a.text) is None
    hangs = a is top and (numbered or runs_on or _hangs(a, b))
    indented = b.x0 - a.x0 > _INDENT * a.size and abs(a.x0 - edges.left) < a.size / 2 and not hangs
    outdented = a.x0 - b.x0 > _INDENT * a.size and len(stretch.lines) > 1
    return sentence_ends or indented or outdented


def _of_one_print(a: PageLine, b: PageLine) -> bool:
    """Are they of one size, but for words such as a file's name, which may be most of a line?"""
    larger = max(a.size, b.size)
    near = OTHER_SIZE * larger
    return all(any(abs(word.height - larger) <= near for word in x.words) for x in (a, b))


def _hangs(a: PageLine, b: PageLine) -> bool:
    """Does line ``b`` begin under what stands behind a wide gap in ``a``?"""
    return any(
        abs(right.x0 - b.x0) < _SAME_EDGE and right.x0 - left.x1 > a.size / 2
        for left, right in pairwise(a.words)
    )


def _ends_table(a: PageLine, b: PageLine, pitch: float) -> bool:
    """Are two lines apart? The rows of a table are not, however high its cells are."""
    if not a.table and not b.table:
        return _apart(a, b, pitch) and not _are_contents(a, b)
    return a.table is not b.table or (b.table is not None and b.table.of_terms)


def _are_contents(a: PageLine, b: PageLine) -> bool:
    """Lines of a table of contents belong together, however far apart they are set."""
    near = a.top < b.top < a.bottom + 2 * a.size
    return near and all(LEADERS.search(line.text) for line in (a, b))


def _is_full(table: Stretch, row: PageLine) -> bool:
    chars = sum(len(line.text) for line in (*table.lines, row))
    return len(table.lines) >= GROUP_ROWS or (row.table is not None and chars > GROUP_CHARS)


def _apart(a: PageLine, b: PageLine, pitch: float) -> bool:
    mixed = not same_size(a, b) and _of_one_print(a, b)
    size = (max if mixed else min)(a.size, b.size)
    gap = (b.bottom - a.bottom) / max(size, 1.0)
    return gap > _WIDER * max(pitch, 1.0) or gap < 0


def _would_fit(a: PageLine, b: PageLine, edges: _Edges) -> bool:
    """Would the next line's first word have fitted on this line, with room to spare?"""
    word = b.words[0].x1 - b.words[0].x0
    return round(a.x1) not in edges.justified and a.x1 + word + 1.5 * a.size < edges.right


def _go_on(found: list[Stretch], cut: list[Stretch], body: float) -> None:
    """Join the first stretch of a column to the last unfinished one before it.

    Small print that stands between them, as notes at the foot of a page do, goes before both.
    """
    first = cut[0]
    if first.lines[0].boxed or first.shape is not Shape.PROSE:
        return
    if first.lines[0].size < (1 - OTHER_SIZE / 2) * body:
        return
    at = len(found) - 1
    while at > 0 and _stands_between(found[at], body):
        at -= 1
    before = found[at]
    near = first.lines[0].page - before.lines[-1].page <= 1
    if near and before.shape in (Shape.PROSE, Shape.ITEM) and _is_unfinished(before, first):
        before.lines += first.lines
        found.append(found.pop(at))
        del cut[0]


def _stands_between(stretch: Stretch, body: float) -> bool:
    small = stretch.shape in (Shape.PROSE, Shape.ITEM) and _is_small(stretch, body)
    return small or stretch.lines[0].boxed


def _is_small(stretch: Stretch, body: float) -> bool:
    return stretch.size < (1 - OTHER_SIZE / 2) * body


def _is_unfinished(before: Stretch, after: Stretch) -> bool:
    last, first = before.lines[-1], after.lines[0]
    explains = last.table is not None and last.table.of_terms
    if not _of_one_print(last, first) or (len(cells(last)) > 1 and not explains):
        return False
    if first.text[0].islower():
        return True
    return not _SENTENCE_END.search(last.text) and (len(before.lines) > 1 or explains)


def _set_levels(found: Sequence[Stretch], body: float) -> None:
    """Larger letters head more; bold ones of the body's size head least."""
    headings = [s for s in found if s.shape is Shape.HEADING]
    sizes = sorted({_step(s.size, body) for s in headings}, reverse=True)
    for heading in headings:
        heading.level = sizes.index(_step(heading.size, body)) + 1


def _step(size: float, body: float) -> float:
    return max(round(size / body * 10) / 10, 1.0)

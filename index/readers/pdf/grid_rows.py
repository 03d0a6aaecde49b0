"""The words between the level lines of a table, by column -> its rows.

A band between two lines is a row where each row is ruled, and where its text runs on. Otherwise it
has a row for each of its lines, but one without a name of its own goes on with the row above it.
"""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from itertools import chain, pairwise

from index.readers.pdf.stripes import text_lines
from index.readers.pdf.words import PageWord

_FEW_LINES = 4
"""Of cells side by side; a ruled row of more is several that are not ruled."""

_RUNNING_WORDS = 3

Words = tuple[PageWord, ...]
Row = tuple[Words, ...]
"""The words of each column, () where its cell is empty."""


def rows_of(
    bands: Sequence[Sequence[Sequence[PageWord]]], xs: Sequence[float], *, striped: bool
) -> list[Row]:
    """A row for each band, or for each of its lines where not every row is ruled."""
    rows: list[Row] = []
    ruled = len(bands) > 2 and not striped
    for i, band in enumerate(bands):
        lines = _by_line(band)
        several = sum(sum(map(bool, cells)) > 1 for cells in lines)
        is_head = not i and len(bands) > 1
        if several < (_FEW_LINES if ruled or is_head else 2) or _runs_on(band, xs):
            rows.append(tuple(map(_in_order, band)))
        else:
            rows += _unruled(lines)
    return rows


def _by_line(band: Sequence[Sequence[PageWord]]) -> list[list[list[PageWord]]]:
    """The cells of each line of a band, from top to bottom, their words as they were written."""
    column_of = {id(word): column for column, cell in enumerate(band) for word in cell}
    written = {id(word): i for i, word in enumerate(chain(*band))}
    lines = []
    for line in text_lines(chain(*band)):
        cells: list[list[PageWord]] = [[] for _ in band]
        for word in sorted(line, key=lambda word: written[id(word)]):
            cells[column_of[id(word)]].append(word)
        lines.append(cells)
    return lines


def _runs_on(band: Sequence[Sequence[PageWord]], xs: Sequence[float]) -> bool:
    """Does the text of all cells of several lines go on from line to line?"""
    several = [lines for lines in map(text_lines, band) if len(lines) > 1]
    return bool(several) and all(_is_running(lines, xs) for lines in several)


def _is_running(lines: Sequence[Sequence[PageWord]], xs: Sequence[float]) -> bool:
    right = xs[bisect_right(xs, (lines[0][0].x0 + lines[0][0].x1) / 2)]
    full = 0
    for a, b in pairwise(lines):
        first = min(b, key=lambda word: word.x0)
        # With a blank, and the room that a cell leaves on both sides.
        full += max(w.x1 for w in a) + first.x1 - first.x0 + 2 * first.height > right
    words = sum(map(len, lines))
    return 2 * full >= len(lines) - 1 and words >= _RUNNING_WORDS * len(lines)


def _unruled(lines: Iterable[list[list[PageWord]]]) -> list[Row]:
    """A row for each line, but for those that go on with the row above."""
    rows: list[list[list[PageWord]]] = []
    for cells in lines:
        if rows and _goes_on(rows[-1], cells):
            for cell, more in zip(rows[-1], cells, strict=True):
                cell += more
        else:
            rows.append(cells)
    return [tuple(map(_in_order, row)) for row in rows]


def _goes_on(row: Sequence[Sequence[PageWord]], line: Sequence[Sequence[PageWord]]) -> bool:
    """Are these cells the rest of those above, not a row without a name of its own?"""
    first, *others = line
    if first:
        alone = not any(others) or not any(row[1:])
        return bool(row[0]) and alone and first[0].text[0].islower()
    written = all(any(c.isalpha() for w in cell for c in w.text) for cell in others if cell)
    return written and all(above or not cell for above, cell in zip(row, line, strict=True))


def _in_order(words: Sequence[PageWord]) -> Words:
    """A cell's words line by line."""
    written = {id(word): i for i, word in enumerate(words)}
    lines = text_lines(words)
    return tuple(w for line in lines for w in sorted(line, key=lambda word: written[id(word)]))


def ends_of_lines(cell: Words) -> set[int]:
    """The ids of the words of a cell behind which a line ends."""
    return {id(a) for a, b in pairwise(cell) if b.top >= (a.top + a.bottom) / 2}

"""Ruled lines and words -> the rows of the tables that the lines part, cell by cell.

Lines that touch are one frame. Where the frame has two columns or more, the words in it stand in
cells: a cell's words are read together, however many lines they take. A frame whose rows are not
ruled has a row for each line of words, but one that leaves the first column empty goes on with the
row above it, and lines that all run on are one row.
"""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import compress, pairwise

from index.readers.pdf.rules import Rule
from index.readers.pdf.words import PageWord

_NEAR = 3.0
"""Points between two lines that are one, or touch."""

_MOST_PAIRS = 250_000
_FEWEST = 2
_MOST_CROSSED = 0.1
"""Of a table's words some may be too long for their cells."""

_MOST_CHARS = 1_000
"""A cell of more is a page's column or a box around text."""

_FILLED = 1 / 3
_RUNNING_WORDS = 3

Words = tuple[PageWord, ...]
Row = tuple[Words, ...]
"""The words of each column, () where its cell is empty."""


@dataclass(frozen=True, slots=True)
class Grid:
    """A table: its rows from top to bottom. ``edges`` are where its columns begin and end."""

    edges: tuple[float, ...]
    top: float
    bottom: float
    rows: tuple[Row, ...] = field(repr=False)


@dataclass(slots=True)
class _Lines:
    """The pieces of line at each place: at x, from top to bottom, or at y, from left to right."""

    at: list[float] = field(default_factory=list)
    pieces: list[list[tuple[float, float]]] = field(default_factory=list)

    def add(self, place: float, start: float, end: float) -> None:
        """Places come in rising order."""
        if not self.at or place - self.at[-1] > _NEAR:
            self.at.append(place)
            self.pieces.append([])
        self.pieces[-1].append((start, end))

    def drawn(self, place: float, start: float, end: float) -> bool:
        """Does a line at this place run along more than half of the way?"""
        return any(
            sum(max(0.0, min(b, end) - max(a, start)) for a, b in _joined(pieces))
            > (end - start) / 2
            for at, pieces in zip(self.at, self.pieces, strict=True)
            if abs(at - place) <= _NEAR
        )


def grids(rules: Sequence[Rule], words: Sequence[PageWord]) -> list[Grid]:
    """The ruled tables of a page that hold some of its words."""
    found = (_grid(frame, words) for frame in _frames(rules))
    return [grid for grid in found if grid]


def _frames(rules: Sequence[Rule]) -> Iterator[list[Rule]]:
    """Lines that touch one another, of both directions."""
    level = _whole([rule for rule in rules if rule.level], level=True)
    upright = _whole([rule for rule in rules if not rule.level], level=False)
    if len(level) * len(upright) > _MOST_PAIRS:
        return
    left = set(range(len(upright)))
    reached = [False] * len(level)
    for first in range(len(level)):
        if reached[first]:
            continue
        frame, waiting = [], [level[first]]
        reached[first] = True
        while waiting:
            rule = waiting.pop()
            frame.append(rule)
            if rule.level:
                touching = [i for i in left if _touch(rule, upright[i])]
                left.difference_update(touching)
                waiting += [upright[i] for i in touching]
                continue
            for i, other in enumerate(level):
                if not reached[i] and _touch(other, rule):
                    reached[i] = True
                    waiting.append(other)
        yield frame


def _whole(rules: Iterable[Rule], *, level: bool) -> list[Rule]:
    """The pieces of one line joined, those beside each other at its place."""
    lines = _Lines()
    for place, start, end in sorted(
        (r.top, r.x0, r.x1) if level else (r.x0, r.top, r.bottom) for r in rules
    ):
        lines.add(place, start, end)
    return [
        Rule(start, at, end, at) if level else Rule(at, start, at, end)
        for at, pieces in zip(lines.at, lines.pieces, strict=True)
        for start, end in _joined(pieces)
    ]


def _joined(pieces: Iterable[tuple[float, float]]) -> list[tuple[float, float]]:
    whole: list[tuple[float, float]] = []
    for start, end in sorted(pieces):
        if whole and start <= whole[-1][1] + _NEAR:
            whole[-1] = whole[-1][0], max(whole[-1][1], end)
        else:
            whole.append((start, end))
    return whole


def _touch(level: Rule, upright: Rule) -> bool:
    across = level.x0 - _NEAR <= upright.x0 <= level.x1 + _NEAR
    return across and upright.top - _NEAR <= level.top <= upright.bottom + _NEAR


def _grid(frame: Sequence[Rule], words: Sequence[PageWord]) -> Grid | None:
    level = [rule for rule in frame if rule.level]
    upright = [rule for rule in frame if not rule.level]
    if not upright or not level:
        return None
    # A table may have no lines at its sides.
    xs = _places([*(r.x0 for r in upright), min(r.x0 for r in level), max(r.x1 for r in level)])
    ys = _places(
        [*(r.top for r in level), min(r.top for r in upright), max(r.bottom for r in upright)]
    )
    inside = [w for w in words if _within(_across(w), xs) and _within(_down(w), ys)]
    columns = _Lines()
    for rule in sorted(upright, key=lambda rule: rule.x0):
        columns.add(rule.x0, rule.top, rule.bottom)
    rows = _Lines()
    for rule in sorted(level, key=lambda rule: rule.top):
        rows.add(rule.top, rule.x0, rule.x1)
    if sum(_is_crossed(word, columns) for word in inside) > _MOST_CROSSED * len(inside):
        return None
    bands = _with_words(_bands(inside, xs, ys, columns, rows))
    found = _rows_of(bands, xs)
    full = [row for row in found if sum(map(bool, row)) >= _FEWEST]
    cells = [cell for row in found for cell in row]
    longest = max((sum(len(word.text) + 1 for word in cell) for cell in cells), default=0)
    sparse = sum(map(bool, cells)) < _FILLED * len(cells)
    if len(full) < _FEWEST or sparse or longest > _MOST_CHARS:
        return None
    return Grid(tuple(xs), ys[0], ys[-1], tuple(found))


def _places(values: Iterable[float]) -> list[float]:
    places: list[float] = []
    for value in sorted(values):
        if not places or value - places[-1] > _NEAR:
            places.append(value)
    return places


def _across(word: PageWord) -> float:
    return (word.x0 + word.x1) / 2


def _down(word: PageWord) -> float:
    return (word.top + word.bottom) / 2


def _within(value: float, places: Sequence[float]) -> bool:
    return places[0] < value < places[-1]


def _is_crossed(word: PageWord, columns: _Lines) -> bool:
    """Does a line run through a word, as lines of charts and drawings do?"""
    return any(
        word.x0 + _NEAR < at < word.x1 - _NEAR and columns.drawn(at, word.top, word.bottom)
        for at in columns.at
    )


def _bands(
    words: Iterable[PageWord],
    xs: Sequence[float],
    ys: Sequence[float],
    columns: _Lines,
    rows: _Lines,
) -> list[list[list[PageWord]]]:
    """The words between each two level lines by column; of a cell over several, in its first."""
    bands: list[list[list[PageWord]]] = [[[] for _ in xs[1:]] for _ in ys[1:]]
    for word in words:
        row = bisect_right(ys, _down(word)) - 1
        column = bisect_right(xs, _across(word)) - 1
        while column and not columns.drawn(xs[column], ys[row], ys[row + 1]):
            column -= 1
        while row and not rows.drawn(ys[row], xs[column], xs[column + 1]):
            row -= 1
        bands[row][column].append(word)
    return bands


def _with_words(bands: Sequence[Sequence[Sequence[PageWord]]]) -> list[list[Sequence[PageWord]]]:
    """Without the rows and columns that are all empty."""
    used = [any(column) for column in zip(*bands, strict=True)]
    return [list(compress(band, used)) for band in bands if any(band)]


def _rows_of(bands: Sequence[Sequence[Sequence[PageWord]]], xs: Sequence[float]) -> list[Row]:
    """A row for each band; where only a header is ruled off, one for each line below it."""
    if len(bands) > _FEWEST or (bands and _is_row(bands[-1], xs)):
        return [tuple(map(_in_order, band)) for band in bands]
    head = [tuple(map(_in_order, band)) for band in bands[:-1]]
    return head + (_unruled(bands[-1]) if bands else [])


def _is_row(band: Sequence[Sequence[PageWord]], xs: Sequence[float]) -> bool:
    """Is a band one row: with a cell of one line, or text in all that goes on from line to line?"""
    cells = [_text_lines(cell) for cell in band if cell]
    return min(map(len, cells)) == 1 or all(_is_running(lines, xs) for lines in cells)


def _is_running(lines: Sequence[Sequence[PageWord]], xs: Sequence[float]) -> bool:
    right = xs[bisect_right(xs, _across(lines[0][0]))]
    full = 0
    for a, b in pairwise(lines):
        first = min(b, key=lambda word: word.x0)
        # With a blank, and the room that a cell leaves on both sides.
        full += max(w.x1 for w in a) + first.x1 - first.x0 + 2 * first.height > right
    words = sum(map(len, lines))
    return 2 * full >= len(lines) - 1 and words >= _RUNNING_WORDS * len(lines)


def _unruled(band: Sequence[Sequence[PageWord]]) -> list[Row]:
    rows: list[list[list[PageWord]]] = []
    for line in _text_lines([word for cell in band for word in cell]):
        ids = set(map(id, line))
        cells = [[word for word in cell if id(word) in ids] for cell in band]
        if rows and not cells[0]:
            for cell, more in zip(rows[-1], cells, strict=True):
                cell += more
        else:
            rows.append(cells)
    return [tuple(map(_in_order, row)) for row in rows]


def _text_lines(words: Iterable[PageWord]) -> list[list[PageWord]]:
    """Words side by side, from top to bottom."""
    lines: list[list[PageWord]] = []
    for word in sorted(words, key=_down):
        if lines and word.top < _down(lines[-1][0]) < word.bottom:
            lines[-1].append(word)
        else:
            lines.append([word])
    return lines


def _in_order(words: Sequence[PageWord]) -> Words:
    """A cell's words line by line."""
    written = {id(word): i for i, word in enumerate(words)}
    lines = _text_lines(words)
    return tuple(w for line in lines for w in sorted(line, key=lambda word: written[id(word)]))


def ends_of_lines(cell: Words) -> set[int]:
    """The ids of the words of a cell behind which a line ends."""
    return {id(a) for a, b in pairwise(cell) if b.top >= _down(a)}

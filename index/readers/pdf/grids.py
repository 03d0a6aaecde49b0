"""Ruled lines and words -> the tables of a page, cell by cell.

Lines that touch are one frame; where there are only level ones, or none, white space stands for the
others. In a frame of two columns or more the words stand in cells, and a cell's words are read
together, however many lines they take.
"""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import compress
from statistics import fmean

from index.readers.pdf.grid_rows import Row, rows_of
from index.readers.pdf.ruled_lines import NEAR, Lines, lines_of
from index.readers.pdf.rules import Rule
from index.readers.pdf.stripes import aligned_frame, striped_frames
from index.readers.pdf.words import PageWord

_MOST_PAIRS = 250_000
_FEWEST = 2
_MOST_CROSSED = 0.1
"""Of a table's words some may be too long for their cells."""

_MOST_CHARS = 1_000
"""A cell of more is a page's column or a box around text."""

_FILLED = 1 / 3
_OF_TERMS = 2
"""Columns."""

_EXPLAINED = 8
"""Words, in the mean, of what is said of a term."""


@dataclass(frozen=True, slots=True)
class Grid:
    """A table: its rows from its top down. ``edges`` are where its columns begin and end.

    One ``of_terms`` has what each means beside it: its rows are paragraphs.
    """

    edges: tuple[float, ...]
    top: float
    rows: tuple[Row, ...] = field(repr=False)
    of_terms: bool = False


def grids(rules: Sequence[Rule], words: Sequence[PageWord]) -> list[Grid]:
    """The ruled tables of a page that hold some of its words."""
    found: list[Grid] = []
    free = list(words)
    level, upright = (lines_of(rules, level=way).rules() for way in (True, False))

    def add(frame: Sequence[Rule], *, striped: bool) -> None:
        nonlocal free
        if grid := _grid(frame, free, striped=striped):
            found.append(grid)
            taken = {id(word) for row in grid.rows for cell in row for word in cell}
            free = [word for word in free if id(word) not in taken]

    # A table in a cell of another comes first.
    for frame in sorted(frames(level, upright), key=_area):
        add(frame, striped=False)
    for frame in striped_frames(level, free):
        add(frame, striped=True)
    return found


def aligned(words: Sequence[PageWord]) -> Grid | None:
    """The table that lines of words without rules are, where white space parts its columns."""
    table = _grid(aligned_frame(words), words, striped=True)
    if table is None or len(table.rows[0]) != _OF_TERMS:
        return table
    return replace(table, of_terms=fmean(len(row[1]) for row in table.rows) > _EXPLAINED)


def frames(level: Sequence[Rule], upright: Sequence[Rule]) -> Iterator[list[Rule]]:
    """Lines that touch one another, of both directions."""
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


def _area(frame: Sequence[Rule]) -> float:
    width = max(rule.x1 for rule in frame) - min(rule.x0 for rule in frame)
    return width * (max(rule.bottom for rule in frame) - min(rule.top for rule in frame))


def _touch(level: Rule, upright: Rule) -> bool:
    across = level.x0 - NEAR <= upright.x0 <= level.x1 + NEAR
    return across and upright.top - NEAR <= level.top <= upright.bottom + NEAR


def _grid(
    frame: Sequence[Rule], words: Sequence[PageWord], *, striped: bool = False
) -> Grid | None:
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
    columns, rows = lines_of(upright, level=False), lines_of(level, level=True)
    if sum(_is_crossed(word, columns) for word in inside) > _MOST_CROSSED * len(inside):
        return None
    bands = _with_words(_bands(inside, xs, ys, columns, rows))
    found = rows_of(bands, xs, striped=striped)
    full = [row for row in found if sum(map(bool, row)) >= _FEWEST]
    cells = [cell for row in found for cell in row]
    longest = max((sum(len(word.text) + 1 for word in cell) for cell in cells), default=0)
    sparse = sum(map(bool, cells)) < _FILLED * len(cells)
    if len(full) < _FEWEST or sparse or longest > _MOST_CHARS:
        return None
    return Grid(tuple(xs), ys[0], tuple(found))


def _places(values: Iterable[float]) -> list[float]:
    places: list[float] = []
    for value in sorted(values):
        if not places or value - places[-1] > NEAR:
            places.append(value)
    return places


def _across(word: PageWord) -> float:
    return (word.x0 + word.x1) / 2


def _down(word: PageWord) -> float:
    return (word.top + word.bottom) / 2


def _within(value: float, places: Sequence[float]) -> bool:
    return places[0] < value < places[-1]


def _is_crossed(word: PageWord, columns: Lines) -> bool:
    """Does a line run through a word, as lines of charts and drawings do?"""
    return any(
        word.x0 + NEAR < at < word.x1 - NEAR and columns.drawn(at, word.top, word.bottom)
        for at in columns.at
    )


def _bands(
    words: Iterable[PageWord],
    xs: Sequence[float],
    ys: Sequence[float],
    columns: Lines,
    rows: Lines,
) -> list[list[list[PageWord]]]:
    """The words between each two level lines by column; of a cell over several, in its first."""
    bands: list[list[list[PageWord]]] = [[[] for _ in xs[1:]] for _ in ys[1:]]
    for word in words:
        row = bisect_right(ys, _down(word)) - 1
        column = bisect_right(xs, _across(word)) - 1
        while column and not columns.drawn(xs[column], word.top, word.bottom):
            column -= 1
        while row and not rows.drawn(ys[row], xs[column], xs[column + 1]):
            row -= 1
        bands[row][column].append(word)
    return bands


def _with_words(bands: Sequence[Sequence[Sequence[PageWord]]]) -> list[list[Sequence[PageWord]]]:
    """Without the rows and columns that are all empty."""
    used = [any(column) for column in zip(*bands, strict=True)]
    return [list(compress(band, used)) for band in bands if any(band)]

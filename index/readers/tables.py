"""Rows of cells -> paragraphs of a group of rows each, under a repeated header."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain, islice

from index.lines import has_word
from index.readers.builder import TextBuilder, clean_line
from index.text_tables import (
    GROUP_CHARS,
    GROUP_ROWS,
    HEADER_CHARS,
    is_header,
    is_number,
    is_year,
)

Row = Sequence[str]
_MOST_TITLES = 5


def add_table(
    builder: TextBuilder,
    rows: Iterable[tuple[int, Row]],
    place: Callable[[int, int], str],
    header: Row | None = None,
) -> None:
    """Add a table to the text; without a ``header``, the first row of several cells may be one.

    Rows come with their numbers; ``place`` turns the first and last number of a group into its
    location. A header of more than 500 characters is not repeated. What stands alone in the rows
    above a header (what the table shows, in which unit) is a paragraph each, and heads the groups.
    """
    numbered = _shown(rows)
    titles: list[tuple[int, Row]] = []
    if header is None:
        above = _until_cells(numbered)
        if above and is_header(above[-1][1]):
            *titles, (_, header) = above
            numbered = iter(numbered)
            second = next(numbered, None)
            if second and (both := _of_two_rows(header, second[1])):
                header = both
            elif second:
                numbered = chain([second], numbered)
        else:
            numbered = chain(above, numbered)
    for number, row in titles:
        builder.prose(_line(row), place(number, number))
    with builder.headed("; ".join(_line(row) for _, row in titles)):
        _add_groups(builder, numbered, place, header)


def _until_cells(numbered: Iterator[tuple[int, Row]]) -> list[tuple[int, Row]]:
    """The first row of several cells, behind the few of one cell above it."""
    above: list[tuple[int, Row]] = []
    for number, row in islice(numbered, _MOST_TITLES + 1):
        above.append((number, row))
        if sum(map(bool, row)) > 1 or "|" in _line(row):
            break
    return above


def _of_two_rows(first: Row, second: Row) -> Row:
    """The names of columns of which some are parted by the row below: "2023" into "2023 Plan" and
    "2023 Share". Nothing where that row is no part of the header.
    """
    width = max(len(first), len(second))
    above, below = ([*row, *[""] * (width - len(row))] for row in (first, second))
    names: list[str] = []
    parted = repeated = 0
    for i, (name, part) in enumerate(zip(above, below, strict=True)):
        spans = bool(name) and i + 1 < width and not above[i + 1] and bool(below[i + 1])
        goes_on = not name and i and names[-1]
        if (spans or goes_on) and part:
            over = name or next(filter(None, reversed(above[:i])))
            names.append(f"{over} {part}")
            parted += 1
        elif part in ("", name):
            names.append(name)
            repeated += 1
        else:
            return []
    alike = len(set(filter(None, below))) < len([part for part in below if part])
    words = not any(is_number(part) and not is_year(part) for part in below)
    return names if parted > 1 and words and (repeated or alike) else []


def _add_groups(
    builder: TextBuilder,
    numbered: Iterable[tuple[int, Row]],
    place: Callable[[int, int], str],
    header: Row | None,
) -> None:
    top = _line(header) if header else ""
    alone = True
    for group in _groups(numbered):
        repeated = [top] if top and (len(top) <= HEADER_CHARS or alone) else []
        alone = False
        lines = [_line(row) for _, row in group]
        builder.lines([*repeated, *lines], place(group[0][0], group[-1][0]))
    if alone and header:
        builder.lines([top])


def _shown(rows: Iterable[tuple[int, Row]]) -> Iterator[tuple[int, Row]]:
    """Rows with a word in them, their cells in one line each, without empty cells at the end."""
    for number, row in rows:
        cells = [clean_line(cell) for cell in row]
        while cells and not cells[-1]:
            cells.pop()
        if any(has_word(cell) for cell in cells):
            yield number, cells


def _groups(rows: Iterable[tuple[int, Row]]) -> Iterator[list[tuple[int, Row]]]:
    group: list[tuple[int, Row]] = []
    length = 0
    for number, row in rows:
        size = sum(map(len, row)) + 3 * len(row)
        if group and (len(group) == GROUP_ROWS or length + size > GROUP_CHARS):
            yield group
            group, length = [], 0
        group.append((number, row))
        length += size
    if group:
        yield group


def _line(row: Row) -> str:
    return " | ".join(row).strip()

"""Rows of cells -> paragraphs of a group of rows each, under a repeated header."""

from collections.abc import Callable, Iterable, Iterator, Sequence

from index.lines import has_word
from index.readers.builder import TextBuilder, clean_line
from index.text_tables import GROUP_CHARS, GROUP_ROWS, HEADER_CHARS, is_header

Row = Sequence[str]


def add_table(
    builder: TextBuilder,
    rows: Iterable[tuple[int, Row]],
    place: Callable[[int, int], str],
    header: Row | None = None,
) -> None:
    """Add a table to the text; without a ``header``, the first row may be one.

    Rows come with their numbers; ``place`` turns the first and last number of a group into its
    location. A header of more than 500 characters is not repeated.
    """
    numbered = _shown(rows)
    if header is None:
        first = next(numbered, None)
        if first is None:
            return
        if is_header(first[1]):
            header = first[1]
        else:
            numbered = _chain(first, numbered)
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


def _chain(first: tuple[int, Row], rest: Iterator[tuple[int, Row]]) -> Iterator[tuple[int, Row]]:
    yield first
    yield from rest


def _groups(rows: Iterator[tuple[int, Row]]) -> Iterator[list[tuple[int, Row]]]:
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

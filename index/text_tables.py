"""The rows of a table that stands in a text kept as it is -> groups small enough to cite.

Nothing can be repeated in such a text: offsets are those of the file. So all groups but the first
carry the header beside their text; it becomes the last part of their heading path, which full-text
search, the model, the answer's check and the pages all see.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from index.lines import Line, has_word

GROUP_ROWS = 20
GROUP_CHARS = 1_000
HEADER_CHARS = 500
"""A longer header is not repeated."""

# Both look ahead for what they must hold: it would be tried at every place, the rest behind it.
_NUMBER = re.compile(r"[-+(]?[$€£]?(?=[.,' ]*\d)[\d.,' ]+[%)]?")
_YEAR = re.compile(r"(?:19|20)\d\d")
_GAP = re.compile(r" {2,}")
_FEWEST_ALIGNED = 3
"""Columns, and rows with the header; two blanks stand in other lines too."""
_RULE = re.compile(r"(?=[\s|:+=]*-)[\s|:+=-]+")


@dataclass(frozen=True, slots=True)
class RowGroup:
    """Rows that are cited together. ``header`` is "" where it stands in the text itself."""

    lines: Sequence[Line]
    header: str = ""
    location: str = ""


def row_groups(lines: Sequence[Line]) -> list[RowGroup]:
    """The lines of a table, parted after 20 rows or 1,000 characters; a small one stays whole.

    The first row is the header where a rule follows it, or where it holds names of columns.
    """
    ruled = len(lines) > 1 and is_rule(lines[1].text)
    titles = cells_of(lines[0].text)
    above = 2 if ruled else 1 if is_header(titles) else 0
    groups = _parted(lines, above)
    if len(groups) == 1:
        return [RowGroup(lines)]
    header = header_line(titles) if above else ""
    found: list[RowGroup] = []
    row = 1
    for number, group in enumerate(groups):
        first, row = row, row + sum(has_word(line.text) for line in group)
        # As in other tables, the header is row 1, and a group is named by what stands below it.
        first += bool(above) and number == 0
        location = rows_place(first, max(first, row - 1))
        found.append(RowGroup(group, header if number else "", location))
    return found


def is_rule(line: str) -> bool:
    """The line that parts a header from the rows below it."""
    return _RULE.fullmatch(line) is not None


def cells_of(row: str) -> list[str]:
    """What tabs part, or else pipes: between them, or on both sides of a row as well; else blanks,
    two or more."""
    if "\t" in row:
        parts = row.split("\t")
    elif "|" not in row:
        parts = _GAP.split(row)
    else:
        # One before the first cell only is that of a blank cell, as over the names of rows.
        parts = row.removeprefix("|" if row.endswith("|") else "").removesuffix("|").split("|")
    return [" ".join(part.split()) for part in parts]


def aligned_end(lines: Sequence[Line], first: int) -> int | None:
    """Index after the table that begins there and whose columns are parted by blanks alone.

    All its rows have as many cells as the header, and each column stands below itself. It ends
    where one does not: looking on for a better end would read a long log again from each line.
    """
    names = cells_of(lines[first].text)
    if not are_aligned([lines[first].text]) or not is_header(names):
        return None
    end, rows = first + 1, 0
    columns: list[_Edges] = []
    while end < len(lines):
        line = lines[end]
        if not is_rule(line.text):
            if not _fits(line, len(names)):
                break
            edges = _edges(line)
            columns = list(map(_common, columns or edges, edges))
            if not all(any(edge is not None for edge in column) for column in columns):
                break
            rows += 1
        end += 1
    return end if rows + 1 >= _FEWEST_ALIGNED else None


_Edges = tuple[int | None, int | None]
"""Where a column begins and where it ends; None where its cells differ in that."""


def _common(one: _Edges, other: _Edges) -> _Edges:
    begin, end = (a if a == b else None for a, b in zip(one, other, strict=True))
    return begin, end


def are_aligned(rows: Sequence[str]) -> bool:
    """Do blanks alone part all of them into as many cells, three or more?"""
    counts = {len(_GAP.split(row)) for row in rows if has_word(row)}
    return len(counts) == 1 and min(counts) >= _FEWEST_ALIGNED and not any("|" in r for r in rows)


def _fits(line: Line, cells: int) -> bool:
    return are_aligned([line.text]) and len(_GAP.split(line.text)) == cells


def _edges(row: Line) -> list[_Edges]:
    """Where its cells begin and end."""
    gaps = [(match.start(), match.end()) for match in _GAP.finditer(row.text)]
    starts = [0, *(end for _, end in gaps)]
    stops = [*(start for start, _ in gaps), len(row.text)]
    return [(row.indent + a, row.indent + b) for a, b in zip(starts, stops, strict=True)]


def header_line(titles: Sequence[str]) -> str:
    """A header as it is repeated, or "" when it is too long for that."""
    line = " | ".join(titles).strip()
    return line if has_word(line) and len(line) <= HEADER_CHARS else ""


def is_header(row: Sequence[str]) -> bool:
    """Names of columns: different ones, and few numbers among them but years in a row."""
    named = [cell for cell in row if cell]
    years = [int(cell) for cell in named if is_year(cell)]
    steps = {b - a for a, b in pairwise(years)}
    numbers = sum(map(is_number, named))
    numbers -= len(years) if steps in ({1}, {-1}) else 0
    return len(named) > 1 and len(set(named)) == len(named) and 2 * numbers < len(named)


def is_number(cell: str) -> bool:
    """Also with a sign, a currency or a percent sign."""
    return _NUMBER.fullmatch(cell) is not None


def is_year(cell: str) -> bool:
    """Four digits that name a column as often as they are a value."""
    return _YEAR.fullmatch(cell) is not None


def rows_place(first: int, last: int) -> str:
    """Where rows stand, for people."""
    return f"row {first}" if first == last else f"rows {first}-{last}"


def _parted(lines: Sequence[Line], above: int) -> list[list[Line]]:
    """The first group has the ``above`` lines of the header besides."""
    groups: list[list[Line]] = [list(lines[:above])]
    rows, start = 0, lines[0].start
    for line in lines[above:]:
        if rows and (rows == GROUP_ROWS or line.end - start > GROUP_CHARS):
            groups.append([])
            rows, start = 0, line.start
        groups[-1].append(line)
        rows += 1
    return groups

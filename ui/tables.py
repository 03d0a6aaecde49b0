"""A paragraph that is a table -> where the cells of its rows stand in it.

Known are Markdown's tables ("| a | b |", with a line of dashes under the header), cells parted by
" | ", and cells parted by tabs.
"""

import re
from collections.abc import Iterator

Cell = tuple[int, int]
"""Where a cell's text starts and ends, without the blanks around it."""

_DASHES = re.compile(r"[\s|:-]+")
_PIPE = re.compile(r"(?<!\\)\|")
_TAB = re.compile(r"\t")


def table(text: str) -> tuple[tuple[Cell, ...], ...]:
    """The cells of the rows of a table; () when the text is none."""
    lines = [(m.start(), m.group()) for m in re.finditer(r"[^\r\n]+", text) if m.group().strip()]
    for separator in (_PIPE, _TAB):
        rows = [list(_cells(line, at, separator)) for at, line in lines]
        widths = {len(row) for row in rows}
        if len(rows) > 1 and min(widths) > 1:
            shown = [row for (_, line), row in zip(lines, rows, strict=True) if not _ruler(line)]
            return tuple(tuple(_trimmed(text, a, b) for a, b in row) for row in shown)
    return ()


def _ruler(line: str) -> bool:
    return "-" in line and _DASHES.fullmatch(line) is not None


def _cells(line: str, at: int, separator: re.Pattern[str]) -> Iterator[tuple[int, int]]:
    """The spans of the cells in the text; a bar before the first or after the last is no cell."""
    bounds = [0, *(part for m in separator.finditer(line) for part in m.span()), len(line)]
    spans = list(zip(bounds[::2], bounds[1::2], strict=True))
    if separator is _PIPE and len(spans) > 2:
        spans = spans[not line[: spans[0][1]].strip() :]
        spans = spans[:-1] if not line[spans[-1][0] :].strip() else spans
    for first, last in spans:
        yield at + first, at + last


def _trimmed(text: str, first: int, last: int) -> Cell:
    while first < last and text[first].isspace():
        first += 1
    while first < last and text[last - 1].isspace():
        last -= 1
    return first, last

"""The names of a table's columns, which go with its rows over pages."""

from collections.abc import Callable, Sequence

from index.readers.pdf.layout import cells
from index.readers.pdf.stretch import Shape, Stretch
from index.text_tables import header_line, is_header

_SAME_EDGE = 3.0


def header_of(table: Stretch) -> str:
    """The names of a table's columns, where its first line holds some."""
    if table.header:
        return table.header
    first = table.lines[0]
    titles = [" ".join(word.text for word in cell) for cell in first.row or cells(first)]
    return header_line(titles) if is_header(titles) else ""


def carry_headers(found: Sequence[Stretch], is_small: Callable[[Stretch], bool]) -> None:
    """Give the later parts of a table, on its page and on others, the header of the first.

    Small print may stand between, as notes at the foot of a page do.
    """
    before: Stretch | None = None
    for stretch in found:
        is_table = stretch.shape is Shape.TABLE
        if is_table and before and _is_same_table(before, stretch):
            header = header_of(before)
            stretch.header = "" if header == header_of(stretch) else header
        if is_table or not is_small(stretch):
            before = stretch


def _is_same_table(before: Stretch, after: Stretch) -> bool:
    first, second = before.lines[-1], after.lines[0]
    if not first.table or not second.table or second.page - first.page != 1:
        return first.table is second.table is not None
    a, b = first.table.edges, second.table.edges
    return len(a) == len(b) and all(abs(x - y) <= _SAME_EDGE for x, y in zip(a, b, strict=True))

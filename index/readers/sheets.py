"""Excel workbooks (.xlsx), with openpyxl: groups of rows under the header, sheet by sheet.

Formulas count by the values that Excel saved for them.
"""

import io
from collections.abc import Iterator
from datetime import date, datetime, time
from itertools import chain
from typing import Any

from openpyxl import load_workbook
from openpyxl.cell.read_only import EmptyCell, ReadOnlyCell

from index.lines import has_word
from index.readers.archive import open_archive
from index.readers.builder import TextBuilder
from index.readers.extracted import Extracted, UnreadableError
from index.readers.office_metadata import office_metadata
from index.readers.tables import Row, add_table
from index.text_tables import rows_place
from index.types import FileState

MAX_CELLS = 1_000_000


def extract(content: bytes) -> Extracted:
    archive = open_archive(content)
    book = load_workbook(io.BytesIO(content), read_only=True, data_only=True, keep_links=False)
    builder = TextBuilder()
    cells = _Budget()
    for sheet in book.worksheets:
        # The size that a sheet says it has may be anything.
        sheet.reset_dimensions()
        rows = _rows(sheet, cells)
        first = next((row for row in rows if any(map(has_word, row[1]))), None)
        if first is None:
            continue  # "Sheet2" by itself says nothing
        builder.heading(1, sheet.title)
        with builder.placed(f"sheet {sheet.title}"):
            add_table(builder, chain([first], rows), rows_place)
    book.close()
    metadata, created = office_metadata(archive)
    return builder.extracted(metadata=metadata, created=created)


class _Budget:
    """How many cells a workbook may still have."""

    def __init__(self) -> None:
        self._left = MAX_CELLS

    def spend(self, cells: int) -> None:
        self._left -= cells
        if self._left < 0:
            raise UnreadableError(
                f"it has more than {MAX_CELLS:,} cells: split it", FileState.TOO_LARGE
            )


def _rows(sheet: Any, budget: _Budget) -> Iterator[tuple[int, Row]]:
    for number, row in enumerate(sheet.iter_rows(), start=1):
        # A row without cells counts too: a sheet may skip a million of them.
        budget.spend(1 + len(row))
        yield number, [_shown(cell) for cell in row]


def _shown(cell: ReadOnlyCell | EmptyCell) -> str:
    """A cell's value about as Excel shows it."""
    value = cell.value
    match value:
        case None:
            return ""
        case bool():
            return "TRUE" if value else "FALSE"
        case int() | float() if "%" in str(cell.number_format):
            return f"{round(value * 100, 2):.15g}%"
        case float():
            # Excel keeps no more digits either: 0.1 + 0.2 is 0.3 there.
            return f"{value:.15g}"
        case datetime() if value.time() == time():
            return value.date().isoformat()
        case datetime():
            return value.isoformat(" ", "seconds")
        case date() | time():
            return value.isoformat()
    return str(value)

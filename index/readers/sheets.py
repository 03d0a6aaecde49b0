"""Excel workbooks (.xlsx), with openpyxl: groups of rows under the header, sheet by sheet.

Formulas count by the values that Excel saved for them. A merged cell is told with each of its rows.
"""

import io
from collections.abc import Iterator
from itertools import chain
from typing import Any

from openpyxl import load_workbook
from openpyxl.cell.read_only import EmptyCell, ReadOnlyCell

from index.lines import has_word
from index.readers.archive import open_archive, part
from index.readers.builder import TextBuilder
from index.readers.extracted import Extracted, UnreadableError
from index.readers.office_metadata import office_metadata
from index.readers.sheet_parts import MergedCells, formulas_without_value, merged_cells
from index.readers.sheet_values import shown_value
from index.readers.tables import Row, add_table
from index.text_tables import rows_place
from index.types import FileState

MAX_CELLS = 1_000_000


def extract(content: bytes) -> Extracted:
    archive = open_archive(content)
    book = load_workbook(io.BytesIO(content), read_only=True, data_only=True, keep_links=False)
    builder = TextBuilder()
    cells = _Budget()
    alone = 0
    for sheet in book.worksheets:
        # The size that a sheet says it has may be anything.
        sheet.reset_dimensions()
        xml = part(archive, sheet._worksheet_path)
        alone += formulas_without_value(xml)
        rows = _rows(sheet, cells, merged_cells(xml))
        first = next((row for row in rows if any(map(has_word, row[1]))), None)
        if first is None:
            continue  # "Sheet2" by itself says nothing
        builder.heading(1, sheet.title)
        with builder.placed(f"sheet {sheet.title}"):
            add_table(builder, chain([first], rows), rows_place)
    book.close()
    metadata, created = office_metadata(archive)
    note = (
        f"{alone} formulas have no saved value: open it in Excel or LibreOffice, and save it there"
        if alone
        else ""
    )
    return builder.extracted(note, metadata, created)


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


def _rows(sheet: Any, budget: _Budget, merged: MergedCells) -> Iterator[tuple[int, Row]]:
    for number, row in enumerate(sheet.iter_rows(), start=1):
        # A row without cells counts too: a sheet may skip a million of them.
        budget.spend(1 + len(row))
        yield number, merged.filled(number, [_shown(cell) for cell in row])


def _shown(cell: ReadOnlyCell | EmptyCell) -> str:
    return shown_value(cell.value, "" if cell.value is None else str(cell.number_format))

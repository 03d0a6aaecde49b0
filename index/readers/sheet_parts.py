"""What a sheet's own XML says that openpyxl does not tell while it streams the rows."""

import re
from dataclasses import dataclass, field

from openpyxl.utils import column_index_from_string

_MERGED = re.compile(
    rb'<(?:\w+:)?mergeCell\s[^<>]*?ref="([A-Z]{1,3})(\d{1,7}):[A-Z]{1,3}(\d{1,7})"'
)
_FORMULA_ALONE = re.compile(
    rb"<(?:\w+:)?c\b([^<>]*)>\s*<(?:\w+:)?f\b[^<>]*(?:/>|>[^<]*</(?:\w+:)?f>)"
    rb"(?:\s*<(?:\w+:)?v(?:\s*/>|>\s*</(?:\w+:)?v>))?\s*</(?:\w+:)?c>"
)
# A text that a formula makes may be empty.
_TEXT = b't="str"'
_MAX_ROWS = 100_000


@dataclass(slots=True)
class MergedCells:
    """Those that reach down: row -> (column, row of the cell that has the text)."""

    begin: dict[int, list[int]] = field(default_factory=dict)
    go_on: dict[int, list[tuple[int, int]]] = field(default_factory=dict)
    _texts: dict[tuple[int, int], str] = field(default_factory=dict)

    def filled(self, number: int, row: list[str]) -> list[str]:
        """A row with what merged cells say in it; asked of each row in order."""
        for column in self.begin.get(number, ()):
            self._texts[number, column] = row[column] if column < len(row) else ""
        if any(row):
            for column, top in self.go_on.get(number, ()):
                row += [""] * (column + 1 - len(row))
                row[column] = row[column] or self._texts.get((top, column), "")
        return row


def merged_cells(xml: bytes) -> MergedCells:
    merged = MergedCells()
    rows = 0
    for found in _MERGED.finditer(xml):
        column = column_index_from_string(found[1].decode()) - 1
        first, last = int(found[2]), int(found[3])
        rows += last - first
        if rows > _MAX_ROWS:
            break
        if last > first:
            merged.begin.setdefault(first, []).append(column)
        for number in range(first + 1, last + 1):
            merged.go_on.setdefault(number, []).append((column, first))
    return merged


def formulas_without_value(xml: bytes) -> int:
    """How many cells have nothing but a formula, as programs leave them that compute none."""
    return sum(_TEXT not in found[1] for found in _FORMULA_ALONE.finditer(xml))

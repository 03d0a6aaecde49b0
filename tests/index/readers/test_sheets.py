"""Excel files as offices keep them: currencies, hours, merged cells, formulas."""

import io
from datetime import timedelta
from typing import Any

import pytest
from openpyxl import Workbook

from index.readers import read
from index.readers.sheet_values import shown_value
from tests.index.cutting import shown


@pytest.mark.parametrize(
    ("value", "number_format", "text"),
    [
        (12500.5, "[$£-809]#,##0.00", "£12500.50"),
        (13000, "#,##0.00\\ [$€-407]", "13000.00 €"),
        (-99, '"$"#,##0.00;[Red]-"$"#,##0.00', "$-99.00"),
        (7, '_-* #,##0.00\\ "€"_-;-* #,##0.00\\ "€"_-', "7.00 €"),
        (7, "[$CHF] #,##0", "CHF 7"),
        (1.5, '#,##0.0" kg"', "1.5 kg"),
        (3, '#,##0 "Tsd. €"', "3 Tsd. €"),
        (0.123, "$0.00", "$0.123"),
        (1_234_567, '#,##0.0,," Mio. €"', "1234567"),
        (5, "General", "5"),
        (5, '[<1]"few";0', "5"),
        (5, "0;-0;;@", "5"),
        (1, '"no"', "1"),
        (0.25, "0.0%", "25%"),
        (timedelta(hours=38, minutes=15), "[hh]:mm", "38:15"),
        (timedelta(minutes=2, seconds=5), "[mm]:ss", "0:02:05"),
    ],
)
def test_a_value_has_its_unit_and_hours_go_on_over_the_day(
    value: Any, number_format: str, text: str
) -> None:
    assert shown_value(value, number_format) == text


def saved(book: Workbook) -> bytes:
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def test_a_merged_cell_is_told_with_each_of_its_rows() -> None:
    book = Workbook()
    sheet = book.active
    rows = [
        ("Dock", "Year", "Rent"),
        ("North", 1, 10),
        (None, 2, 12),
        (None, 3, 14),
        ("East", 4, 9),
    ]
    for row in rows:
        sheet.append(row)
    sheet["C5"] = "free"
    sheet.merge_cells("A2:A4")
    sheet.merge_cells("C5:D9")
    [(_, place, text)] = shown("a.xlsx", saved(book))
    assert place == "sheet Sheet, rows 2-5"
    assert (
        text
        == "Dock | Year | Rent\nNorth | 1 | 10\nNorth | 2 | 12\nNorth | 3 | 14\nEast | 4 | free"
    )


def test_formulas_that_no_program_has_computed_are_told() -> None:
    book = Workbook()
    for row in (("Dock", "Rent"), ("North", 10), ("Sum", "=SUM(B2:B2)"), ("Tax", "=B3*0.2")):
        book.active.append(row)
    assert read("a.xlsx", saved(book)).note == (
        "2 formulas have no saved value: open it in Excel or LibreOffice, and save it there"
    )

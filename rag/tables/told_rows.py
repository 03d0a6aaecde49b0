"""What is told of the rows of a table that a question means: their number, a figure, themselves."""

from collections.abc import Sequence
from dataclasses import dataclass

from index.types import Paragraph
from rag.match import Match, Span
from rag.mentions import LISTED, Told
from rag.sanitise import may_be_shown
from rag.tables.column_values import Values
from rag.tables.row_conditions import Meant
from rag.tables.table_rows import Row, name_of, quoted
from rag.types import Verdict

CITED = 10
"""Runs of rows that stand together, each of one paragraph."""


@dataclass(frozen=True, slots=True)
class Table:
    """``rows`` of a table without the sums among them, of which there are ``left_out``."""

    rows: tuple[Row, ...]
    left_out: int


def number_of_rows(table: Table, found: Meant, column: str = "") -> Told:
    """How many rows are meant, and with how many different values of a column, where one is."""
    name, number, values = name_of(table.rows), len(found.rows), _values(found, column)
    if found.told:
        how_many = f"{number or 'None'} of the {_rows(len(table.rows))} of “{name}”"
        said = f"{how_many} {'have' if number > 1 else 'has'} {_told(found)}"
    else:
        said = f"“{name}” has {_rows(number)}"
    if 1 < len(values) < number:
        said += f", with {len(values)} different values of “{column}”"
    return _counted(f"{said}.", table, found)


def different_values(table: Table, found: Meant, column: str) -> Told:
    """How many different values a column has in the rows that are meant, and which."""
    values, where = _values(found, column), f" with {_told(found)}" if found.told else ""
    said = (
        f"“{column}” has {_different(len(values))} in {_rows(len(found.rows))} of"
        f" “{name_of(table.rows)}”{where}"
    )
    said += f": {', '.join(values)}." if values and len(values) <= LISTED else "."
    return _counted(said, table, found)


def figure_of_rows(table: Table, found: Meant, column: str, values: Values, *, mean: bool) -> Told:
    """The sum or the mean of a column's ``values`` in the rows that are meant; of two at least."""
    kept = {id(row) for row in found.rows}
    pairs = zip(table.rows, values, strict=True)
    figures = [value for row, value in pairs if id(row) in kept and value is not None]
    if len(figures) < 2:
        return Told(())
    value = round(sum(figures) / (len(figures) if mean else 1), 2)
    where = f" with {_told(found)}" if found.told else ""
    said = (
        f"The {'mean' if mean else 'sum'} of “{column}” in {_rows(len(figures))} of"
        f" “{name_of(table.rows)}”{where} is {value:,.15g}."
    )
    return _cited(said, found.rows, table, "Computed from all rows of the table.")


def rows_themselves(table: Table, found: Meant) -> Told:
    """The rows that are meant, where there are several, or where a bound says which one.

    What fits a bound no other way finds; a row that has its figure is mostly another.
    """
    number, shown = len(found.rows), found.rows[:LISTED]
    if number < 2 and not found.bounded:
        return Told(())
    if not number:
        return number_of_rows(table, found)
    if not all(may_be_shown("", [row.span]) for row in shown):
        return Told(())
    name, every = name_of(table.rows), len(table.rows)
    notice = f"{number} of the {every} rows of “{name}”, which were all read."
    if found.told:
        notice = f"{number} of the {every} rows of “{name}”, all read, have {_told(found)}."
    if number == 1:
        notice = f"1 of the {every} rows of “{name}”, all read, has {_told(found)}."
    if number > LISTED:
        notice += f" The first {LISTED} are given."
    return Told(tuple(quoted(row) for row in shown), notice)


def _values(found: Meant, column: str) -> list[str]:
    return list(dict.fromkeys(value for row in found.rows if (value := row.value(column))))


def _counted(said: str, table: Table, found: Meant) -> Told:
    """Where no row is meant, all rows show that."""
    return _cited(said, found.rows or table.rows, table, "Counted in all rows of the table.")


def _cited(said: str, rows: Sequence[Row], table: Table, notice: str) -> Told:
    spans = _runs(rows)
    if table.left_out:
        notice += f" Rows of sums left out: {table.left_out}."
    if len(spans) > CITED:
        notice += f" The first {CITED} places are cited."
    return Told(((said, Match(Verdict.SUPPORTED, tuple(spans[:CITED]), 1.0)),), notice)


def _runs(rows: Sequence[Row]) -> list[Span]:
    """The words of rows; of those that follow each other in a paragraph as one span."""
    found: list[tuple[Paragraph, int, int]] = []
    for row in rows:
        last = found[-1] if found else None
        if last and last[0] is row.paragraph and _next_to(last, row):
            found[-1] = (row.paragraph, last[1], row.sentence.end)
        else:
            found.append((row.paragraph, row.sentence.start, row.sentence.end))
    return [Span(*each) for each in found]


def _next_to(last: tuple[Paragraph, int, int], row: Row) -> bool:
    paragraph, _, end = last
    between = paragraph.text[end - paragraph.start : row.sentence.start - paragraph.start]
    return not between.strip(" \t\r\n|")


def _different(number: int) -> str:
    return f"{number} value" if number == 1 else f"{number} different values"


def _rows(number: int) -> str:
    return f"{number} row" if number == 1 else f"{number} rows"


def _told(found: Meant) -> str:
    return " and ".join(f"“{condition}”" for condition in found.told)

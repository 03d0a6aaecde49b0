"""How many rows of a table, which ones, and what they come to: all of its rows are read.

"How many branches are in Graz?" is answered by no row alone, and whatever row is found bears itself
out word for word. Where a word of the question is neither the table's nor a usual one of such
questions, it may be about something else: then nothing is told.
"""

import re
from collections.abc import Sequence, Set

from index.words import WORD, stem, stems
from rag.mentions import Checked, Told
from rag.tables.column_values import Values, amounts
from rag.tables.row_conditions import Meant, meant
from rag.tables.row_questions import (
    FIGURES,
    USUAL,
    Kind,
    RowQuestion,
    row_question,
    things_counted,
)
from rag.tables.rows import Cell, cells
from rag.tables.table_rows import (
    Row,
    column_stems,
    columns_of,
    without_sums,
    words_above,
)
from rag.tables.told_rows import (
    Table,
    different_values,
    figure_of_rows,
    number_of_rows,
    rows_themselves,
)

_PERSONS = {stem(word) for word in ("people", "person", "employee", "member", "colleague", "staff")}
_OF_PERSONS_TEXT = "surname forename lastname firstname salary hired born birthday"
_OF_PERSONS = {stem(word) for word in _OF_PERSONS_TEXT.split()}
_IN_BRACKETS = re.compile(r"\([^()]*\)")
_UNITS = {"km", "m", "cm", "mm", "kg", "g", "t", "eur", "usd", "gbp", "min", "h", "s"}
"""What figures are given in stands in the names of their columns."""
_NUMBERING = {"id", "no", "nr", "number", "code", "key", "ref", "reference"}


def tallied(question: str, rows: Sequence[Row], *, nearest: bool) -> Told:
    """The number of rows that are meant, their sum or mean, or the rows themselves; else nothing.

    ``rows`` are all those of one table. Nothing where a single row is meant, which is told as any
    other sentence, where it is not clear what is, or where all are and something else is nearer to
    the question (``nearest`` is false).
    """
    asked, kept = row_question(question), without_sums(rows)
    table = Table(tuple(kept), len(rows) - len(kept))
    if asked is None or len(kept) < 2:
        return Told(())
    columns = columns_of(kept)
    of_figures = [column for column in columns if not _numbers_rows(column, kept)]
    figure, figures = _figure_asked(asked, kept, of_figures)
    counted = "" if figure else next((c for c in columns if column_stems(c) == asked.things), "")
    about = frozenset({figure or counted}) - {""}
    found = meant(asked, kept, of_figures, about)
    if found is None or not (found.told or nearest) or _unclear(asked, found, about, columns, kept):
        return Told(())
    if figure and asked.kind in (Kind.SUM, Kind.MEAN):
        mean = asked.kind is Kind.MEAN
        stated = table.left_out and not found.told
        repeated = mean and column_stems(columns[0]) & asked.words and _repeats(columns[0], kept)
        unfit = stated or repeated or column_stems(figure) & FIGURES
        return Told(()) if unfit else figure_of_rows(table, found, figure, figures, mean=mean)
    if figure or (asked.kind is Kind.LIST and found.told):
        # That no row is meant may be because another place tells of it.
        return rows_themselves(table, found) if found.rows or nearest else Told(())
    if not asked.many and not counted:
        return Told(())
    explicit = asked.distinct or asked.kind is Kind.LIST
    if counted and (explicit or not (found.told or _names_rows(counted, columns, kept))):
        return different_values(table, found, counted)
    return number_of_rows(table, found, counted)


def not_tallied_notice(question: str, checked: Sequence[Checked]) -> str:
    """What to tell of an answer that rests on a row, where how many or how much in all is asked."""
    rows = [cells(span.paragraph, span.text) for _, match in checked for span in match.spans]
    asked = row_question(question)
    if not any(rows):
        return ""
    if asked is not None and asked.kind in (Kind.SUM, Kind.MEAN) and not asked.many:
        words = {word for row in rows for cell in row for word in stems(" ".join(cell))}
        return "" if words & FIGURES else "The rows of this table were not added up."
    things = things_counted(question)
    told = things is None or (things and any(_has_figure(things, row) for row in rows))
    return "" if told else "The rows of this table were not counted."


def _has_figure(things: Set[str], row: Sequence[Cell]) -> bool:
    """Has it a figure of these things, and not the number of one in a list?"""
    of_things = [
        value
        for column, value in row
        if (words := column_stems(column)) <= things
        or (things <= words and not _is_numbering(column))
    ]
    return any(char.isdigit() for value in of_things for char in value)


def _numbers_rows(column: str, rows: Sequence[Row]) -> bool:
    """Has it a number, or a name, of its own for each row?"""
    first = column == rows[0].cells[0][0]
    return _is_numbering(column) or (first and not _repeats(column, rows))


def _is_numbering(column: str) -> bool:
    return bool(_NUMBERING & {word.lower() for word in WORD.findall(column)[-1:]})


def _repeats(column: str, rows: Sequence[Row]) -> bool:
    return len({row.value(column) for row in rows}) < len(rows)


def _names_rows(column: str, columns: Sequence[str], rows: Sequence[Row]) -> bool:
    """Is it what a row is of: the first column, or what stands over the table?"""
    return column == columns[0] or column_stems(column) <= words_above(rows)


def _figure_asked(
    asked: RowQuestion, rows: Sequence[Row], columns: Sequence[str]
) -> tuple[str, Values]:
    """The column of figures that is asked for, with these; "" for none or where it is not clear."""
    computed = asked.kind in (Kind.SUM, Kind.MEAN)
    of_rows = column_stems(rows[0].cells[0][0]) | words_above(rows)
    fit = dict[str, set[str]]()
    for column in columns:
        own = column_stems(_IN_BRACKETS.sub("", column)) - USUAL - FIGURES - _UNITS
        # The seats of "Seats sold" may be meant, but not the orders of "Order value" in orders.csv.
        part = bool(asked.things) and asked.things < own and not asked.things & of_rows
        if own and own <= asked.words and (computed or part or own == asked.things):
            fit[column] = own
    longest = [c for c, own in fit.items() if not any(own < other for other in fit.values())]
    read = [(column, amounts([row.value(column) for row in rows])) for column in longest]
    figures = [(column, values) for column, values in read if values is not None]
    return figures[0] if len(figures) == 1 else ("", [])


def _unclear(
    asked: RowQuestion, found: Meant, about: Set[str], columns: Sequence[str], rows: Sequence[Row]
) -> bool:
    """Does the question say what the table does not, or ask for what its rows are not?"""
    first, *others = columns
    of_rows = column_stems(first) | (words_above(rows) - set().union(*map(column_stems, others)))
    if of_rows & _PERSONS or _OF_PERSONS & set().union(*map(column_stems, columns)):
        of_rows |= _PERSONS
    known = of_rows.union(*map(column_stems, about))
    if found.unused - known - USUAL - FIGURES:
        return True
    rows_asked = not about and asked.kind is not Kind.LIST
    of_conditions = found.values.union(*map(column_stems, found.columns))
    return rows_asked and not asked.things <= of_rows | of_conditions

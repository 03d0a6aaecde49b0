"""The column of a table that a question means, with its values as numbers."""

from collections.abc import Callable, Sequence, Set

from rag.tables.column_values import Values
from rag.tables.table_rows import Row, column_stems

Read = Callable[[Sequence[str]], Values | None]
"""A column's values as numbers, see ``rag.tables.column_values``."""

NO_COLUMN: tuple[str, Values] = ("", [])


def column_named(
    words: Set[str], rows: Sequence[Row], columns: Sequence[str], read: Read
) -> tuple[str, Values]:
    """The one column that ``words`` name and whose values can be ``read``, with these.

    No name and no values where it is not clear which.
    """
    found = []
    for column in columns:
        named = column_stems(column)
        share = len(named & words) / max(1, len(named))
        if share and (values := read([row.value(column) for row in rows])) is not None:
            found.append((share, column, values))
    best = max((share for share, *_ in found), default=0.0)
    first = [(column, values) for share, column, values in found if share == best]
    return first[0] if len(first) == 1 else NO_COLUMN


def column_named_or_only(
    words: Set[str], rows: Sequence[Row], columns: Sequence[str], read: Read
) -> tuple[str, Values]:
    """The same; where none is named, the only one whose values can be ``read``."""
    named = column_named(words, rows, columns, read)
    if named != NO_COLUMN:
        return named
    values = {column: read([row.value(column) for row in rows]) for column in columns}
    able = [(column, numbers) for column, numbers in values.items() if numbers is not None]
    return able[0] if len(able) == 1 else NO_COLUMN

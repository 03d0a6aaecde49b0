"""The column of a table that a question means, with its values as numbers."""

from collections.abc import Callable, Sequence, Set

from rag.tables.column_values import Values
from rag.tables.table_rows import Row, column_stems

Read = Callable[[Sequence[str]], Values | None]
"""A column's values as numbers, see ``rag.tables.column_values``."""

NO_COLUMN: tuple[str, Values] = ("", [])

_QUALITIES = (
    ("longer longest", "shorter shortest", "length durat"),
    ("heavier heaviest", "lighter lightest", "weight"),
    ("taller tallest", "", "height"),
    ("dearer dearest", "cheaper cheapest", "price cost"),
    ("deeper deepest", "shallower shallowest", "depth"),
    ("wider widest broader broadest", "narrower narrowest", "width breadth"),
    ("thicker thickest", "thinner thinnest", "thick"),
    ("faster fastest", "slower slowest", "speed"),
    ("hotter hottest warmer warmest", "colder coldest cooler coolest", "temperatur"),
    ("farther farthest further furthest", "nearer nearest closer closest", "distanc"),
    ("older oldest", "younger youngest", "age"),
)
"""Words for more of something and for less, and the stems of the columns that tell it."""
_MEANT = {
    word: frozenset(columns.split())
    for more, less, columns in _QUALITIES
    for word in f"{more} {less}".split()
}
_BY_MORE = [word for more, _, _ in _QUALITIES for word in more.split()]
_BY_LESS = [word for _, less, _ in _QUALITIES for word in less.split()]
MORE, LESS = ([w for w in words if w.endswith("er")] for words in (_BY_MORE, _BY_LESS))
"""Words that compare with a bound: "deeper than"."""
MOST, LEAST = ([w for w in words if w.endswith("est")] for words in (_BY_MORE, _BY_LESS))


def meant_by(word: str) -> frozenset[str]:
    """The stems of the columns that a word like "deepest" means where none is named."""
    return _MEANT.get(word.lower(), frozenset())


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

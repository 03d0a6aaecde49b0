"""Which rows of a table a question means: "in Graz", "with parking", "with more than 50 seats"."""

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass

from index.words import stems
from rag.tables.row_bounds import Condition, are_years, without_bounds
from rag.tables.row_questions import RowQuestion
from rag.tables.table_rows import (
    Cells,
    Row,
    asked_stems,
    column_stems,
    column_words,
    columns_of,
    longest,
    values_of,
)

_YES, _NO = {"yes", "y", "true", "x", "✓", "✔"}, {"no", "n", "false", "-", "–", ""}
_DERIVED = 3
"""Letters that a word has at least which another is made of."""
_OR = re.compile(r"\bor\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Meant:
    """The ``rows`` that a question means, and why.

    ``told`` has each condition in words, ``columns`` those that they are on, ``values`` the stems
    of the values named. ``unused`` are stems of the question that neither a value has nor a column
    that a condition is on. ``bounded``: one of the conditions is a bound.
    """

    rows: tuple[Row, ...]
    told: tuple[str, ...]
    columns: frozenset[str]
    values: frozenset[str]
    unused: frozenset[str]
    bounded: bool = False


def meant(
    asked: RowQuestion, rows: Sequence[Row], bound: Sequence[str], about: Set[str] = frozenset()
) -> Meant | None:
    """The rows that have each value the question names, and are within the bounds it sets.

    ``bound`` are the columns that bounds may be of. ``about`` are those that it asks for: no
    condition is on them. None where it is not clear on which column one is, or what is denied.
    """
    bound = [column for column in bound if column not in about]
    left, bounds = without_bounds(asked.text, rows, bound, column_words(list(about)))
    words = asked_stems(left)
    columns = columns_of(rows)
    named = _named(left, words, words - column_words(columns), rows)
    found = [*bounds, *_values(named, words, rows, about)]
    taken = about | {condition.column for condition in found}
    found += _marked(words, rows, [column for column in columns if column not in taken], columns[0])
    on = frozenset(condition.column for condition in found)
    conditions = None if "" in on else _with_denied(found, asked.denied, rows)
    if conditions is None or ((len(on) > 1 or len(bounds) > 1) and _OR.search(left)):
        return None
    kept = tuple(row for at, row in enumerate(rows) if all(c.holds[at] for c in conditions))
    values = frozenset[str]().union(*named)
    unused = frozenset(words) - values - column_words(list(on))
    unused = frozenset(word for word in unused if not _derived(word, on))
    return Meant(kept, tuple(c.told for c in conditions), on, values, unused, bool(bounds))


def _with_denied(
    conditions: Sequence[Condition], denied: str, rows: Sequence[Row]
) -> list[Condition] | None:
    """The conditions, with the contrary of the one that the question denies; None for several."""
    if not denied:
        return list(conditions)
    words = set(stems(denied))
    told = [condition for condition in conditions if condition.words <= words]
    if len(told) != 1:
        return None
    [one] = told
    known = [True] * len(rows) if one.of_empty else [bool(row.value(one.column)) for row in rows]
    return [c.denied(known) if c is one else c for c in conditions]


def _derived(word: str, columns: Set[str]) -> bool:
    """Is it what one of the columns is called by: who funds is in the column of the funder?"""
    names = set().union(*map(column_stems, columns))
    return len(word) >= _DERIVED and any(
        name.startswith(word) or (len(name) >= _DERIVED and word.startswith(name)) for name in names
    )


def _named(question: str, words: Set[str], free: Set[str], rows: Sequence[Row]) -> Cells:
    """The cells that the question names; one that has words of columns only if it stands there.

    ``free`` are those of its ``words`` that no column has.
    """
    every = values_of(words, rows)
    others = {value: of for value, of in longest(every).items() if not value <= free}
    standing = {value: of for value, of in others.items() if _stands(question, of, rows)}
    return {**longest({value: of for value, of in every.items() if value <= free}), **standing}


def _stands(question: str, having: Mapping[str, Set[int]], rows: Sequence[Row]) -> bool:
    """Does the value stand in the question as it is, with more than one word?"""
    column, places = next(iter(having.items()))
    text = re.escape(rows[min(places)].value(column))
    return " " in text and re.search(rf"(?<!\w){text}(?!\w)", question, re.IGNORECASE) is not None


def _values(named: Cells, words: Set[str], rows: Sequence[Row], about: Set[str]) -> list[Condition]:
    """A condition for each column that has any of these values: one of them is enough."""
    of_column: dict[str, set[int]] = defaultdict(set)
    found = list[Condition]()
    for value, having in named.items():
        told = having.keys() - about
        bare = all(word[0].isdigit() for word in value)
        if bare:
            years = {c for c in told if are_years([row.value(c) for row in rows])}
            told = years | {column for column in told if words & column_stems(column)}
        elif len(told) > 1:
            told = {column for column in told if words & column_stems(column)}
        if len(told) == 1:
            [column] = told
            of_column[column] |= having[column]
        else:
            found.append(Condition("", ""))
    for column, places in of_column.items():
        texts = dict.fromkeys(rows[at].value(column) for at in sorted(places))
        holds = [at in places for at in range(len(rows))]
        own = frozenset[str]().union(*(v for v, having in named.items() if column in having))
        found.append(Condition(column, f"{column}: {' / '.join(texts)}", holds, own))
    return found


def ticked(words: Set[str], rows: Sequence[Row]) -> list[Condition]:
    """A condition for each column of yes and no that the question names: "which remote office"."""
    columns = columns_of(rows)
    return _marked(words, rows, [c for c in columns if _ticks(_shown(c, rows))], columns[0])


def _marked(
    words: Set[str], rows: Sequence[Row], columns: Sequence[str], first: str
) -> list[Condition]:
    """A condition for each column that the question names, of yes and no or empty here and there.

    "Have been returned" is told of loans that have a day there.
    """
    found = []
    for column in columns:
        own = frozenset(column_stems(column))
        if not own <= words:
            continue
        values = _shown(column, rows)
        if _ticks(values):
            held, said = [value in _YES for value in values], "yes"
        elif "" in values and column != first:
            held, said = [value != "" for value in values], "given"
        else:
            continue
        found.append(Condition(column, f"{column}: {said}", held, own, of_empty=True))
    return found


def _shown(column: str, rows: Sequence[Row]) -> list[str]:
    return [row.value(column).strip().lower() for row in rows]


def _ticks(values: Sequence[str]) -> bool:
    """Are they of yes and no?"""
    return set(values) <= _YES | _NO and not _YES.isdisjoint(values)

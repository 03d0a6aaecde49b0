"""The row of a table that has most or least of something: all of its rows are compared.

"Which country has the largest population?" is answered by no row alone, and whatever row is found
bears itself out word for word. So the column that is meant is looked for, and every row read.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from index.words import (
    COUNTED,
    WORD,
    content_stems,
    names,
    negated,
    numbers,
    ordinal,
    stem,
    stems,
)
from rag.mentions import Checked, Told
from rag.sanitise import may_be_shown
from rag.tables.column_values import Values, amounts, days
from rag.tables.columns_meant import (
    LEAST,
    MOST,
    NO_COLUMN,
    column_named,
    column_named_or_only,
    meant_by,
)
from rag.tables.row_bounds import without_bounds
from rag.tables.row_conditions import ticked
from rag.tables.row_questions import FIGURES
from rag.tables.rows import cells
from rag.tables.table_rows import (
    Row,
    asked_stems,
    column_words,
    columns_of,
    longest,
    name_of,
    quoted,
    values_of,
    without_sums,
    words_above,
)

_BEHIND = 3
"""Words behind "largest" that may name what is compared."""

MOST_ROWS = 5
"""So many are cited where several have the same."""

_MOST = {"most", "largest", "biggest", "highest", "greatest", *MOST}
_LEAST = {"least", "fewest", "smallest", "lowest", *LEAST}
_LATEST, _EARLIEST = {"latest", "newest"}, {"earliest", "oldest"}
_NO_COMPARISON = re.compile(r"\bat (?:most|least)\b|\bmost of\b", re.IGNORECASE)
_IN_ONE_WORD = tuple(
    (re.compile(rf"\b{words}\b", re.IGNORECASE), word)
    for words, word in (
        ("most (?:expensive|costly)", "dearest"),
        ("least (?:expensive|costly)", "cheapest"),
        ("most recent(?:ly)?", "latest"),
    )
)
_NOT_OF_ALL = re.compile(
    r"\b(?:outside|besides|except|excluding|other than|apart from|one of the)\b", re.IGNORECASE
)
_ASKING = re.compile(r"^(?:(?:and|but|so|in|for|on|at|to) )*(?:which|what|who|whose|where)\b", re.I)
_BEFORE_IT = re.compile(r"^(?:(?:name|find|show|give|tell|me) )*(?:the )?", re.IGNORECASE)
"""What may stand before "cheapest room": without a word that asks, only what is sought is said."""


@dataclass(frozen=True, slots=True)
class _Extreme:
    """``place``: 2 for the second, 0 where it is not clear which one, or several, are asked for."""

    word: str
    most: bool
    of_days: bool
    place: int


def asks_for_extreme(question: str) -> bool:
    """Does it ask which of several has most or least of something?"""
    return _extreme(_in_one_word(question)) is not None


def extreme(question: str, rows: Sequence[Row]) -> Told:
    """The row, or rows, that have it, with the column they were compared by; else nothing.

    ``rows`` are all those of one table. Nothing where it is not clear which column is meant, or
    the question names something that the table does not tell of.
    """
    question = _in_one_word(question)
    asked = _extreme(question)
    if asked is None or _NOT_OF_ALL.search(question) or not asked.place:
        return Told(())
    if asked.of_days:
        asked = _by_age(asked, rows)
    meant = _rows_meant(question, asked, rows)
    # "Which 3 star hotel is the cheapest?" names the stars, which only all of these have alike.
    told = [c for c in columns_of(meant) if _differ(c, meant) or not _differ(c, rows)]
    column, values = _column(question, asked, meant, told if len(meant) > 1 else columns_of(meant))
    known = [value for value in values if value is not None]
    # The highest average of several rows is in none of them.
    computed = FIGURES & set(stems(question)) - column_words([column])
    if not known or computed:
        return Told(())
    ranked = sorted(known, reverse=asked.most)
    best = ranked[min(asked.place, len(ranked)) - 1]
    if ranked.index(best) + 1 != asked.place:
        return Told(())  # Of two that share the first place, which is the second?
    found = [row for row, value in zip(meant, values, strict=True) if value == best]
    checked = [quoted(row) for row in found[:MOST_ROWS]]
    if not all(may_be_shown(text, match.spans) for text, match in checked):
        return Told(())
    return Told(tuple(checked), _notice(column, meant, known, found))


def not_compared_notice(question: str, checked: Sequence[Checked]) -> str:
    """What to tell of an answer that rests on a row, where the question asks which has most."""
    asked = _extreme(_in_one_word(question))
    spans = [span for _, match in checked for span in match.spans]
    said = (stems(_in_one_word(span.text)) for span in spans)
    if asked is None or any(stem(asked.word) in words for words in said):
        return ""
    rows = any(cells(span.paragraph, span.text) for span in spans)
    return "The rows of this table were not compared with each other." if rows else ""


def _in_one_word(question: str) -> str:
    """ "The most expensive" is the dearest, which tells what it is compared by."""
    for words, word in _IN_ONE_WORD:
        question = words.sub(word, question)
    return question


def _extreme(question: str) -> _Extreme | None:
    if _NO_COMPARISON.search(question) or negated(question):
        return None
    words = [word.lower() for word in COUNTED.findall(question)]
    said = [word for word in words if word in _MOST | _LEAST | _LATEST | _EARLIEST]
    if len(said) != 1 or not (_ASKING.search(question.strip()) or _begins(question, said[0])):
        return None
    [word] = said
    place = _place(words, word)
    return _Extreme(word, word in (_MOST - _EARLIEST) | _LATEST, word in _LATEST | _EARLIEST, place)


def _begins(question: str, superlative: str) -> bool:
    """ "Second cheapest room"; but "most rooms" are many of them."""
    first = COUNTED.findall(_BEFORE_IT.sub("", question.strip()).lower())[:2]
    at = int(bool(first) and bool(ordinal(first[0])))
    return superlative not in {"most", "least"} and first[at : at + 1] == [superlative]


def _by_age(asked: _Extreme, rows: Sequence[Row]) -> _Extreme:
    """The oldest is of the first day, but where ages are told the one of most years."""
    ages = column_named(meant_by(asked.word), rows, columns_of(rows), amounts)
    return asked if ages == NO_COLUMN else replace(asked, most=True, of_days=False)


def _place(words: Sequence[str], superlative: str) -> int:
    """2 of "the second highest"; 0 of "the two highest", which are more, and of "the next"."""
    at = words.index(superlative)
    before = words[at - 1] if at else ""
    if before == "next" or (stem(before).isdigit() and not ordinal(before)):
        return int(stem(before) == "1")
    return int(ordinal(before) or 1)


def _rows_meant(question: str, asked: _Extreme, rows: Sequence[Row]) -> list[Row]:
    """Without sums, those that have each cell whose whole value the question names, and are within
    the bounds it sets."""
    rows = without_sums(rows)
    columns = columns_of(rows)
    others = [column for column in columns if column != _compared(question, asked, rows)]
    left, bounds = without_bounds(question, rows, others, column_words(columns))
    if bounds and all(bound.column for bound in bounds):
        question = left
    else:
        bounds = []  # A figure of no column is one that the table does not tell.
    words = asked_stems(question) - column_words(columns)
    words -= {stem(asked.word), *([str(asked.place)] if asked.place > 1 else [])}
    whole = longest(values_of(words, rows))
    told = words_above(rows).union(*whole)
    shown = asked_stems(question) - set(content_stems(question))
    if words & (names(question) | numbers(question) | shown) - told:
        return []
    having = [set().union(*of_columns.values()) for of_columns in whole.values()]
    marked = ticked(set(content_stems(question)), rows) if rows else []
    return [
        row
        for at, row in enumerate(rows)
        if all(at in places for places in having)
        and all(one.holds[at] for one in (*marked, *bounds))
    ]


def _compared(question: str, asked: _Extreme, rows: Sequence[Row]) -> str:
    """The column that is called as what stands behind the superlative: no bound is of it."""
    behind = re.split(rf"\b{asked.word}\b", question, maxsplit=1, flags=re.IGNORECASE)[-1]
    words = set(content_stems(" ".join(WORD.findall(behind)[:_BEHIND])))
    return column_named(words, rows, columns_of(rows), amounts)[0]


def _column(
    question: str, asked: _Extreme, rows: Sequence[Row], columns: Sequence[str]
) -> tuple[str, Values]:
    """The one column that the question means and whose values can be compared, with these."""
    said = set(content_stems(question)) | numbers(question)
    if asked.of_days:
        # A table has one column of days mostly, which "the oldest" means without naming it.
        return column_named_or_only(said, rows, columns, days)
    named = column_named(said, rows, columns, amounts)
    if named != NO_COLUMN:
        return named
    return column_named(meant_by(asked.word), rows, columns, amounts)


def _differ(column: str, rows: Sequence[Row]) -> bool:
    return len({row.value(column) for row in rows}) > 1


def _notice(column: str, rows: Sequence[Row], known: Sequence[float], found: Sequence[Row]) -> str:
    notice = f"Of {len(rows)} rows of “{name_of(rows)}” compared by “{column}”."
    if len(known) < len(rows):
        notice += f" Rows without a value there: {len(rows) - len(known)}."
    if len(found) > MOST_ROWS:
        notice += f" {len(found)} have the same; the first {MOST_ROWS} are cited."
    return notice

"""The bounds a question sets to a column: "more than 50 seats", "from 1990 to 1999", "in 2015"."""

import re
from collections.abc import Callable, Sequence, Set
from dataclasses import dataclass, replace
from operator import eq, ge, gt, le, lt

from index.words import MONTH_STEMS, WORD, content_stems, stems
from rag.tables.column_values import Values, amounts, days, may_be_thousands, number
from rag.tables.columns_meant import (
    LESS,
    MORE,
    NO_COLUMN,
    column_named,
    column_named_or_only,
    meant_by,
)
from rag.tables.day_bounds import day_bound
from rag.tables.table_rows import Row

Compare = Callable[[float, float], bool]

_MORE = f"(?:more|greater|larger|higher|{'|'.join(MORE)})"
_LESS = f"(?:less|fewer|smaller|lower|{'|'.join(LESS)})"
_SCALE = r"(?! (?:million|billion|thousand|percent)\b|[\w%])"
_FIGURE = rf"[^\w\s]?(\d[\d.,'’]*\d|\d){_SCALE}"
_YEAR = r"((?:1[5-9]|20)\d\d)\b"


@dataclass(frozen=True, slots=True)
class _Form:
    """``told`` with the figures filled in; one comparison for each figure."""

    told: str
    words: re.Pattern[str]
    compares: tuple[Compare, ...]
    of_days: bool = False


def _form(told: str, words: str, *compares: Compare, of_days: bool = False) -> _Form:
    return _Form(told, re.compile(words, re.IGNORECASE), compares, of_days)


_FORMS = (
    _form("from {} to {}", rf"\b(?:between|from) {_YEAR} (?:and|to|until|till) {_YEAR}", ge, le,
          of_days=True),
    _form("from {} to {}", rf"\b(?:between|from) {_FIGURE} (?:and|to) {_FIGURE}", ge, le),
    _form("more than {}", rf"(?<!no )\b(?:{_MORE} than|over|above|exceeding) {_FIGURE}", gt),
    _form("less than {}", rf"(?<!no )\b(?:{_LESS} than|under|below) {_FIGURE}", lt),
    _form("at least {}", rf"\b(?:at least|no {_LESS} than) {_FIGURE}", ge),
    _form("at most {}", rf"\b(?:at most|no {_MORE} than|up to) {_FIGURE}", le),
    _form("at least {}", rf"{_FIGURE} or (?:more|above|higher)\b", ge),
    _form("at most {}", rf"{_FIGURE} or (?:less|fewer|below|lower)\b", le),
    _form("from {} on", rf"\bfrom {_YEAR} on(?:wards?)?\b", ge, of_days=True),
    _form("since {}", rf"\b(?:in )?{_YEAR} or (?:later|after)\b", ge, of_days=True),
    _form("since {}", rf"\bin or after {_YEAR}", ge, of_days=True),
    _form("until {}", rf"\b(?:in )?{_YEAR} or (?:earlier|before)\b", le, of_days=True),
    _form("until {}", rf"\bin or before {_YEAR}", le, of_days=True),
    _form("before {}", rf"(?<!or )\bbefore {_YEAR}", lt, of_days=True),
    _form("after {}", rf"(?<!or )\bafter {_YEAR}", gt, of_days=True),
    _form("since {}", rf"\bsince {_YEAR}", ge, of_days=True),
    _form("in {}", rf"(?<!since )(?<!or )\bin {_YEAR}(?! or\b)", eq, of_days=True),
)  # fmt: skip
_LEFT = re.compile(
    r"\b(?:than|over|under|above|below|up to|at least|at most|exceeding|between|from|by|to|until"
    r"|till|through|around|about|nearly|almost|before|after|since) \W?\d|\bthan one\b|\d \W?\d",
    re.IGNORECASE,
)
_MONEY = re.compile(r" ?(?:euros?|EUR|dollars?|USD|pounds|GBP|€)(?!\w)", re.IGNORECASE)
_OF_MONEY = re.compile(r"[€$£]|\b(?:EUR|USD|GBP)\b")
_DATED = re.compile(r"\d{4}[-/]\d{1,2}")
_WHOLE_YEAR = re.compile(r"(?:1[5-9]|20)\d\d")
_IN_DAY = 10_000
"""What a year is multiplied by in a day as a number, see ``rag.tables.column_values.days``."""


@dataclass(frozen=True, slots=True)
class Condition:
    """``holds`` says of each row if it is met; ``column`` is "" where it is not clear which.

    ``words`` are the stems that the question has for it; ``of_empty``: an empty cell tells it too.
    """

    column: str
    told: str
    holds: Sequence[bool] = ()
    words: frozenset[str] = frozenset()
    of_empty: bool = False

    def denied(self, known: Sequence[bool]) -> "Condition":
        """Its contrary, for rows of which it is ``known``."""
        holds = [k and not held for held, k in zip(self.holds, known, strict=True)]
        told = self.told.replace(": ", ": not ", 1)
        return replace(self, told=told, holds=holds)


def without_bounds(
    question: str,
    rows: Sequence[Row],
    columns: Sequence[str],
    known: Set[str] = frozenset(),
) -> tuple[str, list[Condition]]:
    """The question without the bounds it sets, and these; one of no column where one is not clear.

    ``columns`` are those that may be bound: not what numbers the rows. A year or month that is
    ``known`` is no bound: "sold in 2024" names the column "Sold 2024".
    """
    left, found = _without_days(question, rows, columns, known)
    for form in _FORMS:
        match = form.words.search(left)
        if match is None:
            continue
        if form.compares == (eq,) and (match[1] in known or _is_value(match[1], rows)):
            continue
        rest = left[match.end() :]
        money = _MONEY.match(rest)
        left = f"{left[: match.start()]} {rest[money.end() :] if money else rest}"
        words = set(content_stems(left))
        column, values = (_dated if form.of_days else _amounts)(words, rows, columns)
        if not column and not form.of_days:
            meant = frozenset().union(*map(meant_by, WORD.findall(match[0])))
            column, values = _amounts(meant, rows, columns)
        if not column and (money or _OF_MONEY.search(match[0])):
            column, values = _of_money(rows, columns)
        if any(map(may_be_thousands, match.groups())):
            column = ""
        figures = [number(figure) for figure in match.groups()]
        told = f"{column}: {form.told.format(*match.groups())}"
        holds = [_within(value, form.compares, figures) for value in values]
        found.append(Condition(column, told, holds, frozenset(stems(match[0]))))
    return left, [*found, Condition("", "")] if _LEFT.search(left) else found


def _without_days(
    question: str, rows: Sequence[Row], columns: Sequence[str], known: Set[str]
) -> tuple[str, list[Condition]]:
    """The question without the days or months that bound a column of days."""
    bound = day_bound(question)
    if bound is None or MONTH_STEMS & known & set(stems(bound.text)):
        return question, []
    left = question.replace(bound.text, " ", 1)
    column, values = _of_days(set(content_stems(left)), rows, columns, years=False)
    if not bound.is_clear(values):
        column = ""
    told, words = f"{column}: {bound.text}", frozenset(stems(bound.text))
    return left, [Condition(column, told, bound.holds(values), words)]


def are_years(values: Sequence[str]) -> bool:
    """Is each of them a year?"""
    return any(values) and all(_WHOLE_YEAR.fullmatch(value) for value in values if value)


def _amounts(words: Set[str], rows: Sequence[Row], columns: Sequence[str]) -> tuple[str, Values]:
    return column_named(words, rows, columns, amounts)


def _of_money(rows: Sequence[Row], columns: Sequence[str]) -> tuple[str, Values]:
    """The only column of amounts of money."""
    found = [
        (column, values)
        for column in columns
        if _OF_MONEY.search(" ".join((column, *(row.value(column) for row in rows[:1]))))
        and (values := amounts([row.value(column) for row in rows])) is not None
    ]
    return found[0] if len(found) == 1 else NO_COLUMN


def _dated(words: Set[str], rows: Sequence[Row], columns: Sequence[str]) -> tuple[str, Values]:
    """The years of the column of days that is named, or of the only one."""
    column, values = _of_days(words, rows, columns, years=True)
    return column, [value and value // _IN_DAY for value in values]


def _of_days(
    words: Set[str], rows: Sequence[Row], columns: Sequence[str], *, years: bool
) -> tuple[str, Values]:
    """The column of days that is named, or the only one; with ``years`` it may have these alone."""
    texts = {column: [row.value(column) for row in rows] for column in columns}
    dated = [
        column
        for column in columns
        if any(map(_DATED.match, texts[column])) or (years and are_years(texts[column]))
    ]
    return column_named_or_only(words, rows, dated, days)


def _within(
    value: float | None, compares: Sequence[Compare], figures: Sequence[float | None]
) -> bool:
    pairs = zip(compares, figures, strict=True)
    return value is not None and all(f is not None and compare(value, f) for compare, f in pairs)


def _is_value(text: str, rows: Sequence[Row]) -> bool:
    return any(value == text for row in rows for _, value in row.cells)

"""The days that a question bounds: "in March 2024", "between 1 May and 3 June", "after 2024-02-20".

Days are compared as ``rag.tables.column_values.days`` numbers them: 20240503 is 3 May 2024.
"""

import re
from dataclasses import dataclass

from index.words import MONTHS
from rag.tables.column_values import Values

_MONTH = "|".join(MONTHS)
_NTH = r"(?:st|nd|rd|th)?"


def _day(n: int) -> str:
    """A day or a month, its groups numbered: a pattern has two of them."""
    return (
        rf"(?:(?P<iso{n}>\d{{4}}-\d\d-\d\d)|(?:the )?(?:(?P<day{n}>\d{{1,2}}){_NTH}(?: of)? )?"
        rf"(?P<month{n}>{_MONTH})(?: (?P<nth{n}>\d{{1,2}}){_NTH}(?!\d))?"
        rf"(?:,? (?P<year{n}>\d{{4}}))?)\b"
    )


_FORMS = tuple(
    (told, re.compile(rf"\b{words}", re.IGNORECASE))
    for told, words in (
        ("from to", rf"(?:between|from) {_day(1)} (?:and|to|until|till) {_day(2)}"),
        ("since", rf"(?:since|from) {_day(1)}(?: on(?:wards?)?\b)?"),
        ("until", rf"(?:until|till|up to) {_day(1)}"),
        ("before", rf"before {_day(1)}"),
        ("after", rf"after {_day(1)}"),
        ("in", rf"(?:in|on|during) {_day(1)}"),
    )
)
_FIRST, _LAST = 0, 99
"""Before and after all days of a month."""
_YEAR = 10_000


@dataclass(frozen=True, slots=True)
class _Day:
    """``day`` is 0 of a whole month, ``year`` where none is said."""

    year: int
    month: int
    day: int

    def first(self, year: int) -> int:
        return ((self.year or year) * 100 + self.month) * 100 + (self.day or _FIRST)

    def last(self, year: int) -> int:
        return ((self.year or year) * 100 + self.month) * 100 + (self.day or _LAST)


@dataclass(frozen=True, slots=True)
class DayBound:
    """``text`` is what the question has for it."""

    text: str
    kind: str
    days: tuple[_Day, ...]

    def holds(self, values: Values) -> list[bool]:
        """Of which days it is true; of none where it is not clear of which year it is."""
        year = self._year(values)
        return [bool(year) and value is not None and self._true(value, year) for value in values]

    def is_clear(self, values: Values) -> bool:
        """Is it known of which year it is?"""
        return self._year(values) > 0

    def _year(self, values: Values) -> int:
        """The year said, else the one that all days are in; 0 where they are in several."""
        years = {int(value) // _YEAR for value in values if value is not None}
        said = next((day.year for day in reversed(self.days) if day.year), 0)
        return said or (next(iter(years)) if len(years) == 1 else 0)

    def _true(self, value: float, year: int) -> bool:
        first, last = self.days[0].first(year), self.days[-1].last(year)
        if first > last:
            first -= _YEAR  # From December to January 2025 it is that of the year before.
        match self.kind:
            case "since":
                return first <= value
            case "until":
                return value <= last
            case "before":
                return value < first
            case "after":
                return value > last
            case _:
                return first <= value <= last


def day_bound(question: str) -> DayBound | None:
    """The first kind of bound that it sets with a month; years alone are other bounds."""
    for kind, words in _FORMS:
        if found := words.search(question):
            numbers = (1, 2) if kind == "from to" else (1,)
            return DayBound(found[0], kind, tuple(_said(found, n) for n in numbers))
    return None


def _said(found: re.Match[str], n: int) -> _Day:
    if iso := found[f"iso{n}"]:
        year, month, day = map(int, iso.split("-"))
        return _Day(year, month, day)
    month = [name.lower() for name in MONTHS].index(found[f"month{n}"].lower()) + 1
    return _Day(int(found[f"year{n}"] or 0), month, int(found[f"day{n}"] or found[f"nth{n}"] or 0))

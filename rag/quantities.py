"""What numbers in a text are: years, and bounds that something is above or below."""

import re

from index.words import numbers, stem

_BOUND = re.compile(
    r"\b(?:(over|above|more than|at least|(?:no|not) (?:less|fewer) than)|(?:under|below|less than"
    r"|fewer than|up to|at most|(?:no|not) more than|nearly|almost))\s+(?:an? )?[$€£¥]?([\w.,]+)",
    re.IGNORECASE,
)
NO_MORE = re.compile(r"\b(?:no|not)(?= (?:more|less|fewer) than\b)", re.IGNORECASE)
"""Of a bound ("not less than 30 days"), where it denies nothing."""
YEAR = re.compile(r"1\d{3}|20\d\d")


_SHIFT = re.compile(
    r"\b(?P<unit>(?:minute|hour|day|week|month|year|decade)s?|century|centuries)"
    r" (?:ago|before|earlier|prior|(?P<later>after|later))\b",
    re.IGNORECASE,
)


def shifts(text: str) -> set[tuple[str, bool]]:
    """By which unit of time something is away, and whether later: "two years after the flood"."""
    return {(stem(m["unit"]), m["later"] is not None) for m in _SHIFT.finditer(text)}


def years(text: str) -> set[str]:
    """The numbers that may be years."""
    return {number for number in numbers(text) if YEAR.fullmatch(number)}


def bounds(text: str) -> set[tuple[bool, str]]:
    """The numbers given as a bound ("over 300"), each with whether it is the lower one."""
    return {
        (bool(found[1]), number)
        for found in _BOUND.finditer(text)
        for number in numbers(found[2].rstrip(".,"))
    }

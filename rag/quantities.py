"""What numbers in a text are: years, and bounds that something is above or below."""

import re

from index.words import numbers

_BOUND = re.compile(
    r"\b(?:(over|above|more than|at least|(?:no|not) (?:less|fewer) than)|(?:under|below|less than"
    r"|fewer than|up to|at most|(?:no|not) more than|nearly|almost))\s+(?:an? )?[$€£¥]?([\w.,]+)",
    re.IGNORECASE,
)
NO_MORE = re.compile(r"\b(?:no|not)(?= (?:more|less|fewer|later|earlier|longer) than\b)", re.I)
"""A bound, and no denial: "not less than 30 days"."""
YEAR = re.compile(r"1\d{3}|20\d\d")


_SHIFT = re.compile(
    r"\b(?P<unit>minute|hour|day|week|month|year|decade|century|centurie)s?"
    r" (?:(?P<ago>ago)|(?P<before>before|earlier|prior)|(?P<after>after|later|since))\b",
    re.IGNORECASE,
)


def shifts(text: str) -> set[tuple[str, str]]:
    """By which unit of time something was before, after or ago: "two years after the flood"."""
    return {(m["unit"].lower(), m.lastgroup or "") for m in _SHIFT.finditer(text)}


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

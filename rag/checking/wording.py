"""An answer's numbers and dates in the spelling of the words it cites.

A model likes to write "February 8, 2007" and "3" where the source has "8 February 2007" and
"three". Both are true, but a reader who compares answer and source should find the same words.
"""

import re
from collections.abc import Iterator

from index.words import MONTHS, WORD, stem

_MONTH = rf"(?:{'|'.join(MONTHS)})"
_DAY = r"\d{1,2}(?:st|nd|rd|th)?"
_DATE = re.compile(
    rf"\b(?:{_MONTH} {_DAY},? \d{{4}}|{_DAY} {_MONTH},? \d{{4}}"
    rf"|{_MONTH} {_DAY}\b|{_DAY} {_MONTH}\b)"
)
_ONE = "one"
_BEFORE_A_PART = re.compile(r"(?:\w|[$€£¥] ?)\Z")
_BEHIND_A_PART = re.compile(r"\w| ?[$€£¥%°]")
_PART = re.compile(rf"\d+|{_MONTH}")


def as_cited(text: str, cited: str) -> str:
    """``text`` with each date and number as ``cited`` spells it, where it has the same one."""
    return _numbers_as(_dates_as(text, cited), cited)


def _dates_as(text: str, cited: str) -> str:
    spelt: dict[frozenset[str], str] = {}
    for found in _DATE.findall(cited):
        spelt.setdefault(_parts(found), found)
    return _DATE.sub(lambda m: spelt.get(_parts(m.group()), m.group()), text)


def _parts(date: str) -> frozenset[str]:
    return frozenset(_PART.findall(date))


def _numbers_as(text: str, cited: str) -> str:
    spelt: dict[str, set[str]] = {}
    parts: set[str] = set()
    for match in _numbers(cited):
        number = stem(match.group())
        spelt.setdefault(number, set()).add(match.group().lower())
        parts |= set() if _stands_alone(match) else {number}
    dates = [m.span() for m in _DATE.finditer(text)]

    def spell(match: re.Match[str]) -> str:
        word = match.group()
        ways = spelt.get(stem(word), set())
        inside = any(start <= match.start() < end for start, end in dates)
        inside = inside or stem(word) in parts
        if inside or len(ways) != 1 or word.lower() in ways or not _stands_alone(match):
            return word
        way = next(iter(ways))
        return way.capitalize() if match.start() == 0 else way

    return WORD.sub(spell, text)


def _numbers(text: str) -> Iterator[re.Match[str]]:
    return (match for match in WORD.finditer(text) if stem(match.group())[:1].isdigit())


def _stands_alone(number: re.Match[str]) -> bool:
    """Not the 3 of "3rd", "3 %" and "$3", nor the one of "no one"."""
    start, end = number.span()
    before, behind = number.string[max(0, start - 2) : start], number.string[end : end + 2]
    part = _BEFORE_A_PART.search(before) or _BEHIND_A_PART.match(behind)
    return not (part and number.group()[0].isdigit()) and number.group().lower() != _ONE

"""The values of a column -> numbers or days that can be compared, or None where they cannot."""

import re
from collections.abc import Sequence

_MINUS = "−–‐‑‒"
"""Typeset for "-": the minus sign, the en dash, hyphens and the figure dash."""
_SIGN = rf"[+{_MINUS}-]"
_NUMBER = re.compile(
    rf"(?P<before>[^\w+{_MINUS}-]*|[A-Z]{{3}} ?)"
    rf"(?P<number>{_SIGN}?\d[\d.,'’\s]*+)"  # possessive: what it took is never tried again
    r"(?P<after>\D*)"
)
_IN_BRACKETS = re.compile(r"([^\w()]{0,3}|[A-Z]{3} ?)\((\d[\d.,'’ ]*)\)([^\w()]{0,3})")
_LONGEST = 200
"""Characters; a cell of more is no number."""
_DAY = re.compile(r"(?P<year>\d{4})(?:[-/](?P<month>\d{1,2})(?:[-/](?P<day>\d{1,2}))?)?(?:[T ].*)?")
_GROUPED = re.compile(r"[1-9]\d{0,2}(?:(?:,\d{3})+|(?:\.\d{3}){2,})")
"""By thousands; 1.204 alone has decimals, as 0,125 does."""
_DECIMAL_COMMA = re.compile(r"\d{1,3}(?:\.\d{3})+,\d+|\d+,\d\d|0,\d+|\d{1,3}(?:\.\d{3}){2,}")
_DECIMAL_POINT = re.compile(r"\d{1,3}(?:,\d{3})+\.\d+|\d+\.\d\d?|0\.\d+|\d{1,3}(?:,\d{3}){2,}")
"""Numbers that show what parts decimals in their column."""
_EITHER = re.compile(r"[1-9]\d{0,2}\.\d{3}")
_SMALL = re.compile(r"\d{1,3}")
_AS_TYPED = str.maketrans(dict.fromkeys(_MINUS, "-"))
_BLANKS = re.compile(r"['’\s]")
_MOSTLY = 0.8
_FEWEST = 2

Values = list[float | None]


def amounts(values: Sequence[str]) -> Values | None:
    """Each as a number, None where there is none; nothing at all where most are no numbers.

    Nor where their units differ: 900 kg is not more than 2 t.
    """
    signed = _with_minus([value if len(value) <= _LONGEST else "" for value in values])
    found = [_NUMBER.fullmatch(value) for value in signed]
    units = {f"{m['before']}{m['after']}".strip().lower() for m in found if m}
    numbers = _numbers([_digits(m["number"]) if m else "" for m in found])
    return numbers if len(units) == 1 and _most_are(numbers) else None


def _with_minus(values: Sequence[str]) -> Sequence[str]:
    """Accounts put what is below zero in brackets: "(5)" beside "7" is -5.

    Where all are, the column tells of losses alone, whose largest is the one most below zero.
    """
    losses = {value: _IN_BRACKETS.fullmatch(value.strip()) for value in values if value.strip()}
    if all(losses.values()):
        return values
    return [f"{m[1]}-{m[2]}{m[3]}" if (m := losses.get(value)) else value for value in values]


def days(values: Sequence[str]) -> Values | None:
    """Each as a number that is greater for a later day; years and months alone count too."""
    found = [_DAY.fullmatch(value) for value in values]
    dated = [
        float(m["year"]) * 10_000 + int(m["month"] or 0) * 100 + int(m["day"] or 0) if m else None
        for m in found
    ]
    return dated if _most_are(dated) else None


def _numbers(written: Sequence[str]) -> Values:
    """One column is written in one way: beside "950,00" 1.200 is 1200, and beside "0,5" 1,250 less
    than two. Beside 950 alone, 1.200 may be either."""
    bare = [digits.lstrip("+-") for digits in written]
    comma = any(map(_DECIMAL_COMMA.fullmatch, bare))
    point = any(map(_DECIMAL_POINT.fullmatch, bare))
    if comma and not point:
        written = [digits.replace(".", "").replace(",", ".") for digits in written]
        return [_float(digits) for digits in written]
    if any(map(may_be_thousands, bare)) and any(map(_SMALL.fullmatch, bare)) and not point:
        told = [digits for digits in bare if not may_be_thousands(digits)]
        if all(_SMALL.fullmatch(digits) for digits in told if digits):
            return [None] * len(written)
    return [number(digits) for digits in written]


def may_be_thousands(text: str) -> bool:
    """1.200 is a little more than one, or 1200 as much of Europe writes it."""
    return _EITHER.fullmatch(text) is not None


def _most_are(values: Values) -> bool:
    known = sum(value is not None for value in values)
    return known >= _FEWEST and known >= _MOSTLY * len(values)


def number(text: str) -> float | None:
    """A number as people write it, with the thousands parted or not; None where it is none."""
    digits = _digits(text)
    if "," in digits and "." in digits:
        # The last one parts the decimals.
        digits = digits.replace(min(",.", key=digits.rindex), "")
    elif _GROUPED.fullmatch(digits.lstrip("+-")):
        digits = digits.replace(",", "").replace(".", "")
    return _float(digits.replace(",", "."))


def _digits(text: str) -> str:
    return _BLANKS.sub("", text.translate(_AS_TYPED)).rstrip(".,")


def _float(digits: str) -> float | None:
    try:
        return float(digits)
    except ValueError:
        return None

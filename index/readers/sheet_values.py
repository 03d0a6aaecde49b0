"""A cell's value in Excel -> about the text that Excel shows for it."""

import re
import unicodedata
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from typing import Any

# "€" or " kg" in a format for numbers, and Excel's own way to name a currency: [$€-407].
_LITERAL = re.compile(r'\[\$([^\]-]+)(?:-[0-9A-Fa-f]+)?\]|"([^"]*)"|\\?([^\s\w"\[\]])')
_DIGIT = re.compile(r"[0#?]")
_IN_THOUSANDS = re.compile(r"[0#?],+(?![0#?,])")
_CENTS = re.compile(r"[0#?]\.00(?!0)")
_CURRENCY = "Sc"
_MAX_UNIT_CHARS = 20


def shown_value(value: Any, number_format: str) -> str:
    match value:
        case None:
            return ""
        case bool():
            return "TRUE" if value else "FALSE"
        case int() | float() if "%" in number_format:
            return f"{round(value * 100, 2):.15g}%"
        case int() | float():
            return _with_unit(value, number_format)
        case datetime() if value.time() == time():
            return value.date().isoformat()
        case datetime():
            return value.isoformat(" ", "seconds")
        case date() | time():
            return value.isoformat()
        case timedelta():
            minutes, seconds = divmod(round(value.total_seconds()), 60)
            return f"{minutes // 60}:{minutes % 60:02}" + (f":{seconds:02}" if seconds else "")
    return str(value)


def _with_unit(value: float, number_format: str) -> str:
    before, after, cents = _unit(number_format)
    # Excel keeps no more digits either: 0.1 + 0.2 is 0.3 there.
    number = f"{value:.15g}" if isinstance(value, float) else str(value)
    whole, _, decimals = number.partition(".")
    if cents and len(decimals) < 2 and "e" not in number:
        number = f"{whole}.{decimals:0<2}"
    return f"{before}{number}{after}"


@lru_cache(maxsize=1_000)
def _unit(number_format: str) -> tuple[str, str, bool]:
    """What a format writes before and behind a number, and whether it shows cents."""
    positive = number_format.partition(";")[0]
    digit = _DIGIT.search(_LITERAL.sub(lambda found: " " * len(found[0]), positive))
    if digit is None or _IN_THOUSANDS.search(positive):
        return "", "", False
    for found in _LITERAL.finditer(positive):
        unit = " ".join((found[1] or found[2] or found[3] or "").split())
        money = found[1] or any(unicodedata.category(c) == _CURRENCY for c in unit)
        worded = found[2] and any(map(str.isalpha, unit))
        if (money or worded) and len(unit) <= _MAX_UNIT_CHARS:
            cents = bool(money) and _CENTS.search(positive) is not None
            if found.start() > digit.start():
                return "", f" {unit}", cents
            return f"{unit} " if unit[-1].isalnum() else unit, "", cents
    return "", "", False

"""Dates as people and programs write them -> ISO dates, as exact as they were written.

What could be two dates is none: 03/05/2024 says the year 2024 and no more. Months have their names
in the languages of the pages.
"""

import re
from datetime import date

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "january jan januar jänner janvier enero",
            "february feb februar février febrero",
            "march mar märz mars marzo",
            "april apr avril abril",
            "may mai mayo",
            "june jun juni juin junio",
            "july jul juli juillet julio",
            "august aug août agosto",
            "september sept sep septembre septiembre setiembre",
            "october oct oktober octobre octubre",
            "november nov novembre noviembre",
            "december dec dezember décembre diciembre",
        ),
        start=1,
    )
    for name in names.split()
}
_MONTH = rf"(?P<month>{'|'.join(sorted(_MONTHS, key=len, reverse=True))})\.?"
_YEAR = r"(?P<year>(?:1[5-9]|20)\d\d)"
_DAY = r"(?P<day>[0-3]?\d)(?:st|nd|rd|th|er|º|\.)?"
_FORMS = tuple(
    re.compile(form, re.IGNORECASE)
    for form in (
        rf"(?<!\d){_YEAR}[-/.](?P<month>[01]\d)[-/.](?P<day>[0-3]\d)(?!\d)",
        rf"(?<!\d){_YEAR}(?P<month>[01]\d)(?P<day>[0-3]\d)(?!\d{{1,5}}(?!\d))",
        rf"(?<!\d){_DAY}[ -](?:of |de )?{_MONTH},?[ -](?:del? )?{_YEAR}(?!\d)",
        rf"\b{_MONTH} {_DAY},? {_YEAR}(?!\d)",
        rf"\b(?P<weekday>mon|tue|wed|thu|fri|sat|sun)\w* {_MONTH} {_DAY} [\d:]+ (?:\w+ )?{_YEAR}\b",
    )
)
_NUMBERS = re.compile(rf"(?<!\d)(?P<first>[0-3]?\d)([./-])(?P<second>[0-3]?\d)\2{_YEAR}(?!\d)")
_VAGUE = tuple(
    re.compile(form, re.IGNORECASE)
    for form in (
        rf"(?<!\d){_YEAR}-(?P<month>[01]\d)(?!-?\d)",
        rf"\b{_MONTH},? (?:del? )?{_YEAR}(?!\d)",
        rf"^\s*{_YEAR}\s*$",
    )
)


def parse_date(text: str) -> str:
    """The first date in ``text`` as YYYY-MM-DD, YYYY-MM or YYYY; "" when there is none."""
    spans = [*exact_dates(text)]
    if spans:
        return spans[0][2]
    for form in _VAGUE:
        if match := form.search(text):
            return _iso(match)
    return ""


def exact_dates(text: str) -> list[tuple[int, int, str]]:
    """Where whole dates are written, as (start, end, ISO date), in order.

    A date of three numbers that leaves open which one is the day gives its year.
    """
    found = []
    for form in _FORMS:
        for match in form.finditer(text):
            if iso := _iso(match):
                found.append((match.start(), match.end(), iso))
    found += [(m.start(), m.end(), iso) for m in _NUMBERS.finditer(text) if (iso := _numbers(m))]
    return sorted(found)


def date_in_name(name: str) -> str:
    """The date in a file's name, such as 2024-05-03-report.md or report_20240503.pdf."""
    apart = name.replace("_", " ")
    exact = [iso for _, _, iso in exact_dates(apart) if len(iso) == len("2024-05-03")]
    month = _VAGUE[0].search(apart)
    return exact[0] if exact else _iso(month) if month else ""


def _iso(match: re.Match[str]) -> str:
    parts = match.groupdict()
    year = parts["year"]
    if not parts.get("month"):
        return year
    # Letters that count as "s" and "i" for the patterns, as in "Auguſt", are others in lower case.
    written = parts["month"].casefold()
    month = int(written) if written.isdigit() else _MONTHS.get(written, 0)
    if not parts.get("day"):
        return f"{year}-{month:02}" if 1 <= month <= 12 else ""
    return _checked(int(year), month, int(parts["day"]))


def _numbers(match: re.Match[str]) -> str:
    year, first, second = (int(match[name]) for name in ("year", "first", "second"))
    if not (min(first, second) >= 1 and max(first, second) <= 31):
        return ""
    if first == second or first > 12:
        return _checked(year, second, first)
    return _checked(year, first, second) if second > 12 else str(year)


def _checked(year: int, month: int, day: int) -> str:
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return ""

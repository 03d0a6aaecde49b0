"""Times that only the day of the document tells: "yesterday", "last week", "two years ago"."""

import re
from collections.abc import Callable, Mapping, Sequence

from index.words import MONTHS
from rag.asked import asks_for_time
from rag.match import Match

_DAYS = "(?:mon|tues|wednes|thurs|fri|satur|sun)day"
_RELATIVE = re.compile(
    r"\b(?:yesterday|today|tomorrow|tonight|this (?:morning|afternoon|evening|week|month|year)"
    rf"|(?:last|next) (?:night|week|weekend|month|year|spring|summer|autumn|winter|{_DAYS})"
    r"|\w+ (?:days?|weeks?|months?|years?) ago)\b",
    re.IGNORECASE,
)
_YEAR = re.compile(r"\b(?:1\d|20)\d\d\b")
_DAY = re.compile(rf"\b\d{{1,2}} (?:{'|'.join(MONTHS)})\b|\b(?:{'|'.join(MONTHS)}) \d{{1,2}}\b")
_MAILS = re.compile(r"^\W*Date:\s*\S", re.MULTILINE)


def relative_notice(
    question: str,
    checked: Sequence[tuple[str, Match]],
    dates: Callable[[], Mapping[str, str]],
    text_of: Callable[[str], str],
) -> str:
    """Of which day the document is that tells a time by its own, where a time is asked for.

    And under which year a day stands that has none. "" where the cited words have a year, where
    the document is not dated, and where it has the dates of several mails.
    """
    if not asks_for_time(question):
        return ""
    for span in (span for _, found in checked for span in found.spans):
        told = _RELATIVE.search(span.text)
        path = span.paragraph.path
        heading = next(reversed(span.paragraph.heading_path), "")
        day = _DAY.search(span.text)
        if day and _YEAR.search(heading) and not _YEAR.search(span.text):
            return f"“{day.group()}” stands under the heading “{heading}”."
        if told is None or _YEAR.search(span.text) or len(_MAILS.findall(text_of(path))) > 1:
            continue
        if date := dates().get(path):
            return f"“{told.group()}” is said in {path}, which is dated {date}."
    return ""

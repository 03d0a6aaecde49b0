"""Times that only the day of the document tells: "yesterday", "last week", "two years ago"."""

import re
from collections.abc import Callable, Mapping, Sequence

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
_MAILS = re.compile(r"^\W*Date:\s*\S", re.MULTILINE)


def relative_notice(
    question: str,
    checked: Sequence[tuple[str, Match]],
    dates: Callable[[], Mapping[str, str]],
    text_of: Callable[[str], str],
) -> str:
    """Of which day the document is that tells a time by its own, where a time is asked for.

    "" where the cited words have a year, where the document is not dated, and where it has the
    dates of several mails.
    """
    if not asks_for_time(question):
        return ""
    for span in (span for _, found in checked for span in found.spans):
        told = _RELATIVE.search(span.text)
        path = span.paragraph.path
        if told is None or _YEAR.search(span.text) or len(_MAILS.findall(text_of(path))) > 1:
            continue
        if date := dates().get(path):
            return f"“{told.group()}” is said in {path}, which is dated {date}."
    return ""

"""Times that only the day of the document tells: "yesterday", "last week", "two years ago"."""

import re
from collections.abc import Callable, Mapping, Sequence

from index.words import MONTHS
from rag.asked import asks_for_time
from rag.match import Match
from rag.quantities import years

_DAYS = "(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
_COUNTED = r"(?:\d{1,2}|an?|one|two|three|four|five|six|seven|eight|nine|ten|twelve|twenty)"
# In small letters but for its first: "Yesterday" within a sentence is a name.
_RELATIVE = re.compile(
    r"\b(?:yesterday|tomorrow|tonight|this (?:morning|afternoon|evening|week)"
    rf"|(?:last|next) (?:night|week|weekend|month|year|{_DAYS})"
    rf"|{_COUNTED} (?:days?|weeks?|months?|years?) ago)\b"
)
_ONLY_A_YEAR = re.compile(
    rf"\W*(?:(?:in|the year|year)\s+)?(?:(?:{'|'.join(MONTHS)})\s+)?(?:1\d|20)\d\d\W*", re.I
)
_DAY = re.compile(rf"\b\d{{1,2}} (?:{'|'.join(MONTHS)})\b|\b(?:{'|'.join(MONTHS)}) \d{{1,2}}\b")
_MAILS = re.compile(r"^[^\w\n]{0,8}Date:\s*\S", re.MULTILINE)


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
    spans = [span for _, found in checked for span in found.spans]
    if any(years(span.text) for span in spans):
        return ""
    for span in spans:
        told = _RELATIVE.search(f"{span.text[:1].lower()}{span.text[1:]}")
        path = span.paragraph.path
        heading = next(reversed(span.paragraph.heading_path), "")
        day = _DAY.search(span.text)
        if day and _ONLY_A_YEAR.fullmatch(heading):
            return f"“{day.group()}” stands under the heading “{heading}”."
        if told is None or len(_MAILS.findall(text_of(path))) > 1:
            continue
        if date := dates().get(path):
            said = span.text[told.start() : told.end()]
            return f"“{said}” is said in {path}, which is dated {date}."
    return ""

"""“That year”, “then” and “the year after” by the year that was spoken of."""

import re

from index.words import content_stems
from rag.asked import asks_for_time
from rag.quantities import YEAR

_SAME = r"(?:that|(?:that|the)(?: very)? same) year\b(?!['’\w-])"
_NEXT = r"the (?:next|following) year|(?:the|a|one) year (?:after|later)(?: that)?(?=\W*$)"
_LAST = (
    r"the (?:previous|preceding) year"
    r"|(?:the|a|one) year (?:before|earlier|previously)(?: that)?(?=\W*$)"
)
_MEANT = re.compile(
    rf"\b(?P<in>(?:in|for|of|during|from|since|until|by|to) )?"
    rf"(?:(?P<same>{_SAME})|(?P<next>{_NEXT})|(?P<last>{_LAST}))",
    re.IGNORECASE,
)
_THEN = re.compile(r"(?<=\w) (?:then|at (?:the|that) time)(?=\W*$)", re.IGNORECASE)
_BEING = re.compile(r"\b(?:was|were)\b", re.IGNORECASE)
_YEARS = re.compile(rf"(?<![\w.,/–-])(?:{YEAR.pattern})(?![\w/–-]|[.,]\d)")


def with_year(question: str, earlier: str, answer: str) -> str:
    """``question`` with the year in figures; as it is where it means none, or none is sure.

    ``earlier`` is the question before, ``answer`` the first sentence that answered it: where that
    was asked when something was, or has no year, the answer's is meant.
    """
    then = _means_then(question)
    if not (then or _MEANT.search(question)) or _YEARS.search(question):
        return question
    told = set(_YEARS.findall(answer))
    known = set(_YEARS.findall(earlier))
    if asks_for_time(earlier) or not known:
        known = told
    if len(known) != 1:
        return question
    year = int(known.pop())
    if then:
        return _THEN.sub(f" in {year}", question)

    def in_figures(found: re.Match[str]) -> str:
        meant = year + bool(found["next"]) - bool(found["last"])
        return f"{found['in'] or 'in '}{meant}"

    return _MEANT.sub(in_figures, question)


def _means_then(question: str) -> bool:
    """“Who was mayor then?” means at that time, “What happened then?” what came of it."""
    words = len(content_stems(question))
    return _THEN.search(question) is not None and words > (0 if _BEING.search(question) else 1)

"""Whose words of a judgment are asked for: what the court held is not what a party argued.

A judgment tells both in the same words, and only the verb says whose they are.
"""

import re

_COURT = re.compile(
    r"\b(?:courts?|judges?|justices?|tribunals?|arbitrators?|magistrates?|jury)\b", re.IGNORECASE
)
_DECIDES = re.compile(
    r"\b(?:holds?|held|finds?|found|decide[ds]?|decision|rul(?:es?|ed|ing)|conclu\w+|accept(?:s|ed)?"
    r"|reject(?:s|ed)?|award(?:s|ed)?|prefer(?:s|red)?|infer(?:s|red)?|dismiss(?:es|ed)?)\b",
    re.IGNORECASE,
)
_ARGUES = re.compile(
    r"\b(?:argue[ds]?|argument|submit(?:s|ted)?|submission|contend(?:s|ed)?|contention"
    r"|alleg(?:es?|ed)|assert(?:s|ed)?)\b",
    re.IGNORECASE,
)
_FINDING = re.compile(
    r"\b(?:I|we) (?:therefore |also |do not |cannot )?"
    r"(?:hold|find|accept|reject|award|prefer|infer|conclude|decide)\b"
)


def is_of_the_other_side(question: str, text: str) -> bool:
    """Is it a party's argument where the court's decision is asked for, or the other way round?"""
    if _COURT.search(question) and _DECIDES.search(question) and not _ARGUES.search(question):
        return _ARGUES.search(text) is not None and _DECIDES.search(text) is None
    if _ARGUES.search(question) and not _DECIDES.search(question):
        return _ARGUES.search(text) is None and _FINDING.search(text) is not None
    return False

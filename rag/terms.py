"""Words of a question as they are told to its reader: whole names, bare, in quotation marks."""

import re
from collections.abc import Iterable, Sequence

from index.words import STOP_WORDS, points_within

_POSSESSIVE = re.compile(r"['’]s$")
_QUOTATION_MARKS = re.compile(r"[\"“”„«»]")


def capitalised(words: Iterable[re.Match[str]]) -> list[re.Match[str]]:
    """Those that may be of a name: with a capital, and none that asks or joins."""
    return [w for w in words if w.group()[0].isupper() and w.group().lower() not in STOP_WORDS]


def runs_of_words(text: str, words: Iterable[re.Match[str]]) -> list[tuple[int, int]]:
    """Start and end of each of these words; those with one blank between them are one.

    So are a title or an initial with a point and what it belongs to: "Dr. Ann Lee". A possessive
    ends a name: "Iran's OPEC quota" has two.
    """
    found: list[tuple[int, int]] = []
    points = points_within(text)
    for match in words:
        start, end = match.span()
        last = found[-1][1] if found else end
        run_on = text[last:start] == " " or (last in points and text[last:start] == ". ")
        if run_on and not _POSSESSIVE.search(text[: start - 1]):
            start = found.pop()[0]
        found.append((start, end))
    return found


def bare(term: str) -> str:
    """Without the ending of a possessive, and without quotation marks: it is told in such."""
    return _POSSESSIVE.sub("", " ".join(_QUOTATION_MARKS.sub("", term).split()))


def listed(terms: Sequence[str]) -> str:
    """Each once, in quotation marks: “A”, “B” and “C”."""
    quoted = [f"“{term}”" for term in dict.fromkeys(terms)]
    return " and ".join([", ".join(quoted[:-1]), quoted[-1]] if quoted[1:] else quoted)

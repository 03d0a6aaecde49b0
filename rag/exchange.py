"""The question before with another number in it: "And in 2008?" after "Who led it in 2005?".

Small models seldom see it: they give the fragment back, or the answer.
"""

import re

from index.numbered import label
from index.words import STOP_WORDS, WORD, content_stems, stem, stems
from rag.quantities import YEAR

_FRAGMENT = re.compile(
    r"^\s*(?:(?:and|but|so|then|or)\b,?\s*)?(?:(?:what|how) about\b)?(?P<rest>.*?)[\s.?!]*$",
    re.IGNORECASE | re.DOTALL,
)
_JOINING = frozenset(["in", "of", "for", "on", "at", "by", "under", "with", "the", "a", "an"])


def exchanged(question: str, earlier: str) -> str:
    """``earlier`` with the one number or year of ``question`` in place of its own; "" otherwise.

    Where a fragment is no more than that: all its other words are in ``earlier``, and what it gives
    the number to is what has the number there.
    """
    rest = _FRAGMENT.sub(r"\g<rest>", question)
    new, old = _numbers(rest), _numbers(earlier)
    if len(new) != 1 or rest == question:
        return ""
    [given] = new
    others = set(content_stems(rest)) - {stem(given.group())}
    joining = {word.lower() for word in WORD.findall(rest)} & STOP_WORDS
    alike = [match for match in old if _sort(match) == _sort(given)]
    if len(alike) != 1 or not others <= set(stems(earlier)) or not joining <= _JOINING:
        return ""
    [taken] = alike
    if others and _before(rest, given) != _before(earlier, taken):
        return ""
    return earlier[: taken.start()] + given.group() + earlier[taken.end() :]


def _numbers(text: str) -> list[re.Match[str]]:
    return [match for match in WORD.finditer(text) if _sort(match)]


def _sort(match: re.Match[str]) -> str:
    """What it may take the place of."""
    if YEAR.fullmatch(match.group()):
        return "year"
    return "number" if label(match.group()) else ""


def _before(text: str, match: re.Match[str]) -> str:
    words = stems(text[: match.start()])
    return words[-1] if words else ""

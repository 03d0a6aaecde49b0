"""What a source says of some, or as somebody's view, and a claim of all and as a fact.

"Some Normans joined them" does not say that the Normans did. All words of the claim are in the
source, so only what it leaves out tells.
"""

import re

from index.words import STOP_WORDS, WORD, content_stems, stem

_SHARES_TEXT = (
    "some several few many most half majority minority portion fraction certain various partly"
    " mainly mostly largely partially often sometimes occasionally usually frequently rarely seldom"
    " generally typically almost nearly"
)
_DOUBTS_TEXT = (
    "may might could probably possibly perhaps maybe likely reportedly allegedly supposedly"
    " apparently presumably seemingly"
)
_VIEWS_TEXT = (
    "suggest suggests suggested suggesting argue argues argued believe believes believed claim"
    " claims claimed speculate speculated hypothesize hypothesized propose proposes proposed assume"
    " assumes assumed suspect suspected think thinks thought allege alleges alleged theorize"
    " theorized rumored rumoured purported according estimate estimates estimated"
)
# As they are written: the stem of "partly" is that of "part", of "likely" that of "like".
_VIEWS = frozenset(_VIEWS_TEXT.split())
_BEFORE = frozenset([*_SHARES_TEXT.split(), *_DOUBTS_TEXT.split()])
_LIMITS = _BEFORE | _VIEWS
_MONTH = "May"
_SUPERLATIVE = re.compile(
    r"\b(?:the|its|their|his|her|our|my|your|\w+['’]s)\s+most\b", re.IGNORECASE
)
_PAUSE = re.compile(r"[,;:.!?](?=\s)|\s[–—]\s")
_REACH = 2
"""A share or a doubt limits one of the next words that say something."""
_OF_A_VIEW = 2
"""Somebody's view is told where so many words after it are the claim's."""


def drops_a_limit(claim: str, source: str) -> bool:
    """Does the claim take from the source what that limits, and leave every limit out?

    ``source`` are the words that bear the claim out. Whatever limits the claim counts for it: it
    may say "often" for "in many families".
    """
    if _LIMITS & set(_written(claim)):
        return False
    said = set(content_stems(claim))
    plain = _SUPERLATIVE.sub(" ", source)
    return any(_limits(clause, said) for clause in _PAUSE.split(plain))


def _limits(clause: str, said: set[str]) -> bool:
    """Does a clause limit what the claim says of its words?"""
    words = [w for w in _written(clause) if w not in STOP_WORDS or w in _LIMITS]
    told = [stem(word) in said for word in words]
    return any(
        (word in _BEFORE and any(told[i + 1 : i + 1 + _REACH]))
        or (word in _VIEWS and sum(told[i + 1 :]) >= _OF_A_VIEW)
        for i, word in enumerate(words)
    )


def _written(text: str) -> list[str]:
    """The words in small letters, but for the month."""
    return [word if word == _MONTH else word.lower() for word in WORD.findall(text)]

"""What takes the place of another of its kind: the upper mill of a lower mill, a second of a first.

The noun, an ordinal or a word that means the contrary shows the place in the question before.
"""

import re
from collections.abc import Sequence
from string import capwords

from index.words import COUNTED, STOP_WORDS, WORD, ordinal, stem
from rag.checking.opposites import COUNTERPARTS
from rag.followups.exchange import parts_of_fragment

ARTICLES = frozenset(["the", "a", "an"])
_BEFORE_A_NOUN = ARTICLES | {
    "of", "in", "on", "at", "for", "to", "from", "by", "under", "with", "this", "that", "our", "my",
}  # fmt: skip
PRONOUNS = frozenset(["one", "ones"])
MOST_WORDS = 6
_UNSURE = frozenset(["other", "another", "his", "her", "its", "their"])


def exchanged_noun(fragment: str, earlier: str) -> str:
    """``earlier`` with what a fragment like "and the upper mill?" names; "" where that is unsure.

    Which other one is meant by "the other mill" is not known here.
    """
    lead, meant = parts_of_fragment(fragment)
    words = {word.lower() for word in WORD.findall(meant)}
    if not lead or len(meant.split()) > MOST_WORDS or not words.isdisjoint(_UNSURE):
        return ""
    return of_its_kind(meant, earlier) or counterpart(meant, earlier)


def of_its_kind(meant: str, earlier: str) -> str:
    """In place of another of the same noun, with all that stands before that."""
    told = WORD.findall(bare_noun(meant))
    words = list(WORD.finditer(earlier))
    places = [i for i, w in enumerate(words) if told and stem(w.group()) == stem(told[-1])]
    if len(told) == 1 or len(places) != 1 or {word.lower() for word in told} & STOP_WORDS:
        return ""
    first = places[0]
    behind = words[first + 1].group() if first + 1 < len(words) else ""
    if words[first].group().islower() and behind[:1].isupper():
        return ""  # "Her son Tom" is no other son with "her son" exchanged.
    while first and words[first - 1].group().lower() not in STOP_WORDS:
        first -= 1
    if not begins_a_noun(words, first):
        return ""
    return put(earlier, words[first].start(), words[places[0]].end(), meant)


def counterpart(meant: str, earlier: str) -> str:
    """ "The second one" in place of the only other ordinal, "upper" in that of "lower"."""
    told = [word for word in COUNTED.findall(bare_noun(meant)) if word.lower() not in PRONOUNS]
    if len(told) != 1:
        return ""
    against = COUNTERPARTS.get(stem(told[0]), set())
    alike = [
        w
        for w in COUNTED.finditer(earlier)
        if (ordinal(told[0]) and ordinal(w.group())) or stem(w.group()) in against
    ]
    return put(earlier, *alike[0].span(), told[0]) if len(alike) == 1 else ""


def begins_a_noun(words: Sequence[re.Match[str]], place: int) -> bool:
    return place > 0 and words[place - 1].group().lower() in _BEFORE_A_NOUN


def bare_noun(told: str) -> str:
    """Without its article."""
    first, _, rest = told.partition(" ")
    return rest if first.lower() in ARTICLES else told


def put(earlier: str, start: int, end: int, meant: str) -> str:
    new, old = bare_noun(meant), earlier[start:end]
    if old.istitle() and new.islower() and not new.startswith("other"):
        new = capwords(new)
    return earlier[:start] + new + earlier[end:]

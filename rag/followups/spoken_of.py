"""What a follow-up is asked of: the names spoken of, or else the whole question before.

"How fast can she go?" is asked of the Star of Kessin, not of how the fire on her began: of a
question before it, all but the names asks for something else. "To whom?" has nothing of its own.
"""

import re
from collections.abc import Sequence

from index.words import DAYS, MONTHS, STOP_WORDS, WORD, names, stem, stems
from rag.followups.corrections import corrects
from rag.followups.pointing import (
    asks_why_so,
    has_pronoun,
    is_joined,
    is_verbless,
    points_back,
    telling,
    tells_little,
)
from rag.followups.pronouns import PERSON, THINGS
from rag.language import looks_english
from rag.notices.refusing import refuses
from rag.terms import bare, runs_of_words

_BESIDE = re.compile(r"(?P<own>[^()]+) \((?P<of>.+)\)", re.DOTALL)
_ALL_OF_IT = re.compile(
    r"\b(?:that|this)(?=\W*$|\W+(?:and|or|but|in|on|at|then|too|as|for|by)\b)", re.IGNORECASE
)
"""“Whose idea was that?”, but not “that year”."""
_NOUN_OF = re.compile(r"[a-z]{3,} of (?:the )?$")
_NOUN = re.compile(r" [a-z]{3,}")
_JOINS = re.compile(r" of(?: the)? |['’] ")
_DATES = frozenset(MONTHS + DAYS)
_BACK = 4


def parted(question: str) -> tuple[str, str]:
    """A question that had what it is asked of beside it, in brackets, and that; "" without."""
    found = _BESIDE.fullmatch(question)
    # Brackets may be the reader's own.
    return (found["own"], found["of"]) if found and points_back(found["own"]) else (question, "")


def is_question(of: str) -> bool:
    """Is what stands in brackets a question, and not names?"""
    return "?" in of


def spoken_of(question: str, before: Sequence[str], answer: str) -> str:
    """What ``question`` is asked of, to stand beside it.

    ``before`` are the questions before, oldest first, those that had names beside them with these
    in brackets; ``answer`` is the first sentence of what answered the last.
    """
    if _has_nothing_of_its_own(question):
        return " ".join(parted(before[-1])).strip()
    told = _told(before[-1], answer) if _asks_of_somebody(question) else []
    alone = [one for one in before[-_BACK:] if not parted(one)[1]]
    for earlier in reversed(alone):
        found = named_in(earlier)
        if found or not (points_back(earlier) or tells_little(earlier)):
            return _first([*told, *found], question) or earlier
    return _first(told, question) or (alone or before)[-1]


def _has_nothing_of_its_own(question: str) -> bool:
    own = telling(question)
    return (
        not own
        or corrects(question)
        or is_verbless(question)
        or (len(own) == 1 and is_joined(question))
        or (asks_why_so(question) and not has_pronoun(question))
        or _ALL_OF_IT.search(question) is not None
    )


def _asks_of_somebody(question: str) -> bool:
    return not PERSON.isdisjoint(word.lower() for word in WORD.findall(question))


def _told(earlier: str, answer: str) -> list[str]:
    """The names that an answer adds to its question, or those that this was asked of."""
    _, of = parted(earlier)
    asked, known = set(stems(earlier)), names(answer)
    found = [] if refuses(answer) else _names(answer, first=True)
    new = [name for _, name in found if known & (words := set(stems(name))) and not asked & words]
    return new or ([of] if of and not is_question(of) else [])


def named_in(question: str) -> list[str]:
    """The names in a question, each with its noun: “hall of Pelling School”, “Alder bridge”.

    None in other languages: all German nouns have capitals.
    """
    if not looks_english(question):
        return []
    return [_with_nouns(question, start, name) for start, name in _names(question, first=False)]


def _with_nouns(text: str, start: int, name: str) -> str:
    before = _NOUN_OF.search(text[:start])
    after = _NOUN.match(text[start + len(name) :])
    named = f"{name}{after[0]}" if after and stem(after[0].strip()) in THINGS else name
    return f"{before[0]}{named}" if before else named


def _names(text: str, *, first: bool) -> list[tuple[int, str]]:
    """Where each name begins, and the name; a question's ``first`` word is none."""
    capitals = [
        word
        for word in WORD.finditer(text)
        if word.group()[0].isupper()
        and (first or word.start())
        and word.group().lower() not in STOP_WORDS
        and word.group() not in _DATES
    ]
    runs: list[tuple[int, int]] = []
    for start, end in runs_of_words(text, capitals):
        joined = runs and _JOINS.fullmatch(text[runs[-1][1] : start])
        runs.append((runs.pop()[0] if joined else start, end))
    return [(start, bare(text[start:end])) for start, end in runs]


def _first(found: Sequence[str], question: str) -> str:
    own = set(stems(question))
    return next((name for name in found if not own & set(stems(name))), "")

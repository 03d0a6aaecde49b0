"""What a follow-up is asked of: the names spoken of, or else the whole question before.

"How fast can she go?" is asked of the Star of Kessin, not of how the fire on her began: of a
question before it, all but the names asks for something else. "To whom?" has nothing of its own,
and "Who was mayor that year?" means more than a name: they are asked of the whole.
"""

import re
from collections.abc import Sequence

from index.words import CALENDAR, WORD, names, stems
from rag.asked import asking_words, is_yes_or_no
from rag.followups.corrections import corrects
from rag.followups.pointing import (
    has_pronoun,
    is_verbless,
    points_back,
    telling,
    tells_little,
)
from rag.followups.pronouns import (
    PERSON,
    PLACING,
    THING,
    added_by,
    asks_who,
    names_thing,
    words_before,
)
from rag.language import is_english
from rag.terms import bare, capitalised, runs_of_words

_BESIDE = re.compile(r"(?P<own>.+) \((?P<of>[^()]*(?:\([^()]*\)[^()]*)*)\)", re.DOTALL)
_MORE_THAN_A_NAME = re.compile(
    r"\b(?:this|these|those|then|such|former|latter|that(?! (?:was|were|is|are|had|has)\b))\b"
    r"|\b(?:was|were|is|are|did|does|do) that\b",
    re.IGNORECASE,
)
"""“Who was mayor that year?”, but not “the money that was left”."""
_SEVERAL = frozenset(["they", "them", "their"])
_WHAT_HAPPENED = THING | _SEVERAL
_WHO_IS = re.compile(r"\W*(?:[Aa]nd )?[Ww]ho(?:['’]s| is| was| are| were) [A-Z]")
"""Who Ann Lee is: what the answer names is not she."""
_NOUN_OF = re.compile(r"[a-z]{3,} of (?:the )?$")
_NOUN = re.compile(r" [a-z]{3,}")
_NUMBERED = re.compile(r"[ -]\d(?:[\w.-]*\w)?")
"""What a name goes on with: “Article 12”, “W-2”."""
_JOINS = re.compile(
    r" of(?: the)? | & |-|['’] "
    r"| (?:van|von|de|da|di|del|du|al|bin|ter)(?: (?:der|den|la|las|los))? "
)
_MOST = 3


def parted(question: str) -> tuple[str, str]:
    """A question that had what it is asked of beside it, in brackets, and that; "" without."""
    found = _BESIDE.fullmatch(question)
    # Brackets may be the reader's own.
    own = found and WORD.search(found["of"]) and points_back(found["own"])
    return (found["own"], found["of"]) if found and own else (question, "")


def is_question(of: str) -> bool:
    """Is what stands in brackets a question, and not names?"""
    return "?" in of


def spoken_of(question: str, before: Sequence[str], answer: str) -> str:
    """What ``question`` is asked of, to stand beside it.

    ``before`` are the questions before, oldest first, those that had names beside them with these
    in brackets; ``answer`` is the first sentence of what answered the last, "" where none did.
    """
    if _means_the_whole(question):
        return _whole(before)
    words = set(_words(question))
    named = _somebody(before, answer) if words & PERSON else _things(before, words)
    return ", ".join(named) or _whole(before)


def _means_the_whole(question: str) -> bool:
    return (
        not telling(question)
        or corrects(question)
        or is_verbless(question)
        or not has_pronoun(question)
        or _MORE_THAN_A_NAME.search(question) is not None
    )


def _asks(question: str) -> bool:
    return bool(asking_words(question)) or is_yes_or_no(question)


def _whole(before: Sequence[str]) -> str:
    """The last question with more than "How long?", and the names that it was itself asked of."""
    parts = [parted(earlier) for earlier in before]
    own, of = next(
        ((own, of) for own, of in reversed(parts) if of or (telling(own) and not is_verbless(own))),
        parts[-1],
    )
    return f"{own} {of}".strip()


def _names_before(before: Sequence[str]) -> list[str]:
    """Those of the last question that has any; none where one asks for much without."""
    for own in (own for own, of in map(parted, reversed(before)) if not of):
        found = _named_in(own)
        if found or not (points_back(own) or tells_little(own)):
            return found
    return _beside(before[-1])


def _beside(question: str) -> list[str]:
    """The names that a question was itself asked of."""
    _, of = parted(question)
    return of.split(", ") if of and not is_question(of) else []


def _things(before: Sequence[str], words: set[str]) -> list[str]:
    """Of "it" the names of things; none where it may be what happened in a place."""
    found = _names_before(before)
    if words.isdisjoint(_WHAT_HAPPENED):
        return found
    if any(_owns(name, before) for name in found):
        return []
    placed = [name for name in found if _is_placed(name, before)]
    things = [name for name in found if names_thing(name)]
    # "They" are seldom the one thing that something is in.
    several = not words.isdisjoint(_SEVERAL)
    return [] if placed and (several or not things) else things or found


def _owns(name: str, before: Sequence[str]) -> bool:
    """ "It" is Elm's price and not Elm."""
    return any(re.search(rf"{re.escape(name)}['’]s\b", question) for question in before)


def _is_placed(name: str, before: Sequence[str]) -> bool:
    """Does a question say that something is in it, at it or the like?"""
    spots = ((question, question.index(name)) for question in before if name in question)
    return any(words_before(question, start)[1] in PLACING for question, start in spots)


def _somebody(before: Sequence[str], answer: str) -> list[str]:
    """Whoever was asked about, else whom the answer names, else whom the questions name."""
    own, _ = parted(before[-1])
    spoken = _beside(before[-1])
    if spoken and not PERSON.isdisjoint(_words(own)):
        return spoken
    who_is = _WHO_IS.match(own) is not None
    told = [] if who_is else _answered(own, answer)
    if not (told or who_is or spoken) and asks_who(own):
        return []  # The names of a question that asks who are others'.
    return told or [name for name in _names_before(before) if not names_thing(name)]


def _answered(question: str, answer: str) -> list[str]:
    """The names that an answer adds to its question, without those of places and of things."""
    adds = added_by(answer, question)
    found = [
        name
        for start, name in _names(answer, first=True)
        if adds(name) and not names_thing(name) and PLACING.isdisjoint(_words(answer[:start])[-1:])
    ]
    return list(dict.fromkeys(found))[:_MOST]


def _named_in(question: str) -> list[str]:
    """The names in a question, each with its noun: “hall of Pelling School”, “Alder bridge”.

    None where it is not surely English, for all German nouns have capitals, or is all capitals.
    """
    if not is_english(question) or question.isupper():
        return []
    known = names(question)
    found = _names(question, first=not _asks(question), numbered=True)
    named = [
        _with_nouns(question, start, name) for start, name in found if known & set(stems(name))
    ]
    return list(dict.fromkeys(named))[:_MOST]


def _with_nouns(text: str, start: int, name: str) -> str:
    before = _NOUN_OF.search(text[:start])
    after = _NOUN.match(text[start + len(name) :])
    named = f"{name}{after[0]}" if after and names_thing(after[0]) else name
    return f"{before[0]}{named}" if before else named


def _names(text: str, *, first: bool, numbered: bool = False) -> list[tuple[int, str]]:
    """Where each name begins, and the name; a question's ``first`` word is none.

    ``numbered``: with the number behind it, which in an answer may be an amount.
    """
    words = list(WORD.finditer(text))[0 if first else 1 :]
    capitals = [word for word in capitalised(words) if word.group() not in CALENDAR]
    runs: list[tuple[int, int]] = []
    for start, end in runs_of_words(text, capitals):
        joined = runs and _JOINS.fullmatch(text[runs[-1][1] : start])
        number = _NUMBERED.match(text[end:]) if numbered else None
        runs.append((runs.pop()[0] if joined else start, end + (number.end() if number else 0)))
    return [(start, bare(text[start:end])) for start, end in runs]


def _words(text: str) -> list[str]:
    return [word.lower() for word in WORD.findall(text)]

"""A true claim -> the same claim with one number, date, name, denial or role made false.

Each kind gives None where it does not apply. What is put in comes, where there is one, from the
claim's own paragraphs: a wrong name that stands next to the right one is the error models make.
"""

import random
import re
from collections.abc import Callable, Sequence

from index.words import DAYS, MONTHS, STOP_WORDS, names, numbers, stem

Mutation = Callable[[str, Sequence[str], random.Random], str | None]
"""claim, the texts of its paragraphs, chance -> the false claim, or None."""

_CALENDAR = re.compile(rf"\b(?:{'|'.join(MONTHS + DAYS)})\b")
_YEAR = re.compile(r"\b(?:1\d|20)\d\d\b")
_NUMBER = re.compile(r"(?<![\w.,-])\d+(?:[.,]\d+)*(?![\w-])")
_NAME = re.compile(r"\b[A-Z][\w’'-]+(?: (?:of |the |de |von |van )?[A-Z][\w’'-]+)*")
_AUXILIARY = re.compile(
    r"\b(is|are|was|were|can|could|will|would|should|must|may|might|has|have|had|did|does|do)\b"
    r"(?! not\b)(?=\s+[a-z])"
)
_NOT = re.compile(r"\b(is|are|was|were|can|could|will|would|should|must|may|has|have|had) not\b")


def number(claim: str, texts: Sequence[str], chance: random.Random) -> str | None:
    """Another number in the place of one that is no year."""
    spots = [m for m in _NUMBER.finditer(claim) if not _YEAR.fullmatch(m.group())]
    if not spots:
        return None
    spot = chance.choice(spots)
    near = [m.group() for t in texts for m in _NUMBER.finditer(t) if not _YEAR.fullmatch(m.group())]
    return _put(claim, spot, _other(spot.group(), near, claim, chance) or _shifted(spot.group()))


def date(claim: str, texts: Sequence[str], chance: random.Random) -> str | None:
    """Another year, month or day of the week."""
    spots = [*_YEAR.finditer(claim), *_CALENDAR.finditer(claim)]
    if not spots:
        return None
    spot = chance.choice(spots)
    word = spot.group()
    if _YEAR.fullmatch(word):
        near = [m.group() for text in texts for m in _YEAR.finditer(text)]
        return _put(claim, spot, _other(word, near, claim, chance) or str(int(word) + 7))
    kin = MONTHS if word in MONTHS else DAYS
    others = [other for other in kin if not re.search(rf"\b{other}\b", claim)]
    return _put(claim, spot, chance.choice(others)) if others else None


def name(claim: str, texts: Sequence[str], chance: random.Random) -> str | None:
    """Another name, where there is one from the paragraphs themselves."""
    spots = _names(claim)
    if not spots:
        return None
    spot = chance.choice(spots)
    near = [m.group() for text in texts for m in _names(text)]
    other = _other(spot.group(), near, claim, chance)
    return _put(claim, spot, other) if other else None


def negation(claim: str, texts: Sequence[str], chance: random.Random) -> str | None:
    """A denial put in, or taken out."""
    if found := _NOT.search(claim):
        return _put(claim, found, found.group(1))
    spots = list(_AUXILIARY.finditer(claim))
    if not spots:
        return None
    spot = spots[0]
    return _put(claim, spot, f"{spot.group()} not")


def roles(claim: str, texts: Sequence[str], chance: random.Random) -> str | None:
    """The first name before a verb and the first after it change places."""
    verb = next(iter(_AUXILIARY.finditer(claim)), None) or re.search(r"\b[a-z]+ed\b", claim)
    if verb is None:
        return None
    before = [m for m in _names(claim, first_too=True) if m.end() <= verb.start()]
    after = [m for m in _names(claim) if m.start() >= verb.end()]
    if not before or not after or before[-1].group() == after[0].group():
        return None
    left, right = before[-1], after[0]
    if stem(left.group()) in STOP_WORDS:
        return None
    middle = claim[left.end() : right.start()]
    return f"{claim[: left.start()]}{right.group()}{middle}{left.group()}{claim[right.end() :]}"


KINDS: dict[str, Mutation] = {
    "number": number,
    "date": date,
    "name": name,
    "negation": negation,
    "roles": roles,
}


def _names(text: str, *, first_too: bool = False) -> list[re.Match[str]]:
    known = names(text)
    return [
        m
        for m in _NAME.finditer(text)
        if not _CALENDAR.fullmatch(m.group())
        and m.group().split()[0].lower() not in STOP_WORDS
        and (first_too or m.start() > 0)
        and (first_too or all(stem(w) in known for w in m.group().split() if w[0].isupper()))
    ]


def _other(word: str, near: Sequence[str], claim: str, chance: random.Random) -> str | None:
    """One of ``near`` that the claim does not hold in any form."""
    own = {stem(part) for part in re.findall(r"\w+", claim)} | numbers(claim)
    fresh = sorted(
        {n for n in near if not {stem(p) for p in re.findall(r"\w+", n)} & own and n != word}
    )
    return chance.choice(fresh) if fresh else None


def _shifted(word: str) -> str:
    digits = [i for i, c in enumerate(word) if c.isdigit()]
    i = digits[0]
    return f"{word[:i]}{(int(word[i]) + 3) % 9 + 1}{word[i + 1 :]}"


def _put(claim: str, spot: re.Match[str], word: str) -> str:
    return claim[: spot.start()] + word + claim[spot.end() :]

"""What a sentence says of several things side by side: to each belongs its own.

"The fee is 80 crowns for boats and 120 for ships" has both numbers beside "fee", and "A red light
means a blocked filter; a yellow one means an empty tank" both lights beside "means". So the parts
of a sentence are set against each other: what only one has tells which number or head it goes with.
"""

import re
from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass
from itertools import pairwise

from index.words import STOP_WORDS, WORD, content_stems, stem, stems
from rag.checking.places import sentences_of
from rag.quantities import YEAR

# Blanks are looked at from the first of a row: from each, the rest would be gone through again.
_JOINT = re.compile(
    r"[;,]\s+(?:(?:and|or|but|while|whereas|against|versus|compared (?:with|to))\s+)?"
    r"|(?<!\s)\s+(?:and|or|but|while|whereas|against|versus|compared (?:with|to))\s+",
    re.IGNORECASE,
)
_CONTRAST = re.compile(r";\s+|(?:,|(?<!\s))\s+(?:whereas|while)\s+|,\s+(?:but|although|though)\s+")
_COMPARES = re.compile(r"\b(?:than|compared|against|versus|unlike|while|whereas)\b", re.IGNORECASE)
_SUBJECT = re.compile(
    r"(?:the|an?|this|each|every|all|no|his|her|its|their|other|others)\s", re.IGNORECASE
)
_PRONOUN = re.compile(r"\b(?:he|she|it|they|who|which)\b", re.IGNORECASE)
_ASIDE = re.compile(r"(?<!\s)\s*(?:\([^()]*\)|\[[^\[\]]*\])")
_SYMBOLS = "$€£¥"
_PERCENT = re.compile(r"\s*%")
_MOST_OF_IT = 0.5


@dataclass(frozen=True, slots=True)
class Rival:
    """A number, another one beside it, and the words that go with one of the two only."""

    number: str
    own: frozenset[str]
    other: str
    others: frozenset[str]


@dataclass(frozen=True, slots=True)
class _Counted:
    """A number in a part of a sentence: of what, and where it stands among the part's words."""

    number: str
    unit: str
    words: tuple[str, ...]
    first: int
    behind: int

    @property
    def before(self) -> tuple[str, ...]:
        return self.words[: self.first]

    @property
    def after(self) -> tuple[str, ...]:
        return self.words[self.behind :]


def goes_with_another(claim: str, source: str, question: str = "") -> bool:
    """Does the claim give one thing the number that its source has of the thing beside it?"""
    said = set(stems(claim))
    # "80 crowns, less than for motor boats" names the other one as well.
    return not _COMPARES.search(claim) and any(
        rival.own
        and rival.number in said
        and rival.other not in said
        and _fits_better(rival.others, rival.own, said, question)
        for rival in rivals(source)
    )


def own_numbers(claim: str, source: str, question: str = "") -> set[tuple[str, str]]:
    """Each number of the claim that stands with its own words, and the one beside it."""
    said = set(stems(claim))
    return {
        (rival.number, rival.other)
        for rival in rivals(source)
        if rival.number in said and _fits_better(rival.own, rival.others, said, question)
    }


def _fits_better(some: Set[str], others: Set[str], said: Set[str], question: str) -> bool:
    """Has the claim, or where it has neither the question, most of ``some`` and less of the others?

    Some words are left out behind the second number ("120 for ships"), so a few prove nothing.
    """
    words = said if (some | others) & said else set(stems(question))
    held = len(some & words)
    return held > len(others & words) and held > _MOST_OF_IT * len(some)


def rivals(source: str) -> Iterator[Rival]:
    """Each two numbers of the same thing in neighbouring parts of a sentence, both ways round."""
    for sentence in _sentences(source):
        parts = _parts(sentence)
        for part, following in pairwise(parts):
            yield from _rivals_in(part, following)


def _sentences(text: str) -> list[str]:
    """Without what stands in brackets, which parts a clause from itself."""
    return sentences_of(_ASIDE.sub("", text))


def _parts(sentence: str) -> list[list[_Counted]]:
    """The numbers of each part; a part without one belongs to the part before it."""
    texts: list[str] = []
    for text in _JOINT.split(sentence):
        if texts and not (_counted(text) and _counted(texts[-1])):
            texts[-1] = f"{texts[-1]} {text}"
        else:
            texts.append(text)
    return [_counted(text) for text in texts]


def _rivals_in(part: list[_Counted], following: list[_Counted]) -> Iterator[Rival]:
    second = following[0] if following else None
    first = next((c for c in part if second and second.unit in {c.unit, ""}), None)
    if first is None or second is None or first.number == second.number:
        return
    if second.before:
        one, two = set(first.before[-len(second.before) :]), set(second.before)
    else:
        one, two = set(first.after), set(second.after)
    own, others = frozenset(one - two), frozenset(two - one)
    yield Rival(first.number, own, second.number, others)
    yield Rival(second.number, others, first.number, own)


def _counted(text: str) -> list[_Counted]:
    words = list(WORD.finditer(text))
    said = tuple(content_stems(text))
    found, first = [], 0
    for i, match in enumerate(words):
        behind = first + (match.group().lower() not in STOP_WORDS)
        if stem(match.group())[:1].isdigit():
            unit = _unit(text, match, words[i + 1 : i + 2])
            found.append(_Counted(stem(match.group()), unit, said, first, behind))
        first = behind
    return found


def _unit(text: str, number: re.Match[str], following: list[re.Match[str]]) -> str:
    """What a number is of: its sign, or the word right behind it."""
    sign = text[number.start() - 1 : number.start()]
    if sign and sign in _SYMBOLS:
        return sign
    if _PERCENT.match(text, number.end()):
        return "%"
    if YEAR.fullmatch(stem(number.group())):
        return "year"
    word = following[0].group() if following else ""
    return "" if word.lower() in STOP_WORDS else stem(word)


def has_the_head_of_another(claim: str, source: str) -> bool:
    """Does the claim say of what one clause begins with only what another clause says?

    What is said further on may be said of the same, unless that clause has a subject of its own.
    """
    said = content_stems(claim)
    for sentence in _sentences(source):
        clauses = _CONTRAST.split(sentence)
        words = [content_stems(clause) for clause in clauses]
        for i, own in enumerate(words):
            if own[:1] != said[:1]:
                continue
            for k, other in enumerate(words):
                apart = k < i or _has_a_subject(clauses[k])
                if apart and _tells(set(said), own, other):
                    return True
    return False


def _has_a_subject(clause: str) -> bool:
    """Does it begin with one? "but lost its port" and "in 1930 it moved" do not."""
    return bool(_SUBJECT.match(clause)) and not _PRONOUN.search(clause)


def _tells(said: Set[str], own: Sequence[str], other: Sequence[str]) -> bool:
    """Has the claim words that only the other clause has, and but the head of its own?"""
    own_only = set(own) - set(other)
    others = set(other) - set(own)
    only_the_head = own_only & said == set(own[:1])
    return len(own_only) > 1 and only_the_head and bool(others & said)

"""Who did what to whom, by the question: an answer must leave its names in their places.

"Who stripped the ball from Newton?" is not answered by "Newton stripped the ball from Miller".
Where the source puts it in other words, only the question tells.
"""

import re
from collections.abc import Sequence, Set
from dataclasses import dataclass

from index.words import stems
from rag.checking.places import Kind, Token, around, parts_of, tokens_of
from rag.checking.voice import turned

_NEAR = 3
_ASKING = re.compile(
    r"\b(?:who|whom|whose|what|which|when|where|why|how)\b"
    r"(?:.*?\b(?:do|does|did|is|are|was|were|has|have|had|can|could|will|would)\b)?",
    re.IGNORECASE | re.DOTALL,
)


@dataclass(frozen=True, slots=True)
class _Sides:
    """The stems of the words before and after a name, and of those right beside it."""

    before: frozenset[str]
    after: frozenset[str]
    last: frozenset[str]
    first: frozenset[str]

    def same(self, other: "_Sides") -> int:
        """How many words stand on the same side in both; those right beside it count twice."""
        return sum(
            len(a & b)
            for a, b in (
                (self.before, other.before),
                (self.after, other.after),
                (self.last, other.last),
                (self.first, other.first),
            )
        )

    def is_place_of(self, other: "_Sides") -> bool:
        """Are the words right beside the same, on both sides where there are any?"""
        sides = ((self.last, other.last), (self.first, other.first))
        same = all(a & b or not (a or b) for a, b in sides)
        return same and any(a for a, _ in sides)

    @property
    def turned_round(self) -> "_Sides":
        return _Sides(self.after, self.before, self.first, self.last)


def takes_the_place(claim: str, question: str, known: Set[str]) -> bool:
    """Does another name stand where the question has one, and that one on the other side?

    What stands before the question word, and what is asked for with it, may be said anywhere ("At
    the Elm, how many towns did Lee take?"), and so may what owns something: "Lee's son" is "the son
    of Lee". ``known`` are the stems of names, as for ``tokens_of``.
    """
    asked = _frame(question)
    if turned(claim, asked):
        return False
    placed = _placed(claim, known)
    return any(
        _is_turned(sides, name, placed)
        for name, sides in _placed(asked, known)
        if not _owns(name, asked, claim)
    )


def replaces(claim: str, question: str, known: Set[str], around: Set[str]) -> bool:
    """Does a name that the question does not have stand in the very place of one that it has?

    "Lee led the league in goals", asked who led Port Alder in goals: the claim has no Port Alder.
    Where what stands ``around`` the source (stems) has none either, it may go by the other name.
    """
    asked = _frame(question)
    if turned(claim, asked):
        return False
    given, held = set(stems(question)), set(stems(claim))
    new = [sides for token, sides in _placed(claim, known) if not token.parts & given]
    left_out = [sides for name, sides in _placed(asked, known) if name.parts <= around - held]
    return any(frame.is_place_of(sides) for frame in left_out for sides in new)


def _frame(question: str) -> str:
    """What of a question is said of its names: all of "Lee beat which club in May?"."""
    asking = _ASKING.search(question)
    if asking is None:
        return question
    before = question[: asking.start()].rstrip()
    return question[asking.end() :] if not before or before.endswith(",") else question


def _placed(text: str, known: Set[str]) -> list[tuple[Token, _Sides]]:
    tokens = tokens_of(text, known)
    return [(token, _sides(tokens, i)) for i, token in enumerate(tokens) if token.kind is Kind.NAME]


def _is_turned(frame: _Sides, name: Token, placed: Sequence[tuple[Token, _Sides]]) -> bool:
    crossed = any(
        frame.turned_round.same(sides) > frame.same(sides)
        for token, sides in placed
        if token.parts == name.parts
    )
    replaced = any(
        frame.same(sides) > frame.turned_round.same(sides)
        for token, sides in placed
        if not token.parts & name.parts
    )
    return crossed and replaced


def _owns(name: Token, asked: str, claim: str) -> bool:
    """Is it a possessive in the question, or told with "of" in the claim?"""
    return any(
        re.search(rf"\b{re.escape(part)}\w*['’]s\b", asked, re.IGNORECASE)
        or re.search(rf"\bof (?:the )?(?:\w+ )?{re.escape(part)}", claim, re.IGNORECASE)
        for part in name.parts
    )


def _sides(tokens: Sequence[Token], i: int) -> _Sides:
    before, after = around(tokens, i, _NEAR)
    return _Sides(parts_of(before), parts_of(after), parts_of(before[-1:]), parts_of(after[:1]))

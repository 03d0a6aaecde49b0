"""The pieces of line that lie at one place, joined where they meet."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from index.readers.pdf.rules import Rule

NEAR = 3.0
"""Points between two lines that are one, or touch."""

Piece = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Lines:
    """Lines of one direction, by place: where each of their pieces begins and ends, in order.

    Upright ones are at x, their pieces from top to bottom; level ones at y, from left to right.
    """

    at: Sequence[float]
    pieces: Sequence[Sequence[Piece]]
    level: bool

    def drawn(self, place: float, start: float, end: float) -> bool:
        """Does a line at this place run along more than half of the way?"""
        first, last = bisect_left(self.at, place - NEAR), bisect_right(self.at, place + NEAR)
        return any(
            _along(pieces, start, end) > (end - start) / 2 for pieces in self.pieces[first:last]
        )

    def rules(self) -> list[Rule]:
        """Each piece as one rule."""
        pairs = zip(self.at, self.pieces, strict=True)
        return [
            Rule(start, at, end, at) if self.level else Rule(at, start, at, end)
            for at, pieces in pairs
            for start, end in pieces
        ]


def lines_of(rules: Iterable[Rule], *, level: bool) -> Lines:
    """The level rules, or the upright ones, by place."""
    at: list[float] = []
    pieces: list[list[Piece]] = []
    for place, start, end in sorted(
        (r.top, r.x0, r.x1) if level else (r.x0, r.top, r.bottom) for r in rules if r.level is level
    ):
        if not at or place - at[-1] > NEAR:
            at.append(place)
            pieces.append([])
        pieces[-1].append((start, end))
    return Lines(at, list(map(_joined, pieces)), level)


def _joined(pieces: Iterable[Piece]) -> list[Piece]:
    whole: list[Piece] = []
    for start, end in sorted(pieces):
        if whole and start <= whole[-1][1] + NEAR:
            whole[-1] = whole[-1][0], max(whole[-1][1], end)
        else:
            whole.append((start, end))
    return whole


def _along(pieces: Sequence[Piece], start: float, end: float) -> float:
    """How much of the way from start to end the pieces cover."""
    covered = 0.0
    for at in range(max(bisect_right(pieces, (start, start)) - 1, 0), len(pieces)):
        a, b = pieces[at]
        if a >= end:
            break
        covered += max(0.0, min(b, end) - max(a, start))
    return covered

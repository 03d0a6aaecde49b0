"""Lines as PDFium says they were written -> the words that stand close beside one another."""

from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import Protocol

from index.readers.pdf.words import PageWord

_GAP = 1.2
"""Beyond this many line heights, two words may be of two columns."""

_BLANK = 0.5


class Placed(Protocol):
    """A word or a line."""

    @property
    def top(self) -> float: ...
    @property
    def bottom(self) -> float: ...


def rejoined(lines: Iterable[list[PageWord]]) -> list[list[PageWord]]:
    """Lines as they were written, but for those parted where a raised number or letter stands."""
    joined: list[list[PageWord]] = []
    for line in lines:
        last = joined[-1][-1] if joined else None
        if last and side_by_side(last, line[0]) and _close(last, line[0]):
            joined[-1] = [*joined[-1], *line]
        else:
            joined.append(line)
    return joined


def _close(a: PageWord, b: PageWord) -> bool:
    """Is there no more than a blank between them?"""
    return 0 <= b.x0 - a.x1 <= _BLANK * max(a.height, b.height)


def segments(words: Sequence[PageWord]) -> list[list[PageWord]]:
    """The words of a line as it was written, cut at wide gaps."""
    parts = [[words[0]]]
    for a, b in pairwise(words):
        gap = max(b.x0 - a.x1, a.x0 - b.x1)
        if gap > _GAP * max(a.height, b.height) or not side_by_side(a, b):
            parts.append([])
        parts[-1].append(b)
    return parts


def side_by_side(a: Placed, b: Placed) -> bool:
    overlap = min(a.bottom, b.bottom) - max(a.top, b.top)
    return overlap > 0.4 * min(a.bottom - a.top, b.bottom - b.top)

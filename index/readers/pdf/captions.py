"""The captions of tables and figures, which head a table at most, and none of the text below it."""

import re
from collections.abc import Iterable

from index.readers.pdf.stretch import Shape, Stretch, same_size

_CAPTION = re.compile(
    r"(?i:tab(?:le|\.|elle|leau|la)|fig(?:ure|\.|ura)|abb(?:\.|ildung)|chart|exhibit)"
    r" [A-Z]?\d{1,2}(?:\.\d{1,2})?[a-z]?(?:[.:–—]| (?=[A-Z]))"
)
"""Not "Table 2 gives the trends", which is a sentence."""
_MOST_CHARS = 400
_PITCH = 1.6


def with_captions(cut: Iterable[Stretch]) -> list[Stretch]:
    """The stretches of a column: captions whole, and those right above a table known as such."""
    found: list[Stretch] = []
    for stretch in cut:
        before = found[-1] if found else None
        if before and before.shape is Shape.CAPTION:
            if _goes_on(before, stretch):
                before.lines += stretch.lines
                continue
            if stretch.shape is not Shape.TABLE:
                before.shape = Shape.PROSE
        may_be = stretch.shape in (Shape.HEADING, Shape.PROSE) and len(stretch.text) <= _MOST_CHARS
        if may_be and _CAPTION.match(stretch.text):
            stretch.shape = Shape.CAPTION
        found.append(stretch)
    if found and found[-1].shape is Shape.CAPTION:
        found[-1].shape = Shape.PROSE
    return found


def _goes_on(caption: Stretch, stretch: Stretch) -> bool:
    """Is it the rest of a bold caption, whose lines looked like titles?"""
    last, first = caption.lines[-1], stretch.lines[0]
    bold = all(line.bold for line in (*caption.lines, *stretch.lines))
    near = 0 < first.bottom - last.bottom <= _PITCH * last.size
    words = stretch.shape in (Shape.HEADING, Shape.PROSE) and not _CAPTION.match(stretch.text)
    return bold and near and words and same_size(last, first)

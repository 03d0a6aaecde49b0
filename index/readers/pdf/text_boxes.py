"""Boxes around text that stand beside other text, as notes and columns of a form do.

Read line by line across the page, the words of both would be mixed.
"""

from collections.abc import Sequence

from index.readers.pdf.grids import frames
from index.readers.pdf.ruled_lines import NEAR, lines_of
from index.readers.pdf.rules import Rule
from index.readers.pdf.words import PageWord

_SIDES = 2
_MOST_BOXES = 12
"""With more of them a page shows a drawing."""


def boxed(rules: Sequence[Rule], words: Sequence[PageWord]) -> list[list[PageWord]]:
    """The words of each such box, in their order."""
    level, upright = (lines_of(rules, level=way).rules() for way in (True, False))
    found: list[list[PageWord]] = []
    for frame in frames(level, upright):
        if _is_closed(frame):
            inside, beside = _parted(frame, words)
            if inside and beside and 2 * len(inside) < len(words):
                found.append(inside)
    return found if len(found) <= _MOST_BOXES else []


def _is_closed(frame: Sequence[Rule]) -> bool:
    """Are they four sides and nothing more?"""
    level = sorted((rule for rule in frame if rule.level), key=lambda rule: rule.top)
    upright = sorted((rule for rule in frame if not rule.level), key=lambda rule: rule.x0)
    if len(level) != _SIDES or len(upright) != _SIDES:
        return False
    (above, below), (left, right) = level, upright
    ends = (above.x0 - below.x0, above.x1 - below.x1, left.top - right.top)
    corners = (left.x0 - above.x0, right.x0 - above.x1, left.top - above.top)
    return all(abs(gap) <= 2 * NEAR for gap in (*ends, left.bottom - right.bottom, *corners))


def _parted(
    frame: Sequence[Rule], words: Sequence[PageWord]
) -> tuple[list[PageWord], list[PageWord]]:
    """The words inside a box, and those beside it."""
    x0, x1 = min(rule.x0 for rule in frame), max(rule.x1 for rule in frame)
    top, bottom = min(rule.top for rule in frame), max(rule.bottom for rule in frame)
    near = [word for word in words if top < (word.top + word.bottom) / 2 < bottom]
    inside = [word for word in near if x0 < (word.x0 + word.x1) / 2 < x1]
    return inside, [word for word in near if word.x1 < x0 or word.x0 > x1]

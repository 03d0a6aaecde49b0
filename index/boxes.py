"""A stretch of a document's text -> the boxes to highlight on its pages."""

from collections.abc import Iterable
from dataclasses import dataclass

from index.types import Page, Word


@dataclass(frozen=True, slots=True)
class Box:
    """In points from the page's top left corner."""

    x0: float
    top: float
    x1: float
    bottom: float


def boxes_of(pages: Iterable[Page], start: int, end: int) -> dict[int, tuple[Box, ...]]:
    """Page number -> a box for each line with words of ``[start, end)``, in reading order.

    The boxes hold whole words; pages without any of these words are left out.
    """
    found: dict[int, tuple[Box, ...]] = {}
    for page in pages:
        boxes: list[Box] = []
        for word in page.words:
            if word.start < end and word.end > start:
                if boxes and _goes_on(boxes[-1], word):
                    boxes[-1] = _around(boxes[-1], word)
                else:
                    boxes.append(Box(word.x0, word.top, word.x1, word.bottom))
        if boxes:
            found[page.number] = tuple(boxes)
    return found


def _goes_on(box: Box, word: Word) -> bool:
    """Does the word stand on the box's line, near enough to be in one box with it?"""
    across = max(word.x0 - box.x1, box.x0 - word.x1)
    along = max(word.top - box.bottom, box.top - word.bottom)
    height = max(box.bottom - box.top, word.bottom - word.top)
    width = max(box.x1 - box.x0, word.x1 - word.x0)
    if -along > height / 2:
        return across < 2 * height
    # Words taller than wide are those of lines that climb or fall.
    is_tall = word.bottom - word.top > word.x1 - word.x0 and box.bottom - box.top > box.x1 - box.x0
    return is_tall and -across > width / 2 and along < 2 * width


def _around(box: Box, word: Word) -> Box:
    return Box(
        min(box.x0, word.x0),
        min(box.top, word.top),
        max(box.x1, word.x1),
        max(box.bottom, word.bottom),
    )

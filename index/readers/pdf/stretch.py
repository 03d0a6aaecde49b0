"""Lines of a PDF that belong together: a heading, a paragraph, an item, rows of a table."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import Enum
from statistics import median

from index.blocks import LONG_ITEM
from index.readers.pdf.layout import PageLine

OTHER_SIZE = 0.12
"""The share by which letters must differ in height to be of another size."""

CLAUSE = re.compile(r"\d{1,2}(?:\.\d{1,2}){1,3}\.?\s+[^\W\d_]")
"""How a clause begins, "5.1 The tenant"; it is a paragraph of its own, and no item of a list."""


class Shape(Enum):
    PROSE = "prose"
    ITEM = "item"
    TABLE = "table"
    HEADING = "heading"
    CAPTION = "caption"


@dataclass(slots=True)
class Stretch:
    """Lines that belong together. ``level`` is a heading's.

    ``header`` is that of a table whose later rows these are.
    """

    shape: Shape
    lines: list[PageLine] = field(default_factory=list)
    level: int = 0
    header: str = ""

    @property
    def size(self) -> float:
        return median(line.size for line in self.lines)

    @property
    def text(self) -> str:
        return " ".join(line.text for line in self.lines)


def same_size(a: PageLine | Stretch, b: PageLine | Stretch) -> bool:
    return abs(a.size - b.size) <= OTHER_SIZE * max(a.size, b.size)


def groups(found: Sequence[Stretch]) -> list[list[Stretch]]:
    """Neighbours of one shape and size: a note at the foot of a page is no item of a list there."""
    parted: list[list[Stretch]] = []
    for stretch in found:
        last = parted[-1][-1] if parted else None
        if last is None or last.shape is not stretch.shape or not same_size(last, stretch):
            parted.append([])
        parted[-1].append(stretch)
    return parted


def is_short_list(items: Sequence[Stretch]) -> bool:
    """Terms have no marks, and only paragraphs of their own have sentences: all must be short."""
    if any(CLAUSE.match(item.text) for item in items):
        return False
    lengths = [len(item.text) for item in items]
    of_terms = any(item.lines[0].table for item in items)
    return (max(lengths) if of_terms else median(lengths)) <= LONG_ITEM

"""Pages of a document as pictures, with boxes over the quoted words."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from index.boxes import boxes_of
from index.types import Page
from rag.engine import Engine
from ui.views import Box

MAX_FILE_BYTES = 500_000_000
Draw = Callable[[bytes, int, float], bytes]
"""A file's content, a page's number from 1, and pixels a point -> the page as PNG."""


@dataclass(frozen=True, slots=True)
class PageImages:
    """Draws pages of the files below ``root``; of documents in the index, and of nothing else."""

    root: Path
    engine: Engine
    draw: Draw

    def image(self, path: str, number: int, scale: float) -> bytes | None:
        """A page as PNG; None when there is no such page. Raises what ``draw`` raises."""
        if not self.engine.pages(path, [number]):
            return None
        root = self.root.resolve()
        file = (root / path).resolve()
        if not file.is_relative_to(root) or file.stat().st_size > MAX_FILE_BYTES:
            return None
        return self.draw(file.read_bytes(), number, scale)


def boxes(page: Page, start: int, end: int) -> tuple[Box, ...]:
    """One box a line over the words from ``start`` to ``end`` of the document's text.

    In shares of the page's width and height, so that they fit a picture of any size.
    """
    if start >= end:
        return ()
    return tuple(
        Box(
            box.x0 / page.width,
            box.top / page.height,
            (box.x1 - box.x0) / page.width,
            (box.bottom - box.top) / page.height,
        )
        for box in boxes_of([page], start, end).get(page.number, ())
    )

"""Pages of a document as pictures, with boxes over the quoted words."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from index.types import Page, Word
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
    quoted = [word for word in page.words if word.start < end and word.end > start]
    return tuple(_box(line, page) for line in _lines(quoted))


def _lines(words: Sequence[Word]) -> list[list[Word]]:
    lines: list[list[Word]] = []
    for word in words:
        last = lines[-1][-1] if lines else None
        beside = last and word.x0 >= last.x0 and word.top < last.bottom and word.bottom > last.top
        if beside:
            lines[-1].append(word)
        else:
            lines.append([word])
    return lines


def _box(words: Sequence[Word], page: Page) -> Box:
    left, right = min(w.x0 for w in words), max(w.x1 for w in words)
    top, bottom = min(w.top for w in words), max(w.bottom for w in words)
    return Box(
        left / page.width,
        top / page.height,
        (right - left) / page.width,
        (bottom - top) / page.height,
    )

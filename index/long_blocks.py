"""A block beyond measure -> pieces that can be cited, embedded and read.

A file without a line break, or a list of a hundred thousand items, would else be one paragraph.
"""

import re
from collections.abc import Iterator
from dataclasses import replace

from index.blocks import Block, Kind

MAX_CHARS = 10_000

_LINE_END = re.compile(r"[\r\n]+")
_SENTENCE_END = re.compile(r"[.!?…。！？][\"'”’»)\]]*\s+")
_BLANK = re.compile(r"\s+")
_WORD = re.compile(r"\S")


def pieces(text: str, block: Block) -> Iterator[Block]:
    """The block in pieces of at most 10,000 characters, in order; a usual one as it is.

    It is cut at the end of a line (lists, tables, code) or of a sentence, else between words, and
    only where there is none of these in half a piece, anywhere.
    """
    start = block.start
    while block.end - start > MAX_CHARS:
        cut = _cut(text, start, block.kind)
        yield replace(block, start=start, end=start + len(text[start:cut].rstrip()))
        following = _WORD.search(text, cut, block.end)
        if following is None:
            return
        start = following.start()
    yield replace(block, start=start)


def _cut(text: str, start: int, kind: Kind) -> int:
    """Where the piece that begins at ``start`` ends: after its last good place."""
    middle, end = start + MAX_CHARS // 2, start + MAX_CHARS
    best = _LINE_END if kind is Kind.LINES else _SENTENCE_END
    for mark in (best, _BLANK):
        places = [match.end() for match in mark.finditer(text, middle, end)]
        if places:
            return places[-1]
    return end

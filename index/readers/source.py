"""Source code, settings and logs: the decoded file as it stands, in groups of whole lines."""

from collections.abc import Iterator

from index.blocks import Block, Kind
from index.lines import Line, has_word, lines_of
from index.readers.encoding import decode_text
from index.readers.extracted import Extracted

_GROUP_LINES = 40
_GROUP_CHARS = 1_000


def extract(content: bytes) -> Extracted:
    text, note = decode_text(content)
    return Extracted(text, list(_blocks(text)), note)


def _blocks(text: str) -> Iterator[Block]:
    """A group ends before an unindented line after a blank one, once it holds anything worth
    citing alone; a long one ends anyhow."""
    group: list[tuple[int, Line]] = []
    blank = False
    for number, line in enumerate(lines_of(text), start=1):
        if not line.text:
            blank = True
            continue
        if group and (_is_full(group, line) or (blank and line.indent == 0 and _has_words(group))):
            yield _block(group)
            group = []
        group.append((number, line))
        blank = False
    if group:
        yield _block(group)


def _is_full(group: list[tuple[int, Line]], line: Line) -> bool:
    return len(group) >= _GROUP_LINES or line.end - group[0][1].start > _GROUP_CHARS


def _has_words(group: list[tuple[int, Line]]) -> bool:
    return any(has_word(line.text) for _, line in group)


def _block(group: list[tuple[int, Line]]) -> Block:
    (first, top), (last, bottom) = group[0], group[-1]
    where = f"line {first}" if first == last else f"lines {first}-{last}"
    return Block(Kind.LINES, top.start, bottom.end, location=where)

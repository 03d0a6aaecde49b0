"""Lines that items of lists begin with -> the parts of a list.

For texts that a reader of files made from lists ("- item", "2. item", two blanks a level), and for
those whose author wrote them so.
"""

import re
from collections.abc import Callable, Iterator

from ui.markup.parts import Mark, Part, Shape, Style, plain, spans_of

_LINE = re.compile(r"[^\r\n]+(?:\r\n|\r|\n|\Z)|[\r\n]+")
_ITEM = re.compile(
    r"(?P<indent>[ \t]*)(?:(?P<bullet>[-*+•])|(?P<label>\(?(?:\d{1,3}|#)[.)]))[ \t]+(?=\S)"
)
_MOST_LEVELS = 8

Inline = Callable[[str], list[Mark]]


def list_parts(text: str, inline: Inline = lambda text: []) -> tuple[Part, ...]:
    """The items of a text whose first line is one; any other text as it stands, in one part."""
    if not _ITEM.match(text):
        return plain(text)
    items = list(_items(text))
    levels = sorted({len(item["indent"].expandtabs(4)) for _, _, item in items})
    parts = []
    for start, end, item in items:
        bullet = item["bullet"] is not None
        marks: list[Mark] = [(start, item.end(), Style.MARKUP)]
        if not bullet:
            label = (*item.span("label"), Style.LABEL)
            marks = [
                (start, label[0], Style.MARKUP), label, (label[1], item.end(), Style.MARKUP)
            ]  # fmt: skip
        body = text[item.end() : end]
        marks += [(a + item.end(), b + item.end(), style) for a, b, style in inline(body)]
        last = item.end() + len(body.rstrip())
        marks.append((last, end, Style.MARKUP))
        level = levels.index(len(item["indent"].expandtabs(4))) + 1
        shape = Shape.BULLET if bullet else Shape.NUMBERED
        parts.append(Part(shape, spans_of(start, end, marks), min(level, _MOST_LEVELS)))
    return tuple(parts)


def _items(text: str) -> Iterator[tuple[int, int, re.Match[str]]]:
    """Start and end of each item with the lines that go on with it, and how it begins."""
    found = [m for line in _LINE.finditer(text) if (m := _ITEM.match(text, line.start()))]
    ends = [*(item.start() for item in found[1:]), len(text)]
    for item, end in zip(found, ends, strict=True):
        yield item.start(), end, item

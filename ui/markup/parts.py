"""The values a marked-up text is cut into; all offsets count characters of the raw text.

The spans of all parts, in order, cover the raw text without gap or overlap: each character is
either shown once, at its place, or is ``MARKUP`` and not shown.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class Style(StrEnum):
    """How a span is shown. ``ADDRESS`` is where a link leads, as text; ``BREAK`` a new line."""

    MARKUP = "markup"
    STRONG = "strong"
    EMPHASIS = "emphasis"
    STRUCK = "struck"
    CODE = "code"
    LINK = "link"
    ADDRESS = "address"
    IMAGE = "image"
    LABEL = "label"
    BREAK = "break"


class Shape(StrEnum):
    """What a part is; ``PLAIN`` and ``CODE`` keep their line breaks and blanks."""

    PLAIN = "plain"
    PROSE = "prose"
    BULLET = "bullet"
    NUMBERED = "numbered"
    CODE = "code"
    HEADING = "heading"


@dataclass(frozen=True, slots=True)
class Span:
    """Characters ``start`` to ``end``; styles in the order of ``Style``, ``MARKUP`` alone."""

    start: int
    end: int
    styles: tuple[Style, ...] = ()


@dataclass(frozen=True, slots=True)
class Part:
    """A paragraph, an item of a list, a block of code; ``indent`` and ``quoted`` count levels."""

    shape: Shape
    spans: tuple[Span, ...]
    indent: int = 0
    quoted: int = 0


Mark = tuple[int, int, Style]
"""A style from one offset to another; marks may lie inside each other."""


def spans_of(start: int, end: int, marks: Iterable[Mark]) -> tuple[Span, ...]:
    """The stretch from ``start`` to ``end`` cut where the styles of ``marks`` change."""
    changes: defaultdict[int, list[tuple[Style, int]]] = defaultdict(list)
    for first, last, style in marks:
        if first < last:
            changes[first].append((style, 1))
            changes[last].append((style, -1))
    spans: list[Span] = []
    active: Counter[Style] = Counter()
    at = start
    for edge in [*sorted(changes), end]:
        if at < edge:
            spans.append(Span(at, edge, _shown(active)))
            at = edge
        for style, step in changes.get(edge, ()):
            active[style] += step
    return tuple(spans)


def _shown(active: Counter[Style]) -> tuple[Style, ...]:
    if active[Style.MARKUP]:
        return (Style.MARKUP,)
    return tuple(style for style in Style if active[style])


def plain(text: str) -> tuple[Part, ...]:
    """All of a text as it stands."""
    return (Part(Shape.PLAIN, (Span(0, len(text)),)),) if text else ()

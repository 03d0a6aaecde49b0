"""A paragraph of Markdown -> its parts, by CommonMark's own rules.

markdown-it-py cuts it into blocks and gives each one's lines; every line of a block's content is
then looked up in its raw line, so that offsets are those of the raw text. Whatever words stand in
no block (HTML, say) are shown as they stand.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from markdown_it import MarkdownIt

from index.lines import has_word
from ui.markup.inline import inline_marks
from ui.markup.leaves import Leaf, leaves_of
from ui.markup.parts import Mark, Part, Shape, Span, Style, plain, spans_of

_LINE = re.compile(r"([^\r\n]*)(\r\n|\r|\n|\Z)")
_LABEL = re.compile(r"(?:^|(?<=[\s>]))\d{1,9}[.)](?=\s|$)")
_CLOSING = re.compile(r"[ \t]*#*[ \t]*")
_MOST_LEVELS = 8
_AS_IT_STANDS = (Shape.PLAIN, Shape.CODE)


@dataclass(frozen=True, slots=True)
class _Line:
    """A line of the raw text: its characters, then its line break up to ``after``."""

    start: int
    end: int
    after: int


@dataclass(frozen=True, slots=True)
class _Piece:
    """A stretch of a leaf's content, or a line break of it, and where it stands in the raw text."""

    start: int
    end: int
    raw_start: int
    raw_end: int
    breaks: bool = False


def markdown_parts(text: str) -> tuple[Part, ...]:
    """What a reader sees of one block of a Markdown text."""
    lines = [_Line(m.start(), m.end(1), m.end()) for m in _LINE.finditer(text) if m.group()]
    found = leaves_of(_parser().parse(text))
    leaves = sorted([*found, *_unclaimed(text, lines, found)], key=lambda leaf: leaf.first)
    parts: list[Part] = []
    at = 0
    for leaf in leaves:
        pieces = _pieces(text, lines, leaf)
        if pieces is None:
            return plain(text)
        if pieces:
            spans = (*_gap(text, at, pieces[0].raw_start), *_spans(text, leaf, pieces))
            at = pieces[-1].raw_end
            indent, quoted = min(leaf.indent, _MOST_LEVELS), min(leaf.quoted, _MOST_LEVELS)
            parts.append(Part(leaf.shape, spans, indent, quoted))
    if not parts:
        return plain(text)
    last = parts[-1]
    rest = _hidden(at, len(text))
    return (*parts[:-1], Part(last.shape, (*last.spans, *rest), last.indent, last.quoted))


@cache
def _parser() -> MarkdownIt:
    """Blocks alone: what is inside of a line is cut here, with its offsets."""
    return MarkdownIt("commonmark").disable("inline")


def _unclaimed(text: str, lines: Sequence[_Line], leaves: Sequence[Leaf]) -> Iterator[Leaf]:
    """Lines with words that belong to no leaf, neighbours together."""
    claimed = {n for leaf in leaves for n in range(*leaf.claims)}
    first = -1
    for n, line in enumerate([*lines, None]):
        words = line and n not in claimed and has_word(text[line.start : line.end])
        if words and first < 0:
            first = n
        elif not words and first >= 0:
            content = tuple(text[x.start : x.end] for x in lines[first:n])
            yield Leaf(Shape.PLAIN, first, content, (first, n))
            first = -1


def _pieces(text: str, lines: Sequence[_Line], leaf: Leaf) -> list[_Piece] | None:
    """Where a leaf's content stands; None when a line of it is not found."""
    pieces: list[_Piece] = []
    at = 0
    for n, content in enumerate(leaf.lines):
        if leaf.first + n >= len(lines):
            return None
        line = lines[leaf.first + n]
        raw = text[line.start : line.end].replace("\0", "\ufffd")
        place = _place(raw, content, heading=leaf.shape is Shape.HEADING)
        if place is None:
            return None
        start, end = line.start + place[0], line.start + place[1]
        pieces.append(_Piece(at, at + end - start, start, end))
        at += end - start
        if n + 1 < len(leaf.lines):
            pieces.append(_Piece(at, at + 1, line.end, line.after, breaks=True))
            at += 1
    return [piece for piece in pieces if piece.raw_start < piece.raw_end]


def _place(raw: str, content: str, *, heading: bool) -> tuple[int, int] | None:
    """Where the content of a line stands in it: at its end, but for blanks and closing marks."""
    # A tab that is partly indentation comes as blanks, which the line does not have.
    for wanted in (content, content.lstrip()):
        start = len(raw.rstrip()) - len(wanted.rstrip())
        if start >= 0 and raw.startswith(wanted, start):
            return start, start + len(wanted)
    if heading:
        for start in range(len(raw)):
            end = start + len(content)
            if raw.startswith(content, start) and _CLOSING.fullmatch(raw, end):
                return start, end
    return None


def _spans(text: str, leaf: Leaf, pieces: Sequence[_Piece]) -> list[Span]:
    """The spans of a leaf in the raw text, what stands between its lines as markup."""
    content = "".join("\n" if p.breaks else text[p.raw_start : p.raw_end] for p in pieces)
    marks: list[Mark] = [] if leaf.shape in _AS_IT_STANDS else inline_marks(content)
    spans: list[Span] = []
    cut = iter(spans_of(0, len(content), marks))
    span = next(cut, None)
    at = pieces[0].raw_start
    for piece in pieces:
        spans += _hidden(at, piece.raw_start)
        at = piece.raw_end
        while span is not None and span.start < piece.end:
            first, last = max(span.start, piece.start), min(span.end, piece.end)
            start = piece.raw_start + first - piece.start
            end = piece.raw_end - (piece.end - last)
            spans.append(Span(start, end, span.styles))
            if span.end > piece.end:
                break
            span = next(cut, None)
    return spans


def _gap(text: str, start: int, end: int) -> list[Span]:
    """What stands before a leaf: markup, but for the numbers of a list's items."""
    labels = [
        (start + found.start(), start + found.end(), Style.LABEL)
        for found in _LABEL.finditer(text[start:end])
    ]
    spans = spans_of(start, end, labels)
    return [span if span.styles else Span(span.start, span.end, (Style.MARKUP,)) for span in spans]


def _hidden(start: int, end: int) -> list[Span]:
    return [Span(start, end, (Style.MARKUP,))] if start < end else []

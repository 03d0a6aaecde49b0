"""A paragraph -> what the page draws of it: runs of one look, the quoted words marked.

A mark is an exact span of the raw text. Where its words would all be hidden as markup (a quoted
address of an image, say), the paragraph is shown as it stands, so that it can always be seen.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby, pairwise

from ui.markup.formats import marks_of, parts_of
from ui.markup.parts import Part, Span, Style, plain, spans_of
from ui.render import printable
from ui.tables import table
from ui.views import PartView, Run, Runs

Rows = tuple[tuple[Runs, ...], ...]

LONGEST = 20_000
"""Characters of a paragraph that are shown; of a longer one, what is around the marked words."""

CONTEXT_CHARS = 180

_LEAD, _TAIL = Run("… "), Run(" …")


def body(path: str, text: str, start: int, end: int) -> tuple[tuple[PartView, ...], Rows]:
    """All of a paragraph of the document at ``path``, or its rows when it is a table."""
    if len(text) > LONGEST:
        return excerpt(path, text, start, end, LONGEST // 2), ()
    rows = _rows(path, text, start, end)
    if rows and (start >= end or _is_marked(run for row in rows for cell in row for run in cell)):
        return (), rows
    return _views(text, _seen(path, text, start, end), start, end), ()


def excerpt(
    path: str, text: str, start: int, end: int, context: int = CONTEXT_CHARS
) -> tuple[PartView, ...]:
    """The marked words with about ``context`` characters of the paragraph on either side."""
    start, end = max(0, start), min(len(text), end, start + LONGEST)
    first = start - context if start > context * 1.5 else 0
    last = end + context if len(text) - end > context * 1.5 else len(text)
    # Cut between words where there are words to cut between.
    if first and (space := text.find(" ", first, start)) > 0:
        first = space + 1
    if last < len(text) and (space := text.rfind(" ", end, last)) > 0:
        last = space
    views = list(_views(text, _seen(path, text, start, end), start, end, first, last))
    if views and first:
        views[0] = replace(views[0], runs=(_LEAD, *views[0].runs))
    if views and last < len(text):
        views[-1] = replace(views[-1], runs=(*views[-1].runs, _TAIL))
    return tuple(views)


def quoted(path: str, text: str, start: int, end: int) -> str:
    """The words of a quotation as a reader sees them."""
    parts, rows = body(path, text, start, end)
    if rows:
        return text[start:end]
    marked = ("".join(_read(run) for run in part.runs if run.marked) for part in parts)
    return " ".join(words for words in marked if words)


def _read(run: Run) -> str:
    """A run's text; the blank behind the number of an item is among its markup, which is hidden."""
    return f"{run.text} " if Style.LABEL in run.styles else run.text


def line(path: str, text: str) -> Runs:
    """One line of a document, such as a heading."""
    return _runs(text, spans_of(0, len(text), marks_of(path)(text)), 0, 0)


def _seen(path: str, text: str, start: int, end: int) -> tuple[Part, ...]:
    """The parts of a text, or the whole of it as it stands where the mark would not be seen."""
    parts = parts_of(path, text) if len(text) <= LONGEST else plain(text)
    if start >= end or _is_marked(r for p in parts for r in _runs(text, p.spans, start, end)):
        return parts
    return plain(text)


def _is_marked(runs: Iterator[Run]) -> bool:
    return any(run.marked and run.text.strip() and Style.BREAK not in run.styles for run in runs)


def _views(
    text: str, parts: Sequence[Part], start: int, end: int, first: int = 0, last: int | None = None
) -> tuple[PartView, ...]:
    """What of the parts stands between ``first`` and ``last``."""
    drawn = ((part, _runs(text, part.spans, start, end, first, last)) for part in parts)
    return tuple(PartView(p.shape.value, runs, p.indent, p.quoted) for p, runs in drawn if runs)


def _rows(path: str, text: str, start: int, end: int) -> Rows:
    inline = marks_of(path)

    def cell(first: int, last: int) -> Runs:
        marks = [(a + first, b + first, style) for a, b, style in inline(text[first:last])]
        return _runs(text, spans_of(first, last, marks), start, end)

    return tuple(tuple(cell(*place) for place in row) for row in table(text))


def _runs(
    text: str, spans: Sequence[Span], start: int, end: int, first: int = 0, last: int | None = None
) -> Runs:
    """The spans that are shown, cut where the mark begins and ends; neighbours alike in one."""
    last = len(text) if last is None else last
    cut = [
        Run(printable(text[a:b]), start <= a < end, tuple(style.value for style in span.styles))
        for span in spans
        if Style.MARKUP not in span.styles
        for a, b in _at_the_mark(max(span.start, first), min(span.end, last), start, end)
    ]
    alike = groupby(cut, lambda run: (run.marked, run.styles))
    return tuple(Run("".join(r.text for r in runs), *look) for look, runs in alike)


def _at_the_mark(first: int, last: int, start: int, end: int) -> Iterator[tuple[int, int]]:
    inner = (start, end) if start < end else ()
    edges = [first, *(edge for edge in inner if first < edge < last), last]
    for a, b in pairwise(edges):
        if a < b:
            yield a, b

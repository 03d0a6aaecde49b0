"""A text longer than the embedder reads -> windows that it reads whole.

Windows end where sentences end, and each begins with the last sentence of the one before, so that
what two sentences say together is read together. A sentence too long for a window is cut at its
lines, then between words, then anywhere. The vector of the text is the mean of its windows' vectors
at length 1 (``index/embedding.py``), so that no word is without influence on it.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence

from index.paragraphs import prose_spans

WINDOWS_VERSION = "1"
"""Raised whenever the same text would be cut differently; part of the embedder's fingerprint."""

Span = tuple[int, int]
Count = Callable[[Sequence[str]], Sequence[int]]

_LINE = re.compile(r"\S[^\r\n]*(?<=\S)")
_WORD = re.compile(r"\S+")


def windows(text: str, count: Count, limit: float) -> tuple[str, ...]:
    """Slices of ``text``, in order, of at most ``limit`` tokens; the text itself when it fits.

    ``count`` gives the tokens of each of some texts: many at once, for a tokenizer has much to do
    for each call. The slices together hold every non-blank character. A single character counts as
    fitting.
    """
    if count([text])[0] <= limit:
        return (text,)
    pieces, tokens = zip(*_fitting(text, prose_spans(text), count, limit), strict=True)
    spans: list[Span] = []
    first = 0

    def fits(begin: int, end: int) -> bool:
        return count([text[pieces[begin][0] : pieces[end][1]]])[0] <= limit

    while first < len(pieces):
        last = _last(first, tokens, limit, fits)
        spans.append((pieces[first][0], pieces[last][1]))
        if last + 1 == len(pieces):
            break
        # Repeating a sentence must leave room for the next one, else nothing would move on.
        first = last if last > first and fits(last, last + 1) else last + 1
    return tuple(text[start:end] for start, end in spans)


def _last(first: int, tokens: Sequence[int], limit: float, fits: Callable[[int, int], bool]) -> int:
    """The last piece that still fits into a window with ``first`` and those between."""
    last = first
    total = tokens[first]
    # Pieces joined have seldom more tokens than apart, where each has its own prompt and marks.
    while last + 1 < len(tokens) and total + tokens[last + 1] <= limit:
        last += 1
        total += tokens[last]
    if last > first and not fits(first, last):
        last = first
    while last + 1 < len(tokens) and fits(first, last + 1):
        last += 1
    return last


def _fitting(
    text: str, spans: Iterable[Span], count: Count, limit: float
) -> Iterator[tuple[Span, int]]:
    """``spans`` in pieces that fit, each with its tokens."""
    spans = list(spans)
    counted = count([text[slice(*span)] for span in spans])
    for span, tokens in zip(spans, counted, strict=True):
        if tokens <= limit or span[1] - span[0] < 2:
            yield span, tokens
        else:
            yield from _fitting(text, _parts(text, span), count, limit)


def _parts(text: str, span: Span) -> list[Span]:
    """``span`` cut at its lines, else between its words, else in the middle."""
    for pattern in (_LINE, _WORD):
        parts = [(m.start(), m.end()) for m in pattern.finditer(text, *span)]
        if len(parts) > 1:
            return parts
    start, end = span
    middle = (start + end) // 2
    return [(start, middle), (middle, end)]

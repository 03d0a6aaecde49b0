"""A text longer than the embedder reads -> windows that it reads whole.

Windows end where sentences end, and each begins with the last sentence of the one before, so that
what two sentences say together is read together. A sentence too long for a window is cut at its
lines, then between words, then anywhere. The vector of the text is the mean of its windows' vectors
at length 1 (``index/embedding.py``), so that no word is without influence on it.
"""

import re
from collections.abc import Callable, Iterator

from index.paragraphs import prose_spans

WINDOWS_VERSION = "1"
"""Raised whenever the same text would be cut differently; part of the embedder's fingerprint."""

Span = tuple[int, int]
Fits = Callable[[str], bool]

_LINE = re.compile(r"\S[^\r\n]*(?<=\S)")
_WORD = re.compile(r"\S+")


def windows(text: str, fits: Fits) -> tuple[str, ...]:
    """Slices of ``text``, in order, of which ``fits`` is true; the text itself when it fits.

    Together they hold every non-blank character. A single character counts as fitting.
    """
    if fits(text):
        return (text,)
    pieces = [piece for span in prose_spans(text) for piece in _fitting(text, span, fits)]
    spans: list[Span] = []
    first = 0
    while first < len(pieces):
        last = _last(text, pieces, first, fits)
        spans.append((pieces[first][0], pieces[last][1]))
        if last + 1 == len(pieces):
            break
        # Repeating a sentence must leave room for the next one, else nothing would move on.
        repeats = last > first and fits(text[pieces[last][0] : pieces[last + 1][1]])
        first = last if repeats else last + 1
    return tuple(text[start:end] for start, end in spans)


def _last(text: str, pieces: list[Span], first: int, fits: Fits) -> int:
    """The last piece that still fits into a window with ``first`` and those between."""
    last = first
    while last + 1 < len(pieces) and fits(text[pieces[first][0] : pieces[last + 1][1]]):
        last += 1
    return last


def _fitting(text: str, span: Span, fits: Fits) -> Iterator[Span]:
    """``span`` in pieces that fit."""
    if fits(text[slice(*span)]):
        yield span
        return
    for pattern in (_LINE, _WORD):
        parts = [(m.start(), m.end()) for m in pattern.finditer(text, *span)]
        if len(parts) > 1:
            for part in parts:
                yield from _fitting(text, part, fits)
            return
    start, end = span
    if end - start < 2:
        yield span
        return
    middle = (start + end) // 2
    yield from _fitting(text, (start, middle), fits)
    yield from _fitting(text, (middle, end), fits)

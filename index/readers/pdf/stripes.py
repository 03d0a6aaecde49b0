"""Level lines over and under text -> the frames of tables whose columns only white space parts.

Lines of one length that stand over each other part a page into bands. Two or more bands in which
most lines of words have wide gaps are a table (one alone may be a page, or a listing), and the
white space that its rows have in common parts its columns. Only what heads several columns may
stand across it.
"""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise
from statistics import fmean, median

from index.lines import ENUMERATOR
from index.readers.pdf.ruled_lines import NEAR
from index.readers.pdf.rules import Rule
from index.readers.pdf.words import PageWord

_GAP = 0.8
"""In line heights, between what may be two cells; between two words there is a third."""

_CLOSE = 0.5
"""In line heights, between the names of two columns, where their cells are further apart."""

_STRIPE = 0.4
"""Line heights of white space that all rows have in common."""

_FEW_LINES = 2
_CROSSED = 0.1
_WORDY = 4
"""Words a line, in the mean, from which on a column is running text."""

_MARK = re.compile(rf"[^\w]{{1,3}}|{ENUMERATOR}")
_BEHIND = "%)‰"

Span = tuple[float, float]


@dataclass(frozen=True, slots=True)
class _Line:
    """Words side by side: ``spans`` reach from where to where they follow one another closely.

    ``runs`` are those of them that follow with no more than a blank between.
    """

    top: float
    bottom: float
    spans: Sequence[Span]
    runs: Sequence[Span]

    def gaps(self) -> Iterator[Span]:
        """The white space between its runs."""
        yield from ((a[1], b[0]) for a, b in pairwise(self.runs))


@dataclass(frozen=True, slots=True)
class _Band:
    """What stands between two rules."""

    top: float
    bottom: float
    lines: Sequence[_Line]

    @property
    def is_tabular(self) -> bool:
        """Have half of its lines wide gaps? A heading over several columns has none."""
        parted = sum(len(line.spans) > 1 for line in self.lines)
        return bool(parted) and 2 * parted >= len(self.lines)

    @property
    def may_be_between(self) -> bool:
        """Such as the name of some rows, where each row is ruled."""
        return self.is_tabular or len(self.lines) <= _FEW_LINES


def striped_frames(rules: Iterable[Rule], words: Sequence[PageWord]) -> Iterator[list[Rule]]:
    """The level lines of each such table, with upright ones in the white space between columns."""
    for level in _stacks(rules):
        x0, x1 = level[0].x0, level[0].x1
        inside = [w for w in words if x0 - NEAR < w.x0 and w.x1 < x1 + NEAR]
        bands = [_band(a.top, b.top, inside) for a, b in pairwise(level)]
        for table in _tables(bands):
            body = [line for band in table[1:] for line in band.lines]
            uprights = _uprights(table, body, inside)
            if uprights:
                ys = [table[0].top, *(band.bottom for band in table)]
                yield [*(Rule(x0, y, x1, y) for y in ys), *uprights]


def aligned_frame(words: Sequence[PageWord]) -> list[Rule]:
    """The same around lines of words without any rule, none where no stripe parts them."""
    table = _band(min(w.top for w in words), max(w.bottom for w in words), words)
    uprights = _uprights([table], table.lines, words)
    x0, x1 = min(w.x0 for w in words), max(w.x1 for w in words)
    level = [Rule(x0, y, x1, y) for y in (table.top, table.bottom)]
    return [*level, *uprights] if uprights else []


def _tables(bands: Sequence[_Band]) -> Iterator[list[_Band]]:
    """Bands next to each other, the first and the last and most of them tabular."""
    for may_be, run in groupby(bands, lambda band: band.may_be_between):
        table = list(run)
        at = [i for i, band in enumerate(table) if band.is_tabular]
        if may_be and len(at) > 1 and 2 * len(at) > at[-1] - at[0]:
            yield table[at[0] : at[-1] + 1]


def _stacks(rules: Iterable[Rule]) -> list[list[Rule]]:
    """Two or more lines that begin and end at the same places, from top to bottom."""
    stacks: list[list[Rule]] = []
    for rule in sorted(rules, key=lambda rule: rule.top):
        ends = (s for s in stacks if abs(s[0].x0 - rule.x0) + abs(s[0].x1 - rule.x1) <= NEAR)
        stack = next(ends, None)
        if stack is None:
            stacks.append([rule])
        elif rule.top - stack[-1].top > NEAR:
            stack.append(rule)
    return [stack for stack in stacks if len(stack) > 1]


def _band(top: float, bottom: float, words: Iterable[PageWord]) -> _Band:
    lines = text_lines(w for w in words if top < (w.top + w.bottom) / 2 < bottom)
    return _Band(top, bottom, [_line(line) for line in lines])


def _line(line: Sequence[PageWord]) -> _Line:
    top, bottom = min(word.top for word in line), max(word.bottom for word in line)
    return _Line(top, bottom, _spans(line, _GAP), _spans(line, _CLOSE))


def _spans(line: Sequence[PageWord], gap: float) -> list[Span]:
    """From where to where words stand no further apart, in line heights."""
    apart = gap * median(word.height for word in line)
    spans: list[Span] = []
    for word in sorted(line, key=lambda word: word.x0):
        if spans and word.x0 - spans[-1][1] <= apart:
            spans[-1] = spans[-1][0], max(spans[-1][1], word.x1)
        else:
            spans.append((word.x0, word.x1))
    return spans


def _uprights(
    bands: Sequence[_Band], body: Sequence[_Line], words: Sequence[PageWord]
) -> list[Rule]:
    """A line in the middle of each stripe of the body, beside every line that is not across it."""
    size = median(word.height for word in words)
    spans = [line.spans for line in body]
    stripes = [s for s in _stripes(spans) if s[1] - s[0] >= _STRIPE * size]
    heads = [line for line in bands[0].lines if line not in body]
    stripes = [_between_names(stripe, heads, _STRIPE * size) for stripe in stripes]
    places = _parting([(a + b) / 2 for a, b in stripes], bands, words)
    return [
        Rule(x, line.top, x, line.bottom)
        for x in places
        for band in bands
        for line in band.lines
        if not any(a < x < b for a, b in line.runs)
    ]


def _between_names(stripe: Span, heads: Sequence[_Line], least: float) -> Span:
    """The part of a stripe that also parts the names of columns, where some does."""
    for a, b in (gap for line in heads for gap in line.gaps()):
        left, right = max(a, stripe[0]), min(b, stripe[1])
        if right - left >= least:
            stripe = left, right
    return stripe


def _stripes(lines: Sequence[Sequence[Span]]) -> Iterator[Span]:
    """White space between spans that few lines have something in."""
    most = int(_CROSSED * len(lines))
    steps = [(a, 1) for spans in lines for a, _ in spans]
    steps += [(b, -1) for spans in lines for _, b in spans]
    covered, free = 0, None
    for place, step in sorted(steps):
        if covered <= most < covered + step and free is not None:
            yield free, place
        if covered + step <= most < covered:
            free = place
        covered += step


def _parting(
    places: Sequence[float], bands: Sequence[_Band], words: Sequence[PageWord]
) -> list[float]:
    """The places that part columns of a table: not the sides of a mark, none between prose."""
    inside = [w for w in words if bands[0].top < (w.top + w.bottom) / 2 < bands[-1].bottom]
    while marks := _marks(places, inside):
        places = [place for i, place in enumerate(places) if i not in marks]
    columns = _columns(places, inside)
    wordy = [fmean(map(len, text_lines(column))) > _WORDY for column in columns if column]
    return list(places) if sum(wordy) < 2 else []


def _marks(places: Sequence[float], words: Iterable[PageWord]) -> set[int]:
    """The places beside a column of marks alone: "$" belongs to what follows, "%" to the left."""
    found: set[int] = set()
    for i, column in enumerate(_columns(places, words)):
        texts = [word.text for word in column]
        if places and (all(map(_MARK.fullmatch, texts)) or (not i and _count_lines(texts))):
            behind = i == len(places) or (i and all(text[0] in _BEHIND for text in texts))
            found.add(i - 1 if behind else i)
            break
    return found


def _count_lines(texts: Sequence[str]) -> bool:
    """Are they the numbers of the lines of a listing?"""
    if not all(map(str.isdecimal, texts)):
        return False
    return all(int(b) == int(a) + 1 for a, b in pairwise(texts))


def _columns(places: Sequence[float], words: Iterable[PageWord]) -> list[list[PageWord]]:
    columns: list[list[PageWord]] = [[] for _ in range(len(places) + 1)]
    for word in words:
        columns[bisect_right(places, (word.x0 + word.x1) / 2)].append(word)
    return columns


def text_lines(words: Iterable[PageWord]) -> list[list[PageWord]]:
    """Words side by side, from top to bottom."""
    lines: list[list[PageWord]] = []
    for word in sorted(words, key=lambda word: word.top + word.bottom):
        if lines and word.top < (lines[-1][0].top + lines[-1][0].bottom) / 2 < word.bottom:
            lines[-1].append(word)
        else:
            lines.append([word])
    return lines

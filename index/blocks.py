"""Plain text -> blocks: which lines form a paragraph, which are headings.

Steps: lines are gathered into runs between blank lines (a code fence bridges blank lines); lists
and fences inside a run stay whole, tables up to 20 rows; what is left is prose, which has a
paragraph from each indented line to the next, or one a line (long lines), or is hard-wrapped
(lines of similar length under about 100 characters, joined). Last, short lines without final
punctuation that stand before a paragraph become headings.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import groupby, pairwise
from statistics import median

from index.lines import (
    Line,
    are_long,
    are_titles,
    breaks_early,
    fence_of,
    has_word,
    is_coded,
    is_enumerated,
    is_item,
    is_of_code,
    is_prose,
    is_row,
    is_title,
    is_unwrapped,
    is_wrapped,
    lines_of,
    parted_by_indents,
)
from index.text_tables import aligned_end, row_groups

_FROM = re.compile(r"[^\w\n]{0,8}(?:From|Von|De): ?\S")
_HEAD = re.compile(r"[^\w\n]{0,8}(?:To|Cc|Date|Sent|Subject|An|Gesendet|Betreff): ?\S")
_TITLED = 2
"""Runs of a title and the line across under it."""
HEADING_CHAIN = 3
LONG_ITEM = 200


class Kind(StrEnum):
    """What a block is; ``LINES`` (lists, tables, code) keeps its line structure."""

    PROSE = "prose"
    LINES = "lines"
    HEADING = "heading"


@dataclass(frozen=True, slots=True)
class Block:
    """A stretch of the text, without surrounding blanks. Only headings have level and title.

    ``page`` and ``location`` become the paragraph's, ``caption`` and ``header`` (of a table whose
    later rows these are) the last of its headings.
    """

    kind: Kind
    start: int
    end: int
    level: int = 0
    title: str = ""
    page: int | None = None
    location: str = ""
    header: str = ""
    caption: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """Lines that belong together, not yet known to be or not to be headings."""

    kind: Kind
    lines: Sequence[Line]
    location: str = ""
    header: str = ""

    @property
    def block(self) -> Block:
        start, end = self.lines[0].start, self.lines[-1].end
        return Block(self.kind, start, end, location=self.location, header=self.header)


def plain_blocks(text: str) -> list[Block]:
    """The blocks of a plain text, in order; lines without a letter or digit belong to none."""
    return line_blocks(lines_of(text))


def untitled_blocks(lines: Sequence[Line]) -> list[Block]:
    """As ``line_blocks``, for text whose headings are known by other means.

    What looked like one right above a paragraph is its first line, such as a term over its meaning.
    """
    below = {a.end: b.start for a, b in pairwise(lines)}
    blocks: list[Block] = []
    begun: Block | None = None
    for block in line_blocks(lines):
        prose = block.kind is not Kind.LINES
        start, end = block.start, block.end
        if begun and prose and below.get(begun.end) == start:
            start = blocks.pop().start
        blocks.append(Block(Kind.PROSE, start, end) if prose else block)
        begun = blocks[-1] if block.kind is Kind.HEADING else None
    return blocks


def line_blocks(lines: Sequence[Line]) -> list[Block]:
    line_mode = _one_paragraph_a_line(runs := _runs(lines))
    return [
        block
        for apart in _mails(runs)
        for block in _with_headings([part for run in apart for part in _parts(run, line_mode)])
    ]


def _mails(runs: Sequence[list[Line]]) -> list[list[list[Line]]]:
    """Apart where a line across stands over the head of a mail: above it somebody has signed.

    But for the first, over which its title stands.
    """
    mails: list[list[list[Line]]] = [[]]
    for before, run in pairwise([[], *runs]):
        crossed = bool(before) and not any(has_word(line.text) for line in before)
        heads = _FROM.match(run[0].text) and any(_HEAD.match(line.text) for line in run)
        if crossed and heads and len(mails[-1]) > _TITLED:
            mails.append([])
        mails[-1].append(run)
    return mails


def prose_parts(lines: Sequence[Line], line_mode: bool = False) -> list[Part]:
    """Adjacent prose lines as one joined paragraph or, unwrapped, one paragraph a line."""
    if (line_mode or is_unwrapped(lines)) and not is_wrapped(lines):
        return [Part(Kind.PROSE, [line]) for line in lines]
    return [Part(Kind.PROSE, lines)] if lines else []


def _runs(lines: Sequence[Line]) -> list[list[Line]]:
    """Lines between blank ones; an opened and closed code fence is a run of its own."""
    runs: list[list[Line]] = [[]]
    i = 0
    while i < len(lines):
        if closing := _closing_fence(lines, i):
            runs += [[line for line in lines[i : closing + 1] if line.text], []]
            i = closing
        elif lines[i].text:
            runs[-1].append(lines[i])
        else:
            runs.append([])
        i += 1
    return [run for run in runs if run]


def _closing_fence(lines: Sequence[Line], i: int) -> int | None:
    mark = fence_of(lines[i])
    closing = (j for j in range(i + 1, len(lines)) if fence_of(lines[j]) == mark)
    return next(closing, None) if mark else None


def _is_code(run: Sequence[Line]) -> bool:
    return len(run) > 1 and fence_of(run[0]) == fence_of(run[-1]) != ""


def _one_paragraph_a_line(runs: Sequence[Sequence[Line]]) -> bool:
    """Long lines, most of them not separated by blank ones, and not simply wrapped wide."""
    prose = [[line for line in run if is_prose(line)] for run in runs if not _is_code(run)]
    prose = [run for run in prose if run]
    lines = [line for run in prose for line in run]
    if len(lines) < 2 or not (are_long(lines) or is_unwrapped(lines)):
        return False
    adjacent = len(lines) - len(prose)
    separated = len(prose) - 1
    wrapped = sum(len(run) for run in prose if is_wrapped(run))
    return adjacent > separated and wrapped * 2 < len(lines)


def _parts(run: Sequence[Line], line_mode: bool) -> list[Part]:
    if _is_code(run):
        return [Part(Kind.LINES, run)]
    paragraphs = parted_by_indents(run)
    if len(paragraphs) > 1:
        # Where an indent begins each paragraph, a short first line is no title but was cut short.
        return [Part(Kind.PROSE, lines) for lines in paragraphs]
    parts: list[Part] = []
    prose: list[Line] = []
    i = 0
    while i < len(run):
        if (end := _list_end(run, i, line_mode)) is not None:
            found = _list(run[i:end])
        elif (end := _table_end(run, i)) is not None:
            found = _table(run[i:end])
        else:
            prose.append(run[i])
            i += 1
            continue
        parts += _titled_prose(prose, line_mode) + found
        prose = []
        i = end
    return parts + _titled_prose(prose, line_mode)


def _titled_prose(lines: Sequence[Line], line_mode: bool) -> list[Part]:
    """Prose parted by rules (lines without a word), its titles apart from what they head."""
    parts = []
    for worded, group in groupby(lines, lambda line: has_word(line.text)):
        prose = list(group) if worded else []
        titles = _titles_above(prose)
        parts += [Part(Kind.PROSE, [line]) for line in prose[:titles]]
        parts += prose_parts(prose[titles:], line_mode)
    return parts


def _titles_above(prose: Sequence[Line]) -> int:
    """How many lines at the top are titles, broken off early; 0 when too many for headings."""
    count = 0
    while count + 1 < len(prose) and is_title(prose[count]):
        if not (is_coded(prose[count]) or breaks_early(prose[count], prose[count + 1 :])):
            break
        count += 1
        if count > HEADING_CHAIN:
            return 0
    return count


def _list_end(run: Sequence[Line], i: int, line_mode: bool) -> int | None:
    """Index after the list that starts at line ``i``, or None. Its items' wrapped lines belong."""
    if not is_item(run[i]):
        return None
    end = i + 1
    while end < len(run) and (
        is_item(run[end]) or run[end].indent > run[i].indent or not line_mode
    ):
        end += 1
    return end if sum(map(is_item, run[i:end])) > 1 else None


def _table_end(run: Sequence[Line], i: int) -> int | None:
    end = i
    while end < len(run) and is_row(run[end]):
        end += 1
    return end if end - i > 1 else aligned_end(run, i)


def table_parts(rows: Sequence[Line]) -> list[Part]:
    """The groups of rows of a table."""
    return [Part(Kind.LINES, g.lines, g.location, g.header) for g in row_groups(rows)]


def _table(rows: Sequence[Line]) -> list[Part]:
    """Its groups of rows; but long rows, of running text with tabs in it, are paragraphs."""
    if median(row.end - row.start for row in rows) > LONG_ITEM:
        return [Part(Kind.PROSE, [row]) for row in rows]
    return table_parts(rows)


def _list(lines: Sequence[Line]) -> list[Part]:
    """One part; but numbered clauses of several sentences each are paragraphs of their own."""
    items: list[list[Line]] = []
    for line in lines:
        if is_item(line) or not items:
            items.append([])
        items[-1].append(line)
    clauses = median(item[-1].end - item[0].start for item in items) > LONG_ITEM
    return [Part(Kind.PROSE, item) for item in items] if clauses else [Part(Kind.LINES, lines)]


def _with_headings(parts: Sequence[Part]) -> list[Block]:
    """Turn the short unpunctuated lines right before a paragraph into headings."""
    blocks: list[Block] = []
    chain: list[Part] = []
    for part in parts:
        told = chain and is_of_code(part.lines[0], chain[-1].lines[-1])
        if part.kind is Kind.PROSE and are_titles(part.lines) and not told:
            chain.append(part)
        else:
            blocks += [*_headings(chain, part.lines[0]), part.block]
            chain = []
    return blocks + [part.block for part in chain]


def _headings(chain: Sequence[Part], below: Line) -> list[Block]:
    """More than three in a row are not headings but content (names, an address): citable.

    But for one with a number right above the text. No variable heads another.
    """
    titles = [line for part in chain for line in part.lines]
    numbered = [line for line in titles if is_enumerated(line)]
    if len(titles) > HEADING_CHAIN and numbered == list(chain[-1].lines) and len(numbered) == 1:
        return [*(part.block for part in chain[:-1]), *_headings(chain[-1:], below)]
    several = sum(map(is_enumerated, titles)) > 1 or sum(map(is_coded, [*titles, below])) > 1
    if len(titles) > HEADING_CHAIN or several:
        return [part.block for part in chain]
    return [
        Block(Kind.HEADING, line.start, line.end, level, line.text.lstrip("# "))
        for level, line in enumerate(titles, start=1)
    ]

"""Plain text -> blocks: which lines form a paragraph, which are headings.

Steps: lines are gathered into runs between blank lines (a code fence bridges blank lines); lists,
tables and fences inside a run stay whole; what is left is prose, which either has one paragraph a
line (long lines) or is hard-wrapped (lines of similar length under about 100 characters, joined).
Last, short lines without final punctuation that stand before a paragraph become headings.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import pairwise
from statistics import median

LONG_LINE = 80
WRAP_LIMIT = 105
HEADING_CHARS = 80
HEADING_WORDS = 12
HEADING_CHAIN = 3
LONG_ITEM = 300

_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n|\Z)")
_ITEM = re.compile(r"\s*(?:[-*+•‣◦–]|\(?(?:\d{1,3}|[A-Za-z])[.)])\s+\S")
_FENCE = re.compile(r"\s*(```|~~~)")
_FINAL = re.compile(r"[.!?…;,][\"'”’»)\]]*$")
_SENTENCE_END = re.compile(r"[.!?…:][\"'”’»)\]]*$")


class Kind(StrEnum):
    """What a block is; ``LINES`` (lists, tables, code) keeps its line structure."""

    PROSE = "prose"
    LINES = "lines"
    HEADING = "heading"


@dataclass(frozen=True, slots=True)
class Block:
    """A stretch of the text, without surrounding blanks. ``level`` is 0 unless a heading."""

    kind: Kind
    start: int
    end: int
    level: int = 0


@dataclass(frozen=True, slots=True)
class Line:
    """One line without its line break and surrounding blanks, at its offsets."""

    start: int
    end: int
    text: str


IndentLookup = Callable[[Line], int]


def lines_of(text: str) -> list[Line]:
    """Split at CR, LF or CRLF; a blank line has ``text == ""``."""
    lines = []
    for match in _LINE.finditer(text):
        if match.start() == match.end():
            continue
        raw = match.group()
        stripped = raw.strip()
        start = match.start() + (len(raw) - len(raw.lstrip())) if stripped else match.start()
        lines.append(Line(start, start + len(stripped), stripped))
    return lines


def plain_blocks(text: str) -> list[Block]:
    """The blocks of a plain text, in order; lines without a letter or digit belong to none."""
    runs = _runs(lines_of(text))
    one_per_line = _one_paragraph_a_line(runs)
    blocks = [block for run in runs for block in _run_blocks(run, one_per_line, indent_of(text))]
    return _mark_headings(text, blocks)


def split_prose(lines: Sequence[Line], one_per_line: bool = False) -> list[Block]:
    """Adjacent prose lines as one joined paragraph or one paragraph a line."""
    prose = [line for line in lines if _has_word(line)]
    if not prose:
        return []
    long = median(len(line.text) for line in prose) > LONG_LINE
    ragged = max(len(line.text) for line in prose) > WRAP_LIMIT
    if (one_per_line or (long and ragged)) and not _hard_wrapped(prose):
        return [Block(Kind.PROSE, line.start, line.end) for line in prose]
    first, rest = prose[0], prose[1:]
    if rest and _looks_like_heading(first.text) and _broken_early(first, rest):
        return [Block(Kind.PROSE, first.start, first.end), *split_prose(rest, one_per_line)]
    return [Block(Kind.PROSE, first.start, prose[-1].end)]


def indent_of(text: str) -> IndentLookup:
    """How many blanks stand before a line's first character."""

    def indent(line: Line) -> int:
        begin = max(text.rfind("\n", 0, line.start), text.rfind("\r", 0, line.start)) + 1
        return line.start - begin

    return indent


def _runs(lines: Sequence[Line]) -> list[list[Line]]:
    """Lines between blank ones; an opened and closed code fence counts as one run."""
    runs: list[list[Line]] = [[]]
    i = 0
    while i < len(lines):
        closing = _closing_fence(lines, i)
        if closing is not None:
            runs += [[line for line in lines[i : closing + 1] if line.text], []]
            i = closing + 1
            continue
        if lines[i].text:
            runs[-1].append(lines[i])
        else:
            runs.append([])
        i += 1
    return [run for run in runs if run]


def _closing_fence(lines: Sequence[Line], i: int) -> int | None:
    fence = _FENCE.match(lines[i].text)
    if fence is None:
        return None
    for j in range(i + 1, len(lines)):
        if lines[j].text.startswith(fence.group(1)):
            return j
    return None


def _one_paragraph_a_line(runs: Iterable[Sequence[Line]]) -> bool:
    """Long lines, most of them not separated by blank ones, and not simply wrapped wide."""
    runs = list(runs)
    prose = [line for run in runs for line in run if _has_word(line) and not _is_item(line)]
    if len(prose) < 2 or median(len(line.text) for line in prose) <= LONG_LINE:
        return False
    adjacent = sum(len(run) - 1 for run in runs)
    separated = len(runs) - 1
    wrapped = sum(len(run) for run in runs if _hard_wrapped(run))
    return adjacent > separated and wrapped * 2 < len(prose)


def _hard_wrapped(lines: Sequence[Line]) -> bool:
    """Did an editor break these lines at a margin?

    Then no line is wider than the margin, the next word would not have fitted on most lines, and
    few lines happen to end where a sentence ends.
    """
    if len(lines) < 2:
        return False
    width = max(len(line.text) for line in lines)
    if width > WRAP_LIMIT:
        return False
    pairs = list(pairwise(lines))
    full = sum(len(a.text) + 1 + len(b.text.split()[0]) >= width - 2 for a, b in pairs)
    ends = sum(_SENTENCE_END.search(a.text) is not None for a, _ in pairs)
    return full >= 0.7 * len(pairs) and ends <= 0.5 * len(pairs)


def _run_blocks(run: Sequence[Line], one_per_line: bool, indent: IndentLookup) -> list[Block]:
    if _FENCE.match(run[0].text) and len(run) > 1 and _FENCE.match(run[-1].text):
        return [Block(Kind.LINES, run[0].start, run[-1].end)]
    blocks: list[Block] = []
    prose: list[Line] = []
    i = 0
    while i < len(run):
        end = _list_end(run, i, one_per_line, indent) or _table_end(run, i)
        if end is None:
            prose.append(run[i])
            i += 1
            continue
        blocks += split_prose(prose, one_per_line)
        prose = []
        blocks.append(Block(Kind.LINES, run[i].start, run[end - 1].end))
        i = end
    return blocks + split_prose(prose, one_per_line)


def _list_end(run: Sequence[Line], i: int, one_per_line: bool, indent: IndentLookup) -> int | None:
    """Index after the list that starts at line ``i``, or None. Its items' wrapped lines belong."""
    if not _is_item(run[i]):
        return None
    margin = indent(run[i])
    end = i + 1
    while end < len(run) and (_is_item(run[end]) or indent(run[end]) > margin or not one_per_line):
        end += 1
    items = [line for line in run[i:end] if _is_item(line)]
    # Numbered clauses of several sentences each are paragraphs that happen to be numbered.
    clauses = median(len(line.text) for line in items) > LONG_ITEM
    return None if len(items) < 2 or clauses else end


def _table_end(run: Sequence[Line], i: int) -> int | None:
    def is_row(line: Line) -> bool:
        return line.text.count("|") >= 2 or "\t" in line.text

    end = i
    while end < len(run) and is_row(run[end]):
        end += 1
    return end if end - i >= 2 else None


def _mark_headings(text: str, blocks: Sequence[Block]) -> list[Block]:
    """Turn the short unpunctuated lines right before a paragraph into headings.

    More than three in a row are not headings but content (names, an address) and stay citable.
    """
    marked = list(blocks)
    i = 0
    while i < len(marked):
        j = i
        while j < len(marked) and _heading_block(text, marked[j]):
            j += 1
        if j < len(marked) and 0 < j - i <= HEADING_CHAIN:
            for k in range(i, j):
                marked[k] = replace(marked[k], kind=Kind.HEADING, level=k - i + 1)
        i = j + 1
    return marked


def _heading_block(text: str, block: Block) -> bool:
    return block.kind is Kind.PROSE and _looks_like_heading(text[block.start : block.end])


def _looks_like_heading(text: str) -> bool:
    return (
        len(text) <= HEADING_CHARS
        and len(text.split()) <= HEADING_WORDS
        and "\n" not in text
        and "\r" not in text
        and _FINAL.search(text) is None
    )


def _broken_early(first: Line, rest: Sequence[Line]) -> bool:
    """The second line's first word would have fitted on the first: the break was meant."""
    width = max(len(line.text) for line in rest)
    room = len(first.text) + 1 + len(rest[0].text.split()[0])
    return width > LONG_LINE / 2 and room < 0.75 * width


def _is_item(line: Line) -> bool:
    return _ITEM.match(line.text) is not None


def _has_word(line: Line) -> bool:
    return any(character.isalnum() for character in line.text)

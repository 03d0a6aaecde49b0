"""The lines of a text, and what a line or a few of them look like: item, row, title, wrapped."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

LONG_LINE = 80
WRAP_LIMIT = 105
TITLE_CHARS = 80
TITLE_WORDS = 12
LEAD_IN_WORDS = 4

_INDENT = 2
_MOSTLY = 0.8
_FULL = 0.75

_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n|\Z)")
# The last ones are those of fonts for symbols, as they are copied or printed.
BULLET = r"[-*+•‣◦–▪●○·■□▸►➢➤✓✔◆◇♦❖★∙⁃☐\uf020-\uf0ff]"
"""What begins an item that has no number, as one character of a pattern."""
# A lone "o" is what Outlook and Word make of a circle in plain text; a word is followed by a blank.
_BULLET = re.compile(rf"(?:--|{BULLET}|o(?=\t|\s\s))\s+\S")
# Roman numerals to 39, in small or capitals.
_ROMAN = r"(?=[ivx]{2})x{0,3}(?:ix|iv|v?i{0,3})"
ENUMERATOR = rf"\(?(?:\d{{1,3}}|[A-Za-z]|{_ROMAN}|{_ROMAN.upper()})[.)]"
"""What a number or letter looks like that begins an item."""
_ENUMERATOR = re.compile(rf"{ENUMERATOR}\s+\S")
_FENCE = re.compile(r"```|~~~")
# The last is the line between rows that "+---+---+" is.
_CELLS = re.compile(r"\t|^\||\|$|\s\|\s|-\|[-:]|^\+[-=+]{2,}\+$")
_ROW_ALONE = re.compile(r"\|.*\|")
_REMARK = re.compile(r"\(.*\)|\[.*\]")
_CODED = re.compile(r"[A-Z]{1,3}\d{1,3}[a-z]?[.:]\s+\S")
_EQUALS = re.compile(r"\s=\s")
_FINAL = re.compile(r"[.!?…;,][\"'”’»)\]]*$")
_SENTENCE_END = re.compile(r"[.!?…:][\"'”’»)\]]*$")


@dataclass(frozen=True, slots=True)
class Line:
    """One line without its line break and surrounding blanks, at its offsets.

    ``indent`` is how many columns stood empty before it; a blank line has ``text == ""``.
    """

    start: int
    end: int
    text: str
    indent: int


def lines_of(text: str) -> list[Line]:
    """Split at CR, LF or CRLF."""
    lines = []
    for match in _LINE.finditer(text):
        raw = match.group()
        if not raw:
            continue
        stripped = raw.strip()
        blanks = raw[: len(raw) - len(raw.lstrip())] if stripped else ""
        start = match.start() + len(blanks)
        lines.append(Line(start, start + len(stripped), stripped, len(blanks.expandtabs())))
    return lines


def has_word(text: str) -> bool:
    """Is there a letter or digit, something that could be cited?"""
    return any(character.isalnum() for character in text)


def fence_of(line: Line) -> str:
    """The mark that opens or closes a code block on this line, or ""."""
    match = _FENCE.match(line.text)
    return match.group() if match else ""


def is_bullet(line: Line) -> bool:
    return _BULLET.match(line.text) is not None


def is_enumerated(line: Line) -> bool:
    """Does it start with a number or letter as items do? So do some titles: "1. Scope"."""
    return _ENUMERATOR.match(line.text) is not None


def is_coded(line: Line) -> bool:
    """Does it start with the code of a variable or question, "B12. Household income"?"""
    return _CODED.match(line.text) is not None


def is_of_code(line: Line, above: Line) -> bool:
    """Does it stand right below the title that has a variable's code, and tell of it?"""
    next_line = line.start - line.indent - above.end <= len("\r\n")
    return next_line and is_coded(above) and not is_coded(line)


def is_item(line: Line) -> bool:
    return begins_item(line.text)


def begins_item(text: str) -> bool:
    """Does it begin with the mark of an item, and go on?"""
    return item_text(text) > 0


def without_bullet(text: str) -> str:
    """An item's text; a number stays, since clauses are spoken of by theirs."""
    bullet = _BULLET.match(text)
    return text[bullet.end() - 1 :] if bullet else text


def item_text(text: str) -> int:
    """Where the text of an item begins, after its mark; 0 in what is none."""
    mark = _BULLET.match(text) or _ENUMERATOR.match(text)
    return mark.end() - 1 if mark else 0


def is_row(line: Line) -> bool:
    """Does it part cells by pipes or tabs? A tab after an item's number parts nothing."""
    return _CELLS.search(line.text, item_text(line.text)) is not None


def is_prose(line: Line) -> bool:
    return has_word(line.text) and not is_item(line) and not is_row(line)


def is_title(line: Line) -> bool:
    """Short and without final punctuation, so that it may be a heading."""
    # "Members:" is a title, "The board has these five members:" is a sentence.
    words = LEAD_IN_WORDS if line.text.endswith(":") else TITLE_WORDS
    return (
        len(line.text) <= TITLE_CHARS
        and len(line.text.split()) <= words
        and not is_bullet(line)
        and _ROW_ALONE.fullmatch(line.text) is None
        and _FINAL.search(line.text) is None
        # "(Applause)" and "[inaudible]" tell what happened meanwhile.
        and _REMARK.fullmatch(line.text) is None
        # "9 = no answer" tells what it means.
        and _EQUALS.search(line.text) is None
    )


def are_titles(lines: Sequence[Line]) -> bool:
    """May all of them be headings? Not when a sentence or a list of facts runs through them."""
    runs_on = any(line.text[0].islower() for line in lines[1:])
    facts = len(lines) > 1 and all(": " in line.text for line in lines)
    return all(map(is_title, lines)) and not runs_on and not facts


def is_wrapped(lines: Sequence[Line]) -> bool:
    """Did an editor break these lines at a margin?

    Then no line is wider than the margin, the next word would not have fitted on most lines, and
    few lines happen to end where a sentence ends.
    """
    if len(lines) < 2:
        return False
    width = _width(lines)
    if width > WRAP_LIMIT:
        return False
    pairs = list(pairwise(lines))
    full = sum(_with_next_word(a, b) >= width - 2 for a, b in pairs)
    ends = sum(_SENTENCE_END.search(a.text) is not None for a, _ in pairs)
    return full >= 0.7 * len(pairs) and ends <= 0.5 * len(pairs)


def parted_by_indents(lines: Sequence[Line]) -> list[Sequence[Line]]:
    """The paragraphs of lines of which only an indented first line shows where each begins.

    All of them, where indents mean something else. In a quotation, in code and below a term a line
    follows an indented one in mid-sentence, or is not what goes on with it.
    """
    flush = min((line.indent for line in lines), default=0)
    first = [i for i, line in enumerate(lines) if line.indent >= flush + _INDENT]
    after = [i for i in first if i]
    following = [(lines[i], lines[i + 1]) for i in first if i + 1 < len(lines)]
    pairs = [(a, b) for a, b in following if b.indent == flush]
    if not after or not pairs or not all(is_prose(lines[i]) for i in first):
        return [lines]
    ends = [_ends_sentence(lines[i - 1]) for i in after]
    begin = sum(ends) + (1 in after and is_title(lines[0]))
    width = _width(lines)
    full = sum(_with_next_word(a, b) >= _FULL * width for a, b in pairs)
    run_on = sum(_runs_on(a, b) for a, b in pairs)
    meant = (
        any(ends)
        and begin >= _MOSTLY * len(after)
        and full >= _MOSTLY * len(pairs)
        and run_on >= _MOSTLY * len(pairs)
        and sum(not is_prose(line) for line in lines) <= 1
    )
    return [lines[a:b] for a, b in pairwise([0, *after, len(lines)])] if meant else [lines]


def is_unwrapped(lines: Sequence[Line]) -> bool:
    """Does most of the text stand in lines wider than an editor's margin?"""
    lengths = [len(line.text) for line in lines]
    return 2 * sum(n for n in lengths if n > WRAP_LIMIT) > sum(lengths)


def are_long(lines: Sequence[Line]) -> bool:
    return median(len(line.text) for line in lines) > LONG_LINE


def breaks_early(first: Line, rest: Sequence[Line]) -> bool:
    """Would the second line's first word have fitted on the first? Then the break was meant.

    Not where the second goes on with what the first began: a term, and on its own line "means …".
    """
    width = _width(rest)
    return (
        not rest[0].text[0].islower()
        and width > LONG_LINE / 2
        and _with_next_word(first, rest[0]) < _FULL * width
    )


def _ends_sentence(line: Line) -> bool:
    return _SENTENCE_END.search(line.text) is not None and not line.text.endswith(":")


def _runs_on(line: Line, following: Line) -> bool:
    """Does a sentence go on in the next line? In a list of facts ("Year: 1990") none does."""
    fact = ": " in following.text
    return following.text[0].islower() or not (fact or _ends_sentence(line))


def _width(lines: Sequence[Line]) -> int:
    return max(len(line.text) for line in lines)


def _with_next_word(line: Line, following: Line) -> int:
    return len(line.text) + 1 + len(following.text.split()[0])

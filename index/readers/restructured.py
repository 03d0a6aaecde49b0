"""reStructuredText: the decoded file as it stands, its titles found by their underlines.

docutils would lose the offsets and, in files written for Sphinx, all that only Sphinx knows.
"""

import re

from index.blocks import Block, Kind, untitled_blocks
from index.lines import Line, lines_of
from index.readers.encoding import decode_text
from index.readers.extracted import Extracted

_ADORNMENT = re.compile(r"([!-/:-@\[-`{-~])\1{2,}")
_COMMENT = re.compile(r"\.\.(?:\s|$)")
# A note at the foot, or a directive by its name, with or without a domain: "py:function".
_SHOWN = re.compile(r"\.\.\s+(?:\[|(?:[\w.+-]+:)?(?P<directive>[\w.+-]+) ?::(?:\s|$))")
# What is indented below it stands as it is, comments and directives of an example too.
_CODE = re.compile(r"\.\.\s+(?:code|code-block|sourcecode|parsed-literal)::|(?!\.\.\s).*::$")
_SILENT_DIRECTIVES = (
    "automodule autosummary codeauthor contents currentmodule default-domain default-role highlight"
    " image include index literalinclude meta module moduleauthor program raw role sectionauthor"
    " sectnum tabularcolumns target-notes title toctree"
)
_SILENT = frozenset(_SILENT_DIRECTIVES.split())


def extract(content: bytes) -> Extracted:
    text, note = decode_text(content)
    return Extracted(text, _blocks(text), note)


def _blocks(text: str) -> list[Block]:
    """Titles as reStructuredText has them: a level for each style, in order of appearance."""
    lines = lines_of(text)
    titles = _titles(lines)
    styles: list[str] = []
    blocks: list[Block] = []
    body_from = i = 0
    while i < len(lines):
        if i in titles:
            end, title_at, style = titles[i]
            blocks += untitled_blocks(lines[body_from:i])
            if style not in styles:
                styles.append(style)
            title = lines[title_at]
            level = styles.index(style) + 1
            blocks.append(Block(Kind.HEADING, title.start, title.end, level, title.text))
            body_from = i = end
        elif _CODE.match(lines[i].text):
            i = _after_indented(lines, i)
        elif _is_hidden(lines[i]):
            blocks += untitled_blocks(lines[body_from:i])
            body_from = i = _after_indented(lines, i)
        else:
            i += 1
    return blocks + untitled_blocks(lines[body_from:])


def _titles(lines: list[Line]) -> dict[int, tuple[int, int, str]]:
    """First line of a title -> (line after it, line of its text, its style)."""
    found = {}
    for i, line in enumerate(lines[1:], start=1):
        title = lines[i - 1]
        if not _underlines(line, title) or (title.indent and not _is_over(lines, i)):
            continue
        if _is_over(lines, i):
            found[i - 2] = (i + 1, i - 1, line.text[0] * 2)
        elif i < 2 or not lines[i - 2].text:
            found[i - 1] = (i + 1, i - 1, line.text[0])
    return found


def _underlines(line: Line, title: Line) -> bool:
    return (
        line.indent == 0
        and _ADORNMENT.fullmatch(line.text) is not None
        and len(line.text) >= len(title.text) > 0
        and _ADORNMENT.fullmatch(title.text) is None
    )


def _is_over(lines: list[Line], i: int) -> bool:
    return i >= 2 and lines[i - 2].text == lines[i].text


def _is_hidden(line: Line) -> bool:
    """Comments, link targets, substitutions and directives that show no words of their own."""
    if not _COMMENT.match(line.text):
        return False
    shown = _SHOWN.match(line.text)
    return shown is None or shown["directive"] in _SILENT


def _after_indented(lines: list[Line], i: int) -> int:
    indent = lines[i].indent
    i += 1
    while i < len(lines) and (lines[i].indent > indent or not lines[i].text):
        i += 1
    return i

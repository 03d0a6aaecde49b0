"""LaTeX: the decoded file as it stands, from \\begin{document}; sections are headings."""

import re

from index.blocks import Block, Kind, untitled_blocks
from index.dates import parse_date
from index.lines import lines_of
from index.readers.encoding import decode_text
from index.readers.extracted import Extracted
from index.types import Metadata

_LEVELS = {"part": 1, "chapter": 2, "section": 3, "subsection": 4, "subsubsection": 5}
_SECTION = re.compile(
    rf"\\({'|'.join(_LEVELS)})\*?(?:\[[^\]]*\])?\{{(.*?)\}}\s*(?:\\label\{{[^}}]*\}})?\}}?"
)
_BEGIN = re.compile(r"\\begin\{document\}")
_END = re.compile(r"\\end\{document\}")
_FIELD = re.compile(r"\\(title|author|date)\{([^{}]{1,300})\}")


def extract(content: bytes) -> Extracted:
    text, note = decode_text(content)
    said = {match[1]: " ".join(match[2].split()) for match in _FIELD.finditer(text)}
    date = parse_date(said.get("date", ""))
    metadata = Metadata(
        said.get("title", ""), said.get("author", ""), "", date, "metadata" if date else ""
    )
    return Extracted(text, _blocks(text), note, metadata)


def _blocks(text: str) -> list[Block]:
    begin, end = _BEGIN.search(text), _END.search(text)
    first, last = begin.end() if begin else 0, end.start() if end else len(text)
    lines = [line for line in lines_of(text) if first <= line.start < last]
    blocks: list[Block] = []
    body_from = 0
    for i, line in enumerate(lines):
        if match := _SECTION.fullmatch(line.text):
            blocks += untitled_blocks(lines[body_from:i])
            level, title = _LEVELS[match[1]], match[2].strip()
            blocks.append(Block(Kind.HEADING, line.start, line.end, level, title))
            body_from = i + 1
    return blocks + untitled_blocks(lines[body_from:])

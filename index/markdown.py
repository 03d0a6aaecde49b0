"""Markdown -> blocks, by CommonMark's own rules (markdown-it-py gives each block's lines)."""

import re

from markdown_it import MarkdownIt
from markdown_it.token import Token
from mdit_py_plugins.front_matter import front_matter_plugin

from index.blocks import Block, Kind, prose_parts, table_parts
from index.lines import Line, has_word, lines_of

_WHOLE = {"bullet_list_open", "ordered_list_open", "fence", "code_block"}
# The plugin alone would take all text between two rules for front matter.
_FRONT_MATTER = re.compile(r"---[ \t]*(?:\r\n|\r|\n)(?:#[^\r\n]*[\r\n]+)*[\w\"'][^\r\n]*:")
_RULE = re.compile(r"(?<=[\r\n])---[ \t]*(?=[\r\n]|\Z)")
_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)


def markdown_blocks(text: str) -> list[Block]:
    """The blocks of a Markdown text; front matter, rules and comments belong to none.

    Offsets are in the raw text: marks such as ``#`` and ``>`` stay where they are.
    """
    parser = MarkdownIt("commonmark").enable("table")
    if _FRONT_MATTER.match(text):
        parser.use(front_matter_plugin)
    # markdown-it counts lines at LF after turning CRLF and CR into LF, as lines_of does.
    lines = lines_of(text)
    tokens = parser.parse(text)
    blocks: list[Block] = []
    for i, token in enumerate(tokens):
        if token.level == 0 and token.map is not None:
            own = [line for line in lines[slice(*token.map)] if line.text]
            inline = tokens[i + 1].content if token.type == "heading_open" else ""
            blocks += _blocks_of(token, inline, own) if own else []
    return blocks


def front_matter(text: str) -> str:
    """The lines between the rules at the top of a Markdown text, or ""."""
    if not _FRONT_MATTER.match(text):
        return ""
    closing = _RULE.search(text, 3)
    return text[3 : closing.start()] if closing else ""


def _blocks_of(token: Token, inline: str, lines: list[Line]) -> list[Block]:
    start, end = lines[0].start, lines[-1].end
    match token.type:
        case "heading_open":
            level, title = int(token.tag[1]), " ".join(inline.split())
            return [Block(Kind.HEADING, start, end, level, title)] if title else []
        case "paragraph_open":
            return [part.block for part in prose_parts(lines)]
        case "blockquote_open":
            return [Block(Kind.PROSE, start, end)]
        case "html_block":
            visible = _COMMENT.sub("", token.content)
            return [Block(Kind.PROSE, start, end)] if has_word(visible) else []
        case "table_open":
            return [part.block for part in table_parts(lines)]
        case kind if kind in _WHOLE:
            return [Block(Kind.LINES, start, end)]
    return []

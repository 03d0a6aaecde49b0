"""Markdown -> blocks, by CommonMark's own rules (markdown-it-py gives each block's lines)."""

from markdown_it import MarkdownIt
from markdown_it.token import Token
from mdit_py_plugins.front_matter import front_matter_plugin

from index.blocks import Block, Kind, Line, lines_of, split_prose

_WHOLE = {"bullet_list_open", "ordered_list_open", "table_open", "fence", "code_block"}


def markdown_blocks(text: str) -> list[Block]:
    """The blocks of a Markdown text; front matter, rules and comments belong to none.

    Offsets are in the raw text: marks such as ``#`` and ``>`` stay where they are.
    """
    parser = MarkdownIt("commonmark").enable("table").use(front_matter_plugin)
    # markdown-it counts lines at LF after turning CRLF and CR into LF, as lines_of does.
    lines = lines_of(text)
    blocks: list[Block] = []
    tokens = parser.parse(text)
    depth = 0
    for i, token in enumerate(tokens):
        if depth == 0:
            blocks += _blocks_of(token, tokens[i + 1 : i + 2], lines)
        if token.type in _WHOLE or token.type == "blockquote_open":
            depth += token.nesting
        elif token.type.endswith("_close") and _opener(token.type) in _WHOLE | {"blockquote_open"}:
            depth -= 1
    return blocks


def _opener(closing: str) -> str:
    return closing.removesuffix("_close") + "_open"


def _blocks_of(token: Token, following: list[Token], lines: list[Line]) -> list[Block]:
    if token.map is None:
        return []
    own = [line for line in lines[token.map[0] : token.map[1]] if line.text]
    if not own:
        return []
    start, end = own[0].start, own[-1].end
    if token.type == "heading_open":
        level = int(token.tag[1])
        inline = following[0].content if following else ""
        return [Block(Kind.HEADING, start, end, level)] if inline.strip() else []
    if token.type in _WHOLE:
        return [Block(Kind.LINES, start, end)]
    if token.type == "paragraph_open":
        return split_prose(own)
    if token.type == "blockquote_open":
        return [Block(Kind.PROSE, start, end)]
    if token.type == "html_block" and not token.content.lstrip().startswith("<!--"):
        return [Block(Kind.PROSE, start, end)]
    return []

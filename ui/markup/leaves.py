"""markdown-it-py's block tokens -> the blocks that hold text, and how deep each stands."""

from collections.abc import Sequence
from dataclasses import dataclass

from markdown_it.token import Token

from ui.markup.parts import Shape


@dataclass(frozen=True, slots=True)
class Leaf:
    """A block with text. ``lines`` is its content, from line ``first`` of the raw text on.

    ``claims`` are the lines it stands on, with those that hold nothing but its marks.
    """

    shape: Shape
    first: int
    lines: tuple[str, ...]
    claims: tuple[int, int]
    indent: int = 0
    quoted: int = 0


def leaves_of(tokens: Sequence[Token]) -> list[Leaf]:
    """Paragraphs, headings and code in order; HTML is left out, as no block's text."""
    leaves: list[Leaf] = []
    lists: list[Shape] = []
    quoted = 0
    fresh = False  # In an item that has shown nothing yet.
    for i, token in enumerate(tokens):
        quoted += {"blockquote_open": 1, "blockquote_close": -1}.get(token.type, 0)
        match token.type:
            case "bullet_list_open":
                lists.append(Shape.BULLET)
            case "ordered_list_open":
                lists.append(Shape.NUMBERED)
            case "bullet_list_close" | "ordered_list_close":
                lists.pop()
            case "list_item_open":
                fresh = True
            case "list_item_close":
                fresh = False
        found = _text_of(tokens, i)
        if found and token.map:
            shape, first, lines = found
            if fresh and shape is Shape.PROSE:
                shape = lists[-1]
            fresh = False
            claims = (token.map[0], token.map[1])
            leaves.append(Leaf(shape, first, lines, claims, len(lists), quoted))
    return leaves


def _text_of(tokens: Sequence[Token], i: int) -> tuple[Shape, int, tuple[str, ...]] | None:
    """What the token at ``i`` is, the line its text begins on, and its text."""
    token = tokens[i]
    first = token.map[0] if token.map else 0
    match token.type:
        case "paragraph_open":
            return Shape.PROSE, first, tuple(tokens[i + 1].content.split("\n"))
        case "heading_open":
            return Shape.HEADING, first, tuple(tokens[i + 1].content.split("\n"))
        case "fence":
            return Shape.CODE, first + 1, _code_lines(token.content)
        case "code_block":
            return Shape.CODE, first, _code_lines(token.content)
        case _:
            return None


def _code_lines(content: str) -> tuple[str, ...]:
    return tuple(content.removesuffix("\n").split("\n")) if content else ()

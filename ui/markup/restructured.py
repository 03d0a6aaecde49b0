"""reStructuredText's simple marks -> styles: code, emphasis, links with their address, roles."""

import re

from ui.markup.lines import list_parts
from ui.markup.parts import Mark, Part, Shape, Style, plain, spans_of

_MARKED = re.compile(
    r"(?<![\w*`\\])(?:"
    r"``(?P<code>\S|\S.{0,500}?\S)``"
    r"|\*\*(?P<strong>[^\s*]|[^\s*].{0,500}?[^\s\\])\*\*"
    r"|\*(?P<emphasis>[^\s*]|[^\s*][^*]{0,500}?[^\s*\\])\*"
    r"|(?P<role>:[A-Za-z][\w:.+-]{0,60}:)?`(?P<link>[^\s`<][^`<]{0,500}?)"
    r"(?P<address>\s<[^<>`]{1,500}>)?`(?:__?)?"
    r")(?![\w*`])",
    re.DOTALL,
)
_INDENTED = re.compile(r"[\r\n][ \t]+\S")
_STYLES = {
    "code": Style.CODE,
    "strong": Style.STRONG,
    "emphasis": Style.EMPHASIS,
    "link": Style.LINK,
    "address": Style.ADDRESS,
}


def restructured_parts(text: str) -> tuple[Part, ...]:
    """A list's items, or a paragraph; what is indented (code, a directive) as it stands."""
    parts = list_parts(text, restructured_marks)
    if not text or parts != plain(text) or _INDENTED.search(text):
        return parts
    return (Part(Shape.PROSE, spans_of(0, len(text), restructured_marks(text))),)


def restructured_marks(text: str) -> list[Mark]:
    """The styles of a paragraph's text."""
    marks: list[Mark] = []
    for found in _MARKED.finditer(text):
        at = found.start()
        for name in ("code", "strong", "emphasis", "link", "address"):
            if found[name] is None:
                continue
            start, end = found.span(name)
            style = Style.CODE if name == "link" and found["role"] else _STYLES[name]
            marks += [(at, start, Style.MARKUP), (start, end, style)]
            at = end
        marks.append((at, found.end(), Style.MARKUP))
    return marks

"""Text from outside -> text that can be shown: as itself, and never as markup.

Everything that comes from a document, a model or a user and ends up in markup passes through
``inert``: each ASCII punctuation mark that Markdown or HTML could read as syntax becomes a
character reference, line breaks included.
"""

import re

from index.types import Paragraph
from ui.words import phrase, t

_ACTIVE = re.compile(r"[\t\n\r!-+/:<=>@\[-`{-~]")
# Lone surrogates cannot be sent as JSON; the rest are invisible controls, or (0x80 to 0x9f) code
# points that a character reference would turn into something else.
_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]")

# Characters that show nothing, or turn what follows around: a file's name could pass for another.
_DECEPTIVE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]")

_PLACES = {
    "comments": phrase("comments"),
    "footer": phrase("footer"),
    "header": phrase("header"),
    "line": phrase("line {what}"),
    "lines": phrase("lines {what}"),
    "message": phrase("message {what}"),
    "notes": phrase("notes"),
    "row": phrase("row {what}"),
    "rows": phrase("rows {what}"),
    "sheet": phrase("sheet {what}"),
    "slide": phrase("slide {what}"),
    "table": phrase("table {what}"),
}


def printable(text: str) -> str:
    """``text`` with every character that cannot be shown replaced, one for one."""
    return _UNPRINTABLE.sub("\ufffd", text)


def shown_name(path: str) -> str:
    """A file's name as it may stand beside other text: nothing in it is hidden or reversed."""
    return _DECEPTIVE.sub("\ufffd", printable(path))


def clipped(text: str, most: int) -> str:
    """The beginning of a text that is longer than ``most`` characters."""
    return text if len(text) <= most else text[:most].rstrip() + " …"


def inert(text: str) -> str:
    """``text`` as markup that shows exactly it, as content and as attribute value alike."""
    return _ACTIVE.sub(lambda found: f"&#{ord(found[0])};", printable(text))


def place(paragraph: Paragraph) -> str:
    """Where in its document: ``paragraph 3``, ``page 2, paragraph 3``, ``slide 4, paragraph 9``."""
    page = [t("page {number}", number=str(paragraph.page))] if paragraph.page is not None else []
    location = [_location(paragraph.location)] if paragraph.location else []
    return ", ".join([*page, *location, t("paragraph {number}", number=str(paragraph.ordinal))])


def _location(location: str) -> str:
    """What the readers name places by: ``slide 4, notes``, ``sheet Costs, rows 3-9``."""
    return printable(", ".join(map(_part, location.split(", "))))


def _part(part: str) -> str:
    name, _, what = part.partition(" ")
    return t(_PLACES[name], what=what) if name in _PLACES else part


def source_link(turn_id: str, number: int) -> str:
    """The address that the citation ``[number]`` of a turn's answer links to."""
    return f"#src-{turn_id}-{number}"

"""The same cell of several documents that are compared: "Which is heavier, pump A or pump B?"

Each is told with the name of its document; which is more is left to the reader.
"""

import re
from collections.abc import Mapping

from index.types import file_name
from rag.mentions import Told

_MOST = 4
_QUALITIES = {
    "heavier": ("weight", "mass"), "lighter": ("weight", "mass"),
    "quieter": ("noise level", "noise"), "louder": ("noise level", "noise"),
    "noisier": ("noise level", "noise"),
    "wider": ("width",), "narrower": ("width",), "taller": ("height",), "deeper": ("depth",),
    "thicker": ("thickness",), "thinner": ("thickness",), "older": ("age",),
    "faster": ("speed",), "slower": ("speed",),
    "cheaper": ("price", "cost"), "dearer": ("price", "cost"),
}  # fmt: skip
"""What a property is called in tables by which things are compared."""
_QUALITY = re.compile(rf"\b(?:{'|'.join(_QUALITIES)})\b", re.IGNORECASE)
_COLUMN = re.compile(
    r"(?:which|what|who)\b.* (?:has|have|had) (?:the|a) (?:larger|bigger|smaller|higher|lower"
    r"|greater|lesser|longer|shorter|more|less) (?P<has>[\w -]+?)(?:, .*|\?)"
    r"|(?:what(?: is|'s) )?(?:the )?difference in (?P<differs>[\w -]+?) between .+"
    r"|compare (?:the )?(?P<compared>[\w -]+?) of .+",
    re.IGNORECASE,
)


def properties_compared(question: str) -> tuple[str, ...]:
    """What the property may be called by which it compares things; nothing for other questions."""
    asked = question.strip()
    if column := _COLUMN.fullmatch(asked):
        return tuple(filter(None, column.groups()))
    quality = _QUALITY.search(asked)
    return _QUALITIES[quality[0].lower()] if quality else ()


def may_be_compared(documents: Mapping[str, object]) -> bool:
    """Are there several, and few enough to be told one beside the other?"""
    return 1 < len(documents) <= _MOST


def told_beside(cells: Mapping[str, Told]) -> Told:
    """The cells by the paths of their documents; nothing where one has none."""
    if not all(told.checked for told in cells.values()):
        return Told(())
    checked = [
        (f"{file_name(path)}: {said}", match)
        for path, told in sorted(cells.items())
        for said, match in told.checked
    ]
    return Told(tuple(checked))

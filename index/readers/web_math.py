"""Formulas of web pages and e-books (MathML) on one line: "k=E/A", "x^2", "(a+b)/c"."""

import re

from lxml import etree

_MARKS = {
    "mfrac": ("", "/"),
    "msup": ("", "^"),
    "msub": ("", "_"),
    "msubsup": ("", "_", "^"),
    "munder": ("", "_"),
    "mover": ("", "^"),
    "munderover": ("", "_", "^"),
}
_TEXTS = frozenset(["mi", "mn", "mo", "ms", "mtext"])
_UNSHOWN = frozenset(["annotation", "annotation-xml", "mphantom"])
_OF_ONE_PART = re.compile(r"[\w.,∑∏∫]*")
_MAX_DEPTH = 100


def formula(element: etree._Element, depth: int = 0) -> str:
    """The formula's text; what is more than one part stands in brackets where it is an argument."""
    name = etree.QName(element).localname
    if name in _UNSHOWN or depth > _MAX_DEPTH:
        return ""
    parts = [formula(child, depth + 1) for child in element]
    marks = _MARKS.get(name, ())
    if marks and len(parts) == len(marks):
        return "".join(mark + _whole(part) for mark, part in zip(marks, parts, strict=True))
    own = " ".join((element.text or "").split()) if name in _TEXTS else ""
    text = own + "".join(parts)
    return f"√({text})" if name in ("msqrt", "mroot") else text


def _whole(part: str) -> str:
    return part if _OF_ONE_PART.fullmatch(part) else f"({part})"

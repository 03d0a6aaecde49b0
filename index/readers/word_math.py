"""Formulas of Office documents on one line: "k = E/A", "x^2", "(a + b)/c"."""

import re

from lxml import etree

_NAMESPACE = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
MATH = f"{_NAMESPACE}oMath"
_TEXT = f"{_NAMESPACE}t"
_MARKS = {"sub": "_", "sup": "^", "den": "/", "deg": "", "lim": "_"}
_ARGUMENTS = frozenset({"num", "den", "sub", "sup", "deg", "lim"})
_OF_ONE_PART = re.compile(r"[\w.,]*")
_MAX_DEPTH = 100


def formula(element: etree._Element, depth: int = 0) -> str:
    """The formula's text; what is more than one part stands in brackets where it is an argument."""
    if element.tag == _TEXT:
        return element.text or ""
    if depth > _MAX_DEPTH:
        return "".join(text.text or "" for text in element.iter(_TEXT))
    inner = "".join(formula(child, depth + 1) for child in element)
    name = str(element.tag).removeprefix(_NAMESPACE)
    if name == "d":
        begin, end = (
            _mark(element, mark, usual) for mark, usual in (("begChr", "("), ("endChr", ")"))
        )
        return f"{begin}{inner}{end}"
    if name == "rad":
        return f"√({inner})"
    if name == "nary":
        return _mark(element, "chr", "∫") + inner
    if name not in _ARGUMENTS or not inner.strip():
        return inner
    whole = inner if _OF_ONE_PART.fullmatch(inner.strip()) else f"({inner})"
    return _MARKS.get(name, "") + whole


def _mark(element: etree._Element, name: str, usual: str) -> str:
    """A sign that is told beside the parts of a formula, or the usual one."""
    found = element.find(f"{_NAMESPACE}{element.tag.removeprefix(_NAMESPACE)}Pr/{_NAMESPACE}{name}")
    return usual if found is None else str(found.get(f"{_NAMESPACE}val", ""))

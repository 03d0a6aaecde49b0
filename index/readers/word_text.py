"""The text of a Word paragraph: its runs, symbols and formulas, without what is not shown."""

from collections.abc import Iterator

from docx.oxml.ns import qn
from lxml import etree

from index.readers.word_math import MATH, formula

_BREAKS = {qn("w:tab"): " ", qn("w:br"): "\n", qn("w:cr"): "\n", qn("w:noBreakHyphen"): "-"}
FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
UNSHOWN = frozenset({qn("w:del"), qn("w:moveFrom"), qn("w:pPr"), qn("w:rPr"), FALLBACK})
BOX = qn("w:txbxContent")

# Word's fonts for symbols have theirs in the place of letters.
_GREEK = "αβχδεφγηιϕκλμνοπθρστυϖωξψζ"
_SYMBOL = {
    **{0x61 + i: letter for i, letter in enumerate(_GREEK)},
    **{0x41 + i: letter for i, letter in enumerate("ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ")},
    **{0xA3: "≤", 0xA5: "∞", 0xAE: "→", 0xB0: "°", 0xB1: "±", 0xB3: "≥", 0xB4: "×"},
    **{0xB7: "•", 0xB8: "÷", 0xB9: "≠", 0xBB: "≈", 0xD6: "√", 0xE5: "∑"},
}
_WINGDINGS = {
    **{0x6F: "□", 0x71: "□", 0x6C: "●", 0x6E: "■", 0xA7: "▪", 0xA8: "□", 0xD8: "➢", 0xE0: "→"},
    **{0xFB: "✗", 0xFC: "✓", 0xFD: "☒", 0xFE: "☑"},
}
_WINGDINGS_2 = {0x4F: "✗", 0x50: "✓", 0x51: "☒", 0x52: "☑", 0x53: "☒", 0x54: "☒", 0xA3: "□"}
_SYMBOLS = {"symbol": _SYMBOL, "wingdings": _WINGDINGS, "wingdings 2": _WINGDINGS_2}
_PRIVATE = 0xF000
_CODE_DIGITS = 4


def shown(paragraph: etree._Element) -> str:
    """A paragraph's text without deletions, hidden runs and text boxes."""
    parts: list[str] = []
    walk = etree.iterwalk(paragraph, events=("start",))
    for _, element in walk:
        tag = element.tag
        if tag in UNSHOWN or tag == BOX or (tag == qn("w:r") and _is_hidden(element)):
            walk.skip_subtree()
        elif tag == MATH:
            parts.append(formula(element))
            walk.skip_subtree()
        elif tag == qn("w:t"):
            parts.append(element.text or "")
        elif tag == qn("w:sym"):
            parts.append(_symbol(element))
        else:
            parts.append(_BREAKS.get(tag, ""))
    return "".join(parts)


def paragraphs_in(element: etree._Element) -> Iterator[etree._Element]:
    """The paragraphs in an element, also those in text boxes, which are there in two forms."""
    walk = etree.iterwalk(element, events=("start",))
    for _, inner in walk:
        if inner.tag in UNSHOWN:
            walk.skip_subtree()
        elif inner.tag == qn("w:p"):
            yield inner


def _is_hidden(run: etree._Element) -> bool:
    mark = run.find(f"{qn('w:rPr')}/{qn('w:vanish')}")
    return mark is not None and mark.get(qn("w:val"), "1") not in ("0", "false")


def _symbol(element: etree._Element) -> str:
    """What Insert Symbol puts in: "≤ 30 days" must not become "30 days"."""
    font, code = element.get(qn("w:font"), ""), element.get(qn("w:char"), "")
    try:
        number = int(code, 16) if len(code) <= _CODE_DIGITS else 0
    except ValueError:
        return ""
    if number < _PRIVATE and font.lower() not in _SYMBOLS:
        return chr(number)
    return _SYMBOLS.get(font.lower(), {}).get(number % 256, "")

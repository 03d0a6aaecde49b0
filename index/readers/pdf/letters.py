"""The boxes of a page's letters, by their fonts' heights, and which are bold.

PDFium takes how far a font's letters rise and fall from what the file says of it. Some programs
(LibreOffice 7) say nothing; then each box ends where its letter does, "landlord;" is higher than
"the" and would be a heading. Their boxes are made from the size of the letters instead.
"""

import ctypes
import math
import re
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

import pypdfium2.raw as pdfium

# TeX's fonts say it as CMBX10 and SFBX1000.
_BOLD = re.compile(rb"bold|black|heavy|bx\d|-bd\b", re.IGNORECASE)
_NAME_BYTES = 64
_RISE, _FALL = 0.9, 0.22
"""Of the letters' size, as in most fonts."""

_BLANK = 0.2
"""Of the letters' height, between two words."""

_FEWEST_LETTERS = 3
_LAST_WESTERN = "\u2e7f"
_MOSTLY = 0.9
_LEAST_FALL = 0.05
"""Every font with letters has some that go below the line."""


class Letters:
    """Those of one page, by their numbers in the order in which they were written."""

    def __init__(self, text_page: Any) -> None:
        self._text_page = text_page
        self._told: dict[bytes, bool] = {}
        self._name = ctypes.create_string_buffer(_NAME_BYTES)
        self._flags = ctypes.c_int()
        self._named = -1

    def box(self, index: int) -> Any:
        """In the page's own points, y upwards."""
        rect = pdfium.FS_RECTF()
        pdfium.FPDFText_GetLooseCharBox(self._text_page.raw, index, rect)
        return rect if self._is_told(index) else self._by_size(index, rect)

    def parted(self, text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
        """The words from ``start`` to ``end``: PDFium overlooks some blanks that are but a move.

        Letters that are all set apart, as in some titles, are one word.
        """
        if end - start < _FEWEST_LETTERS or max(text[start:end]) > _LAST_WESTERN:
            yield start, end
            return
        raw, box = self._text_page.raw, pdfium.FS_RECTF()
        places: list[int] = []
        before = math.inf
        for index in range(start, end):
            pdfium.FPDFText_GetLooseCharBox(raw, index, box)
            if box.left - before > _BLANK * (box.top - box.bottom):
                places.append(index)
            before = box.right
        if 2 * len(places) >= end - start:
            places = []
        yield from pairwise([start, *places, end])

    def is_bold(self, index: int) -> bool:
        return _BOLD.search(self._font_name(index)) is not None

    def _font_name(self, index: int) -> bytes:
        if index != self._named:
            raw = self._text_page.raw
            pdfium.FPDFText_GetFontInfo(raw, index, self._name, _NAME_BYTES, self._flags)
            self._named = index
        return self._name.value

    def _is_told(self, index: int) -> bool:
        """Does the file say how far the letters of this font fall?"""
        name = self._font_name(index)
        if name not in self._told:
            letters = pdfium.FPDFText_GetTextObject(self._text_page.raw, index)
            font = pdfium.FPDFTextObj_GetFont(letters) if letters else None
            if not font:
                return True  # a blank or a break that PDFium adds has none
            fall = ctypes.c_float()
            known = pdfium.FPDFFont_GetDescent(font, ctypes.c_float(1.0), fall)
            self._told[name] = not known or fall.value < -_LEAST_FALL
        return self._told[name]

    def _by_size(self, index: int, rect: Any) -> Any:
        matrix, x, y = pdfium.FS_MATRIX(), ctypes.c_double(), ctypes.c_double()
        pdfium.FPDFText_GetMatrix(self._text_page.raw, index, matrix)
        pdfium.FPDFText_GetCharOrigin(self._text_page.raw, index, x, y)
        size = pdfium.FPDFText_GetFontSize(self._text_page.raw, index)
        up_x, up_y = matrix.c * size, matrix.d * size
        if abs(up_y) >= abs(up_x):
            bottom, top = sorted((y.value - _FALL * up_y, y.value + _RISE * up_y))
            made = pdfium.FS_RECTF(rect.left, top, rect.right, bottom)
        else:
            left, right = sorted((x.value - _FALL * up_x, x.value + _RISE * up_x))
            made = pdfium.FS_RECTF(left, rect.top, right, rect.bottom)
        # Fonts that are drawings may count their size in other units.
        return made if _holds(made, rect) else rect


def _holds(made: Any, rect: Any) -> bool:
    return bool(
        made.top - made.bottom >= _MOSTLY * (rect.top - rect.bottom)
        and made.right - made.left >= _MOSTLY * (rect.right - rect.left)
    )

"""The straight lines that a page draws, as PDFium tells of them: among them the frames of tables.

A filled box counts by its edges, so that the shaded cells of a table part its words as well.
"""

import ctypes
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import pypdfium2.raw as pdfium
from pypdfium2 import PdfMatrix, PdfPage

_MOST_RULES = 4_000
"""A page that draws more is a map or a chart."""

_MOST_OBJECTS = 20_000
_DEEP = 3
_STRAIGHT = 0.5
_SHORTEST = 4.0
Point = tuple[float, float]
Quad = tuple[float, float, float, float]
"""x0, top, x1, bottom"""


@dataclass(frozen=True, slots=True)
class Rule:
    """A line along the page's edges, in points from its top left corner."""

    x0: float
    top: float
    x1: float
    bottom: float

    @property
    def level(self) -> bool:
        return self.x1 - self.x0 >= self.bottom - self.top


@dataclass(frozen=True, slots=True)
class _Rect:
    left: float
    bottom: float
    right: float
    top: float


def drawn_rules(page: PdfPage, shown: Callable[[Any], Quad]) -> tuple[Rule, ...]:
    """The level and upright lines of a page, none where they are more than a table's.

    ``shown`` turns a box in PDF coordinates into x0, top, x1 and bottom.
    """
    if pdfium.FPDFPage_CountObjects(page.raw) > _MOST_OBJECTS:
        return ()
    found: list[Rule] = []
    for a, b in _segments(page):
        (ax, ay), (bx, by) = a, b
        if min(abs(ax - bx), abs(ay - by)) > _STRAIGHT or _length(a, b) < _SHORTEST:
            continue
        box = _Rect(min(ax, bx), min(ay, by), max(ax, bx), max(ay, by))
        found.append(Rule(*shown(box)))
        if len(found) > _MOST_RULES:
            return ()
    return tuple(found)


def _length(a: Point, b: Point) -> float:
    return max(abs(a[0] - b[0]), abs(a[1] - b[1]))


def _segments(page: PdfPage) -> Iterator[tuple[Point, Point]]:
    """The straight pieces of all paths that are stroked or filled."""
    for found in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_PATH], max_depth=_DEEP):
        fill, stroke = ctypes.c_int(), ctypes.c_int()
        pdfium.FPDFPath_GetDrawMode(found.raw, fill, stroke)
        if not fill.value and not stroke.value:
            continue
        matrix = _on_page(found)
        for a, b in pairwise(_points(found.raw)):
            if a is not None and b is not None:
                yield matrix.on_point(*a), matrix.on_point(*b)


def _on_page(found: Any) -> PdfMatrix:
    """What leads from an object's coordinates to the page's, out of all forms it is in."""
    matrix = found.get_matrix()
    while found.container is not None:
        found = found.container
        matrix = matrix.multiply(found.get_matrix())
    return matrix


def _points(path: Any) -> Iterator[Point | None]:
    """The corners of a path, None where it is lifted or bent."""
    start: Point | None = None
    for i in range(min(pdfium.FPDFPath_CountSegments(path), _MOST_RULES)):
        segment = pdfium.FPDFPath_GetPathSegment(path, i)
        x, y = ctypes.c_float(), ctypes.c_float()
        pdfium.FPDFPathSegment_GetPoint(segment, x, y)
        kind = pdfium.FPDFPathSegment_GetType(segment)
        if kind != pdfium.FPDF_SEGMENT_LINETO:
            yield None
        if kind == pdfium.FPDF_SEGMENT_MOVETO:
            start = x.value, y.value
        yield x.value, y.value
        if pdfium.FPDFPathSegment_GetClose(segment) and start is not None:
            yield start

"""PowerPoint presentations (.pptx), with python-pptx: each slide's title, texts, tables, notes.

Charts are tables of their numbers. What stands at the foot of slides is read once.

The title of a title slide heads all others, which seldom name what the presentation is about.
"""

import io
from collections.abc import Iterable, Iterator

from pptx import Presentation
from pptx.enum.shapes import PP_PLACEHOLDER
from pptx.oxml.ns import qn
from pptx.shapes.base import BaseShape
from pptx.shapes.graphfrm import GraphicFrame
from pptx.slide import NotesSlide
from pptx.table import Table
from pptx.util import Length

from index.readers.archive import open_archive
from index.readers.builder import TextBuilder, clean_line
from index.readers.charts import CHART, DIAGRAM, add_chart, diagram_texts
from index.readers.extracted import Extracted
from index.readers.office_metadata import office_metadata
from index.readers.tables import Row, add_table
from index.text_tables import rows_place

_MAX_DEPTH = 10
_OF_TITLE_SLIDE = (PP_PLACEHOLDER.CENTER_TITLE, PP_PLACEHOLDER.SUBTITLE)
_FEET = (PP_PLACEHOLDER.SLIDE_NUMBER, PP_PLACEHOLDER.DATE, PP_PLACEHOLDER.FOOTER)
_ID, _DATA = qn("r:id"), qn("r:dm")
_PROSE_CHARS = 200


def extract(content: bytes) -> Extracted:
    archive = open_archive(content)
    presentation = Presentation(io.BytesIO(content))
    builder = TextBuilder()
    below = 1
    feet: set[str] = set()
    for number, slide in enumerate(presentation.slides, start=1):
        with builder.placed(f"slide {number}"):
            title = slide.shapes.title
            opens = title is not None and any(map(_is_of_title_slide, slide.placeholders))
            builder.heading(1 if opens else below, _text(title) if title is not None else "")
            below = 2 if opens else below
            skipped = title.shape_id if title is not None else None
            others = (s for s in slide.shapes if s.shape_id != skipped)
            _add_shapes(builder, (s for s in others if not _stands_at_foot(s, feet)), 0)
        if slide.has_notes_slide:
            with builder.placed(f"slide {number}, notes"):
                builder.prose(_notes(slide.notes_slide))
    metadata, created = office_metadata(archive)
    return builder.extracted(metadata=metadata, created=created)


def _add_shapes(builder: TextBuilder, shapes: Iterable[BaseShape], depth: int) -> None:
    """In reading order: by rows of the slide, which are not the order of drawing."""
    for shape in sorted(shapes, key=lambda shape: (_inches(shape.top), _inches(shape.left))):
        if hasattr(shape, "shapes") and depth < _MAX_DEPTH:
            _add_shapes(builder, shape.shapes, depth + 1)
        elif getattr(shape, "has_table", False):
            add_table(builder, enumerate(_rows(shape.table), start=1), rows_place)
        elif isinstance(shape, GraphicFrame):
            _add_drawing(builder, shape)
        elif shape.has_text_frame:
            _add_text(builder, shape)


def _is_of_title_slide(shape: BaseShape) -> bool:
    return shape.placeholder_format.type in _OF_TITLE_SLIDE


def _rows(table: Table) -> Iterator[Row]:
    """The texts of the cells; one that reaches down over rows is told with each of them."""
    above: list[str] = []
    for row in table.rows:
        texts = [cell.text for cell in row.cells]
        for i, cell in enumerate(row.cells):
            if cell._tc.vMerge and not cell._tc.hMerge and i < len(above):
                texts[i] = texts[i] or above[i]
        yield texts
        above = texts


def _add_drawing(builder: TextBuilder, shape: GraphicFrame) -> None:
    """A chart, or a diagram (SmartArt), whose words stand in a part of its own."""
    for chart in shape._element.iter(f"{{{CHART}}}chart"):
        if part := _related(shape, chart.get(_ID, "")):
            add_chart(builder, part)
    for diagram in shape._element.iter(f"{{{DIAGRAM}}}relIds"):
        if part := _related(shape, diagram.get(_DATA, "")):
            builder.lines([f"- {clean_line(text)}" for text in diagram_texts(part)])


def _related(shape: GraphicFrame, relation: str) -> bytes:
    part = shape.part.rels.get(relation)
    return b"" if part is None or part.is_external else bytes(part.target_part.blob)


def _stands_at_foot(shape: BaseShape, seen: set[str]) -> bool:
    """The number of a slide, and a date or footer that another slide has had."""
    kind = shape.placeholder_format.type if shape.is_placeholder else None
    if kind not in _FEET or not shape.has_text_frame:
        return False
    text = _text(shape)
    again = text in seen
    seen.add(text)
    return again or kind is PP_PLACEHOLDER.SLIDE_NUMBER


def _notes(slide: NotesSlide) -> str:
    """Those of the presenter; not all programs say which of the texts on the page they are."""
    if slide.notes_text_frame is not None:
        return str(slide.notes_text_frame.text)
    texts = (s for s in slide.shapes if s.has_text_frame and not s.is_placeholder)
    return "\n".join(map(_text, texts))


def _add_text(builder: TextBuilder, shape: BaseShape) -> None:
    """Short lines are a list; a longer one is a paragraph."""
    lines = [(p.level, clean_line(p.text)) for p in shape.text_frame.paragraphs]
    lines = [(level, text) for level, text in lines if text]
    if len(lines) > 1 and all(len(text) <= _PROSE_CHARS for _, text in lines):
        builder.lines([f"{'  ' * level}- {text}" for level, text in lines])
    else:
        for _, text in lines:
            builder.prose(text)


def _text(shape: BaseShape) -> str:
    return str(shape.text_frame.text).replace("\v", " ") if shape.has_text_frame else ""


def _inches(length: Length | None) -> float:
    return round(length.inches, 1) if length is not None else 0.0

"""PowerPoint presentations (.pptx), with python-pptx: each slide's title, texts, tables, notes.

The title of a title slide heads all others, which seldom name what the presentation is about.
"""

import io
from collections.abc import Iterable

from pptx import Presentation
from pptx.enum.shapes import PP_PLACEHOLDER
from pptx.shapes.base import BaseShape
from pptx.util import Length

from index.readers.archive import open_archive
from index.readers.builder import TextBuilder, clean_line
from index.readers.extracted import Extracted
from index.readers.office_metadata import office_metadata
from index.readers.tables import add_table
from index.text_tables import rows_place

_MAX_DEPTH = 10
_OF_TITLE_SLIDE = PP_PLACEHOLDER.CENTER_TITLE
_PROSE_CHARS = 200


def extract(content: bytes) -> Extracted:
    archive = open_archive(content)
    presentation = Presentation(io.BytesIO(content))
    builder = TextBuilder()
    below = 1
    for number, slide in enumerate(presentation.slides, start=1):
        with builder.placed(f"slide {number}"):
            title = slide.shapes.title
            opens = title is not None and title.placeholder_format.type is _OF_TITLE_SLIDE
            builder.heading(1 if opens else below, _text(title) if title is not None else "")
            below = 2 if opens else below
            skipped = title.shape_id if title is not None else None
            _add_shapes(builder, (s for s in slide.shapes if s.shape_id != skipped), 0)
        if slide.has_notes_slide and slide.notes_slide.notes_text_frame is not None:
            with builder.placed(f"slide {number}, notes"):
                builder.prose(slide.notes_slide.notes_text_frame.text)
    metadata, created = office_metadata(archive)
    return builder.extracted(metadata=metadata, created=created)


def _add_shapes(builder: TextBuilder, shapes: Iterable[BaseShape], depth: int) -> None:
    """In reading order: by rows of the slide, which are not the order of drawing."""
    for shape in sorted(shapes, key=lambda shape: (_inches(shape.top), _inches(shape.left))):
        if hasattr(shape, "shapes") and depth < _MAX_DEPTH:
            _add_shapes(builder, shape.shapes, depth + 1)
        elif getattr(shape, "has_table", False):
            rows = [[cell.text for cell in row.cells] for row in shape.table.rows]
            add_table(builder, enumerate(rows, start=1), rows_place)
        elif shape.has_text_frame:
            _add_text(builder, shape)


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

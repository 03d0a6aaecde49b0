"""A page of a PDF -> a picture of it."""

import io

from pypdfium2 import PdfiumError

from index.readers.extracted import UnreadableError
from index.readers.pdf import open_document

MAX_PIXELS = 16_000_000


def render(content: bytes, number: int, scale: float) -> bytes:
    """Page ``number`` (from 1) as PNG, ``scale`` pixels a point, fewer where it were too large."""
    document = open_document(content)
    try:
        if not 1 <= number <= len(document):
            raise UnreadableError(f"it has no page {number}: it has {len(document)}")
        page = document[number - 1]
        width, height = page.get_size()
        scale = min(scale, (MAX_PIXELS / max(width * height, 1.0)) ** 0.5)
        image = page.render(scale=max(scale, 0.01)).to_pil()
    except PdfiumError as error:
        raise UnreadableError(f"page {number} cannot be drawn: {error}") from error
    finally:
        document.close()
    png = io.BytesIO()
    image.convert("RGB").save(png, "PNG")
    return png.getvalue()

"""PDF: paragraphs with their pages, and every word with its box on the page.

Read with PDFium (pypdfium2), which also draws the pages: on manuals of 20 to 340 pages it took 3 to
10 ms a page where pdfplumber took 90 to 180 and pypdf 16 to 72.
"""

from pypdfium2 import PdfDocument, PdfiumError

from index.readers.extracted import Extracted, UnreadableError
from index.readers.pdf.assembly import Assembly
from index.readers.pdf.furniture import without_furniture
from index.readers.pdf.layout import columns
from index.readers.pdf.metadata import document_metadata
from index.readers.pdf.paragraphs import stretches
from index.readers.pdf.unruled import with_unruled_tables
from index.readers.pdf.words import PageText, page_text
from index.types import FileState

MAX_PAGES = 5_000
_WRONG_PASSWORD = 4


def extract(content: bytes) -> Extracted:
    document = open_document(content)
    try:
        count = len(document)
        if count > MAX_PAGES:
            raise UnreadableError(
                f"it has more than {MAX_PAGES:,} pages: split it", FileState.TOO_LARGE
            )
        pages = [_page(document, i) for i in range(count)]
        metadata, created = document_metadata(document, content)
    finally:
        document.close()
    if not any(page.lines for page in pages):
        raise UnreadableError(
            "no text layer: it holds images of text; run OCR over it", FileState.NO_TEXT
        )
    bare = without_furniture([columns(page) for page in pages])
    assembly = Assembly(stretches([list(map(with_unruled_tables, page)) for page in bare]))
    silent = sum(not page.lines and not page.blank for page in pages)
    note = f"{silent} of {count} pages have no text layer" if silent else ""
    shown = tuple(assembly.pages(pages))
    return Extracted(assembly.text, assembly.blocks, note, metadata, shown, count, created)


def open_document(content: bytes) -> PdfDocument:
    """Raises ``UnreadableError`` for what is no PDF, and for one that asks for a password."""
    try:
        document = PdfDocument(content)
    except PdfiumError as error:
        if error.err_code == _WRONG_PASSWORD:
            raise UnreadableError(
                "it asks for a password: save it without one", FileState.ENCRYPTED
            ) from error
        raise UnreadableError(f"not a PDF that can be read: {error}") from error
    if len(document) == 0:
        document.close()
        raise UnreadableError("it has no pages")
    return document


def _page(document: PdfDocument, i: int) -> PageText:
    try:
        page = document[i]
    except PdfiumError:
        # A damaged page is one without text; the others can be read.
        return PageText(i + 1, 0.0, 0.0, (), blank=False)
    try:
        return page_text(page, i + 1)
    finally:
        page.close()

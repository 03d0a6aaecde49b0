"""What a PDF says of itself: its information dictionary, its XMP packet, its language."""

import ctypes
import re

import pypdfium2.raw as pdfium
from lxml import etree
from pypdfium2 import PdfDocument

from index.dates import parse_date
from index.readers.builder import clean_line
from index.readers.stated import language_code
from index.types import Metadata

_PACKET = re.compile(rb"<x:xmpmeta\b.{0,200000}?</x:xmpmeta>", re.DOTALL)
_PROGRAM_TITLE = re.compile(r"(?:microsoft \w+ - )|untitled|\w+\.(?:docx?|indd|tex|dvi|qxd)$", re.I)
# Some put their licence there.
_AUTHOR_CHARS = 200
_NAMES = {
    "dc": "http://purl.org/dc/elements/1.1/",
    "prism": "http://prismstandard.org/namespaces/basic/2.0/",
}


def document_metadata(document: PdfDocument, content: bytes) -> tuple[Metadata, str]:
    """The metadata, and when the file says that it was made."""
    said = document.get_metadata_dict(skip_empty=True)
    packet = _packet(content)
    title = clean_line(said.get("Title", "")) or _first(packet, "dc:title")
    author = clean_line(said.get("Author", "")) or _first(packet, "dc:creator")
    date = next(
        filter(
            None,
            (
                parse_date(_first(packet, name))
                for name in ("prism:publicationDate", "prism:coverDate", "dc:date")
            ),
        ),
        "",
    )
    metadata = Metadata(
        title="" if _PROGRAM_TITLE.match(title) else title,
        author=author if len(author) <= _AUTHOR_CHARS else "",
        language=language_code(_language(document)) or language_code(_first(packet, "dc:language")),
        date=date,
        date_source="metadata" if date else "",
    )
    return metadata, said.get("CreationDate", "")


def _packet(content: bytes) -> etree._Element | None:
    match = _PACKET.search(content)
    parser = etree.XMLParser(resolve_entities=False, no_network=True, recover=True)
    return etree.fromstring(match.group(), parser) if match else None


def _first(packet: etree._Element | None, name: str) -> str:
    found = packet.find(f".//{name}", _NAMES) if packet is not None else None
    return "" if found is None else clean_line(" ".join(found.itertext()))


def _language(document: PdfDocument) -> str:
    size = pdfium.FPDFCatalog_GetLanguage(document.raw, None, 0)
    if not 2 < size < 200:
        return ""
    buffer = (ctypes.c_ushort * (size // 2))()
    pdfium.FPDFCatalog_GetLanguage(document.raw, buffer, size)
    return bytes(buffer).decode("utf-16-le", "replace").rstrip("\0")

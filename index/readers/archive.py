"""Zip containers (Office files, EPUB) -> their parts, never more than can be held.

Python's zip reader gives no more of an entry than its declared size, so the declared sizes bound
what unpacking can take. Nothing is written to disk, and names are only ever looked up.
"""

import io
import re
import zlib
from zipfile import BadZipFile, ZipFile

from lxml import etree

from index.readers.extracted import UnreadableError
from index.types import FileState

MAX_ENTRIES = 10_000
MAX_UNPACKED_BYTES = 400_000_000
MAX_XML_BYTES = 100_000_000

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_RICH_TEXT = b"{\\rtf"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_XML_NAMES = (".xml", ".rels", ".xhtml", ".html", ".htm", ".opf", ".ncx", ".vml")
_DOCTYPE = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_PROLOGUE_BYTES = 4_096


def open_archive(content: bytes, *, office: bool = True) -> ZipFile:
    """The archive, checked; ``office`` ones may hold no document types. Raises otherwise."""
    if content.startswith(_OLE):
        if _ENCRYPTED in content:
            raise UnreadableError(
                "it asks for a password: save it without one", FileState.ENCRYPTED
            )
        raise UnreadableError("an old Office file under a new name: save it in the new format")
    if content.startswith(_RICH_TEXT):
        raise UnreadableError("rich text under a new name: give it the ending .rtf")
    if not content:
        raise UnreadableError("it is empty: copy it again from where it came")
    try:
        archive = ZipFile(io.BytesIO(content))
        entries = archive.infolist()
    except (BadZipFile, ValueError, NotImplementedError) as error:
        raise UnreadableError(f"damaged, or not what its name says: {error}") from error
    unpacked = sum(entry.file_size for entry in entries)
    xml = sum(e.file_size for e in entries if e.filename.lower().endswith(_XML_NAMES))
    if len(entries) > MAX_ENTRIES:
        raise _too_large(f"it has more than {MAX_ENTRIES:,} parts")
    if unpacked > MAX_UNPACKED_BYTES or xml > MAX_XML_BYTES:
        raise _too_large(f"it unpacks to {unpacked:,} bytes")
    if any(entry.flag_bits & 1 for entry in entries):
        raise UnreadableError("it asks for a password: save it without one", FileState.ENCRYPTED)
    if office:
        _refuse_document_types(archive)
    return archive


def part(archive: ZipFile, name: str) -> bytes:
    """One part; raises ``UnreadableError`` when it is not there or broken."""
    try:
        return archive.read(name)
    except KeyError as error:
        raise UnreadableError(f"damaged: {name} is missing") from error
    except (BadZipFile, zlib.error, EOFError, NotImplementedError, OSError) as error:
        raise UnreadableError(f"damaged: {name} cannot be unpacked ({error})") from error


def xml_root(content: bytes) -> etree._Element:
    """Parsed without resolving entities or fetching anything."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        return etree.fromstring(content, parser)
    except etree.XMLSyntaxError as error:
        raise UnreadableError(f"damaged: {error}") from error


def _refuse_document_types(archive: ZipFile) -> None:
    """Office files hold none; those that do were made to expand without end, or to fetch."""
    for entry in archive.infolist():
        if entry.filename.lower().endswith(_XML_NAMES):
            try:
                with archive.open(entry) as stream:
                    prologue = stream.read(_PROLOGUE_BYTES)
            except (BadZipFile, zlib.error, EOFError, NotImplementedError, OSError) as error:
                raise UnreadableError(
                    f"damaged: {entry.filename} cannot be unpacked ({error})"
                ) from error
            if _DOCTYPE.search(prologue.replace(b"\0", b"")):
                raise UnreadableError(
                    f"{entry.filename} declares XML entities, which Office files may not"
                )


def _too_large(reason: str) -> UnreadableError:
    return UnreadableError(f"{reason}: split it", FileState.TOO_LARGE)

"""The core properties of an Office file, as it has them (the libraries fill gaps by guesses)."""

from zipfile import ZipFile

from index.dates import parse_date
from index.readers.archive import part, xml_root
from index.readers.builder import clean_line
from index.readers.stated import language_code
from index.types import Metadata

_CORE = "docProps/core.xml"
_NAMES = {"dc": "http://purl.org/dc/elements/1.1/", "dcterms": "http://purl.org/dc/terms/"}
# What the libraries that write such files put there by themselves.
_LIBRARY_AUTHORS = frozenset({"python-docx", "openpyxl", "Steve Canny"})
_LIBRARY_TITLES = frozenset({"PowerPoint Presentation", "Word Document"})
_TEMPLATE_DATES = frozenset({"2013-12-23", "2013-01-27"})


def office_metadata(archive: ZipFile) -> tuple[Metadata, str]:
    """The metadata, and when the file says that it was made."""
    if _CORE not in archive.namelist():
        return Metadata(), ""
    root = xml_root(part(archive, _CORE))
    said = {
        name: clean_line(root.findtext(f".//{name}", "", _NAMES))
        for name in ("dc:title", "dc:creator", "dc:language", "dcterms:created")
    }
    title, author, created = (
        said["dc:title"],
        said["dc:creator"],
        parse_date(said["dcterms:created"]),
    )
    metadata = Metadata(
        title="" if title in _LIBRARY_TITLES else title,
        author="" if author in _LIBRARY_AUTHORS else author,
        language=language_code(said["dc:language"]),
    )
    return metadata, "" if created in _TEMPLATE_DATES else created

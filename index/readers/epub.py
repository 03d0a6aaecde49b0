"""EPUB books: the chapters in reading order, each read as HTML under its heading."""

import posixpath
from urllib.parse import unquote
from zipfile import ZipFile

from lxml import etree

from index.dates import parse_date
from index.lines import has_word
from index.readers.archive import open_archive, part, xml_root
from index.readers.builder import TextBuilder, clean_line
from index.readers.extracted import Extracted, UnreadableError
from index.readers.stated import language_code
from index.readers.web import decode_page, parse_page
from index.readers.web_blocks import add_element
from index.readers.web_text import shown_text
from index.types import FileState, Metadata

_CONTAINER = "META-INF/container.xml"
_ENCRYPTION = "META-INF/encryption.xml"
_NAMES = {
    "container": "urn:oasis:names:tc:opendocument:xmlns:container",
    "opf": "http://www.idpf.org/2007/opf",
    "dc": "http://purl.org/dc/elements/1.1/",
    "enc": "http://www.w3.org/2001/04/xmlenc#",
    "ncx": "http://www.daisy.org/z3986/2005/ncx/",
}
_PAGES = ("application/xhtml+xml", "text/html")
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")


def extract(content: bytes) -> Extracted:
    archive = open_archive(content, office=False)
    package_name = _package_name(archive)
    package = xml_root(part(archive, package_name))
    folder = posixpath.dirname(package_name)
    chapters = _chapters(package, folder)
    _refuse_encrypted(archive, chapters)
    titles = _titles(archive, package, folder)
    builder = TextBuilder()
    missing = 0
    names = set(archive.namelist())
    for name in chapters:
        if name not in names:
            missing += 1
            continue
        root = parse_page(decode_page(part(archive, name))[0])
        if root is None:
            continue
        unnamed = next(root.iter(*_HEADINGS), None) is None and has_word(shown_text(root))
        if name in titles and unnamed:
            builder.heading(1, titles[name])
        add_element(builder, root)
    note = f"{missing} of {len(chapters)} chapters are missing in the file" if missing else ""
    return builder.extracted(note, _metadata(package))


def _package_name(archive: ZipFile) -> str:
    root = xml_root(part(archive, _CONTAINER))
    found = root.find(".//container:rootfile", _NAMES)
    if found is None or not found.get("full-path"):
        raise UnreadableError(f"damaged: {_CONTAINER} names no book")
    return str(found.get("full-path"))


def _chapters(package: etree._Element, folder: str) -> list[str]:
    """Names of the chapters' parts, in reading order."""
    items = {
        item.get("id"): _resolved(folder, item.get("href", ""))
        for item in package.iterfind("opf:manifest/opf:item", _NAMES)
        if item.get("media-type") in _PAGES and "nav" not in item.get("properties", "").split()
    }
    refs = [ref.get("idref") for ref in package.iterfind("opf:spine/opf:itemref", _NAMES)]
    # A chapter counts once, however often the reading order names it.
    return list(dict.fromkeys(items[ref] for ref in refs if ref in items))


def _resolved(folder: str, href: str) -> str:
    """The part's name in the archive; it is only looked up there, wherever it may point."""
    return posixpath.normpath(posixpath.join(folder, unquote(href.partition("#")[0])))


def _refuse_encrypted(archive: ZipFile, chapters: list[str]) -> None:
    """Some books have scrambled fonts, which does not matter; in others nothing can be read."""
    if _ENCRYPTION not in archive.namelist():
        return
    root = xml_root(part(archive, _ENCRYPTION))
    scrambled = {
        unquote(ref.get("URI", "")) for ref in root.iterfind(".//enc:CipherReference", _NAMES)
    }
    if scrambled.intersection(chapters):
        raise UnreadableError("its chapters are locked by copy protection", FileState.ENCRYPTED)


def _titles(archive: ZipFile, package: etree._Element, folder: str) -> dict[str, str]:
    """Part -> its title in the table of contents (EPUB 2's, which most EPUB 3 books have too)."""
    for item in package.iterfind("opf:manifest/opf:item", _NAMES):
        if item.get("media-type") == "application/x-dtbncx+xml":
            name = _resolved(folder, item.get("href", ""))
            if name in archive.namelist():
                return _ncx_titles(xml_root(part(archive, name)), posixpath.dirname(name))
    return {}


def _ncx_titles(root: etree._Element, folder: str) -> dict[str, str]:
    titles: dict[str, str] = {}
    for point in root.iter(f"{{{_NAMES['ncx']}}}navPoint"):
        content = point.find("ncx:content", _NAMES)
        label = point.findtext("ncx:navLabel/ncx:text", "", _NAMES)
        if content is not None:
            titles.setdefault(_resolved(folder, content.get("src", "")), clean_line(label))
    return titles


def _metadata(package: etree._Element) -> Metadata:
    def said(name: str) -> list[str]:
        found = package.iterfind(f".//dc:{name}", _NAMES)
        return [text for element in found if (text := clean_line("".join(element.itertext())))]

    date = next(filter(None, map(parse_date, said("date"))), "")
    return Metadata(
        title=next(iter(said("title")), ""),
        author=", ".join(said("creator")[:10]),
        language=language_code(next(iter(said("language")), "")),
        date=date,
        date_source="metadata" if date else "",
    )

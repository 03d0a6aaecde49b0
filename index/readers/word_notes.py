"""What a Word document says beside its text: notes, comments, what heads and foots its pages."""

from collections.abc import Iterator
from zipfile import ZipFile

from docx.document import Document as WordDocument
from docx.oxml.ns import qn
from lxml import etree

from index.readers.archive import part, xml_root
from index.readers.builder import clean, clean_line
from index.readers.notes import Note, only_numbers_pages
from index.readers.word_text import paragraphs_in, shown

_PARTS = (
    ("word/footnotes.xml", qn("w:footnoteReference"), "notes"),
    ("word/endnotes.xml", qn("w:endnoteReference"), "notes"),
    ("word/comments.xml", qn("w:commentReference"), "comments"),
)
_REFERENCES = tuple(tag for _, tag, _ in _PARTS)
_AUTHOR = qn("w:author")
_FIRST_PARAGRAPHS = 50

Reference = tuple[str, str]
"""What refers to a note: the element's name, and the note's id."""


class Notes:
    """Those at the foot of pages, at the end and in the margin, by what refers to them."""

    def __init__(self, archive: ZipFile) -> None:
        self._left: dict[Reference, Note] = {}
        for name, tag, place in _PARTS:
            if name in archive.namelist():
                for element in xml_root(part(archive, name)):
                    text = "\n".join(shown(p) for p in paragraphs_in(element))
                    author = clean_line(element.get(_AUTHOR, ""))
                    note = Note(place, text, f"Comment by {author}" if author else "")
                    self._left[tag, element.get(qn("w:id"), "")] = note

    def referred_to(self, element: etree._Element) -> Iterator[Note]:
        """Each is given once."""
        for tag in _REFERENCES:
            for reference in element.iter(tag):
                if note := self._left.pop((tag, reference.get(qn("w:id"), "")), None):
                    yield note

    def left(self) -> list[Note]:
        """Those that nothing referred to."""
        return list(self._left.values())


def margins(document: WordDocument, place: str) -> Iterator[Note]:
    """The texts of the "header" or "footer" of its pages, a letterhead for one, each once.

    Not those that only number the pages, nor what the document begins with as well.
    """
    body = document.element.body
    begin = [p for p, _ in zip(body.iter(qn("w:p")), range(_FIRST_PARAGRAPHS), strict=False)]
    seen = {clean(shown(paragraph)) for paragraph in begin}
    for section in body.iter(qn("w:sectPr")):
        for reference in section.iterchildren(qn(f"w:{place}Reference")):
            of_first = reference.get(qn("w:type")) == "first"
            found = document.part.rels.get(reference.get(qn("r:id"), ""))
            if found is None or found.is_external or (of_first and not _has_first_page(section)):
                continue
            root = xml_root(found.target_part.blob)
            text = "\n".join(filter(None, (clean(shown(p)) for p in paragraphs_in(root))))
            if text not in seen and not only_numbers_pages(text):
                yield Note(place, text)
            seen.add(text)


def _has_first_page(section: etree._Element) -> bool:
    mark = section.find(qn("w:titlePg"))
    return mark is not None and mark.get(qn("w:val"), "1") not in ("0", "false")

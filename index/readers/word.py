"""Word documents (.docx): headings by style, lists, tables, text boxes, notes where they belong.

Numbers that Word writes by itself stand before what they number.

python-docx opens the file and knows its styles; the walk is ours, because its own leaves out what
stands in content controls and tracked insertions.
"""

import io
import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from statistics import median
from zipfile import ZipFile

from docx import Document
from docx.document import Document as WordDocument
from docx.oxml.ns import qn
from lxml import etree

from index.blocks import LONG_ITEM
from index.readers.archive import open_archive, part, xml_root
from index.readers.builder import TextBuilder, clean
from index.readers.extracted import Extracted
from index.readers.office_metadata import office_metadata
from index.readers.stated import language_code
from index.readers.tables import Row, add_table
from index.readers.word_numbers import BULLET, Numbers, value
from index.readers.word_text import BOX, FALLBACK, UNSHOWN, paragraphs_in, shown
from index.text_tables import rows_place

_HEADING = re.compile(r"heading (\d)", re.IGNORECASE)
_CLAUSE = re.compile(r"\d+\.\d")
_NOTES = (
    ("word/footnotes.xml", qn("w:footnoteReference")),
    ("word/endnotes.xml", qn("w:endnoteReference")),
)
_NUMBERING = "word/numbering.xml"
_MAX_DEPTH = 20
_MAX_SPAN = 100

# Both may stand in content controls, one inside another where a group of rows repeats.
_ROWS = "w:tr | w:sdt/w:sdtContent/w:tr | w:sdt/w:sdtContent/w:sdt/w:sdtContent/w:tr"
_CELLS = _ROWS.replace("w:tr", "w:tc")


def extract(content: bytes) -> Extracted:
    archive = open_archive(content)
    document = Document(io.BytesIO(content))
    builder = TextBuilder()
    names = archive.namelist()
    numbering = xml_root(part(archive, _NUMBERING)) if _NUMBERING in names else None
    numbers = Numbers(numbering, document.styles.element)
    notes = _notes(archive)
    _Walker(builder, _heading_levels(document), numbers, notes).add(document.element.body, 0)
    with builder.placed("notes"):
        for note in notes.values():
            builder.prose(note)
    metadata, created = office_metadata(archive)
    if not metadata.language:
        metadata = replace(metadata, language=_language(document))
    return builder.extracted(metadata=metadata, created=created)


Reference = tuple[str, str]
"""What refers to a note: the element's name, and the note's id."""


def _notes(archive: ZipFile) -> dict[Reference, str]:
    """The notes at the foot of pages, then those at the end, by what refers to them."""
    notes = {}
    for name, tag in _NOTES:
        if name in archive.namelist():
            for note in xml_root(part(archive, name)):
                text = "\n".join(shown(p) for p in paragraphs_in(note))
                notes[tag, note.get(qn("w:id"), "")] = text
    return notes


class _Walker:
    """Adds paragraphs and tables in order; adjacent list items become one list.

    A note follows what refers to it, so that it stands under the same headings; those that nothing
    referred to are left in ``notes``.
    """

    def __init__(
        self,
        builder: TextBuilder,
        levels: dict[str, int],
        numbers: Numbers,
        notes: dict[Reference, str],
    ) -> None:
        self._builder = builder
        self._levels = levels
        self._numbers = numbers
        self._notes = notes
        self._referred: list[str] = []
        self._items: list[str] = []
        self._tables = 0

    def add(self, parent: Iterable[etree._Element], depth: int) -> None:
        for element in parent:
            if element.tag == qn("w:p"):
                self._add_paragraph(element)
                for box in element.iter(BOX):
                    if depth < _MAX_DEPTH and next(box.iterancestors(FALLBACK), None) is None:
                        self._end_list()
                        self.add(box, depth + 1)
            elif element.tag == qn("w:tbl"):
                self._end_list()
                self._add_table(element, depth)
            elif element.tag not in UNSHOWN and depth < _MAX_DEPTH:
                # Content controls, tracked insertions and such wrap paragraphs.
                self.add(element, depth + 1)
        if depth == 0:
            self._end_list()

    def _add_paragraph(self, paragraph: etree._Element) -> None:
        # Asked also for a paragraph without text, whose number counts.
        mark = self._mark(paragraph)
        text = clean(shown(paragraph))
        if not text:
            return
        properties = paragraph.find(qn("w:pPr"))
        style, own = value(properties, "w:pStyle"), value(properties, "w:outlineLvl")
        level = int(own) + 2 if own in tuple("01234567") else self._levels.get(style, 0)
        in_list = bool(mark) or style.lower().startswith("list")
        # What is numbered like "5.1" is a clause, not an item of a list.
        if in_list and not level and not _CLAUSE.search(mark):
            self._items.append(f"{mark or BULLET} {' '.join(text.split())}")
            self._refer(paragraph)
            return
        self._end_list()
        text = _numbered(mark, text)
        if level:
            self._builder.heading(level, text)
        else:
            self._builder.prose(text)
        self._refer(paragraph)
        self._add_notes()

    def _refer(self, element: etree._Element) -> None:
        for _, tag in _NOTES:
            for reference in element.iter(tag):
                note = self._notes.pop((tag, reference.get(qn("w:id"), "")), "")
                self._referred.append(note)

    def _add_notes(self) -> None:
        with self._builder.placed("notes"):
            for note in self._referred:
                self._builder.prose(note)
        self._referred = []

    def _mark(self, paragraph: etree._Element) -> str:
        properties = paragraph.find(qn("w:pPr"))
        return self._numbers.mark(properties, value(properties, "w:pStyle"))

    def _end_list(self) -> None:
        if len(self._items) > 1 and median(map(len, self._items)) <= LONG_ITEM:
            self._builder.lines(self._items)
        else:
            for item in self._items:
                self._builder.prose(item.removeprefix("- "))
        self._items = []
        self._add_notes()

    def _add_table(self, table: etree._Element, depth: int) -> None:
        own = table.xpath(_ROWS)
        rows = [list(_cells(row)) for row in own]
        narrow = all(sum(span for _, span in row) < 2 for row in rows)
        nested = table.xpath("boolean(.//w:tc//w:tbl)") or narrow
        if nested and depth < _MAX_DEPTH:
            for cell in (cell for row in own for cell in row.xpath(_CELLS)):
                self.add(cell, depth + 1)
                self._end_list()
            return
        self._tables += 1
        name = f"table {self._tables}"
        add_table(
            self._builder,
            enumerate(self._rows(rows), start=1),
            lambda first, last: f"{name}, {rows_place(first, last)}",
        )
        self._refer(table)
        self._add_notes()

    def _rows(self, rows: Iterable[list[tuple[etree._Element, int]]]) -> Iterator[Row]:
        """The texts of the cells; one that reaches down over rows is told with each of them."""
        above: list[str] = []
        for cells in rows:
            row: list[str] = []
            for cell, span in cells:
                at = len(row)
                text = self._text(cell)
                if _goes_on(cell) and not text:
                    text = "".join(above[at : at + 1])
                row += [text, *[""] * (span - 1)]
            yield row
            above = row

    def _text(self, cell: etree._Element) -> str:
        return "\n".join(_numbered(self._mark(p), shown(p)) for p in paragraphs_in(cell)).strip()


def _numbered(mark: str, text: str) -> str:
    return text if mark in ("", BULLET) else f"{mark} {text}"


def _cells(row: etree._Element) -> Iterator[tuple[etree._Element, int]]:
    """Each cell, and how many columns it takes; an empty one for what a row leaves out before."""
    if before := _columns(row.find(qn("w:trPr")), "w:gridBefore"):
        yield row.makeelement(qn("w:tc")), before
    for cell in row.iter(qn("w:tc")):
        yield cell, max(1, _columns(cell.find(qn("w:tcPr")), "w:gridSpan"))


def _columns(properties: etree._Element | None, name: str) -> int:
    number = value(properties, name)
    return min(int(number), _MAX_SPAN) if number.isdecimal() and len(number) < 4 else 0


def _goes_on(cell: etree._Element) -> bool:
    """Is it the lower part of a cell that begins in a row above?"""
    merged = cell.find(f"{qn('w:tcPr')}/{qn('w:vMerge')}")
    return merged is not None and merged.get(qn("w:val"), "continue") == "continue"


def _heading_levels(document: WordDocument) -> dict[str, int]:
    """Style id -> 1 for a title, 2 for a first heading and so on, as far as it is one."""
    levels = {}
    for style in document.styles.element.iterchildren(qn("w:style")):
        name, outline = value(style, "w:name"), value(style.find(qn("w:pPr")), "w:outlineLvl")
        match = _HEADING.fullmatch(name)
        if name == "Title" or match or outline in tuple("01234567"):
            level = 1 + int(match[1]) if match else 1 if name == "Title" else int(outline) + 2
            levels[style.get(qn("w:styleId"), "")] = level
    return levels


def _language(document: WordDocument) -> str:
    found = document.styles.element.xpath("w:docDefaults/w:rPrDefault/w:rPr/w:lang/@w:val")
    return language_code("".join(found[:1]))

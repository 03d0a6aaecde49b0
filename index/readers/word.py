"""Word documents (.docx): headings by style, lists, tables, text boxes, notes where they belong.

What heads the pages, such as a letterhead, comes before the text, what foots them after it.

Numbers that Word writes by itself stand before what they number.

python-docx opens the file and knows its styles; the walk is ours, because its own leaves out what
stands in content controls and tracked insertions.
"""

import io
import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from docx import Document
from docx.document import Document as WordDocument
from docx.oxml.ns import qn
from lxml import etree

from index.readers.archive import open_archive, part, xml_root
from index.readers.builder import TextBuilder, clean
from index.readers.charts import CHART, add_chart
from index.readers.extracted import Extracted
from index.readers.numerals import BULLET
from index.readers.office_flow import HEADING_STYLE, OfficeFlow, numbers_a_clause, title_of
from index.readers.office_metadata import office_metadata
from index.readers.stated import language_code
from index.readers.tables import Row
from index.readers.word_notes import Notes, margins
from index.readers.word_numbers import Numbers, value
from index.readers.word_text import BOX, FALLBACK, UNSHOWN, paragraphs_in, shown

_OF_CONTENTS = re.compile(r"(?:toc|contents|table of figures|table of authorities) ?\d?", re.I)
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
    notes = Notes(archive)
    for note in margins(document, "header"):
        note.add_to(builder)
    _Walker(OfficeFlow(builder), document, numbers, notes).add(document.element.body, 0)
    metadata, created = office_metadata(archive)
    metadata = replace(metadata, title=metadata.title or title_of(builder.blocks))
    for note in (*notes.left(), *margins(document, "footer")):
        note.add_to(builder)
    if not metadata.language:
        metadata = replace(metadata, language=_language(document))
    return builder.extracted(metadata=metadata, created=created)


class _Walker:
    """Adds paragraphs and tables in order; notes that nothing referred to are left in ``notes``."""

    def __init__(
        self,
        flow: OfficeFlow,
        document: WordDocument,
        numbers: Numbers,
        notes: Notes,
    ) -> None:
        self._flow = flow
        self._parts = document.part.rels
        self._levels, self._contents = _heading_levels(document), _styles_of_contents(document)
        self._numbers = numbers
        self._notes = notes

    def add(self, parent: Iterable[etree._Element], depth: int) -> None:
        for element in parent:
            if element.tag == qn("w:p"):
                self._add_paragraph(element)
                self._add_charts(element)
                for box in element.iter(BOX):
                    if depth < _MAX_DEPTH and next(box.iterancestors(FALLBACK), None) is None:
                        self._flow.end_list()
                        self.add(box, depth + 1)
            elif element.tag == qn("w:tbl"):
                self._flow.end_list()
                self._add_table(element, depth)
            elif element.tag not in UNSHOWN and depth < _MAX_DEPTH:
                # Content controls, tracked insertions and such wrap paragraphs.
                self.add(element, depth + 1)
        if depth == 0:
            self._flow.end_list()

    def _add_paragraph(self, paragraph: etree._Element) -> None:
        # Asked also for a paragraph without text, whose number counts.
        mark = self._mark(paragraph)
        text = clean(shown(paragraph))
        if not text:
            return
        properties = paragraph.find(qn("w:pPr"))
        style, own = value(properties, "w:pStyle"), value(properties, "w:outlineLvl")
        level = int(own) + 2 if own in tuple("01234567") else self._levels.get(style, 0)
        if style in self._contents:
            self._flow.item(" ".join(text.split()))
            return
        in_list = bool(mark) or style.lower().startswith("list")
        notes = self._notes.referred_to(paragraph)
        if in_list and not level and not numbers_a_clause(mark):
            self._flow.item(f"{mark or BULLET} {' '.join(text.split())}", notes)
        else:
            self._flow.paragraph(_numbered(mark, text), level, notes)

    def _add_charts(self, paragraph: etree._Element) -> None:
        for chart in paragraph.iter(f"{{{CHART}}}chart"):
            found = self._parts.get(chart.get(qn("r:id"), ""))
            if found is not None and not found.is_external:
                self._flow.end_list()
                add_chart(self._flow.builder, found.target_part.blob)

    def _mark(self, paragraph: etree._Element) -> str:
        properties = paragraph.find(qn("w:pPr"))
        return self._numbers.mark(properties, value(properties, "w:pStyle"))

    def _add_table(self, table: etree._Element, depth: int) -> None:
        own = table.xpath(_ROWS)
        rows = [list(_cells(row)) for row in own]
        narrow = all(sum(span for _, span in row) < 2 for row in rows)
        nested = table.xpath("boolean(.//w:tc//w:tbl)") or narrow
        if nested and depth < _MAX_DEPTH:
            for cell in (cell for row in own for cell in row.xpath(_CELLS)):
                self.add(cell, depth + 1)
                self._flow.end_list()
            return
        self._flow.table(self._rows(rows), self._notes.referred_to(table))

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
        match = HEADING_STYLE.fullmatch(name)
        if name == "Title" or match or outline in tuple("01234567"):
            level = 1 + int(match[1]) if match else 1 if name == "Title" else int(outline) + 2
            levels[style.get(qn("w:styleId"), "")] = level
    return levels


def _styles_of_contents(document: WordDocument) -> set[str]:
    """The ids of the styles that the lines of a table of contents have."""
    styles = document.styles.element.iterchildren(qn("w:style"))
    return {
        style.get(qn("w:styleId"), "")
        for style in styles
        if _OF_CONTENTS.fullmatch(value(style, "w:name"))
    }


def _language(document: WordDocument) -> str:
    found = document.styles.element.xpath("w:docDefaults/w:rPrDefault/w:rPr/w:lang/@w:val")
    return language_code("".join(found[:1]))

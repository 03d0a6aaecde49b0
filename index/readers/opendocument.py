"""OpenDocument text (.odt, .ott, .fodt): headings, lists, tables, notes where they belong.

What heads the pages comes before the text, what foots them after it. Deletions that are tracked,
hidden text and the table of contents, which repeats the headings, are left out.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from statistics import median
from zipfile import ZipFile

from lxml import etree

from index.blocks import LONG_ITEM
from index.dates import parse_date
from index.readers.archive import open_archive, part, xml_root
from index.readers.builder import TextBuilder, clean, clean_line
from index.readers.extracted import Extracted, UnreadableError
from index.readers.notes import Note, only_numbers_pages
from index.readers.opendocument_numbers import BULLET, Numbers
from index.readers.opendocument_text import BOX, PARAGRAPHS, Styles, name, notes_in, shown
from index.readers.stated import language_code
from index.readers.tables import Row, add_table
from index.text_tables import rows_place
from index.types import FileState, Metadata

_CONTENT, _STYLES, _META = "content.xml", "styles.xml", "meta.xml"
_MANIFEST = "META-INF/manifest.xml"
_CLAUSE = re.compile(r"\d+\.\d")
_LEFT_OUT = frozenset({name("text:tracked-changes"), name("text:table-of-content")})
_LIST, _TABLE = name("text:list"), name("table:table")
_ROW = name("table:table-row")
_CELL, _COVERED = name("table:table-cell"), name("table:covered-table-cell")
_UNNAMED = "-"
_MAX_DEPTH = 20
_MAX_REPEATED = 100


def extract(content: bytes) -> Extracted:
    roots = [xml_root(content)] if content.lstrip().startswith(b"<") else _roots(content)
    body = next((text for root in roots for text in root.iter(name("office:text"))), None)
    if body is None:
        raise UnreadableError("it holds no text of a document: save it as .odt")
    styles = Styles(*roots)
    builder = TextBuilder()
    seen = {clean(shown(p, styles)) for p in body.iter(*PARAGRAPHS)}
    for note in _margins(roots, styles, "header", seen):
        note.add_to(builder)
    above = len(builder.blocks)
    _Walker(builder, styles, Numbers(roots)).add(body, 0)
    heading = next((block.title for block in builder.blocks[above : above + 1]), "")
    for note in _margins(roots, styles, "footer", seen):
        note.add_to(builder)
    metadata, created = _metadata(roots)
    metadata = replace(metadata, title=metadata.title or heading)
    return builder.extracted(metadata=metadata, created=created)


def _roots(content: bytes) -> list[etree._Element]:
    """What the file's parts hold: its text first, then its styles and what it says of itself."""
    archive = open_archive(content, office=False)
    _refuse_encrypted(archive)
    names = set(archive.namelist())
    others = [one for one in (_STYLES, _META) if one in names]
    return [xml_root(part(archive, one)) for one in (_CONTENT, *others)]


def _refuse_encrypted(archive: ZipFile) -> None:
    # Not parsed: those of early programs are no XML that a parser takes.
    if _MANIFEST in archive.namelist() and b":encryption-data" in part(archive, _MANIFEST):
        raise UnreadableError("it asks for a password: save it without one", FileState.ENCRYPTED)


class _Walker:
    """Adds paragraphs, lists and tables in order; a note follows what refers to it."""

    def __init__(self, builder: TextBuilder, styles: Styles, numbers: Numbers) -> None:
        self._builder = builder
        self._styles = styles
        self._numbers = numbers
        self._items: list[str] = []
        self._notes: list[Note] = []
        self._tables = 0

    def add(self, parent: Iterable[etree._Element], depth: int) -> None:
        for element in parent:
            if element.tag in PARAGRAPHS:
                self._add_paragraph(element)
                self._add_boxes(element, depth)
            elif element.tag == _LIST:
                self._add_list(element, "", depth, 1)
                self._end_list()
            elif element.tag == _TABLE:
                self._add_table(element, depth)
            elif not self._is_left_out(element) and depth < _MAX_DEPTH:
                self.add(element, depth + 1)

    def _is_left_out(self, element: etree._Element) -> bool:
        return element.tag in _LEFT_OUT or self._styles.hides(element)

    def _add_paragraph(self, paragraph: etree._Element, mark: str = "") -> None:
        if self._styles.hides(paragraph):
            return
        text = clean(shown(paragraph, self._styles))
        self._notes += notes_in(paragraph, self._styles)
        level = self._level(paragraph)
        if text and level > 0:
            start = paragraph.get(name("text:start-value"), "")
            mark = mark or self._numbers.mark("", level, start)
            text = f"{mark} {text}".strip()
        if level < 0:
            self._builder.prose(text)
        else:
            self._builder.heading(level + 1, text)
        self._add_notes()

    def _level(self, paragraph: etree._Element) -> int:
        """As ``Styles.level``."""
        outline = paragraph.get(name("text:outline-level"), "")
        if paragraph.tag == name("text:h") and outline.isdecimal() and outline.isascii():
            return min(max(int(outline), 1), _MAX_DEPTH)
        return self._styles.level(paragraph.get(name("text:style-name"), ""))

    def _add_boxes(self, paragraph: etree._Element, depth: int) -> None:
        for box in paragraph.iter(BOX):
            if depth < _MAX_DEPTH and next(box.iterancestors(BOX), None) is None:
                self.add(box, depth + 1)

    def _add_list(self, element: etree._Element, style: str, depth: int, level: int) -> None:
        if depth >= _MAX_DEPTH:
            return
        style = element.get(name("text:style-name"), style) or _UNNAMED
        if level == 1:
            continued = element.get(name("text:continue-numbering")) == "true"
            goes_on = continued or element.get(name("text:continue-list")) is not None
            self._numbers.begin(style, goes_on=goes_on)
        for item in element:
            mark = ""
            if item.tag == name("text:list-item"):
                start = item.get(name("text:start-value"), "")
                holds_text = any(inner.tag in PARAGRAPHS for inner in item)
                mark = self._numbers.mark(style, level, start) if holds_text else ""
            self._add_item(item, mark, style, depth, level)

    def _add_item(
        self, item: etree._Element, mark: str, style: str, depth: int, level: int
    ) -> None:
        for inner in item:
            if inner.tag == _LIST:
                self._add_list(inner, style, depth + 1, level + 1)
            elif inner.tag in PARAGRAPHS and self._level(inner) >= 0:
                self._end_list()
                self._add_paragraph(inner, mark.removeprefix(BULLET))
            elif inner.tag in PARAGRAPHS:
                self._add_line(inner, mark)
                self._add_boxes(inner, depth)
                mark = ""
            elif not self._is_left_out(inner) and depth < _MAX_DEPTH:
                self._end_list()
                self.add([inner], depth + 1)

    def _add_line(self, paragraph: etree._Element, mark: str) -> None:
        text = " ".join(clean(shown(paragraph, self._styles)).split())
        if not text or self._styles.hides(paragraph):
            return
        # What is numbered like "5.1" is a clause, not an item of a list.
        if _CLAUSE.search(mark):
            self._end_list()
            self._builder.prose(f"{mark} {text}")
        elif mark or not self._items:
            self._items.append(f"{mark} {text}".strip())
        else:
            self._items[-1] += f" {text}"
        self._notes += notes_in(paragraph, self._styles)

    def _end_list(self) -> None:
        if len(self._items) > 1 and median(map(len, self._items)) <= LONG_ITEM:
            self._builder.lines(self._items)
        else:
            for item in self._items:
                self._builder.prose(item.removeprefix(f"{BULLET} "))
        self._items = []
        self._add_notes()

    def _add_notes(self) -> None:
        if not self._items:
            for note in self._notes:
                note.add_to(self._builder)
            self._notes = []

    def _add_table(self, table: etree._Element, depth: int) -> None:
        rows = [row for row in table.iter(_ROW) if _of(row, table)]
        cells = [[cell for cell in row if cell.tag in (_CELL, _COVERED)] for row in rows]
        nested = any(next(cell.iter(_TABLE), None) is not None for row in cells for cell in row)
        if (nested or all(len(row) < 2 for row in cells)) and depth < _MAX_DEPTH:
            for cell in (cell for row in cells for cell in row):
                self.add(cell, depth + 1)
            return
        self._tables += 1
        place = f"table {self._tables}"
        add_table(
            self._builder,
            enumerate(self._rows(cells), start=1),
            lambda first, last: f"{place}, {rows_place(first, last)}",
        )
        self._notes += notes_in(table, self._styles)
        self._add_notes()

    def _rows(self, rows: Iterable[list[etree._Element]]) -> Iterator[Row]:
        """The texts of the cells; one that reaches down over rows is told with each of them."""
        reaching: dict[int, tuple[str, int]] = {}
        for cells in rows:
            row: list[str] = []
            for cell in cells:
                for _ in range(_times(cell, "columns-repeated")):
                    text, left = reaching.pop(len(row), ("", 0))
                    if cell.tag == _CELL:
                        text, left = self._text(cell), _times(cell, "rows-spanned") - 1
                    if left > 0:
                        reaching[len(row)] = text, left if cell.tag == _CELL else left - 1
                    row.append(text)
            yield row

    def _text(self, cell: etree._Element) -> str:
        return "\n".join(shown(p, self._styles) for p in cell.iter(*PARAGRAPHS)).strip()


def _of(row: etree._Element, table: etree._Element) -> bool:
    """Is it a row of this table, and of none inside it?"""
    return next(row.iterancestors(_TABLE), None) is table


def _times(cell: etree._Element, what: str) -> int:
    number = cell.get(name(f"table:number-{what}"), "1")
    return min(int(number), _MAX_REPEATED) if number.isdecimal() and number.isascii() else 1


def _margins(
    roots: Iterable[etree._Element], styles: Styles, place: str, seen: set[str]
) -> Iterator[Note]:
    """The texts of the "header" or "footer" of its pages, each once, unless the text has it too."""
    tags = (name(f"style:{place}"), name(f"style:{place}-first"), name(f"style:{place}-left"))
    for margin in (one for root in roots for one in root.iter(*tags)):
        lines = (clean(shown(p, styles)) for p in margin.iter(*PARAGRAPHS))
        text = "\n".join(filter(None, lines))
        if text not in seen and not only_numbers_pages(text):
            yield Note(place, text)
        seen.add(text)


def _metadata(roots: Iterable[etree._Element]) -> tuple[Metadata, str]:
    """What the document says of itself, and when it says that it was made."""
    said: dict[str, str] = {}
    for meta in (one for root in roots for one in root.iter(name("office:meta"))):
        said |= {str(one.tag): clean_line("".join(one.itertext())) for one in meta}
    author = said.get(name("meta:initial-creator")) or said.get(name("dc:creator"), "")
    metadata = Metadata(
        title=said.get(name("dc:title"), ""),
        author=author,
        language=language_code(said.get(name("dc:language"), "")),
    )
    return metadata, parse_date(said.get(name("meta:creation-date"), ""))

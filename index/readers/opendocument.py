"""OpenDocument text (.odt, .ott, .fodt): headings, lists, tables, notes where they belong.

What heads the pages comes before the text, what foots them after it. Deletions that are tracked,
hidden text and the table of contents, which repeats the headings, are left out.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from zipfile import ZipFile

from lxml import etree

from index.dates import parse_date
from index.readers.archive import open_archive, part, xml_root
from index.readers.builder import TextBuilder, clean, clean_line
from index.readers.extracted import Extracted, UnreadableError
from index.readers.notes import Note, only_numbers_pages
from index.readers.numerals import BULLET
from index.readers.office_flow import OfficeFlow, numbers_a_clause, title_of
from index.readers.opendocument_numbers import Numbers
from index.readers.opendocument_text import BOX, PARAGRAPHS, Styles, name, notes_in, shown
from index.readers.stated import language_code
from index.readers.tables import Row
from index.types import FileState, Metadata

_CONTENT, _STYLES, _META = "content.xml", "styles.xml", "meta.xml"
_MANIFEST = "META-INF/manifest.xml"
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
    above, below = (list(_margins(roots, styles, place)) for place in ("header", "footer"))
    # Read for this alone only where there is something to compare with.
    said = (clean(shown(p, styles)) for p in body.iter(*PARAGRAPHS)) if above or below else ()
    seen = set(said)
    _add_unsaid(builder, above, seen)
    _Walker(OfficeFlow(builder), styles, Numbers(roots)).add(body, 0)
    title = title_of(builder.blocks)
    _add_unsaid(builder, below, seen)
    metadata, created = _metadata(roots)
    metadata = replace(metadata, title=metadata.title or title)
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
    """Adds paragraphs, lists and tables in order."""

    def __init__(self, flow: OfficeFlow, styles: Styles, numbers: Numbers) -> None:
        self._flow = flow
        self._styles = styles
        self._numbers = numbers

    def add(self, parent: Iterable[etree._Element], depth: int) -> None:
        for element in parent:
            if element.tag in PARAGRAPHS:
                self._add_paragraph(element)
                self._add_boxes(element, depth)
            elif element.tag == _LIST:
                self._add_list(element, "", depth, 1)
                self._flow.end_list()
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
        level = self._level(paragraph)
        if text and level > 0:
            start = paragraph.get(name("text:start-value"), "")
            mark = mark or self._numbers.mark("", level, start)
            text = f"{mark} {text}".strip()
        self._flow.paragraph(text, level + 1, notes_in(paragraph, self._styles))

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
                self._add_paragraph(inner, mark.removeprefix(BULLET))
            elif inner.tag in PARAGRAPHS:
                self._add_line(inner, mark)
                self._add_boxes(inner, depth)
                mark = ""
            elif not self._is_left_out(inner) and depth < _MAX_DEPTH:
                self._flow.end_list()
                self.add([inner], depth + 1)

    def _add_line(self, paragraph: etree._Element, mark: str) -> None:
        text = " ".join(clean(shown(paragraph, self._styles)).split())
        if not text or self._styles.hides(paragraph):
            return
        notes = notes_in(paragraph, self._styles)
        if numbers_a_clause(mark):
            self._flow.paragraph(f"{mark} {text}", notes=notes)
        elif mark:
            self._flow.item(f"{mark} {text}", notes)
        else:
            self._flow.item_goes_on(text, notes)

    def _add_table(self, table: etree._Element, depth: int) -> None:
        rows = [row for row in table.iter(_ROW) if _of(row, table)]
        cells = [[cell for cell in row if cell.tag in (_CELL, _COVERED)] for row in rows]
        nested = any(next(cell.iter(_TABLE), None) is not None for row in cells for cell in row)
        if (nested or all(len(row) < 2 for row in cells)) and depth < _MAX_DEPTH:
            for cell in (cell for row in cells for cell in row):
                self.add(cell, depth + 1)
            return
        self._flow.table(self._rows(cells), notes_in(table, self._styles))

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


def _margins(roots: Iterable[etree._Element], styles: Styles, place: str) -> Iterator[Note]:
    """The texts of the "header" or "footer" of its pages, but for those that number them."""
    tags = (name(f"style:{place}"), name(f"style:{place}-first"), name(f"style:{place}-left"))
    for margin in (one for root in roots for one in root.iter(*tags)):
        lines = (clean(shown(p, styles)) for p in margin.iter(*PARAGRAPHS))
        text = "\n".join(filter(None, lines))
        if not only_numbers_pages(text):
            yield Note(place, text)


def _add_unsaid(builder: TextBuilder, notes: Iterable[Note], seen: set[str]) -> None:
    """Each text once, unless it was seen elsewhere."""
    for note in notes:
        if note.text not in seen:
            note.add_to(builder)
        seen.add(note.text)


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

"""A page's elements -> headings, paragraphs, lists and tables."""

import re
from collections.abc import Callable, Iterator
from statistics import median

from lxml import etree

from index.blocks import LONG_ITEM
from index.readers.builder import TextBuilder
from index.readers.numerals import formed
from index.readers.tables import Row, add_table
from index.readers.web_text import BLOCKS, is_hidden, raised, shown_text
from index.text_tables import rows_place

_LISTS = frozenset({"ul", "ol"})
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_STYLE = re.compile(r"list-style(?:-type)?\s*:[^;]*?\b(none|(?:lower|upper)-\w+)", re.IGNORECASE)
_FORMS = {
    "none": "none",
    **dict.fromkeys(("a", "lower-alpha", "lower-latin"), "lowerLetter"),
    **dict.fromkeys(("A", "upper-alpha", "upper-latin"), "upperLetter"),
    **dict.fromkeys(("i", "lower-roman"), "lowerRoman"),
    **dict.fromkeys(("I", "upper-roman"), "upperRoman"),
}
_SPACE = re.compile(r"[ \t\r\n\f]+")
_GAP = re.compile(r"\n\s*\n")
_RIGHTS = re.compile(
    r"(?:©|\(c\)|copyright\b).{0,200}|.{0,200}\ball rights reserved\W*", re.I | re.S
)
_MAX_DEPTH = 150
_MAX_SPAN = 100
_CELL_CHARS = 500


def add_element(
    builder: TextBuilder, root: etree._Element, writer: Callable[[str], str] = lambda before: ""
) -> None:
    """Add what a page, or a part of it, shows.

    ``writer`` says who wrote what is quoted behind a text.
    """
    walker = _Walker(builder, writer)
    walker.visit(root, 0)
    walker.flush()


class _Walker:
    """Gathers the text of inline elements until a block begins or ends."""

    def __init__(self, builder: TextBuilder, writer: Callable[[str], str]) -> None:
        self._builder = builder
        self._writer = writer
        self._before = ""
        self._text: list[str] = []
        self._tables = 0
        self._footers = 0
        self._asides = 0
        self._mark = ""

    def visit(self, element: etree._Element, depth: int) -> None:
        self._add(element.text)
        for child in element:
            if not is_hidden(child):
                self._child(child, depth + 1)
            self._add(child.tail)

    def flush(self) -> None:
        text = "".join(self._text)
        self._text = []
        self._before = text if text.strip() else self._before
        for part in _GAP.split(text):
            # Whose the page is answers nothing, but shares its words with many a question.
            if not (self._footers and _RIGHTS.fullmatch(part.strip())):
                self._builder.prose(self._marked(part))

    def _marked(self, text: str) -> str:
        """With the number of the item that it begins."""
        if not text.strip():
            return text
        mark, self._mark = self._mark, ""
        return mark + text.lstrip()

    def _add(self, text: str | None) -> None:
        if text:
            self._text.append(_SPACE.sub(" ", text))

    def _child(self, child: etree._Element, depth: int) -> None:
        tag = child.tag
        if tag == "br":
            self._text.append("\n")
        elif mark := raised(child, self._text):
            self._text.append(mark)
        elif depth > _MAX_DEPTH:
            self._add(f" {shown_text(child)} ")
        elif tag not in BLOCKS and tag not in _HEADINGS:
            self.visit(child, depth)
        else:
            self.flush()
            self._block(child, depth)
            self.flush()

    def _block(self, element: etree._Element, depth: int) -> None:
        match element.tag:
            case tag if tag in _HEADINGS and self._asides:
                self._builder.prose(self._marked(shown_text(element)))
            case tag if tag in _HEADINGS:
                self._builder.heading(_HEADINGS[tag], self._marked(shown_text(element)))
            case "ul" | "ol" | "dl" if not _has_structure(element):
                self._list(element, depth)
            case "ol":
                self._numbered(element, depth)
            case "table":
                self._table(element, depth)
            case "blockquote" if by := self._writer(self._before):
                with self._builder.headed(by):
                    self.visit(element, depth)
                    self.flush()
            case "aside":
                self._aside(element, depth)
            case "footer":
                self._footers += 1
                self.visit(element, depth)
                self.flush()
                self._footers -= 1
            case "pre":
                for end_of_line in element.iter("br"):
                    end_of_line.text = "\n"
                self._builder.lines("".join(element.itertext()).splitlines())
            case _:
                self.visit(element, depth)

    def _aside(self, element: etree._Element, depth: int) -> None:
        """Its title heads it, and not what the page goes on with behind it."""
        title = next((shown_text(heading) for heading in element.iter(*_HEADINGS)), "")
        self._asides += 1
        with self._builder.headed(title):
            self.visit(element, depth)
            self.flush()
        self._asides -= 1

    def _list(self, element: etree._Element, depth: int) -> None:
        items = list(_items(element, 0))
        if items and median(map(len, items)) > LONG_ITEM:
            (self._numbered if element.tag == "ol" else self.visit)(element, depth)
        else:
            self._builder.lines(items)

    def _numbered(self, element: etree._Element, depth: int) -> None:
        """A list of paragraphs, or of more than that, each item with its number."""
        number = _number(element, "start", 1) - 1
        for child in element:
            if is_hidden(child):
                continue
            if child.tag == "li":
                number = _number(child, "value", number + 1)
                self._mark = _enumerator(element, number)
            self._child(child, depth + 1)
            self.flush()
            self._mark = ""

    def _table(self, element: etree._Element, depth: int) -> None:
        # Asked first: to read the cells of tables within tables takes the square of their depth.
        rows, header = ([], None) if _has_structure(element) else _grid(element)
        narrow = all(len(row) < 2 for row in rows)
        if narrow or any(len(cell) > _CELL_CHARS for row in rows for cell in row):
            self.visit(element, depth)
            return
        self._tables += 1
        name = f"table {self._tables}"
        for caption in element.iterchildren("caption"):
            self._builder.prose(shown_text(caption))
        add_table(
            self._builder,
            enumerate(rows, start=1 + bool(header)),
            lambda first, last: f"{name}, {rows_place(first, last)}",
            header,
        )


def _has_structure(element: etree._Element) -> bool:
    """Does it hold headings, tables or code? Then it lays out a page rather than lists things."""
    inner = element.iterdescendants("h1", "h2", "h3", "h4", "h5", "h6", "table", "pre")
    return next(inner, None) is not None


def _items(element: etree._Element, depth: int) -> Iterator[str]:
    """The lines of a list; lists inside it are indented."""
    number = _number(element, "start", 1) - 1
    for child in element:
        if is_hidden(child):
            continue
        if child.tag in _LISTS and depth < _MAX_DEPTH:
            yield from _items(child, depth + 1)
            continue
        number = _number(child, "value", number + 1)
        mark = "- " if element.tag == "ul" else "  " if child.tag == "dd" else ""
        mark = _enumerator(element, number) if element.tag == "ol" else mark
        if text := shown_text(child, without=_LISTS if depth < _MAX_DEPTH else frozenset()):
            yield "  " * depth + mark + text
        for nested in _lists_in(child) if depth < _MAX_DEPTH else ():
            yield from _items(nested, depth + 1)


def _enumerator(element: etree._Element, number: int) -> str:
    """What an ordered list shows before the item of this number."""
    styled = _STYLE.search(element.get("style", ""))
    form = _FORMS.get(styled[1].lower() if styled else element.get("type", ""), "")
    return "" if form == "none" else f"{formed(number, form)}. "


def _number(element: etree._Element, name: str, otherwise: int) -> int:
    given = element.get(name, "").strip()
    return int(given) if re.fullmatch(r"-?\d{1,9}", given, re.ASCII) else otherwise


def _lists_in(item: etree._Element) -> Iterator[etree._Element]:
    """The lists inside an item that are shown, whatever is around them there; not those in them."""
    walk = etree.iterwalk(item, events=("start",))
    for _, element in walk:
        if is_hidden(element):
            walk.skip_subtree()
        elif element.tag in _LISTS and element is not item:
            walk.skip_subtree()
            yield element


def _grid(table: etree._Element) -> tuple[list[Row], Row | None]:
    """The rows below the header, and the header where the table marks one."""
    rows: list[list[str]] = []
    marked = 0
    below: dict[int, tuple[int, str]] = {}
    for element in table.iterdescendants("tr"):
        if is_hidden(element):
            continue
        cells = [c for c in element.iterchildren("td", "th") if not is_hidden(c)]
        in_head = element.getparent().tag == "thead" or all(c.tag == "th" for c in cells)
        marked += in_head and marked == len(rows)
        rows.append(_row(cells, below))
    if marked == 1 and len(rows) > 1:
        return list(rows[1:]), rows[0]
    return list(rows), None


def _row(cells: list[etree._Element], below: dict[int, tuple[int, str]]) -> list[str]:
    """One row; ``below`` has the cells that reach down from rows above, by column."""
    row: list[str] = []

    def fill() -> None:
        while len(row) in below:
            left, text = below.pop(len(row))
            if left > 1:
                carried[len(row)] = (left - 1, text)
            row.append(text)

    carried: dict[int, tuple[int, str]] = {}
    for cell in cells:
        fill()
        text = shown_text(cell)
        down = _span(cell, "rowspan")
        for i in range(_span(cell, "colspan")):
            if down > 1:
                carried[len(row)] = (down - 1, text)
            row.append(text if i == 0 else "")
    fill()
    below.clear()
    below.update(carried)
    return row


def _span(cell: etree._Element, name: str) -> int:
    given = cell.get(name, "1")
    return max(1, min(int(given), _MAX_SPAN)) if given.isdecimal() and len(given) < 6 else 1

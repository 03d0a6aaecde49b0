"""A page's elements -> headings, paragraphs, lists and tables."""

import re
from collections.abc import Iterator, Sequence
from itertools import islice
from statistics import median

from lxml import etree

from index.blocks import LONG_ITEM
from index.readers.builder import TextBuilder, clean_line
from index.readers.tables import Row, add_table
from index.text_tables import rows_place

_HIDDEN_TAGS = (
    "script style template noscript nav head iframe object embed svg math canvas audio video"
    " button select datalist input textarea dialog map"
)
_BLOCK_TAGS = (
    "address article aside blockquote body caption center dd details div dl dt fieldset figcaption"
    " figure footer form header hgroup hr html legend li main ol p pre section summary table tbody"
    " td tfoot th thead tr ul"
)
_HIDDEN = frozenset(_HIDDEN_TAGS.split())
_BLOCKS = frozenset(_BLOCK_TAGS.split())
_LISTS = frozenset({"ul", "ol"})
# What DocBook, Sphinx and Bootstrap call theirs.
_NAVIGATION = frozenset(["navheader", "navfooter", "navbar", "breadcrumb", "sphinxsidebar"])
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_LABELLED = frozenset({*_HEADINGS, "dt", "summary"})
_LABEL_DEPTH = 5
_INVISIBLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_SPACE = re.compile(r"[ \t\r\n\f]+")
_GAP = re.compile(r"\n\s*\n")
_NOTE = re.compile(r"\[?([\d*†‡]{1,4}|[a-z]{1,2})\]?")
_RIGHTS = re.compile(
    r"(?:©|\(c\)|copyright\b).{0,200}|.{0,200}\ball rights reserved\W*", re.I | re.S
)
_MAX_DEPTH = 150
_MAX_SPAN = 100
_CELL_CHARS = 500


def add_element(builder: TextBuilder, root: etree._Element) -> None:
    """Add what a page, or a part of it, shows."""
    walker = _Walker(builder)
    walker.visit(root, 0)
    walker.flush()


def shown_text(root: etree._Element, without: frozenset[str] = frozenset()) -> str:
    """All the text that is shown in an element, whatever its depth, on one line."""
    parts: list[str] = []
    walk = etree.iterwalk(root, events=("start", "end"))
    for event, element in walk:
        if event == "start" and (
            is_hidden(element) or (element is not root and element.tag in without)
        ):
            walk.skip_subtree()
            continue
        if event == "start" and (raised := _raised(element, parts)):
            parts.append(raised)
            walk.skip_subtree()
            continue
        if event == "start":
            parts.append(" " if element.tag in _BLOCKS or element.tag == "br" else "")
            parts.append(element.text or "")
        elif element is not root:
            parts.append((" " if element.tag in _BLOCKS else "") + (element.tail or ""))
    return clean_line("".join(parts))


def is_hidden(element: etree._Element) -> bool:
    return (
        (element.tag in _HIDDEN and not _is_label(element))
        or "hidden" in element.attrib
        or element.get("aria-hidden") == "true"
        or element.get("role") == "navigation"
        or not _NAVIGATION.isdisjoint(element.get("class", "").split())
        or _INVISIBLE.search(element.get("style", "")) is not None
    )


def _is_label(element: etree._Element) -> bool:
    """What folds a part of the page is a button by its kind, and the part's title by its words."""
    around = islice(element.iterancestors(), _LABEL_DEPTH) if element.tag == "button" else ()
    return any(outer.tag in _LABELLED for outer in around)


def _raised(element: etree._Element, before: Sequence[str]) -> str:
    """The mark of a note in brackets, an exponent behind "^", or "" for all else.

    Without them "10" and a raised 6 would be read as 106.
    """
    kind = f"{element.get('role', '')} {element.get('epub:type', '')}"
    refers = "noteref" in kind
    if not refers and element.tag != "sup":
        return ""
    note = _NOTE.fullmatch("".join(element.itertext()).strip())
    parent = element.getparent()
    linked = next(element.iter("a"), None) is not None or (parent is not None and parent.tag == "a")
    if note and (refers or linked):
        return f"[{note[1]}]"
    behind_digit = before and before[-1][-1:].isdecimal()
    return f"^{note[1]}" if note and note[1].isdecimal() and behind_digit else ""


class _Walker:
    """Gathers the text of inline elements until a block begins or ends."""

    def __init__(self, builder: TextBuilder) -> None:
        self._builder = builder
        self._text: list[str] = []
        self._tables = 0
        self._footers = 0

    def visit(self, element: etree._Element, depth: int) -> None:
        self._add(element.text)
        for child in element:
            if not is_hidden(child):
                self._child(child, depth + 1)
            self._add(child.tail)

    def flush(self) -> None:
        text = "".join(self._text)
        self._text = []
        for part in _GAP.split(text):
            # Whose the page is answers nothing, but shares its words with many a question.
            if not (self._footers and _RIGHTS.fullmatch(part.strip())):
                self._builder.prose(part)

    def _add(self, text: str | None) -> None:
        if text:
            self._text.append(_SPACE.sub(" ", text))

    def _child(self, child: etree._Element, depth: int) -> None:
        tag = child.tag
        if tag == "br":
            self._text.append("\n")
        elif raised := _raised(child, self._text):
            self._text.append(raised)
        elif depth > _MAX_DEPTH:
            self._add(f" {shown_text(child)} ")
        elif tag not in _BLOCKS and tag not in _HEADINGS:
            self.visit(child, depth)
        else:
            self.flush()
            self._block(child, depth)
            self.flush()

    def _block(self, element: etree._Element, depth: int) -> None:
        match element.tag:
            case tag if tag in _HEADINGS:
                self._builder.heading(_HEADINGS[tag], shown_text(element))
            case "ul" | "ol" | "dl" if not _has_structure(element):
                self._list(element, depth)
            case "table":
                self._table(element, depth)
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

    def _list(self, element: etree._Element, depth: int) -> None:
        items = list(_items(element, 0))
        if items and median(map(len, items)) > LONG_ITEM:
            self.visit(element, depth)
        else:
            self._builder.lines(items)

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
        mark = {"ol": f"{number}. ", "ul": "- "}.get(element.tag, "  " if child.tag == "dd" else "")
        if text := shown_text(child, without=_LISTS if depth < _MAX_DEPTH else frozenset()):
            yield "  " * depth + mark + text
        for nested in _lists_in(child) if depth < _MAX_DEPTH else ():
            yield from _items(nested, depth + 1)


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

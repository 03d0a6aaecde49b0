"""What an office document says, in its order -> the text: paragraphs, lists, tables, notes."""

import re
from collections.abc import Iterable, Sequence
from statistics import median

from index.blocks import LONG_ITEM, Block
from index.readers.builder import TextBuilder
from index.readers.notes import Note
from index.readers.numerals import BULLET
from index.readers.tables import Row, add_table
from index.text_tables import rows_place

HEADING_STYLE = re.compile(r"heading (\d)", re.IGNORECASE)
"""What programs call the styles of headings."""
_CLAUSE = re.compile(r"\d+\.\d")


class OfficeFlow:
    """Adds to ``builder``; adjacent items become one list.

    A note follows the paragraph, list or table that refers to it, so that it stands under the same
    headings.
    """

    def __init__(self, builder: TextBuilder) -> None:
        self.builder = builder
        self._items: list[str] = []
        self._notes: list[Note] = []
        self._tables = 0

    def paragraph(self, text: str, level: int = 0, notes: Iterable[Note] = ()) -> None:
        """``level``: 1 for a title, 2 for a first heading and so on, 0 for prose."""
        self.end_list()
        if level:
            self.builder.heading(level, text)
        else:
            self.builder.prose(text)
        self.add_notes(notes)

    def item(self, line: str, notes: Iterable[Note] = ()) -> None:
        """An item of a list, behind its mark."""
        self._items.append(line)
        self._notes += notes

    def item_goes_on(self, text: str, notes: Iterable[Note] = ()) -> None:
        """A further paragraph of the last item."""
        if self._items:
            text = f"{self._items.pop()} {text}"
        self.item(text, notes)

    def end_list(self) -> None:
        """What comes is no item; a list of long items is paragraphs."""
        if len(self._items) > 1 and median(map(len, self._items)) <= LONG_ITEM:
            self.builder.lines(self._items)
        else:
            for item in self._items:
                self.builder.prose(item.removeprefix(f"{BULLET} "))
        notes, self._items, self._notes = self._notes, [], []
        self.add_notes(notes)

    def table(self, rows: Iterable[Row], notes: Iterable[Note] = ()) -> None:
        """Located by its number among the tables of the document, and by its rows."""
        self.end_list()
        self._tables += 1
        name = f"table {self._tables}"
        add_table(
            self.builder,
            enumerate(rows, start=1),
            lambda first, last: f"{name}, {rows_place(first, last)}",
        )
        self.add_notes(notes)

    def add_notes(self, notes: Iterable[Note]) -> None:
        """Those of what was added last."""
        for note in notes:
            note.add_to(self.builder)


def numbers_a_clause(mark: str) -> bool:
    """What is numbered like "5.1" is a clause, not an item of a list."""
    return _CLAUSE.search(mark) is not None


def title_of(blocks: Sequence[Block]) -> str:
    """The heading that the text begins with, below what heads the pages."""
    first = next((block for block in blocks if block.location != "header"), None)
    return first.title if first else ""

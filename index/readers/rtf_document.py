"""Paragraphs, items and rows of rich text -> the text of the document."""

import re
from collections.abc import Iterator
from statistics import median

from index.blocks import LONG_ITEM
from index.readers.builder import TextBuilder
from index.readers.notes import Note
from index.readers.rtf_state import HEADER
from index.readers.tables import add_table
from index.text_tables import rows_place

BULLET = "-"
_CLAUSE = re.compile(r"\d+\.\d")
_COUNTED = re.compile(r"[^\W_]")


class RtfDocument:
    """Adds paragraphs, items and rows; a note follows the paragraph that refers to it."""

    def __init__(self) -> None:
        self.builder = TextBuilder()
        self.notes: list[Note] = []
        self._headers: set[str] = set()
        self._items: list[str] = []
        self._rows: list[list[str]] = []
        self._tables = 0

    def paragraph(self, text: str, mark: str, level: int) -> None:
        if not text:
            return
        self._end_table()
        mark = mark if _COUNTED.search(mark) else BULLET if mark else ""
        # What is numbered like "5.1" is a clause, not an item of a list.
        if mark and not level and not _CLAUSE.search(mark):
            self._items.append(f"{mark} {' '.join(text.split())}")
            return
        self._end_list()
        text = f"{mark} {text}".strip() if mark != BULLET else text
        if level:
            self.builder.heading(level, text)
        else:
            self.builder.prose(text)
        self._add_notes()

    @property
    def title(self) -> str:
        """The heading that the text begins with."""
        first = next((b for b in self.builder.blocks if b.location != HEADER), None)
        return first.title if first else ""

    def row(self, cells: list[str], goes_on: list[bool]) -> None:
        """One whose cells are the lower parts of others tells them again."""
        self._end_list()
        above = self._rows[-1] if self._rows else []
        lower = list(_lower(cells, goes_on, above))
        self._rows.append(lower)

    def header(self, text: str) -> None:
        if text not in self._headers:
            self._headers.add(text)
            Note(HEADER, text).add_to(self.builder)

    def end(self) -> None:
        self._end_table()
        self._end_list()
        self._add_notes()

    def _end_list(self) -> None:
        if len(self._items) > 1 and median(map(len, self._items)) <= LONG_ITEM:
            self.builder.lines(self._items)
        else:
            for item in self._items:
                self.builder.prose(item.removeprefix(f"{BULLET} "))
        if self._items:
            self._items = []
            self._add_notes()

    def _end_table(self) -> None:
        if not self._rows:
            return
        self._tables += 1
        place = f"table {self._tables}"
        add_table(
            self.builder,
            enumerate(self._rows, start=1),
            lambda first, last: f"{place}, {rows_place(first, last)}",
        )
        self._rows = []
        self._add_notes()

    def _add_notes(self) -> None:
        for note in self.notes:
            note.add_to(self.builder)
        self.notes = []


def _lower(cells: list[str], goes_on: list[bool], above: list[str]) -> Iterator[str]:
    for at, cell in enumerate(cells):
        again = not cell and goes_on[at : at + 1] == [True]
        yield "".join(above[at : at + 1]) if again else cell

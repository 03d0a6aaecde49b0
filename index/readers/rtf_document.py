"""Paragraphs, items and rows of rich text, as they end -> the text of the document."""

import re
from collections.abc import Iterator, Sequence

from index.readers.builder import TextBuilder
from index.readers.notes import Note
from index.readers.numerals import BULLET
from index.readers.office_flow import OfficeFlow, numbers_a_clause
from index.readers.rtf_state import HEADER

_COUNTED = re.compile(r"[^\W_]")


class RtfDocument:
    """Rows one after the other are a table; what a header says is told once."""

    def __init__(self) -> None:
        self.builder = TextBuilder()
        self._flow = OfficeFlow(self.builder)
        self._headers: set[str] = set()
        self._rows: list[list[str]] = []
        self._notes: list[Note] = []

    def paragraph(self, text: str, mark: str, level: int, notes: Sequence[Note]) -> None:
        """``mark`` is that of an item or a heading, "" of others."""
        self._end_table()
        mark = mark if _COUNTED.search(mark) else BULLET if mark else ""
        if mark and not level and not numbers_a_clause(mark):
            self._flow.item(f"{mark} {' '.join(text.split())}", notes)
        else:
            text = f"{mark} {text}".strip() if mark != BULLET else text
            self._flow.paragraph(text, level, notes)

    def row(self, cells: list[str], goes_on: list[bool], notes: Sequence[Note]) -> None:
        """One whose cells are the lower parts of others tells them again."""
        above = self._rows[-1] if self._rows else []
        self._rows.append(list(_lower(cells, goes_on, above)))
        self._notes += notes

    def header(self, text: str) -> None:
        if text not in self._headers:
            self._headers.add(text)
            Note(HEADER, text).add_to(self.builder)

    def end(self, notes: Sequence[Note]) -> None:
        """``notes`` that nothing referred to any more."""
        self._end_table()
        self._flow.end_list()
        self._flow.add_notes(notes)

    def _end_table(self) -> None:
        if self._rows:
            self._flow.table(self._rows, self._notes)
            self._rows, self._notes = [], []


def _lower(cells: list[str], goes_on: list[bool], above: list[str]) -> Iterator[str]:
    for at, cell in enumerate(cells):
        again = not cell and goes_on[at : at + 1] == [True]
        yield "".join(above[at : at + 1]) if again else cell

"""Rows of tables, each cell with the name of its column.

"China | 10 | 15 | 8" tells neither a reader nor a model what was won. With its header's names a row
can be read, quoted and checked alone: what a claim says of a column must be the value there.
"""

import re
from collections.abc import Sequence, Set

from index.lines import has_word, item_text
from index.text_tables import are_aligned, cells_of, is_header, is_rule
from index.types import Paragraph
from index.words import MONTHS, content_stems, names, negated, numbers, stems
from rag.quantities import added_in_full

SHOWN_CELLS = 12
"""A row of more is told to the model by the cells that the question may mean."""

_KEYS = 2
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_MONTH = re.compile(
    r"\b\d{4}[-/](0[1-9]|1[0-2])(?:[-/]\d{2})?\b|\b\d{1,2}\.(0?[1-9]|1[0-2])\.\d{4}\b"
)

Cell = tuple[str, str]
"""The name of its column, "" where there is none, and the value."""


def cells(paragraph: Paragraph, text: str) -> tuple[Cell, ...]:
    """The cells of a row under a header; none for the header, a rule, or what is no row."""
    if not (_parted(text) or _by_blanks(paragraph, text)) or not has_word(text):
        return ()
    header, values = _header(paragraph), cells_of(text)
    if len(values) == len(header) + 1 and all(any(map(str.isdigit, name)) for name in header):
        # Over periods alone: nothing heads the names of the rows.
        header = ["", *header]
    if not 1 < len(values) <= len(header) or values == header:
        return ()
    return tuple((column, value) for column, value in zip(header, values, strict=False) if value)


def is_column_names(paragraph: Paragraph, text: str) -> bool:
    """Is it the header of the rows below it?"""
    parted = _parted(text) or _by_blanks(paragraph, text)
    return len(paragraph.sentences) > 1 and parted and cells_of(text) == _header(paragraph)


def told(paragraph: Paragraph, text: str, question: str = "") -> str:
    """A row with the names of its columns, any other sentence as it is.

    For a ``question`` of a row of many cells the first ones and those that share a word with it.
    """
    row = cells(paragraph, text)
    if question and len(row) > SHOWN_CELLS:
        asked = set(content_stems(question))
        meant = [c for c in row[_KEYS:] if asked & set(stems(" ".join((spoken(c[0]), c[1]))))]
        row = (*row[:_KEYS], *meant)[:SHOWN_CELLS] if meant else row[:SHOWN_CELLS]
    if question:
        row = tuple((column, _with_month(value)) for column, value in row)
    return "; ".join(f"{name}: {value}" if name else value for name, value in row) or text


def _with_month(value: str) -> str:
    """The month of a date by its name besides; a small model does not read it from its number."""
    date = _MONTH.fullmatch(value)
    return f"{value} ({_name_of(date)})" if date else value


def _months(text: str) -> list[str]:
    return [_name_of(date) for date in _MONTH.finditer(text)]


def _name_of(date: re.Match[str]) -> str:
    return MONTHS[int(date[1] or date[2]) - 1]


def spoken(column: str) -> str:
    """A column's name in words: ``gdpPercap`` is "gdp Percap"."""
    return _CAMEL.sub(" ", column.replace("_", " "))


def told_words(paragraph: Paragraph, text: str) -> list[str]:
    """The stems of a sentence, of a row's columns, and of days that it has as numbers."""
    columns = [spoken(column) for column, _ in cells(paragraph, text)]
    return stems(" ".join((text, *columns, *_months(text), *added_in_full(text))))


def record_words(paragraph: Paragraph, text: str) -> set[str]:
    """As ``told_words``, with those of the headings and the path above.

    But what rows of the table tell themselves, those alone tell: in the agreement of A with B the
    row of A is not B's.
    """
    above = (*paragraph.heading_path, paragraph.path.replace("_", " "))
    rows = [s.text for s in paragraph.sentences if cells(paragraph, s.text)]
    own = {word for word in stems(" ".join(rows)) if not word[0].isdigit()}
    return {*told_words(paragraph, text), *(set(stems(" ".join(above))) - own)}


def lacking(question: str, paragraph: Paragraph, text: str) -> int:
    """How many of the question's names and numbers a row does not tell; 0 of what is no row."""
    if not cells(paragraph, text):
        return 0
    return len((names(question) | numbers(question)) - record_words(paragraph, text))


def paragraph_words(paragraph: Paragraph) -> set[str]:
    """The stems of a paragraph and its headings, with what its rows and dates tell."""
    rows = (cells(paragraph, s.text) for s in paragraph.sentences)
    columns = {spoken(column) for row in rows for column, _ in row}
    parts = (paragraph.text, *paragraph.heading_path, *columns, *_months(paragraph.text))
    return set(stems(" ".join(parts)))


def words_with_path(paragraph: Paragraph) -> set[str]:
    """``paragraph_words`` and the stems of the document's path."""
    return paragraph_words(paragraph).union(stems(paragraph.path.replace("_", " ")))


def misread(
    claim: str, question: str, must: Set[str], rows: Sequence[tuple[Paragraph, str]]
) -> bool:
    """Does the claim say of these rows what one of them has not?

    A row is a record of its own, so all that ``must`` be borne out (names and numbers) stands in
    it, in the headings, or in the path, what the question says included. Where the claim tells of a
    column, it has the value there and not another one's. And what a row has it does not deny.
    """
    if negated(claim) and not any(negated(text) for _, text in rows):
        return True
    asked = names(question) & set(stems(claim))
    if any((must | asked) - record_words(*row) for row in rows):
        return True
    return all(_another_column(claim, question, cells(p, text)) for p, text in rows)


def _another_column(claim: str, question: str, row: Sequence[Cell]) -> bool:
    """Does the claim name columns, have none of their values, and have one of a column besides?"""
    said, asked = set(stems(claim)), set(stems(question))
    named = [value for column, value in row if said & set(content_stems(spoken(column)))]
    has = [(column, value) for column, value in row if _all_in(value, said)]
    others = [v for column, v in has if v not in named and not _all_in(v, asked)]
    return bool(named) and bool(others) and not any(value in named for _, value in has)


def _all_in(value: str, words: Set[str]) -> bool:
    own = set(stems(value))
    return bool(own) and own <= words


def header_of(paragraph: Paragraph) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The headings over a table and the names of its columns: the same in all parts of it."""
    above, columns = paragraph.heading_path, tuple(_header(paragraph))
    return above[:-1] if above and _parted(above[-1]) else above, columns


def _header(paragraph: Paragraph) -> list[str]:
    above = paragraph.heading_path[-1] if paragraph.heading_path else ""
    if _parted(above):
        return cells_of(above)
    lines = [sentence.text for sentence in paragraph.sentences[:2]]
    first = cells_of(lines[0]) if lines else []
    # Over a rule years may be all that heads the columns.
    return first if is_header(first) or (len(lines) > 1 and is_rule(lines[1])) else []


def _by_blanks(paragraph: Paragraph, text: str) -> bool:
    """Is it a row among others that blanks alone part into cells?"""
    return "  " in text and are_aligned([sentence.text for sentence in paragraph.sentences])


def _parted(text: str) -> bool:
    """A tab after the mark of an item parts nothing."""
    return "|" in text or "\t" in text[item_text(text) :]

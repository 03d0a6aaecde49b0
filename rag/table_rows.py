"""The rows of one table in a document, and the words that a question has for its parts."""

from collections.abc import Sequence, Set
from dataclasses import dataclass

from index.types import Paragraph, Sentence, file_name
from index.words import stem, stems
from rag.mentions import Checked
from rag.rows import Cell, cells, header_of, record_words, spoken
from rag.verify import Span, verbatim

_SUMS = {stem(word) for word in ("total", "sum", "all", "overall", "average", "altogether")}


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a table where it stands."""

    paragraph: Paragraph
    sentence: Sentence
    cells: tuple[Cell, ...]

    @property
    def span(self) -> Span:
        """Its words in the document."""
        return Span(self.paragraph, self.sentence.start, self.sentence.end)

    def value(self, column: str) -> str:
        """What it has there, "" for nothing."""
        return next((value for name, value in self.cells if name == column), "")


def rows_of(paragraphs: Sequence[Paragraph]) -> list[Row]:
    """The rows under headers, in order."""
    found = [Row(p, s, cells(p, s.text)) for p in paragraphs for s in p.sentences]
    return [row for row in found if row.cells]


def table_of(paragraphs: Sequence[Paragraph], row: Row) -> list[Row]:
    """All rows of the table that ``row`` is in, of the ``paragraphs`` of its document."""
    table = header_of(row.paragraph)
    return rows_of([p for p in paragraphs if header_of(p) == table])


def without_sums(rows: Sequence[Row]) -> list[Row]:
    """Those that are not the total of others."""
    return [row for row in rows if not set(stems(row.cells[0][1])) & _SUMS]


def columns_of(rows: Sequence[Row]) -> list[str]:
    """The names of the columns in which any row has a value, in order."""
    return list(dict.fromkeys(column for row in rows for column, _ in row.cells))


def column_words(columns: Sequence[str]) -> set[str]:
    """The stems of their names."""
    return set(stems(" ".join(map(spoken, columns))))


def words_above(rows: Sequence[Row]) -> set[str]:
    """The stems of the headings and the path over a table, but of what its own rows tell."""
    return set().union(*(record_words(row.paragraph, "") for row in rows[:1]))


def whole_values(words: Set[str], rows: Sequence[Row]) -> set[frozenset[str]]:
    """The cells, as stems, whose whole value is among ``words``, without those within others.

    The city of "Mexico City" is no such value: "which city" does not mean that row.
    """
    values = {frozenset(stems(value)) for row in rows for _, value in row.cells}
    named = {value for value in values if value and value <= words}
    return {value for value in named if not any(value < other for other in named)}


def name_of(rows: Sequence[Row]) -> str:
    """What to call the table by: the name of its file."""
    return file_name(rows[0].paragraph.path)


def quoted(row: Row) -> Checked:
    """A row as a sentence of the answer."""
    return row.span.words, verbatim(row.span)

"""The rows of one table in a document, and the words that a question has for its parts."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass
from math import fsum

from index.types import Paragraph, Sentence, file_name
from index.words import STOP_WORDS, WORD, content_stems, stem, stems
from rag.match import Span, verbatim
from rag.mentions import Checked
from rag.tables.column_values import Values, amounts
from rag.tables.rows import Cell, cells, header_of, record_words, spoken

_TOTALS = {stem(word) for word in ("total", "subtotal", "sum")}
_SUMS = _TOTALS | {stem(word) for word in ("all", "overall", "average", "altogether")}
_JOINING = {"of", "the", "and", "in", "for", "grand"}
_LIKE_SUMS = re.compile(rf"\b(?:{'|'.join(sorted(_SUMS))})", re.IGNORECASE)

_PARTS = 3
_MOST_PARTS = 50
_LARGE = 100
"""A figure of three digits is hardly the sum of others by chance."""

_EXACT = 0.01

_BEGUN = 2
"""Letters of a word that its stem keeps."""

Cells = Mapping[frozenset[str], Mapping[str, Set[int]]]
"""Stems of a value -> the columns that have it -> the places of the rows that do."""


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


def one_of_several(question: str, paragraphs: Sequence[Paragraph], row: Row) -> bool:
    """Are there tables of the same columns beside that of ``row``, and does it name none of them?

    ``paragraphs`` are those of its document, whose headings tell such tables apart.
    """
    own, columns = header_of(row.paragraph)
    headers = {header_of(paragraph) for paragraph in paragraphs}
    others = {above for above, names in headers if names == columns and above != own}
    words = set(stems(" ".join(own))).difference(*(stems(" ".join(above)) for above in others))
    return bool(others) and not words & set(content_stems(question))


def without_sums(rows: Sequence[Row]) -> list[Row]:
    """Those that are not the total of others, by their name or, the last and the first, by value.

    Of divisions, the one that the others add up to is the group.
    """
    columns = columns_of(rows)
    words = column_words(columns)
    kept = [r for r in rows if not (_LIKE_SUMS.search(r.cells[0][1]) and _is_sum(r, words))]
    for at in (-1, 0):
        if _PARTS < len(kept) <= _MOST_PARTS and _adds_up(kept[at], kept, columns[1:]):
            del kept[at]
    return kept


def _adds_up(row: Row, rows: Sequence[Row], columns: Sequence[str]) -> bool:
    """Has it the sum of what the others have, in two columns or in one of large figures?"""
    others = [other for other in rows if other is not row]
    equal = 0
    for column in columns:
        values = amounts([r.value(column) for r in (row, *others)])
        if values is None or values[0] is None:
            continue
        total, parts = values[0], [part for part in values[1:] if part]
        digit = _last_digit(values)
        is_large = abs(total) >= _LARGE * digit
        # Large figures are often rounded ones.
        apart = digit * (is_large + _EXACT)
        if len(parts) >= _PARTS and abs(total - fsum(parts)) <= apart:
            equal += 1 + is_large
    return equal > 1


def _last_digit(values: Values) -> float:
    """What the last digit of the finest of them counts."""
    decimals = max(len(f"{v:.6f}".rstrip("0").partition(".")[2]) for v in values if v is not None)
    return float(10**-decimals)


def _is_sum(row: Row, columns: Set[str]) -> bool:
    """ "Total", "Graz total" and "All branches", but not "All Saints"."""
    words = stems(row.cells[0][1])
    if not words or not _SUMS & set(words):
        return False
    if _TOTALS & {words[0], words[-1]}:
        return True
    return set(words) - _SUMS - columns <= _JOINING


def columns_of(rows: Sequence[Row]) -> list[str]:
    """The names of the columns in which any row has a value, in order."""
    return list(dict.fromkeys(column for row in rows for column, _ in row.cells))


def column_words(columns: Sequence[str]) -> set[str]:
    """The stems of their names."""
    return set(stems(" ".join(map(spoken, columns))))


def column_stems(column: str) -> set[str]:
    """Those of a column's words that carry meaning; all of them where none does."""
    words = spoken(column)
    return set(content_stems(words)) or set(stems(words))


def asked_stems(question: str) -> set[str]:
    """The stems of its words that carry meaning, and of "US" and "IT", written so."""
    shown = [] if question.isupper() else filter(_stands_for_something, WORD.findall(question))
    return {*content_stems(question), *map(stem, shown)}


def _stands_for_something(word: str) -> bool:
    """Is it in capitals what in small letters says nothing, like "it"?"""
    return len(word) > 1 and word.isupper() and word.lower() in STOP_WORDS - {"and", "or"}


def words_above(rows: Sequence[Row]) -> set[str]:
    """The stems of the headings and the path over a table, but of what its own rows tell."""
    return set().union(*(record_words(row.paragraph, "") for row in rows[:1]))


def values_of(words: Iterable[str], rows: Sequence[Row]) -> Cells:
    """The cells whose whole value is among ``words`` (stems)."""
    words = set(words)
    # Most cells of a long table begin with no word of the question, and are told by that.
    begun = {word[:_BEGUN] for word in words}
    found: dict[frozenset[str], dict[str, set[int]]] = defaultdict(lambda: defaultdict(set))
    for at, row in enumerate(rows):
        for column, value in row.cells:
            first = next((w for w in WORD.findall(value) if w.lower() not in STOP_WORDS), "")
            first = first or (value if _stands_for_something(value) else "")
            if first and stem(first)[:_BEGUN] in begun:
                own = frozenset(content_stems(value)) or frozenset([stem(first)])
                if own <= words:
                    found[own][column].add(at)
    return found


def longest(values: Cells) -> Cells:
    """Those that are no part of others.

    The city of "Mexico City" is not named: "which city" does not mean that row.
    """
    return {v: of for v, of in values.items() if not any(v < other for other in values)}


def name_of(rows: Sequence[Row]) -> str:
    """What to call the table by: the name of its file."""
    return file_name(rows[0].paragraph.path)


def quoted(row: Row) -> Checked:
    """A row as a sentence of the answer."""
    return row.span.words, verbatim(row.span)

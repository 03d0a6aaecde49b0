"""The one cell of a table that a question names by its row and its column: no model reads it.

"What is the population of Graz?" is answered by the row of Graz and the column of populations.
Where all of the question's words are theirs or the table's, it asks for nothing else.
"""

import re
from collections.abc import Iterable, Iterator, Sequence, Set
from dataclasses import dataclass
from types import MappingProxyType

from index.query import full_text_words
from index.types import Paragraph
from index.words import content_stems, negated, numbers, stem
from rag.asked import is_yes_or_no
from rag.match import Match
from rag.mentions import Told
from rag.sanitise import may_be_shown
from rag.signals import WordsOfNamed
from rag.tables.rows import record_words, spoken
from rag.tables.table_rows import Row, column_stems, rows_of
from rag.types import Verdict

_OTHER = re.compile(
    r"\b(?:or|why|than|per|each|every|most|least|how (?!many|much|long|old|far|high|big|large))\b",
    re.IGNORECASE,
)
"""What asks for more than a cell."""
_RATES = {"per", "each", "every"}
"""But where the column is called so: "price per cubic metre"."""
_USUAL_TEXT = "many much have has give tell show list value amount figure report state"
_USUAL = frozenset(stem(word) for word in _USUAL_TEXT.split())
_IN_BRACKETS = re.compile(r"\([^()]*\)")
_NOTE = re.compile(r"\[\d{1,3}\]$")
_OF_YEAR = re.compile(r"\bFY ?(?=\d{4}\b)")
_YEAR = re.compile(r"(?:19|20)\d\d")
_ENDED_TEXT = "year fiscal end ended ending december 31 audited unaudited restated"
_ENDED = frozenset(stem(word) for word in _ENDED_TEXT.split())
"""What the name of a column says of a whole year besides it."""

_HOW = re.compile(
    r"(?:and |but )?how (?P<quality>\w+) (?:is|are|was|were) (?P<of>.+?)\W*"
    r"|(?:and |but )?how much (?:do|does|did) (?P<whose>.+?) (?P<does>\w+)\W*",
    re.IGNORECASE,
)
_COLUMN = {
    "deep": "depth", "wide": "width", "tall": "height", "high": "height", "long": "length",
    "old": "age", "heavy": "weight", "thick": "thickness", "fast": "speed",
    "earn": "salary", "weigh": "weight", "cost": "price",
}  # fmt: skip
"""What a column is called that tells how deep something is, or how much somebody earns."""


@dataclass(frozen=True, slots=True)
class _Found:
    row: Row
    key: frozenset[str]
    column: str


def by_column(question: str) -> str:
    """ "How deep is shaft B?" as it asks for a column: "the depth of shaft B"; "" for others."""
    how = _HOW.fullmatch(question.strip())
    column = _COLUMN.get((how["quality"] or how["does"]).lower(), "") if how else ""
    return f"the {column} of {how['of'] or how['whose']}" if how and column else ""


def words_of_cell(question: str) -> list[str]:
    """What a paragraph must hold that has the row and the column, as full-text search has it."""
    return [word for word in full_text_words(question) if stem(word) not in _USUAL]


def cell_asked(
    question: str, paragraphs: Iterable[Paragraph], named: WordsOfNamed = MappingProxyType({})
) -> Told:
    """The cell, told with the name of its row; nothing where several have different values.

    ``paragraphs`` are those that hold the words of the question, but of the names of documents that
    it has, ``named``.
    """
    asks_more = {word.lower() for word in _OTHER.findall(question)}
    if asks_more - _RATES or negated(question) or is_yes_or_no(question):
        return Told(())
    words = set(content_stems(question)) | numbers(question)
    found = [
        one
        for paragraph in paragraphs
        for one in _cells_of(words, rows_of([paragraph]), {*named.get(paragraph.path, ())})
    ]
    # The row of "vim" is not that of "vim-tiny".
    found = [f for f in found if not any(f.key < other.key for other in found)]
    if len({f.row.value(f.column) for f in found}) != 1:
        return Told(())
    first = found[0]
    if not asks_more <= set(first.column.lower().split()):
        return Told(())
    (name, key), value = first.row.cells[0], first.row.value(first.column)
    span = first.row.span
    said = f"{name}: {key}; {first.column}: {value}".removeprefix(": ")
    if not may_be_shown(said, [span]):
        return Told(())
    return Told(((said, Match(Verdict.SUPPORTED, (span,), 1.0)),))


def _cells_of(words: Set[str], rows: Sequence[Row], document: Set[str]) -> Iterator[_Found]:
    """Those that the words name with nothing left over but the name of the document."""
    if not rows:
        return
    first = rows[0].cells[0][0]
    table = record_words(rows[0].paragraph, "") | column_stems(first) | _USUAL | document
    for row in rows:
        (name, value), *cells = row.cells
        key = frozenset(content_stems(_NOTE.sub("", value)))
        if name != first or not key or not key <= words:
            continue
        named = [column for column, _ in cells if _own(column) and _own(column) <= words - key]
        meant = [c for c in named if not any(_own(c) < _own(other) for other in named)]
        if len(meant) == 1 and words - key - _own(meant[0]) <= table:
            yield _Found(row, key, meant[0])


def _own(column: str) -> set[str]:
    """The words of a column's name, without its unit; of "Year ended 31 December 2024" the year."""
    bare = _OF_YEAR.sub("", _IN_BRACKETS.sub(" ", column))
    words = set(content_stems(spoken(bare))) | numbers(bare)
    year = words - _ENDED
    of_year = len(year) == 1 and all(map(_YEAR.fullmatch, year))
    return year if of_year else words or column_stems(column)

"""The one cell of a table that a question names by its row and its column: no model reads it.

"What is the population of Graz?" is answered by the row of Graz and the column of populations. A
row is named by its first cell or by others: a product by its name as by its number, a reading by
its place and hour.
Where all of the question's words are theirs or the table's, it asks for nothing else.
"""

import re
from collections.abc import Iterable, Iterator, Sequence, Set
from dataclasses import dataclass
from types import MappingProxyType

from index.query import full_text_words
from index.types import Paragraph
from index.words import MONTH_STEMS, MONTHS, content_stems, negated, numbers, stem
from rag.asked import is_yes_or_no
from rag.match import Match
from rag.mentions import Told
from rag.sanitise import may_be_shown
from rag.signals import WordsOfNamed
from rag.tables.rows import Cell, record_words, spoken
from rag.tables.table_rows import Row, column_stems, rows_of
from rag.types import Verdict

_OTHER = re.compile(
    r"\b(?:or|why|than|per|each|every|most|least|how (?!many|much|long|old|far|high|big|large))\b",
    re.IGNORECASE,
)
"""What asks for more than a cell."""
_RATES = {"per", "each", "every"}
"""But where the column is called so: "price per cubic metre"."""
_USUAL_TEXT = "many much have has give tell show list value amount figure report state group arm"
_USUAL = frozenset(stem(word) for word in _USUAL_TEXT.split())
_TELLS_TEXT = "value amount figure meaning description definition explanation specification detail"
_TELLS = frozenset(stem(word) for word in _TELLS_TEXT.split())
"""What the only other column is called of a table whose first one says what each row tells."""
_IN_BRACKETS = re.compile(r"\([^()]*\)")
_MEASURED = re.compile(
    r"(?: (?:no\.?|n|mean|median|SD|IQR|range|years?|months?|weeks?|days?|hours?|h|min|per cent|%"
    r"|\([^()]*\)|[\w%°µμ]{1,6}(?:/[\w²³]{1,4}){1,2}),?)+"
)
_PAIR = 2
_NOTE = re.compile(r"\[\d{1,3}\]$")
_OF_YEAR = re.compile(r"\bFY ?(?=\d{4}\b)")
_YEAR = re.compile(r"(?:19|20)\d\d")
_DAY = re.compile(
    r"(?P<year>\d{4})-(?P<month>0[1-9]|1[0-2])-(?P<day>[0-3]\d)(?:[ T](?P<hour>\d\d:\d\d))?(?::00)*"
)
_MONTH = rf"(?:{'|'.join(MONTHS)})"
_WRITTEN_DAY = re.compile(
    rf"\b(?:\d{{1,2}}(?:st|nd|rd|th)? {_MONTH}|{_MONTH} \d{{1,2}}(?:st|nd|rd|th)?,?) \d{{4}}\b"
    r"(?:,?(?: at)? \d\d:\d\d\b)?",
    re.IGNORECASE,
)
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
    """``key`` are the words of the question that name the row, by the values of these columns."""

    row: Row
    key: frozenset[str]
    column: str
    by: tuple[str, ...]

    @property
    def cell(self) -> Cell:
        return self.column, self.row.value(self.column)


def by_column(question: str) -> str:
    """ "How deep is shaft B?" as it asks for a column: "the depth of shaft B"; "" for others."""
    how = _HOW.fullmatch(question.strip())
    column = _COLUMN.get((how["quality"] or how["does"]).lower(), "") if how else ""
    return f"the {column} of {how['of'] or how['whose']}" if how and column else ""


def words_of_cell(question: str) -> list[str]:
    """What a paragraph must hold that has the row and the column, as full-text search has it.

    Without the words of a day, which tables write in figures.
    """
    dayless = _WRITTEN_DAY.sub(" ", question)
    return [word for word in full_text_words(dayless) if stem(word) not in _USUAL]


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
    span = first.row.span
    told = (cell for cell in first.row.cells if cell[0] in (first.row.cells[0][0], *first.by))
    said = "; ".join(f"{name}: {value}".removeprefix(": ") for name, value in (*told, first.cell))
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
        if row.cells[0][0] != first:
            continue
        named = [column for column, _ in row.cells[1:] if _own(column) and _own(column) <= words]
        if not named and len(row.cells) == _PAIR and column_stems(row.cells[1][0]) & _TELLS:
            named = [row.cells[1][0]]
        for column in named:
            if any(_own(column) < _own(other) for other in named):
                continue
            keys = _keys(row, column, words - _own(column))
            key = frozenset[str]().union(*keys.values())
            known = table.union(key, _own(column), *map(column_stems, keys))
            if _tells_a_row(key, first in keys) and words <= known:
                yield _Found(row, key, column, tuple(keys))


def _keys(row: Row, but: str, words: Set[str]) -> dict[str, frozenset[str]]:
    """The columns whose whole value the words name, with the words; a figure names none but the
    first."""
    found = dict[str, frozenset[str]]()
    for place, (column, value) in enumerate(row.cells):
        for name in (value, _bare_name(value)) if place == 0 else (value,):
            own = _of_day(name) or frozenset(content_stems(_NOTE.sub("", name)))
            names = place == 0 or any(word[0].isalpha() for word in own)
            if column != but and names and own and own <= words:
                found[column] = own
                break
    return found


def _bare_name(value: str) -> str:
    """A row's name without how it is measured: "Haemoglobin, g/L", "Women, no. (%)"."""
    name, comma, measure = value.partition(",")
    return name if comma and _MEASURED.fullmatch(measure) else _IN_BRACKETS.sub(" ", value)


def _tells_a_row(key: Set[str], by_first: bool) -> bool:
    return by_first or any(word[0].isalpha() and word not in MONTH_STEMS for word in key)


def _of_day(value: str) -> frozenset[str]:
    """The words of a day as people write it, with the hour of a day; none of what is no day."""
    day = _DAY.fullmatch(value)
    if day is None:
        return frozenset()
    month = stem(MONTHS[int(day["month"]) - 1])
    return frozenset([day["year"], month, day["day"].lstrip("0"), *filter(None, [day["hour"]])])


def _own(column: str) -> set[str]:
    """The words of a column's name, without its unit; of "Year ended 31 December 2024" the year."""
    bare = _OF_YEAR.sub("", _IN_BRACKETS.sub(" ", column))
    words = set(content_stems(spoken(bare))) | numbers(bare)
    year = words - _ENDED
    of_year = len(year) == 1 and all(map(_YEAR.fullmatch, year))
    return year if of_year else words or column_stems(column)

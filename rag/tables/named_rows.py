"""Does a question name the row that is to answer it?

Every row of a price list has a price and fits "What is the price of plasterboard?"; the list need
not have plasterboard. So a row answers only a question that has a word of its cells: what columns
are called all rows share, and the figure of "more than 300" stands in other columns by chance. One
that tells only the title of its document, "Model: Pump A", answers nothing else.
"""

import re
from collections.abc import Iterable

from index.types import Paragraph, file_name
from index.words import content_stems, stems
from rag.tables.rows import cells

_BOUND = re.compile(
    r"\b(?:than|over|above|below|under|exceeding|at least|at most|up to|between) \W?\d[\d.,]*"
    r"(?: (?:and|to) \W?\d[\d.,]*)?",
    re.IGNORECASE,
)
_SAME_BEGINNING = 4
"""Plumber and plumbing, Spain and Spanish begin with so many of the same letters."""


def names_its_row(question: str, paragraph: Paragraph, text: str) -> bool:
    """Has it a word of the row's cells? True of what is no row, and of the only one of a table."""
    row = cells(paragraph, text)
    if not row or not _has_others(paragraph, text):
        return True
    told = set(stems(" ".join(value for _, value in row)))
    columns = " ".join(column for column, _ in row)
    asked = set(content_stems(question))
    named = asked & set(stems(f"{columns} {row[0][1]}"))
    if not named and told - set(stems(row[0][1])) <= _title(paragraph):
        return False
    return any(_is_among(word, told) for word in content_stems(_BOUND.sub(" ", question)))


def _title(paragraph: Paragraph) -> set[str]:
    return set(stems(" ".join((*paragraph.heading_path[:1], file_name(paragraph.path)))))


def _has_others(paragraph: Paragraph, text: str) -> bool:
    return any(s.text != text and cells(paragraph, s.text) for s in paragraph.sentences)


def _is_among(word: str, told: Iterable[str]) -> bool:
    begun = word[:_SAME_BEGINNING]
    return word in told or (
        len(begun) == _SAME_BEGINNING and any(other.startswith(begun) for other in told)
    )

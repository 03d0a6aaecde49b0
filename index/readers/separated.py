"""CSV and TSV: groups of rows under the header, which is row 1."""

import csv
import io
import re
from itertools import islice

from index.readers.builder import TextBuilder
from index.readers.encoding import decode
from index.readers.extracted import MAX_TEXT_CHARS, Extracted, UnreadableError
from index.readers.tables import add_table
from index.text_tables import rows_place

_SNIFFED_LINES = 20
# For Excel alone, which does not show it.
_SEPARATOR = re.compile(r"\ufeff?\"?sep=(.)\"?[\r\n]", re.IGNORECASE)


def extract(content: bytes) -> Extracted:
    text, note = decode(content)
    named = _SEPARATOR.match(text)
    csv.field_size_limit(MAX_TEXT_CHARS)
    builder = TextBuilder()
    try:
        mark = named[1] if named else _delimiter(text)
        rows = enumerate(csv.reader(io.StringIO(text, newline=""), delimiter=mark), start=1)
        add_table(builder, islice(rows, 1 if named else 0, None), rows_place)
    except csv.Error as error:
        raise UnreadableError(f"not a table of separated values: {error}") from error
    return builder.extracted(note)


def _delimiter(text: str) -> str:
    """The separator that parts the first lines into the most equal cells."""
    first = islice(io.StringIO(text, newline=""), _SNIFFED_LINES)
    lines = [line for line in first if line.strip()]

    def evenness(mark: str) -> tuple[int, int]:
        counts = [len(row) for row in csv.reader(lines, delimiter=mark) if row]
        usual = max(set(counts), key=counts.count) if counts else 1
        return (counts.count(usual) if usual > 1 else 0, usual)

    return max(",\t;|", key=evenness)

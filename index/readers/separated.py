"""CSV and TSV: groups of rows under the header, which is row 1."""

import csv
import io
from itertools import islice

from index.readers.builder import TextBuilder
from index.readers.encoding import decode
from index.readers.extracted import MAX_TEXT_CHARS, Extracted, UnreadableError
from index.readers.tables import add_table
from index.text_tables import rows_place

_SNIFFED_LINES = 20


def extract(content: bytes) -> Extracted:
    text, note = decode(content)
    csv.field_size_limit(MAX_TEXT_CHARS)
    builder = TextBuilder()
    try:
        reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text))
        add_table(builder, enumerate(reader, start=1), rows_place)
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

"""JSON and JSON lines: a paragraph for each record, long texts in it for themselves.

Records of the same few short fields are rows of a table: each is quoted with all that is in it.
Every paragraph names its place: the line of a JSON lines file, else the JSON pointer (RFC 6901).
"""

import json
from collections.abc import Iterator, Sequence
from typing import Any

from index.dates import parse_date
from index.readers.builder import TextBuilder, clean, clean_line
from index.readers.encoding import decode
from index.readers.extracted import Extracted, UnreadableError
from index.readers.tables import add_table
from index.types import FileState, Metadata

_PROSE_CHARS = 200
_RECORD_CHARS = 1_000
_CELL_CHARS = 100
_MOST_COLUMNS = 30
_FEWEST_RECORDS = 2
_ALIKE = 0.75
_MAX_DEPTH = 100

Path = tuple[str, ...]


class _Written(str):
    """A number with the digits that it was written with: 1.10 is a price, or a version."""


def extract(content: bytes) -> Extracted:
    text, note = decode(content)
    builder = TextBuilder()
    metadata = Metadata()
    try:
        value = json.loads(text, parse_float=_Written)
    except RecursionError as error:
        raise _too_deep() from error
    except ValueError as error:
        _add_lines(builder, text, error)
    else:
        _add(builder, value, ())
        metadata = _metadata(value)
    return builder.extracted(note, metadata)


def _add_lines(builder: TextBuilder, text: str, whole_error: ValueError) -> None:
    """One value a line. A file whose first line is none was meant to be one value."""
    read: list[tuple[int, Any]] = []
    for number, line in enumerate(text.split("\n"), start=1):
        if not line.strip():
            continue
        try:
            value = json.loads(line, parse_float=_Written)
        except RecursionError as error:
            raise _too_deep() from error
        except ValueError as error:
            message = f"not JSON: line {number}: {error}" if read else f"not JSON: {whole_error}"
            raise UnreadableError(message) from error
        read.append((number, value))
    values = [value for _, value in read]
    if names := _columns(values):
        numbers = (number for number, _ in read)
        add_table(builder, zip(numbers, _rows(values, names), strict=True), _lines_place, names)
        return
    for number, value in read:
        _add(builder, value, (), f"line {number}")


def _columns(values: Any) -> list[str]:
    """The fields of records that are rows of one table; none where they are not."""
    if not isinstance(values, list) or len(values) < _FEWEST_RECORDS:
        return []
    names: dict[str, None] = {}
    told = 0
    for value in values:
        fields = _named(value) if isinstance(value, dict) else {}
        if not fields or len(names) > _MOST_COLUMNS or max(map(len, fields.values())) > _CELL_CHARS:
            return []
        names |= dict.fromkeys(fields)
        told += len(fields)
    alike = told >= _ALIKE * len(names) * len(values)
    return list(names) if alike and 1 < len(names) <= _MOST_COLUMNS else []


def _named(value: Any) -> dict[str, str]:
    """The plain values in a record by their names; those of a record in it have both."""
    return {_name(at): text for at, text in _fields(value, ())}


def _rows(values: Sequence[Any], names: Sequence[str]) -> Iterator[list[str]]:
    for value in values:
        fields = _named(value)
        yield [fields.get(name, "") for name in names]


def _lines_place(first: int, last: int) -> str:
    return f"line {first}" if first == last else f"lines {first}-{last}"


def _add(builder: TextBuilder, value: Any, path: Path, line: str = "") -> None:
    """What is small is one paragraph, with its long texts after it; the rest is walked into."""
    if names := _columns(value):

        def place(first: int, last: int) -> str:
            ends = dict.fromkeys(_place((*path, str(i)), line) for i in (first, last))
            return " – ".join(ends)

        add_table(builder, enumerate(_rows(value, names)), place, names)
        return
    fields = list(_fields(value, ()))
    short = [f"{_name(at)}: {text}" if at else text for at, text in fields if not _is_long(text)]
    records = isinstance(value, list) and any(isinstance(part, dict | list) for part in value)
    records |= isinstance(value, dict) and any(map(_columns, value.values()))
    if records or sum(map(len, short)) > _RECORD_CHARS:
        _add_parts(builder, value, path, line)
        return
    builder.lines(short, _place(path, line))
    for at, text in fields:
        if _is_long(text):
            builder.prose(text, _place(path + at, line))


def _add_parts(builder: TextBuilder, value: Any, path: Path, line: str) -> None:
    """Plain values side by side make paragraphs of a bounded size."""
    plain: list[str] = []
    for key, part in value.items() if isinstance(value, dict) else enumerate(value):
        at = (*path, str(key))
        text = "" if isinstance(part, dict | list) else _text(part)
        nested = isinstance(part, dict | list) or _is_long(text)
        if nested or sum(map(len, plain)) > _RECORD_CHARS:
            builder.lines(plain, _place(path, line))
            plain = []
        if nested:
            _add(builder, part, at, line)
        elif text:
            plain.append(f"{key}: {text}" if isinstance(value, dict) else text)
    builder.lines(plain, _place(path, line))


def _fields(value: Any, path: Path) -> Iterator[tuple[Path, str]]:
    """The plain values in a value and the ways to them; a list of plain ones counts as one."""
    if len(path) > _MAX_DEPTH:
        raise _too_deep()
    if isinstance(value, dict):
        for key, part in value.items():
            yield from _fields(part, (*path, str(key)))
    elif isinstance(value, list) and any(isinstance(part, dict | list) for part in value):
        for i, part in enumerate(value):
            yield from _fields(part, (*path, str(i)))
    elif text := ", ".join(filter(None, map(_text, value if isinstance(value, list) else [value]))):
        yield path, text


def _is_long(text: str) -> bool:
    return len(text) > _PROSE_CHARS


def _text(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return "" if value is None else clean(str(value))


def _name(path: Path) -> str:
    return ".".join(path)


def _place(path: Path, line: str) -> str:
    steps = (clean_line(step).replace("~", "~0").replace("/", "~1") for step in path)
    pointer = "".join(f"/{step}" for step in steps)
    return ", ".join(filter(None, (line, pointer)))


def _metadata(value: Any) -> Metadata:
    if not isinstance(value, dict):
        return Metadata()
    texts = {k: v for k, v in value.items() if isinstance(v, str) and not isinstance(v, _Written)}
    said = {key: clean(v) for key, v in texts.items() if len(v) < 300}
    date = parse_date(said.get("date", "") or said.get("published", ""))
    return Metadata(
        said.get("title", ""), said.get("author", ""), "", date, "metadata" if date else ""
    )


def _too_deep() -> UnreadableError:
    return UnreadableError(
        f"its values are nested deeper than {_MAX_DEPTH} levels: flatten it", FileState.FAILED
    )

"""A gold file as CSV, the way spreadsheets save it: the first row names the columns.

``question``, ``answers``, ``path`` and ``quote``; where wanted also ``id``, ``answerable`` and
``tags``. Several answers or tags in one cell are parted by ``|`` or a line break. A further quote
of an item stands in a row of its own with the item's ``id`` or, without one, its ``question``.
Where nothing says whether an item is ``answerable``, it is when it has an answer or a quote.
Conversations take the JSONL format.
"""

import csv
import io
import re
from codecs import BOM_UTF8, BOM_UTF16_BE, BOM_UTF16_LE
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from eval.gold.items import Evidence, GoldItem
from eval.gold.jsonl import Reasons, contradictions, parse_jsonl
from eval.gold.names import item_id

ENDINGS = (".csv", ".tsv")
NEEDED = ("question", "answers", "path", "quote")

_COLUMNS = ("id", *NEEDED, "answerable", "tags")
_SEPARATORS = ",;\t"
_PARTS = re.compile(r"[|\r\n]+")
_YES_OR_NO = {"yes": True, "true": True, "1": True, "no": False, "false": False, "0": False}


@dataclass(slots=True)
class _Rows:
    """What the rows of one item say together."""

    line: int
    question: str
    answers: dict[str, None] = field(default_factory=dict)
    evidence: dict[Evidence, None] = field(default_factory=dict)
    tags: dict[str, None] = field(default_factory=dict)
    answerable: bool | None = None
    reasons: Reasons = field(default_factory=list)


def parse_file(file: Path) -> Iterator[tuple[int, GoldItem | None, Reasons]]:
    """The items of a gold file of ours, CSV or JSON lines by its ending."""
    parse = parse_csv if file.suffix.lower() in ENDINGS else parse_jsonl
    return parse(file.read_bytes())


def parse_csv(data: bytes) -> Iterator[tuple[int, GoldItem | None, Reasons]]:
    """For each item its line from 1, and what is wrong with it; as ``parse_jsonl`` does."""
    try:
        rows = _rows(_text(data))
    except _TableError as error:
        yield error.line, None, [str(error)]
        return
    items: dict[str, _Rows] = {}
    for line, row, reasons in rows:
        id_ = row["id"] or item_id(row["question"])
        item = items.setdefault(id_, _Rows(line, row["question"]))
        if row["question"] not in ("", item.question):
            reasons.append(f'id "{id_}" is that of line {item.line} too, which asks something else')
        _add(item, row)
        where = "" if line == item.line else f"line {line}: "
        item.reasons += [f"{where}{reason}" for reason in reasons]
    for id_, found in items.items():
        made = _item(id_, found)
        yield found.line, made, [*found.reasons, *contradictions(made)]


class _TableError(Exception):
    """No rows can be read, for what is in this line."""

    def __init__(self, reason: str, line: int = 1) -> None:
        super().__init__(reason)
        self.line = line


def _text(data: bytes) -> str:
    utf_16 = data.startswith((BOM_UTF16_LE, BOM_UTF16_BE))
    try:
        return data.decode("utf-16") if utf_16 else data.removeprefix(BOM_UTF8).decode()
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise _TableError("not UTF-8: save the sheet as “CSV UTF-8”", line) from error


def _rows(text: str) -> list[tuple[int, Mapping[str, str], Reasons]]:
    """Every row that is not blank: its first line, its cells by column, and what is wrong."""
    first, _, _ = text.partition("\n")
    separator = max(_SEPARATORS, key=first.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    found = []
    names: list[str] = []
    line = 1
    try:
        for cells in reader:
            if not names:
                names = [name.strip().lower() for name in cells]
                _check_columns(names)
            elif any(cell.strip() for cell in cells):
                found.append((line, *_row(names, cells)))
            line = reader.line_num + 1
    except csv.Error as error:
        raise _TableError(f"not a row of CSV: {error}", line) from error
    return found


def _row(names: Sequence[str], cells: Sequence[str]) -> tuple[Mapping[str, str], Reasons]:
    given = dict(zip(names, (cell.strip() for cell in cells), strict=False))
    row = {name: given.get(name, "") for name in _COLUMNS}
    beyond = [cell for cell in cells[len(names) :] if cell.strip()]
    reasons = [f'"{beyond[0]}" stands behind the last column'] if beyond else []
    return row, reasons + list(_contradictions(row))


def _check_columns(names: Sequence[str]) -> None:
    there = f"a first row names the columns: {', '.join(NEEDED)}, and maybe id, answerable, tags"
    if missing := [name for name in NEEDED if name not in names]:
        raise _TableError(f'there is no column "{missing[0]}"; {there}')
    if unknown := [name for name in names if name and name not in _COLUMNS]:
        raise _TableError(f'there is no use for a column "{unknown[0]}"; {there}')
    if twice := [name for name in names if name and names.count(name) > 1]:
        raise _TableError(f'the column "{twice[0]}" is there twice')


def _contradictions(row: Mapping[str, str]) -> Iterator[str]:
    if not row["question"] and not row["id"]:
        yield "question is empty"
    if bool(row["path"]) != bool(row["quote"]):
        yield "a quote is empty" if row["path"] else f'the path of the quote "{row["quote"]}" lacks'
    if row["answerable"] and row["answerable"].lower() not in _YES_OR_NO:
        yield f'answerable: "{row["answerable"]}" is neither yes nor no'


def _add(item: _Rows, row: Mapping[str, str]) -> None:
    item.question = item.question or row["question"]
    item.answers |= dict.fromkeys(_parts(row["answers"]))
    item.tags |= dict.fromkeys(_parts(row["tags"]))
    if row["quote"] and row["path"]:
        item.evidence[Evidence(row["path"], row["quote"])] = None
    if row["answerable"]:
        item.answerable = _YES_OR_NO.get(row["answerable"].lower())


def _parts(cell: str) -> list[str]:
    return [part.strip() for part in _PARTS.split(cell) if part.strip()]


def _item(id_: str, found: _Rows) -> GoldItem:
    answerable = found.answerable
    if answerable is None:
        answerable = bool(found.answers or found.evidence)
    return GoldItem(
        id=id_,
        question=found.question,
        answers=tuple(found.answers),
        evidence=tuple(found.evidence),
        answerable=answerable,
        tags=tuple(found.tags),
    )

"""The lines of ``results.jsonl`` and ``items.jsonl``: values <-> JSON.

A result has exactly the keys of ``ask --json``, plus ``id`` and ``scores``. An item is the gold
line as it was used, with the paragraphs its quotes were found in, so that a run's folder can be
reported and compared without the corpus it was run on.
"""

import json
from collections.abc import Callable
from pathlib import Path
from typing import NotRequired, TypeVar, cast

from pydantic import ConfigDict, TypeAdapter, ValidationError, with_config
from typing_extensions import TypedDict  # pydantic wants this one before Python 3.12

from eval.gold.items import GoldParagraph, ResolvedItem
from eval.gold.jsonl import item_from_dict, item_to_dict
from rag.serialise import answer_to_dict
from rag.types import Answer


class SentenceRecord(TypedDict):
    """A sentence of an answer and its verdict."""

    text: str
    citations: list[int]
    verdict: str
    quotation: NotRequired[bool]


class CitationRecord(TypedDict):
    """A citation; offsets count characters of the document."""

    number: int
    paragraph_id: str
    path: str
    paragraph: int
    page: int | None
    start: int
    end: int
    text: str
    quote: str
    quote_start: int
    quote_end: int


class HitRecord(TypedDict):
    """A paragraph found."""

    rank: int
    paragraph_id: str
    path: str
    paragraph: int
    start: int
    end: int
    text: str
    score: float
    signals: dict[str, float]


class TimingsRecord(TypedDict):
    """Milliseconds; ``first_token`` is null when no model was called."""

    retrieve: float
    first_token: float | None
    total: float


class TokensRecord(TypedDict):
    """Tokens; ``prompt`` includes ``cached``."""

    prompt: int
    cached: int
    completion: int


class AnswerRecord(TypedDict):
    """An answer with the keys of ``ask --json``."""

    question: str
    standalone_question: str
    status: str
    answer: str
    extractive: bool
    sentences: list[SentenceRecord]
    citations: list[CitationRecord]
    retrieved: list[HitRecord]
    model: str
    timings_ms: TimingsRecord
    tokens: TokensRecord
    error: str | None


# As it is written: no figure can be made of what is no number.
@with_config(ConfigDict(allow_inf_nan=False))
class ResultRecord(AnswerRecord):
    """One line of ``results.jsonl``. An answer taken from the cache has timings of 0."""

    id: str
    scores: dict[str, float | None]


class _ParagraphRecord(TypedDict):
    paragraph_id: str
    path: str
    paragraph: int
    text: str
    quotes: list[str]


class _ItemRecord(TypedDict):
    item: dict[str, object]
    quote_paragraphs: list[list[str]]
    paragraphs: list[_ParagraphRecord]
    cluster: str


_Value = TypeVar("_Value")

_RESULT = TypeAdapter(ResultRecord)
_ITEM = TypeAdapter(_ItemRecord)


def answer_record(answer: Answer) -> AnswerRecord:
    """The record of an answer."""
    return cast(AnswerRecord, answer_to_dict(answer))


def result_record(
    item_id: str, answer: AnswerRecord, scores: dict[str, float | None]
) -> ResultRecord:
    """The record of an answered item."""
    return cast(ResultRecord, {"id": item_id, **answer, "scores": scores})


def result_line(record: ResultRecord) -> str:
    """The record on one line. Raises ``ValueError`` for what JSON or UTF-8 cannot say."""
    line = json.dumps(record, ensure_ascii=False, allow_nan=False)
    line.encode()
    return line


def parse_result(line: str | bytes) -> ResultRecord:
    """The record of a line; raises pydantic's ``ValidationError`` (a ``ValueError``)."""
    return _RESULT.validate_json(line)


def item_line(gold: ResolvedItem) -> str:
    """An item and its paragraphs on one line."""
    record: _ItemRecord = {
        "item": item_to_dict(gold.item),
        "quote_paragraphs": [sorted(ids) for ids in gold.quote_paragraphs],
        "paragraphs": [
            {
                "paragraph_id": part.id,
                "path": part.path,
                "paragraph": part.ordinal,
                "text": part.text,
                "quotes": list(part.quotes),
            }
            for part in gold.paragraphs
        ],
        "cluster": gold.cluster,
    }
    return json.dumps(record, ensure_ascii=False)


def parse_item(line: str | bytes) -> ResolvedItem:
    """The item of a line; raises pydantic's ``ValidationError`` (a ``ValueError``)."""
    record = _ITEM.validate_json(line)
    return ResolvedItem(
        item=item_from_dict(record["item"]),
        quote_paragraphs=tuple(frozenset(ids) for ids in record["quote_paragraphs"]),
        paragraphs=tuple(
            GoldParagraph(
                part["paragraph_id"],
                part["path"],
                part["paragraph"],
                part["text"],
                tuple(part["quotes"]),
            )
            for part in record["paragraphs"]
        ),
        cluster=record["cluster"],
    )


def parse_lines(file: Path, parse: Callable[[bytes], _Value]) -> tuple[_Value, ...]:
    """The values of a file's whole lines; a torn last one is no line yet.

    Raises ``ValueError`` that names file, line and what is wrong in it.
    """
    values = []
    for number, line in enumerate(file.read_bytes().split(b"\n")[:-1], 1):
        try:
            values.append(parse(line))
        except ValidationError as error:
            first = error.errors()[0]
            key = "".join(f"{part}: " for part in first["loc"][:1])
            raise ValueError(f"{file.name}:{number}: {key}{first['msg']}") from error
    return tuple(values)

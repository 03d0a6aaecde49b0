"""The gold file of ours: one JSON object a line, checked as a whole."""

import json
from codecs import BOM_UTF8
from collections.abc import Iterator
from typing import Literal

from pydantic import BaseModel, ConfigDict, ValidationError
from pydantic_core import ErrorDetails

from eval.gold.items import Evidence, GoldItem
from rag.types import Turn


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)


class _TurnLine(_Strict):
    role: Literal["user", "assistant"]
    content: str


class _EvidenceLine(_Strict):
    path: str
    quote: str


class _ItemLine(_Strict):
    id: str
    question: str
    history: list[_TurnLine] = []
    answers: list[str]
    evidence: list[_EvidenceLine]
    answerable: bool
    tags: list[str] = []


Reasons = list[str]


def parse_jsonl(data: bytes) -> Iterator[tuple[int, GoldItem | None, Reasons]]:
    """For each line that is not blank: its number from 1, its item or None, and what is wrong.

    A line can have an item and reasons at once: the item is there for further checks only.
    """
    first_line_of: dict[str, int] = {}
    # Not splitlines: it also cuts at U+2028 and the like, which JSON allows inside strings.
    for number, raw in enumerate(data.removeprefix(BOM_UTF8).split(b"\n"), 1):
        if not raw.strip():
            continue
        item, reasons = _parse_line(raw)
        if item is not None:
            first = first_line_of.setdefault(item.id, number)
            if first != number:
                reasons.append(f'id "{item.id}" is that of line {first} too')
        yield number, item, reasons


def item_to_dict(item: GoldItem) -> dict[str, object]:
    """The item with the keys of the gold file."""
    return {
        "id": item.id,
        "question": item.question,
        "history": [{"role": turn.role, "content": turn.content} for turn in item.history],
        "answers": list(item.answers),
        "evidence": [{"path": part.path, "quote": part.quote} for part in item.evidence],
        "answerable": item.answerable,
        "tags": list(item.tags),
    }


def item_from_dict(value: object) -> GoldItem:
    """The item of an object with the keys of the gold file; pydantic's ValidationError if not."""
    line = _ItemLine.model_validate(value)
    return GoldItem(
        id=line.id,
        question=line.question,
        answers=tuple(line.answers),
        # The same quote twice would count twice in every share of quotes found.
        evidence=tuple(dict.fromkeys(Evidence(part.path, part.quote) for part in line.evidence)),
        answerable=line.answerable,
        history=tuple(Turn(turn.role, turn.content) for turn in line.history),
        tags=tuple(line.tags),
    )


def _parse_line(raw: bytes) -> tuple[GoldItem | None, Reasons]:
    try:
        value = json.loads(raw.decode(), object_pairs_hook=_no_repeats)
        json.dumps(value, ensure_ascii=False).encode()
    except UnicodeDecodeError as error:
        return None, [f"not UTF-8 at byte {error.start + 1} of the line"]
    except UnicodeEncodeError:
        return None, ["half of a surrogate pair is not text"]
    except json.JSONDecodeError as error:
        return None, [f"not JSON: {error.msg} at column {error.colno}"]
    except (_RepeatedKeyError, RecursionError, ValueError) as error:
        return None, [f"not usable JSON: {error}"]
    if not isinstance(value, dict):
        return None, ["not a JSON object"]
    if "draft" in value:
        return None, ["a draft that nobody has reviewed: accept it or drop it (eval gold accept)"]
    try:
        item = item_from_dict(value)
    except ValidationError as error:
        return None, [_explain(detail) for detail in error.errors()]
    return item, list(contradictions(item))


def contradictions(item: GoldItem) -> Iterator[str]:
    """What an item says against itself, or leaves empty."""
    if not item.id.strip():
        yield "id is empty"
    if not item.question.strip():
        yield "question is empty"
    if any(not answer.strip() for answer in item.answers):
        yield "an accepted answer is empty"
    if any(not part.quote.strip() for part in item.evidence):
        yield "a quote is empty"
    if item.answerable and not item.answers:
        yield "answerable, but answers is empty"
    if item.answerable and not item.evidence:
        yield "answerable, but evidence is empty"
    if not item.answerable and item.answers:
        yield "not answerable, but has answers"
    if not item.answerable and item.evidence:
        yield "not answerable, but has evidence"


def _explain(detail: ErrorDetails) -> str:
    *parents, last = detail["loc"] or ("line",)
    inside = f" in {'.'.join(map(str, parents))}" if parents else ""
    if detail["type"] == "extra_forbidden":
        return f'unknown key "{last}"{inside}'
    if detail["type"] == "missing":
        return f'key "{last}" is missing{inside}'
    return f"{'.'.join(map(str, detail['loc']))}: {detail['msg']}"


class _RepeatedKeyError(Exception):
    """An object has a key twice; JSON readers would silently keep one of the values."""


def _no_repeats(pairs: list[tuple[str, object]]) -> dict[str, object]:
    seen = dict(pairs)
    if len(seen) < len(pairs):
        keys = [key for key, _ in pairs]
        twice = next(key for key in keys if keys.count(key) > 1)
        raise _RepeatedKeyError(f'key "{twice}" occurs twice in one object')
    return seen

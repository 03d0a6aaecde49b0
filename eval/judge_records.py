"""The lines of ``judge.jsonl``: what a judge said of one answer."""

import json
from pathlib import Path

from pydantic import TypeAdapter
from typing_extensions import TypedDict  # pydantic wants this one before Python 3.12

from eval.records import parse_lines


class JudgeRecord(TypedDict):
    """One verdict; null with an error. ``answer`` is the text that was judged."""

    id: str
    model: str
    prompt_version: int
    answer: str
    verdict: bool | None
    error: str | None


_RECORD = TypeAdapter(JudgeRecord)


def judge_line(record: JudgeRecord) -> str:
    """The record on one line."""
    return json.dumps(record, ensure_ascii=False)


def drop_torn_verdict(file: Path) -> None:
    """Cut a last line that a kill left without an end, so that the next one starts on its own."""
    if file.exists():
        content = file.read_bytes()
        with file.open("r+b") as stream:
            stream.truncate(content.rfind(b"\n") + 1)


def read_judge(file: Path) -> tuple[JudgeRecord, ...]:
    """The whole lines of a file, none when it is not there; raises ``ValueError`` for others."""
    return parse_lines(file, _RECORD.validate_json) if file.exists() else ()

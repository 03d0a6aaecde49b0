"""Answers kept across runs, so that an unchanged question is not put to the model again.

The key is a hash of everything an answer depends on: the question and its history, the mode, the
model, and the run's whole settings record, which holds the program's code, the models' hashes and
the documents. So whatever changes, the key changes; nothing is ever looked up loosely.

An answer from the cache has timings of 0: it took none, and must not pass for a fast one.
"""

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path

from eval.answering import Outcome, parse_outcome
from eval.gold.items import GoldItem
from eval.kept_texts import KeptTexts
from eval.plan import Mode
from eval.records import TimingsRecord

FILE = "answers.sqlite3"
MOST_KEPT = 20_000


class AnswerCache:
    """One file of answers. Safe to share between threads and processes."""

    def __init__(self, file: Path) -> None:
        self._kept = KeptTexts(file, "answers", MOST_KEPT)

    def get(self, key: str) -> Outcome | None:
        """The answer kept under a key, its timings set to 0; None when there is none."""
        text = self._kept.get(key)
        if text is None:
            return None
        try:
            outcome = parse_outcome(text)
        except ValueError as error:
            self._kept.give_up(error)
            return None
        return untimed(outcome)

    def put(self, key: str, outcome: Outcome) -> None:
        """Keep an answer if it would come out like this again."""
        if outcome["lasting"]:
            self._kept.put(key, json.dumps(outcome, ensure_ascii=False))

    def close(self) -> None:
        """Close the file."""
        self._kept.close()


def untimed(outcome: Outcome) -> Outcome:
    """An outcome as one that took no time that could be told of."""
    timings: TimingsRecord = {"retrieve": 0.0, "first_token": None, "total": 0.0}
    return {**outcome, "answer": {**outcome["answer"], "timings_ms": timings}}


def cache_key(item: GoldItem, mode: Mode, model: str, settings: Mapping[str, object]) -> str:
    """A hash of everything the answer to an item depends on."""
    parts = {
        "question": item.question,
        "history": [[turn.role, turn.content] for turn in item.history],
        "mode": mode.value,
        "model": model,
        "settings": settings,
    }
    return hashlib.sha256(json.dumps(parts, sort_keys=True).encode()).hexdigest()

"""Answers kept across runs, so that an unchanged question is not put to the model again.

The key is a hash of everything an answer depends on: the question and its history, the mode, the
model, and the run's whole settings record, which holds the program's code, the models' hashes and
the documents. So whatever changes, the key changes; nothing is ever looked up loosely.

An answer from the cache has timings of 0: it took none, and must not pass for a fast one.
"""

import hashlib
import json
import logging
import sqlite3
import threading
from collections.abc import Mapping
from pathlib import Path

from eval.answering import Outcome, parse_outcome
from eval.gold.items import GoldItem
from eval.plan import Mode

FILE = "answers.sqlite3"
MOST_KEPT = 20_000

_log = logging.getLogger(__name__)


class AnswerCache:
    """One file of answers. Safe to share between threads and processes.

    A file that cannot be read or written costs what it would have saved, never the run.
    """

    def __init__(self, file: Path) -> None:
        self._lock = threading.Lock()
        self._connection: sqlite3.Connection | None = None
        try:
            file.parent.mkdir(parents=True, exist_ok=True)
            self._connection = sqlite3.connect(file, timeout=30, check_same_thread=False)
            self._connection.execute("PRAGMA journal_mode=WAL")
            # Without waiting for the disk: what a power cut takes is only asked again.
            self._connection.execute("PRAGMA synchronous=NORMAL")
            with self._connection:
                self._connection.execute(
                    "CREATE TABLE IF NOT EXISTS answers (key TEXT PRIMARY KEY, outcome TEXT)"
                )
        except (sqlite3.Error, OSError) as error:
            self._give_up(error)

    def get(self, key: str) -> Outcome | None:
        """The answer kept under a key, its timings set to 0; None when there is none."""
        with self._lock:
            if self._connection is None:
                return None
            try:
                row = self._connection.execute(
                    "SELECT outcome FROM answers WHERE key = ?", (key,)
                ).fetchone()
                if row is None:
                    return None
                outcome = parse_outcome(row[0])
            except (sqlite3.Error, ValueError) as error:
                self._give_up(error)
                return None
        outcome["answer"]["timings_ms"] = {"retrieve": 0.0, "first_token": None, "total": 0.0}
        return outcome

    def put(self, key: str, outcome: Outcome) -> None:
        """Keep an answer if it would come out like this again; the oldest go beyond the limit."""
        if not outcome["lasting"]:
            return
        text = json.dumps(outcome, ensure_ascii=False)
        with self._lock:
            if self._connection is None:
                return
            try:
                with self._connection:
                    self._connection.execute(
                        "INSERT OR REPLACE INTO answers (key, outcome) VALUES (?, ?)", (key, text)
                    )
                    self._connection.execute(
                        "DELETE FROM answers WHERE rowid <= (SELECT MAX(rowid) FROM answers) - ?",
                        (MOST_KEPT,),
                    )
            except sqlite3.Error as error:
                self._give_up(error)

    def close(self) -> None:
        """Close the file."""
        with self._lock:
            if self._connection is not None:
                self._connection.close()
                self._connection = None

    def _give_up(self, error: Exception) -> None:
        _log.warning("going on without answers of earlier runs: %s", error)
        if self._connection is not None:
            self._connection.close()
            self._connection = None


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

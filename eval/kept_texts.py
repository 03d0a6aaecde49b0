"""Texts kept under keys in one file of SQLite, across runs.

A file that cannot be read or written costs what it would have saved, never the run.
"""

import logging
import sqlite3
import threading
from pathlib import Path

_log = logging.getLogger(__name__)


class KeptTexts:
    """One file of texts. Safe to share between threads and processes.

    The oldest go beyond ``most``. ``what`` they are is for the log.
    """

    def __init__(self, file: Path, what: str, most: int) -> None:
        self._what = what
        self._most = most
        self._lock = threading.Lock()
        self._connection: sqlite3.Connection | None = None
        try:
            file.parent.mkdir(parents=True, exist_ok=True)
            self._connection = sqlite3.connect(file, timeout=30, check_same_thread=False)
            self._connection.execute("PRAGMA journal_mode=WAL")
            # Without waiting for the disk: what a power cut takes is only asked again.
            self._connection.execute("PRAGMA synchronous=NORMAL")
            with self._connection:
                # Named by the first kind that was kept: files of earlier versions are read on.
                self._connection.execute(
                    "CREATE TABLE IF NOT EXISTS answers (key TEXT PRIMARY KEY, outcome TEXT)"
                )
        except (sqlite3.Error, OSError) as error:
            self._give_up(error)

    def get(self, key: str) -> str | None:
        """The text kept under a key; None when there is none."""
        with self._lock:
            if self._connection is None:
                return None
            try:
                row = self._connection.execute(
                    "SELECT outcome FROM answers WHERE key = ?", (key,)
                ).fetchone()
            except sqlite3.Error as error:
                self._give_up(error)
                return None
        return None if row is None else str(row[0])

    def put(self, key: str, text: str) -> None:
        """Keep a text in place of what was there."""
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
                        (self._most,),
                    )
            except sqlite3.Error as error:
                self._give_up(error)

    def close(self) -> None:
        """Close the file."""
        with self._lock:
            if self._connection is not None:
                self._connection.close()
                self._connection = None

    def give_up(self, error: Exception) -> None:
        """Do without the file from now on, because of what was found in it."""
        with self._lock:
            self._give_up(error)

    def _give_up(self, error: Exception) -> None:
        _log.warning("going on without %s of earlier runs: %s", self._what, error)
        if self._connection is not None:
            self._connection.close()
            self._connection = None

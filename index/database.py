"""One SQLite file: opening it, its tables' version, transactions, and long lists of values.

One connection and one lock: safe to share between threads. WAL lets other processes read while
one writes; who may write is decided by the writer lock (index/lock.py), not here.
"""

import sqlite3
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar

from index.errors import IndexMismatchError, NoIndexError
from index.schema import SCHEMA, SCHEMA_VERSION

_MAX_VARIABLES = 900

T = TypeVar("T")


class Database:
    """The catalog's file. ``open`` for readers, ``create`` for the writer."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._lock = threading.RLock()

    @classmethod
    def open(cls, file: Path) -> "Database":
        """Open an existing file; raises ``NoIndexError`` or ``IndexMismatchError``."""
        if not file.exists():
            raise NoIndexError(f'there is no index in {file.parent}: run "pincite sync" first')
        return cls(_connect(file))

    @classmethod
    def create(cls, file: Path) -> "Database":
        """Open the file, making it when it is not there."""
        # The index quotes the documents in full: only their owner may read it.
        file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        return cls(_connect(file))

    def close(self) -> None:
        with self._lock:
            self._connection.close()

    @contextmanager
    def writing(self) -> Iterator[None]:
        """One transaction: all of it is kept or nothing of it."""
        with self._lock:
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                yield
            except BaseException:
                self._connection.execute("ROLLBACK")
                raise
            self._connection.execute("COMMIT")

    def rows(self, sql: str, values: Sequence[object] = ()) -> list[tuple[Any, ...]]:
        with self._lock:
            return self._connection.execute(sql, values).fetchall()

    def rows_in(self, sql: str, among: Sequence[object], *before: object) -> list[tuple[Any, ...]]:
        """``rows`` for a statement with ``IN ({})``, however long ``among`` is."""
        found = []
        for part in parts(among):
            marks = ",".join("?" * len(part))
            found += self.rows(sql.format(marks), [*before, *part])
        return found

    def execute(self, sql: str, values: Sequence[object] = ()) -> sqlite3.Cursor:
        with self._lock:
            return self._connection.execute(sql, values)

    def execute_many(self, sql: str, values: Sequence[Sequence[object]]) -> None:
        with self._lock:
            self._connection.executemany(sql, values)


def parts(values: Sequence[T]) -> Iterator[Sequence[T]]:
    """``values`` in pieces that fit the number of variables a statement may have."""
    for i in range(0, len(values), _MAX_VARIABLES):
        yield values[i : i + _MAX_VARIABLES]


def _connect(file: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(file, timeout=10.0, isolation_level=None, check_same_thread=False)
    try:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = NORMAL")
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute("PRAGMA recursive_triggers = ON")
        version = connection.execute("PRAGMA user_version").fetchone()[0]
        if version == 0:
            connection.executescript(
                f"BEGIN IMMEDIATE; {SCHEMA} PRAGMA user_version = {SCHEMA_VERSION}; COMMIT;"
            )
        elif version != SCHEMA_VERSION:
            raise IndexMismatchError(
                f"{file} was made by another version of Pincite (tables {version}, this one"
                f' writes {SCHEMA_VERSION}): delete {file.parent} and run "pincite sync"'
            )
    except sqlite3.DatabaseError as error:
        connection.close()
        raise IndexMismatchError(
            f'{file} is not a catalog ({error}): delete {file.parent} and run "pincite sync"'
        ) from error
    except IndexMismatchError:
        connection.close()
        raise
    return connection

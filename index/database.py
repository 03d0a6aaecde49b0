"""One SQLite file: opening it, its tables' version, transactions, and long lists of values.

One connection and one lock: safe to share between threads. WAL lets other processes read while
one writes; who may write is decided by the writer lock (index/lock.py), not here.
"""

import sqlite3
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from index.errors import IndexMismatchError, NoIndexError, PinciteError
from index.schema import SCHEMA, SCHEMA_VERSION

_MAX_VARIABLES = 900
_OUTSIDE = (
    sqlite3.SQLITE_BUSY,
    sqlite3.SQLITE_CANTOPEN,
    sqlite3.SQLITE_FULL,
    sqlite3.SQLITE_IOERR,
    sqlite3.SQLITE_PERM,
    sqlite3.SQLITE_READONLY,
)


class Database:
    """The catalog's file. ``open`` for readers, ``create`` for the writer.

    Using a damaged file raises ``IndexMismatchError``; a full disk and the like, ``PinciteError``.
    """

    def __init__(self, file: Path, connection: sqlite3.Connection) -> None:
        self._file = file
        self._connection = connection
        self._lock = threading.RLock()

    @classmethod
    def open(cls, file: Path) -> "Database":
        """Open an existing file; raises ``NoIndexError`` or ``IndexMismatchError``."""
        missing = NoIndexError(f'there is no index in {file.parent}: run "pincite sync" first')
        if not file.exists():
            raise missing
        connection, version = _connect(file)
        if version == 0:
            # Its first writer has made the file and is about to make the tables.
            connection.close()
            raise missing
        return cls(file, connection)

    @classmethod
    def create(cls, file: Path) -> "Database":
        """Open the file, making it when it is not there."""
        # The index quotes the documents in full: only their owner may read it.
        file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        connection, version = _connect(file)
        if version == 0:
            connection.executescript(
                f"BEGIN IMMEDIATE; {SCHEMA} PRAGMA user_version = {SCHEMA_VERSION}; COMMIT;"
            )
        return cls(file, connection)

    def close(self) -> None:
        with self._lock:
            self._connection.close()

    @contextmanager
    def writing(self) -> Iterator[None]:
        """One transaction: all of it is kept or nothing of it."""
        with self._lock:
            self.execute("BEGIN IMMEDIATE")
            try:
                yield
            except BaseException:
                # SQLite ends the transaction itself on some errors, such as a full disk.
                if self._connection.in_transaction:
                    self.execute("ROLLBACK")
                raise
            self.execute("COMMIT")

    @contextmanager
    def reading(self) -> Iterator[None]:
        """What is read inside is of one moment, whatever another process writes meanwhile."""
        with self._lock:
            self.execute("BEGIN")
            try:
                yield
            finally:
                self.execute("COMMIT")

    def rows(self, sql: str, values: Sequence[object] = ()) -> list[tuple[Any, ...]]:
        with self._lock, _explained(self._file):
            return self._connection.execute(sql, values).fetchall()

    def rows_in(self, sql: str, among: Sequence[object], *before: object) -> list[tuple[Any, ...]]:
        """``rows`` for a statement with ``IN ({})``, however long ``among`` is."""
        found = []
        for i in range(0, len(among), _MAX_VARIABLES):
            part = among[i : i + _MAX_VARIABLES]
            marks = ",".join("?" * len(part))
            found += self.rows(sql.format(marks), [*before, *part])
        return found

    def execute(self, sql: str, values: Sequence[object] = ()) -> sqlite3.Cursor:
        with self._lock, _explained(self._file):
            return self._connection.execute(sql, values)

    def execute_many(self, sql: str, values: Sequence[Sequence[object]]) -> None:
        with self._lock, _explained(self._file):
            self._connection.executemany(sql, values)


def _connect(file: Path) -> tuple[sqlite3.Connection, int]:
    """The connection and the version of the tables there, 0 when there are none yet."""
    with _explained(file):
        connection = sqlite3.connect(
            file, timeout=10.0, isolation_level=None, check_same_thread=False
        )
        try:
            connection.execute("PRAGMA journal_mode = WAL")
            connection.execute("PRAGMA synchronous = NORMAL")
            connection.execute("PRAGMA foreign_keys = ON")
            version = int(connection.execute("PRAGMA user_version").fetchone()[0])
            if version not in (0, SCHEMA_VERSION):
                raise IndexMismatchError(
                    f"{file} was made by another version of Pincite (tables {version}, this one"
                    f' writes {SCHEMA_VERSION}): delete {file.parent} and run "pincite sync"'
                )
        except BaseException:
            connection.close()
            raise
    return connection, version


@contextmanager
def _explained(file: Path) -> Iterator[None]:
    """SQLite's errors about the file, not about a statement, in words that say what to do."""
    try:
        yield
    except sqlite3.Error as error:
        code = getattr(error, "sqlite_errorcode", 0) & 0xFF
        if code in (sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_CORRUPT):
            raise IndexMismatchError(
                f'{file} is damaged ({error}): delete {file.parent} and run "pincite sync"'
            ) from error
        if code in _OUTSIDE:
            raise PinciteError(
                f"{file} cannot be used ({error}): see to the disk's space, the rights to"
                " the file, and other programs that hold it, then try again"
            ) from error
        raise

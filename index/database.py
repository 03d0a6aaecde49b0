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

from index.errors import DamagedError, IndexMismatchError, NoIndexError, PinciteError
from index.schema import HELD, KEPT, SCHEMA, SCHEMA_VERSION

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

    Using a damaged file raises ``DamagedError``; a full disk and the like, ``PinciteError``.
    ``remade_from`` is the version of the tables that ``create`` had to make anew, else 0.
    """

    def __init__(self, file: Path, connection: sqlite3.Connection, remade_from: int = 0) -> None:
        self.remade_from = remade_from
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
        if version < SCHEMA_VERSION:
            connection.close()
            raise IndexMismatchError(
                f"{file} was made by an earlier version of Pincite (tables {version}, this one"
                f' writes {SCHEMA_VERSION}): "pincite sync" makes it anew and keeps its vectors'
            )
        return cls(file, connection)

    @classmethod
    def create(cls, file: Path) -> "Database":
        """Open the file, making it when it is not there, and its tables when they are old ones.

        Needs the writer lock. Of old tables the embedding cache is kept, which folder it was, and
        how many documents there were.
        """
        # The index quotes the documents in full: only their owner may read it.
        file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        connection, version = _connect(file)
        if version < SCHEMA_VERSION:
            try:
                with _explained(file):
                    _make_tables(connection)
            except BaseException:
                connection.close()
                raise
        return cls(file, connection, version if version < SCHEMA_VERSION else 0)

    def close(self) -> None:
        with self._lock:
            self._connection.close()

    @contextmanager
    def writing(self) -> Iterator[None]:
        """One transaction: all of it is kept or nothing of it. Inside another it is part of it."""
        with self._lock:
            nested = self._connection.in_transaction
            if nested:
                yield
                return
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

    def shrink(self) -> None:
        """Give the space of what was deleted back to the disk."""
        self.execute("VACUUM")
        self.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    def version(self) -> tuple[int, int]:
        """Another value after every change, by this connection or by another process."""
        with self._lock, _explained(self._file):
            found = self._connection.execute("PRAGMA data_version").fetchone()
            return int(found[0]), self._connection.total_changes

    def rows(self, sql: str, values: Sequence[object] = ()) -> list[tuple[Any, ...]]:
        with self._lock, _explained(self._file):
            return self._connection.execute(sql, values).fetchall()

    def batches(
        self, sql: str, values: Sequence[object] = (), size: int = 5000
    ) -> Iterator[list[tuple[Any, ...]]]:
        """``rows`` in parts of ``size``, so that not all of them are held at once."""
        with self._lock, _explained(self._file):
            cursor = self._connection.execute(sql, values)
            while part := cursor.fetchmany(size):
                yield part

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
            # 64 MB: with SQLite's own 2 MB a search reads the same pages from the file again.
            connection.execute("PRAGMA cache_size = -65536")
            version = int(connection.execute("PRAGMA user_version").fetchone()[0])
            if version > SCHEMA_VERSION:
                raise IndexMismatchError(
                    f"{file} was made by a later version of Pincite (tables {version}, this one"
                    f" writes {SCHEMA_VERSION}): use that version, or set PINCITE_HOME to another"
                    " directory"
                )
        except BaseException:
            connection.close()
            raise
    return connection, version


def _make_tables(connection: sqlite3.Connection) -> None:
    """In one transaction, so that a kill leaves the old tables or the new ones."""
    rows = connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name")
    names = [name for (name,) in rows.fetchall()]
    # A virtual table takes tables of its own with it, which are gone when it is their turn.
    drops = " ".join(
        f'DROP TABLE IF EXISTS "{name}";'
        for name in names
        if name not in KEPT and not name.startswith("sqlite_")
    )
    # Without it an empty folder, which may not be mounted, would look like one never synced. An
    # earlier note stays where its sync never came.
    note = (
        f"INSERT OR REPLACE INTO meta SELECT '{HELD}', n"
        " FROM (SELECT count(*) AS n FROM documents) WHERE n > 0;"
        if "documents" in names
        else ""
    )
    connection.execute("PRAGMA foreign_keys = OFF")
    connection.executescript(
        f"BEGIN IMMEDIATE; {note} {drops} {SCHEMA}"
        f" DELETE FROM meta WHERE key NOT IN ('corpus', 'embedder', '{HELD}');"
        f" PRAGMA user_version = {SCHEMA_VERSION}; COMMIT;"
    )
    connection.execute("PRAGMA foreign_keys = ON")


@contextmanager
def _explained(file: Path) -> Iterator[None]:
    """SQLite's errors about the file, not about a statement, in words that say what to do."""
    try:
        yield
    except sqlite3.Error as error:
        code = getattr(error, "sqlite_errorcode", 0) & 0xFF
        if code in (sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_CORRUPT):
            raise DamagedError(
                f'{file} is damaged ({error}): "pincite rebuild" makes it anew from the folder'
            ) from error
        if code in _OUTSIDE:
            raise PinciteError(
                f"{file} cannot be used ({error}): see to the disk's space, the rights to"
                " the file, and other programs that hold it, then try again"
            ) from error
        raise

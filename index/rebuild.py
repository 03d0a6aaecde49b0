"""Makes an index good again, whatever became of its files, embedding as little as possible."""

import secrets
import sqlite3
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from index.begin import check_first_root
from index.catalog_check import file_problems, wrong_documents, wrong_vectors
from index.embedding import Embedder, Vectors
from index.errors import DamagedError
from index.progress import Progress, Stop, never, silent
from index.schema import HELD
from index.store import CATALOG_FILE, Store
from index.sync import Report, index_fingerprint, plan_sync, sync

_ASIDE = "damaged-"

_ROWS = 256
_ROWS_OF_PAGE = 40
_UNIT = 1e-3


@dataclass(frozen=True, slots=True)
class Rebuilt:
    """What was done: the sync at the end, and what had to be given up before it.

    ``set_aside`` is where a damaged catalog now lies, or None; ``kept`` counts the vectors that
    could be taken over from it, ``wrong`` the documents read again because their rows were wrong.
    """

    report: Report
    set_aside: Path | None
    kept: int
    wrong: int


def rebuild(
    state: Path,
    root: Path | None,
    default_root: Path,
    embedder: Embedder,
    *,
    exclude: Sequence[str] = (),
    progress: Progress = silent,
    stop: Stop = never,
) -> Rebuilt:
    """Make full text and vector index anew, and the catalog where it is wrong or damaged.

    The folder is ``root``, else the one the catalog names, else ``default_root``. Where it cannot
    be synced nothing is changed, unless the catalog's file is damaged. The caller holds the writer
    lock.
    """
    check_first_root(state, root or default_root)
    aside, kept, corpus = None, 0, None
    try:
        wrong = _mended(
            state,
            lambda store: plan_sync(
                store,
                root or store.corpus() or default_root,
                index_fingerprint(embedder),
                exclude=exclude,
            ),
            progress,
        )
    except DamagedError:
        wrong = 0
        aside = _move_aside(state)
        corpus, kept = _salvage(aside / CATALOG_FILE, state)
    with closing(Store.create(state)) as store:
        report = sync(
            store,
            root or store.corpus() or corpus or default_root,
            embedder,
            exclude=exclude,
            by_content=True,
            rebuild="it was asked for",
            progress=progress,
            stop=stop,
        )
    return Rebuilt(report, aside, kept, wrong)


def set_aside(state: Path) -> list[Path]:
    """The damaged catalogs that were moved out of the way and are still there."""
    return sorted(state.glob(f"{_ASIDE}*"))


def _mended(state: Path, check: Callable[[Store], object], progress: Progress) -> int:
    """Drop what is wrong in the catalog; returns how many documents. Raises ``DamagedError``.

    And what ``check`` raises, before anything is changed.
    """
    with closing(Store.create(state)) as store:
        database = store.database
        for problem in file_problems(database):
            raise DamagedError(problem)
        check(store)
        wrong = sorted({path for path, _ in wrong_documents(database, progress)})
        faulty = [[key] for key, _ in wrong_vectors(database)]
        with store.writing():
            store.catalog.full_text.make_anew()
            for path in wrong:
                store.catalog.remove(path)
            for table, parent, column in (
                ("pages", "documents", "path"),
                ("paragraphs", "documents", "path"),
                ("sentences", "paragraphs", "paragraph"),
            ):
                key = "number" if parent == "paragraphs" else "path"
                database.execute(
                    f"DELETE FROM {table} WHERE {column} NOT IN (SELECT {key} FROM {parent})"
                )
            database.execute_many("DELETE FROM vectors WHERE key = ?", faulty)
        return len(wrong)


def _move_aside(state: Path) -> Path:
    """The damaged catalog, with what belongs to it, in a directory of its own."""
    directory = state / f"{_ASIDE}{secrets.token_hex(4)}"
    directory.mkdir(mode=0o700)
    # The log must not stay: SQLite would play it into the new file.
    for suffix in ("-wal", "-shm", ""):
        with suppress(FileNotFoundError):
            (state / f"{CATALOG_FILE}{suffix}").rename(directory / f"{CATALOG_FILE}{suffix}")
    return directory


def _salvage(file: Path, state: Path) -> tuple[Path | None, int]:
    """The corpus a damaged catalog names, and how many vectors could be taken over from it."""
    with closing(Store.create(state)) as store:
        before = store.cache.unused()
        corpus = None
        try:
            with closing(sqlite3.connect(file)) as damaged:
                corpus = _corpus(damaged, state)
                store.catalog.put(HELD, _held(damaged))
                for rows in _readable(damaged):
                    store.cache.add(rows)
        except sqlite3.Error:
            # Not even a database: there is nothing to take over.
            pass
        return corpus, store.cache.unused() - before


def _corpus(damaged: sqlite3.Connection, state: Path) -> Path | None:
    with suppress(sqlite3.Error):
        row = damaged.execute("SELECT value FROM meta WHERE key = 'corpus'").fetchone()
        return (state.resolve() / row[0]).resolve() if row else None
    return None


def _held(damaged: sqlite3.Connection) -> str:
    """How many documents there were, so that an empty folder is not taken for all there is."""
    with suppress(sqlite3.Error):
        ((count,),) = damaged.execute("SELECT count(*) FROM documents").fetchall()
        return str(count)
    return "0"


def _readable(damaged: sqlite3.Connection) -> Iterator[list[tuple[bytes, Vectors]]]:
    """The vectors that can still be read and are vectors, past every page that cannot."""
    lengths: Counter[int] = Counter()
    for first in range(1, _last_row(damaged) + 1, _ROWS):
        good = list(_vectors(_rows(damaged, first, first + _ROWS - 1)))
        lengths.update(len(vector) for _, vector in good)
        usual = max(lengths, key=lengths.__getitem__, default=0)
        yield [(key, vector) for key, vector in good if len(vector) == usual]


def _last_row(damaged: sqlite3.Connection) -> int:
    try:
        return int(damaged.execute("SELECT max(rowid) FROM vectors").fetchone()[0] or 0)
    except sqlite3.DatabaseError:
        # Where that page is damaged too: no more than would fit into the file.
        ((pages,),) = damaged.execute("PRAGMA page_count").fetchall()
        return int(pages) * _ROWS_OF_PAGE


def _rows(damaged: sqlite3.Connection, first: int, last: int) -> Iterator[tuple[object, object]]:
    """Those of a range; where a page of it cannot be read, each row that can."""
    try:
        yield from damaged.execute(
            "SELECT key, vector FROM vectors WHERE rowid BETWEEN ? AND ?", (first, last)
        ).fetchall()
    except sqlite3.DatabaseError:
        if first < last:
            middle = (first + last) // 2
            yield from _rows(damaged, first, middle)
            yield from _rows(damaged, middle + 1, last)


def _vectors(rows: Iterable[tuple[object, object]]) -> Iterator[tuple[bytes, Vectors]]:
    for key, blob in rows:
        if isinstance(key, bytes) and isinstance(blob, bytes) and len(blob) % 4 == 0:
            vector = np.frombuffer(blob, dtype="<f4")
            if abs(float(vector @ vector) - 1.0) < _UNIT:
                yield key, vector

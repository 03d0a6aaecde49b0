"""What the catalog says against itself, one line for each disagreement.

Nothing of it can come from a sync that was killed: it means a damaged file or a foreign hand.
"""

import json
from collections.abc import Iterator

import numpy as np

from index.catalog import Catalog
from index.database import Database
from index.errors import DamagedError
from index.fingerprint import vector_key
from index.paragraphs import check_offsets
from index.progress import Progress, silent

_STORED = np.dtype("<f4")
_UNIT = 1e-3


def file_problems(database: Database) -> Iterator[str]:
    """What SQLite itself finds wrong with its file."""
    for (line,) in database.rows("PRAGMA integrity_check"):
        if line != "ok":
            yield f"SQLite: {line}"


def wrong_documents(database: Database, progress: Progress = silent) -> Iterator[tuple[str, str]]:
    """(path, what is wrong) for each document whose rows do not fit each other or their vectors."""
    catalog = Catalog(database)
    embedder = catalog.get("embedder")
    paths = [path for path, _ in catalog.dates()]
    faulty = {key for key, _ in wrong_vectors(database)}
    for done, path in enumerate(paths, start=1):
        yield from ((path, what) for what in _wrong(database, path, embedder, faulty))
        if done % 100 == 0 or done == len(paths):
            progress("documents", done, len(paths))


def orphans(database: Database) -> Iterator[str]:
    """Rows whose document or paragraph is gone."""
    for table, _, parent, _ in database.rows("PRAGMA foreign_key_check"):
        yield f"a row of {table} belongs to no row of {parent}"


def full_text_problems(database: Database) -> Iterator[str]:
    """What the full-text index does not hold, or holds besides."""
    try:
        rows = database.rows(
            "SELECT p.id, p.text, p.heading_path, f.text, f.heading FROM paragraphs p"
            " LEFT JOIN paragraphs_fts f ON f.rowid = p.number ORDER BY p.id"
        )
        for id_, text, headings, words, heading in rows:
            if words is None:
                yield f"{id_} is missing from the full-text index"
            elif (text, " / ".join(json.loads(headings))) != (words, heading):
                yield f"{id_} has other words in the full-text index"
        for (number,) in database.rows(
            "SELECT rowid FROM paragraphs_fts WHERE rowid NOT IN (SELECT number FROM paragraphs)"
        ):
            yield f"row {number} of the full-text index belongs to no paragraph"
        # Compares the index with the words it was made of; writes nothing.
        database.execute("INSERT INTO paragraphs_fts (paragraphs_fts) VALUES ('integrity-check')")
    except DamagedError:
        yield "the full-text index is damaged"


def wrong_vectors(database: Database) -> Iterator[tuple[bytes, str]]:
    """(key, what is wrong) for each cached vector that no embedder can have made."""
    for part in database.batches("SELECT key, vector FROM vectors"):
        for key, blob in part:
            vector = np.frombuffer(blob, dtype=_STORED) if len(blob) % 4 == 0 else np.zeros(0)
            if not abs(float(vector @ vector) - 1.0) < _UNIT:
                yield key, "is no vector of length 1"


def _wrong(database: Database, path: str, embedder: str, faulty: set[bytes]) -> Iterator[str]:
    catalog = Catalog(database)
    text = catalog.text(path)
    paragraphs = catalog.paragraphs(path)
    ((state, counted, pages),) = database.rows(
        "SELECT state, paragraphs, pages_with_text FROM documents WHERE path = ?", [path]
    )
    if counted != len(paragraphs) or (state == "indexed") != bool(paragraphs):
        yield f"says {counted} paragraphs, {len(paragraphs)} are there"
    if [p.ordinal for p in paragraphs] != list(range(1, len(paragraphs) + 1)):
        yield "its paragraphs are not counted through"
    try:
        check_offsets(text, paragraphs)
    except ValueError as error:
        yield str(error)
    kept = catalog.pages(path)
    if len(kept) != pages or any(not 0 <= p.start <= p.end <= len(text) for p in kept):
        yield "its pages are not where they are said to be"
    expected = [
        vector_key(embedder, part)
        for paragraph in paragraphs
        for part in (paragraph.text, *(sentence.text for sentence in paragraph.sentences))
    ]
    keys = database.rows(
        "SELECT keys.vector_key, v.key IS NOT NULL FROM"
        " (SELECT p.ordinal AS place, -1 AS part, p.vector_key FROM paragraphs p WHERE p.path = ?"
        " UNION ALL SELECT p.ordinal, s.ordinal, s.vector_key FROM paragraphs p"
        " JOIN sentences s ON s.paragraph = p.number WHERE p.path = ?) AS keys"
        " LEFT JOIN vectors v ON v.key = keys.vector_key ORDER BY place, part",
        [path, path],
    )
    if [key for key, _ in keys] != expected:
        yield "its texts are not those its vectors were made of"
    if missing := sum(not there or key in faulty for key, there in keys):
        yield f"{missing} of its {len(keys)} paragraphs and sentences have no vector"
    if any(not paragraph.sentences for paragraph in paragraphs):
        yield "a paragraph of it has no sentence"

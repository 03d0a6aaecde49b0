"""Vectors by the hash of model and text: what was embedded once is never embedded again."""

import heapq
import json
from collections.abc import Iterable, Sequence

import numpy as np

from index.database import Database
from index.embedding import Vectors

_STORED = np.dtype("<f4")
_UNUSED = (
    "FROM vectors WHERE key NOT IN (SELECT vector_key FROM paragraphs"
    " UNION SELECT vector_key FROM sentences)"
)


class VectorCache:
    """The vectors of paragraphs and sentences, kept in the catalog's file."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def missing(self, keys: Iterable[bytes]) -> set[bytes]:
        wanted = set(keys)
        rows = self._database.rows_in("SELECT key FROM vectors WHERE key IN ({})", list(wanted))
        return wanted - {row[0] for row in rows}

    def add(self, vectors: Iterable[tuple[bytes, Vectors]]) -> None:
        """Keep them, in a transaction of their own: embedding costs more than anything else."""
        with self._database.writing():
            self._database.execute_many(
                "INSERT OR IGNORE INTO vectors (key, vector) VALUES (?, ?)",
                [(key, vector.astype(_STORED).tobytes()) for key, vector in vectors],
            )

    def of_paragraphs(self, ids: Sequence[str]) -> dict[str, Vectors]:
        """paragraph id -> (dimension,)."""
        rows = self._database.rows_in(
            "SELECT p.id, v.vector FROM paragraphs p JOIN vectors v ON v.key = p.vector_key"
            " WHERE p.id IN ({})",
            ids,
        )
        return {id_: np.frombuffer(blob, dtype=_STORED) for id_, blob in rows}

    def of_sentences(self, ids: Sequence[str]) -> dict[str, Vectors]:
        """paragraph id -> (sentences, dimension), in sentence order."""
        found: dict[str, list[Vectors]] = {}
        for id_, blob in self._database.rows_in(
            "SELECT p.id, v.vector FROM paragraphs p JOIN sentences s ON s.paragraph = p.number"
            " JOIN vectors v ON v.key = s.vector_key WHERE p.id IN ({})"
            " ORDER BY p.number, s.ordinal",
            ids,
        ):
            found.setdefault(id_, []).append(np.frombuffer(blob, dtype=_STORED))
        return {id_: np.stack(vectors) for id_, vectors in found.items()}

    def nearest(self, vector: Vectors, top: int, paths: Sequence[str] | None = None) -> list[str]:
        """Ids of the paragraphs nearest by cosine, by comparing with every one (of ``paths``)."""
        # By size: another embedder's, of which it may have been made anew just now, do not fit.
        select = (
            "SELECT p.id, v.vector FROM paragraphs p JOIN vectors v ON v.key = p.vector_key"
            " WHERE length(v.vector) = ?"
        )
        size = vector.size * _STORED.itemsize
        if paths is None:
            parts = self._database.batches(select, [size])
        else:
            # A list of any length as one value, so that batches do not depend on it.
            within = f"{select} AND p.path IN (SELECT value FROM json_each(?))"
            parts = self._database.batches(within, [size, json.dumps(paths)])
        best: list[tuple[float, str]] = []
        for rows in parts:
            matrix = np.frombuffer(b"".join(blob for _, blob in rows), dtype=_STORED)
            cosines = (matrix.reshape(len(rows), -1) @ vector).tolist()
            best += zip((-cosine for cosine in cosines), (id_ for id_, _ in rows), strict=True)
            best = heapq.nsmallest(top, best)
        return [id_ for _, id_ in best]

    def unused(self) -> int:
        """How many vectors no text refers to."""
        return int(self._database.rows(f"SELECT count(*) {_UNUSED}")[0][0])

    def sample(self) -> list[tuple[str, Vectors]]:
        """A few short sentences with their vectors, to compare an embedder with."""
        rows = self._database.rows(
            'SELECT substr(p.text, s.start - p.start + 1, s."end" - s.start), v.vector'
            " FROM sentences s JOIN paragraphs p ON p.number = s.paragraph"
            ' JOIN vectors v ON v.key = s.vector_key WHERE s."end" - s.start <= 200 LIMIT 4'
        )
        return [(text, np.frombuffer(blob, dtype=_STORED)) for text, blob in rows]

    def drop_unused(self) -> int:
        """Forget vectors no text refers to; returns how many."""
        return self._database.execute(f"DELETE {_UNUSED}").rowcount

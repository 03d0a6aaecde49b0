"""Vectors by the hash of model and text: what was embedded once is never embedded again."""

from collections.abc import Iterable, Sequence

import numpy as np

from index.database import Database
from index.embedding import Vectors

_STORED = np.dtype("<f4")


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

    def nearest(self, vector: Vectors, top: int) -> list[str]:
        """Ids of the paragraphs nearest by cosine, by comparing with every one."""
        rows = self._database.rows(
            "SELECT p.id, v.vector FROM paragraphs p JOIN vectors v ON v.key = p.vector_key"
            " ORDER BY p.id"
        )
        if not rows:
            return []
        matrix = np.frombuffer(b"".join(blob for _, blob in rows), dtype=_STORED)
        cosines = matrix.reshape(len(rows), -1) @ vector
        return [rows[i][0] for i in np.argsort(-cosines, kind="stable")[:top]]

    def drop_unused(self) -> int:
        """Forget vectors no text refers to; returns how many."""
        return self._database.execute(
            "DELETE FROM vectors WHERE key NOT IN (SELECT vector_key FROM paragraphs"
            " UNION SELECT vector_key FROM sentences)"
        ).rowcount

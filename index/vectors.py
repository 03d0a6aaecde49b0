"""The Chroma collection of paragraphs: what the catalog says, made searchable by meaning.

Chroma 1.5.9 can lose vectors when its process is killed, so it is never trusted: it is filled from
the catalog, verified after each change, and rebuilt into a fresh directory when it fails.
"""

import shutil
import warnings
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import Any

import numpy as np

from index.embedding import Vectors
from index.types import Paragraph

COLLECTION = "paragraphs"
_BATCH = 2000
_SAMPLE = 100
_CONFIGURATION = {"hnsw": {"space": "cosine", "ef_search": 400}}


class VectorIndex:
    """Paragraph vectors by id, in one directory of its own. Cosine; nearest neighbours by HNSW."""

    def __init__(self, directory: Path) -> None:
        directory.mkdir(parents=True, exist_ok=True, mode=0o700)
        self.directory = directory
        self._client, self._collection = _open(directory)

    def close(self) -> None:
        self._client.close()

    def ids(self) -> set[str]:
        return set(self._collection.get(include=[])["ids"])

    def add(self, paragraphs: Iterable[tuple[Paragraph, Vectors]]) -> Iterator[int]:
        """Add in batches, yielding how many were added so far; ids must be new."""
        # An id that is already there would be kept silently as it was: delete before adding.
        iterator = iter(paragraphs)
        done = 0
        while batch := list(islice(iterator, _BATCH)):
            self._collection.add(
                ids=[paragraph.id for paragraph, _ in batch],
                embeddings=np.stack([vector for _, vector in batch]),
                documents=[paragraph.text for paragraph, _ in batch],
                metadatas=[_metadata(paragraph) for paragraph, _ in batch],
            )
            done += len(batch)
            yield done

    def delete(self, ids: Iterable[str]) -> None:
        iterator = iter(ids)
        while batch := list(islice(iterator, _BATCH)):
            self._collection.delete(ids=batch)

    def nearest(self, vector: Vectors, top: int) -> list[str]:
        """Ids of the nearest paragraphs, best first."""
        count = self._collection.count()
        if count == 0:
            return []
        found = self._collection.query(
            query_embeddings=[vector], n_results=min(top, count), include=[]
        )
        return list(found["ids"][0])

    def problems(self, expected: dict[str, Vectors] | None, ids: set[str]) -> list[str]:
        """What disagrees with the catalog's ``ids``, one line each; empty when nothing does.

        ``expected`` holds some paragraphs' vectors: each must find its own paragraph.
        """
        stored = self.ids()
        problems = []
        if missing := len(ids - stored):
            problems.append(f"{missing} of {len(ids)} paragraphs are missing")
        if extra := len(stored - ids):
            problems.append(f"{extra} paragraphs should not be there")
        for id_, vector in islice((expected or {}).items(), _SAMPLE):
            if not self._finds(id_, vector):
                problems.append(f"{id_} cannot be found by its own vector")
        return problems

    def _finds(self, id_: str, vector: Vectors) -> bool:
        found = self._collection.query(
            query_embeddings=[vector],
            n_results=min(10, self._collection.count()),
            include=["distances"],
        )
        # A text that occurs many times has many equals: being as near as possible is enough.
        return id_ in found["ids"][0] or found["distances"][0][0] < 1e-4


def _metadata(paragraph: Paragraph) -> dict[str, str | int]:
    return {
        "path": paragraph.path,
        "paragraph": paragraph.ordinal,
        "start": paragraph.start,
        "end": paragraph.end,
    }


def _open(directory: Path) -> tuple[Any, Any]:
    with warnings.catch_warnings():
        # Chroma's dependencies deprecate their own modules at import.
        warnings.simplefilter("ignore", DeprecationWarning)
        import chromadb
        from chromadb.config import Settings

    client = chromadb.PersistentClient(str(directory), Settings(anonymized_telemetry=False))
    # Without embedding_function=None Chroma would fetch a model of its own.
    collection = client.get_or_create_collection(
        COLLECTION, embedding_function=None, configuration=_CONFIGURATION
    )
    if collection.configuration_json["hnsw"]["space"] != "cosine":
        raise ValueError(f"{directory}: the collection does not use cosine distance")
    return client, collection


def forget(directory: Path) -> None:
    """Delete an index directory; the vectors live on in the catalog's cache."""
    shutil.rmtree(directory, ignore_errors=True)


def sample(ids: Sequence[str]) -> list[str]:
    """Ids spread evenly over ``ids``, few enough to ask for each."""
    step = max(1, len(ids) // _SAMPLE)
    return list(ids[::step][:_SAMPLE])

"""The Chroma collection of paragraphs: what the catalog says, made searchable by meaning.

Chroma 1.5.9 can lose vectors when its process is killed, and some damaged files of its kill the
process that opens them. So nothing here is trusted: index/mirror.py opens only files that are as
they were left (``seal``), compares them with the catalog, and rebuilds in a fresh directory.
"""

import hashlib
import shutil
import sqlite3
import warnings
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import closing, contextmanager
from itertools import islice
from pathlib import Path
from typing import Any

import numpy as np

from index.embedding import Vectors
from index.types import Paragraph

COLLECTION = "paragraphs"
FILE = "chroma.sqlite3"
_BATCH = 2000
_SPARE_BYTES = 100_000_000
_PARAGRAPH_BYTES = 50_000
# The upper levels of the graph: few texts have none there.
_MAY_BE_EMPTY = "link_lists.bin"


class BrokenIndexError(Exception):
    """Chroma's files cannot be relied on; the message says why."""


class VectorIndex:
    """Paragraph vectors by id, in one directory of its own. Cosine; nearest neighbours by HNSW.

    Whatever Chroma raises arrives as ``BrokenIndexError``.
    """

    def __init__(self, client: Any, collection: Any) -> None:
        self._client = client
        self._collection = collection

    @classmethod
    def open(cls, directory: Path) -> "VectorIndex":
        """Open what ``create`` made."""
        # Without embedding_function=None Chroma would fetch a model of its own.
        return cls._obtain(
            directory, lambda client: client.get_collection(COLLECTION, embedding_function=None)
        )

    @classmethod
    def create(cls, directory: Path, neighbours: int) -> "VectorIndex":
        """Make an empty index; the directory must be new, also to this process."""
        hnsw = {
            "space": "cosine",
            "ef_search": 400,
            "max_neighbors": neighbours,
            "ef_construction": 6 * neighbours,
        }
        with _explained():
            directory.mkdir(mode=0o700)
        return cls._obtain(
            directory,
            lambda client: client.create_collection(
                COLLECTION, embedding_function=None, configuration={"hnsw": hnsw}
            ),
        )

    @classmethod
    def _obtain(cls, directory: Path, collection: Callable[[Any], Any]) -> "VectorIndex":
        with _explained():
            client = _client(directory)
            try:
                return cls(client, collection(client))
            except BaseException:
                client.close()
                raise

    def close(self) -> None:
        with _explained():
            self._client.close()

    def count(self) -> int:
        with _explained():
            return int(self._collection.count())

    def ids(self) -> set[str]:
        with _explained():
            return set(self._collection.get(include=[])["ids"])

    def vectors(self, ids: Iterable[str]) -> dict[str, Vectors]:
        """id -> (dimension,), for those that are there."""
        iterator = iter(ids)
        found: dict[str, Vectors] = {}
        while batch := list(islice(iterator, _BATCH)):
            with _explained():
                got = self._collection.get(ids=batch, include=["embeddings"])
                found |= dict(zip(got["ids"], got["embeddings"], strict=True))
        return found

    def add(self, paragraphs: Iterable[tuple[Paragraph, Vectors]]) -> Iterator[int]:
        """Add in batches, yielding how many were added so far; ids must be new."""
        # An id that is already there would be kept silently as it was: delete before adding.
        iterator = iter(paragraphs)
        done = 0
        while batch := list(islice(iterator, _BATCH)):
            embeddings = np.stack([vector for _, vector in batch])
            with _explained():
                self._collection.add(
                    ids=[paragraph.id for paragraph, _ in batch],
                    embeddings=embeddings,
                    documents=[paragraph.text for paragraph, _ in batch],
                    # Only what belongs to the id: a paragraph's place may change, its id stays.
                    metadatas=[{"path": paragraph.path} for paragraph, _ in batch],
                )
            done += len(batch)
            yield done

    def delete(self, ids: Iterable[str]) -> None:
        iterator = iter(ids)
        while batch := list(islice(iterator, _BATCH)):
            with _explained():
                self._collection.delete(ids=batch)

    def nearest(self, vector: Vectors, top: int) -> list[str]:
        """Ids of the nearest paragraphs, best first."""
        with _explained():
            found = self._collection.query(query_embeddings=[vector], n_results=top, include=[])
            return list(found["ids"][0])

    def problems(self, ids: set[str], sample: Mapping[str, Vectors]) -> list[str]:
        """What disagrees with the catalog's ``ids``, one line each; empty when nothing does.

        ``sample`` holds some paragraphs' vectors: each must find its own paragraph.
        """
        stored = self.ids()
        problems = []
        if missing := len(ids - stored):
            problems.append(f"{missing} of {len(ids)} texts are missing")
        if extra := len(stored - ids):
            problems.append(f"{extra} texts should not be there")
        lost = [id_ for id_ in self._not_found(sample) if id_ in stored]
        return problems + [f"{id_} cannot be found by its own vector" for id_ in lost]

    def still_found(self, deleted: Mapping[str, Vectors]) -> list[str]:
        """Which of the deleted a query for their own vector still finds, one line each."""
        if not deleted:
            return []
        with _explained():
            found = self._collection.query(
                query_embeddings=list(deleted.values()), n_results=10, include=[]
            )
        return [
            f"{id_} was deleted and is still found"
            for id_, ids in zip(deleted, found["ids"], strict=True)
            if id_ in ids
        ]

    def _not_found(self, sample: Mapping[str, Vectors]) -> list[str]:
        if not sample:
            return []
        with _explained():
            found = self._collection.query(
                query_embeddings=list(sample.values()), n_results=10, include=["distances"]
            )
        # A text that occurs many times has many equals: being as near as possible is enough.
        return [
            id_
            for id_, ids, distances in zip(sample, found["ids"], found["distances"], strict=True)
            if id_ not in ids and not (distances and distances[0] < 1e-4)
        ]


def seal(directory: Path, paragraphs: int) -> str:
    """A hash of the files that would kill the process if they were damaged.

    Raises ``BrokenIndexError`` when their sizes make no sense: Chroma has been seen to leave
    sparse files of terabytes. So it does when they cannot be read: another process may delete them
    meanwhile, having made a new index.
    """
    try:
        return _seal(directory, paragraphs)
    except OSError as error:
        raise BrokenIndexError(f"its files cannot be read ({error.strerror})") from error


def _seal(directory: Path, paragraphs: int) -> str:
    # Where there is no metadata file yet, Chroma ignores the others and keeps all in its SQLite.
    folders = sorted(file.parent for file in directory.glob("*/index_metadata.pickle"))
    files = [file for folder in folders for file in sorted(folder.iterdir())]
    sizes = {file.name: file.stat().st_size for file in files}
    if sum(sizes.values()) > _SPARE_BYTES + _PARAGRAPH_BYTES * paragraphs:
        raise BrokenIndexError("its files grew beyond all measure")
    if empty := [name for name, size in sizes.items() if size == 0 and name != _MAY_BE_EMPTY]:
        raise BrokenIndexError(f"its file {empty[0]} is empty")
    digest = hashlib.sha256()
    for file in files:
        with file.open("rb") as stream:
            digest.update(file.name.encode() + hashlib.file_digest(stream, "sha256").digest())
    return digest.hexdigest()


def stored_count(directory: Path) -> int:
    """How many texts Chroma's own table holds, or -1: read without starting Chroma.

    Importing Chroma takes longer than all else a sync with nothing to do has to do.
    """
    try:
        with closing(
            sqlite3.connect(f"{(directory / FILE).resolve().as_uri()}?mode=ro", uri=True)
        ) as file:
            return int(file.execute("SELECT count(*) FROM embeddings").fetchone()[0])
    except sqlite3.Error:
        return -1


def forget(directory: Path) -> None:
    """Delete an index directory; the vectors live on in the catalog's cache."""
    shutil.rmtree(directory, ignore_errors=True)


def _client(directory: Path) -> Any:
    with warnings.catch_warnings():
        # Chroma's dependencies deprecate their own modules at import.
        warnings.simplefilter("ignore", DeprecationWarning)
        import chromadb
        from chromadb.config import Settings

    return chromadb.PersistentClient(str(directory), Settings(anonymized_telemetry=False))


@contextmanager
def _explained() -> Iterator[None]:
    try:
        yield
    except (KeyboardInterrupt, SystemExit):
        raise
    except BaseException as error:  # panics of Chroma's Rust code are no Exceptions
        raise BrokenIndexError(f"Chroma: {error}") from error

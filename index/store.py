"""A state directory: the catalog, its embedding cache, and the Chroma index that follows them."""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np

from index.catalog import Catalog
from index.database import Database
from index.embedding import Vectors
from index.errors import CorpusError
from index.types import Paragraph
from index.vector_cache import VectorCache
from index.vectors import VectorIndex, forget, sample

CATALOG_FILE = "catalog.sqlite3"
_LOADED = 2000


class Store:
    """Opens the parts of one state directory and keeps Chroma true to the catalog.

    Catalog settings used here: ``generation`` rises with every change; ``vectors`` names the
    directory Chroma serves from, ``following`` is set while that directory is written.
    """

    def __init__(self, state: Path, database: Database) -> None:
        self.state = state
        self._database = database
        self.catalog = Catalog(database)
        self.cache = VectorCache(database)
        self._vectors: VectorIndex | None = None
        self._serving = ""

    @classmethod
    def open(cls, state: Path) -> "Store":
        """For reading; raises ``NoIndexError`` when nothing was ever synced here."""
        return cls(state, Database.open(state / CATALOG_FILE))

    @classmethod
    def create(cls, state: Path) -> "Store":
        """For writing: makes the state directory when it is not there."""
        return cls(state, Database.create(state / CATALOG_FILE))

    def close(self) -> None:
        self._close_vectors()
        self._database.close()

    @contextmanager
    def writing(self) -> Iterator[None]:
        """One transaction that changes what can be found."""
        with self._database.writing():
            yield
            generation = int(self.catalog.get("generation", "0")) + 1
            self.catalog.put("generation", str(generation))
            self.catalog.put("synced", "no")

    def relative(self, root: Path) -> str:
        """The corpus folder as kept in the catalog, so that both can be moved together."""
        return Path(os.path.relpath(root, self.state.resolve())).as_posix()

    def corpus(self) -> Path | None:
        """The corpus folder this state belongs to, once there was a sync."""
        relative = self.catalog.get("corpus")
        return (self.state.resolve() / relative).resolve() if relative else None

    def check_corpus(self, root: Path) -> None:
        """Raise ``CorpusError`` when this state belongs to another folder."""
        known = self.corpus()
        if known is not None and known != root:
            raise CorpusError(
                f"{self.state} is the index of {known}, not of {root}: set PINCITE_HOME to"
                " another directory for it, or delete this one"
            )

    def nearest(self, vector: Vectors, top: int) -> list[str]:
        """Ids of the paragraphs nearest by cosine; a change by another process is noticed."""
        serving = f"{self.catalog.get('vectors')} {self.catalog.get('generation')}"
        if self._vectors is None or serving != self._serving:
            self._close_vectors()
            self._vectors = VectorIndex(self._directory(self.catalog.get("vectors")))
            self._serving = serving
        return self._vectors.nearest(vector, top)

    def follow(self, dimension: int, progress: Callable[[int, int], None]) -> str:
        """Make Chroma hold exactly the catalog's paragraphs; returns why it was rebuilt, or ""."""
        self._close_vectors()
        synced = self.catalog.get("synced") == "yes"
        reason = self._why_rebuild()
        if not reason and synced:
            return ""
        if not reason:
            reason = self._update(progress)
        if reason:
            self._rebuild(dimension, progress)
        self.catalog.put("synced", "yes")
        return "" if reason == _FIRST else reason

    def vector_problems(self) -> list[str]:
        """What Chroma and the catalog disagree on; empty when nothing."""
        index = VectorIndex(self._directory(self.catalog.get("vectors")))
        try:
            return self._problems(index)
        finally:
            index.close()

    def _why_rebuild(self) -> str:
        name = self.catalog.get("vectors")
        if not name:
            return _FIRST
        if not self._directory(name).is_dir():
            return "its directory was gone"
        if self.catalog.get("following") == "yes":
            return "an earlier sync was cut off while writing it"
        return ""

    def _update(self, progress: Callable[[int, int], None]) -> str:
        """Apply the differences in place; returns what was wrong afterwards, or ""."""
        self.catalog.put("following", "yes")
        index = VectorIndex(self._directory(self.catalog.get("vectors")))
        try:
            wanted = self.catalog.paragraph_ids()
            stored = index.ids()
            index.delete(sorted(stored - wanted))
            fresh = sorted(wanted - stored)
            for done in index.add(self._load(fresh)):
                progress(done, len(fresh))
            problems = self._problems(index)
        finally:
            index.close()
        if not problems:
            self.catalog.put("following", "no")
        return "; ".join(problems[:3])

    def _rebuild(self, dimension: int, progress: Callable[[int, int], None]) -> None:
        """Fill a fresh directory from the cache, check it, then serve from it."""
        old = self.catalog.get("vectors")
        name = str(int(self.catalog.get("last_vectors", "0")) + 1)
        self.catalog.put("last_vectors", name)
        forget(self._directory(name))
        index = VectorIndex(self._directory(name))
        try:
            ids = sorted(self.catalog.paragraph_ids())
            for done in index.add(self._load(ids)):
                progress(done, len(ids))
            problems = self._problems(index)
        finally:
            index.close()
        if problems:
            raise RuntimeError(f"Chroma index {name} fails its check: {'; '.join(problems[:3])}")
        with self._database.writing():
            self.catalog.put("vectors", name)
            self.catalog.put("following", "no")
        for directory in self.state.glob("vectors-*"):
            if directory != self._directory(name) and directory.name != f"vectors-{old}":
                forget(directory)
        if old:
            forget(self._directory(old))

    def _problems(self, index: VectorIndex) -> list[str]:
        wanted = self.catalog.paragraph_ids()
        return index.problems(self.cache.of_paragraphs(sample(sorted(wanted))), wanted)

    def _load(self, ids: list[str]) -> Iterator[tuple[Paragraph, Vectors]]:
        for i in range(0, len(ids), _LOADED):
            part = ids[i : i + _LOADED]
            paragraphs = self.catalog.paragraphs_by_id(part)
            vectors = self.cache.of_paragraphs(part)
            for id_ in part:
                yield paragraphs[id_], np.array(vectors[id_])

    def _directory(self, name: str) -> Path:
        return self.state / f"vectors-{name}"

    def _close_vectors(self) -> None:
        if self._vectors is not None:
            self._vectors.close()
            self._vectors = None


_FIRST = "there was none yet"

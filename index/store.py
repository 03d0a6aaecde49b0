"""A state directory: the catalog, its embedding cache, and the Chroma index that mirrors them."""

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from index.catalog import Catalog
from index.database import Database
from index.embedding import Vectors
from index.errors import CorpusError, IndexMismatchError
from index.mirror import Mirror
from index.progress import Progress, Stop, never, silent
from index.schema import HELD
from index.vector_cache import VectorCache

CATALOG_FILE = "catalog.sqlite3"


class Store:
    """Opens the parts of one state directory and keeps them in step."""

    def __init__(self, state: Path, database: Database, exact_up_to: int = 0) -> None:
        self.state = state
        self._exact_up_to = exact_up_to
        self.database = database
        self.catalog = Catalog(database)
        self.cache = VectorCache(database)
        self._mirror = Mirror(state, self.catalog, self.cache)

    @classmethod
    def open(cls, state: Path, *, exact_up_to: int = 0) -> "Store":
        """For reading; raises ``NoIndexError`` when nothing was ever synced here.

        An index of at most ``exact_up_to`` paragraphs is searched without starting Chroma.
        """
        return cls(state, Database.open(state / CATALOG_FILE), exact_up_to)

    @classmethod
    def create(cls, state: Path) -> "Store":
        """For writing: makes the state directory when it is not there."""
        return cls(state, Database.create(state / CATALOG_FILE))

    def close(self) -> None:
        self._mirror.close()
        self.database.close()

    @contextmanager
    def writing(self) -> Iterator[None]:
        """One transaction that changes what can be found."""
        with self.database.writing():
            yield
            generation = int(self.catalog.get("generation", "0")) + 1
            self.catalog.put_all({"generation": str(generation), "synced": "no"})

    @contextmanager
    def reading(self) -> Iterator[None]:
        """The catalog and the cache as of one moment, whatever another process writes."""
        with self.database.reading():
            yield

    @contextmanager
    def reading_vectors(self, fingerprint: str) -> Iterator[None]:
        """As ``reading``; raises ``IndexMismatchError`` when the vectors are another embedder's."""
        with self.reading():
            self.check_embedder(fingerprint)
            yield

    def relative(self, root: Path) -> str:
        """The corpus folder as kept in the catalog, so that both can be moved together."""
        return Path(os.path.relpath(root, self.state.resolve())).as_posix()

    def corpus(self) -> Path | None:
        """The corpus folder this state belongs to, once there was a sync."""
        relative = self.catalog.get("corpus")
        return (self.state.resolve() / relative).resolve() if relative else None

    def known_files(self) -> int:
        """How many files are indexed, or were when an upgrade dropped the tables they were in."""
        return self.catalog.counts()[0] or self.held()

    def held(self) -> int:
        """How many files an earlier version's tables had, while no sync was done since; else 0."""
        return int(self.catalog.get(HELD, "0"))

    def forget_held(self) -> None:
        """A sync has been applied: what is indexed now is all there is to know."""
        self.catalog.forget(HELD)

    def check_corpus(self, root: Path, *, moved: bool = False) -> None:
        """Raise ``CorpusError`` when this state is of another folder, or cannot name this one.

        One that is said to have ``moved`` is another, but holds a file of those known.
        """
        try:
            self.relative(root).encode()
        except UnicodeEncodeError as error:
            raise CorpusError(f"{root}: a name in it is not UTF-8: rename that folder") from error
        known = self.corpus()
        if known is None or known == root:
            return
        if not moved:
            raise CorpusError(
                f"{self.state} is the index of {known}, not of {root}: set PINCITE_HOME to another"
                ' directory for it, or, if the folder was moved there, add "--moved" to "pincite'
                ' sync"'
            )
        paths = [document.path for document in self.catalog.documents()]
        if paths and not any((root / path).is_file() for path in paths):
            raise CorpusError(
                f"{root} holds none of the files of {known}: name the folder that was moved"
            )

    def check_embedder(self, fingerprint: str) -> None:
        """Raise ``IndexMismatchError`` when the vectors here are another embedder's."""
        known = self.catalog.get("embedder")
        if known not in ("", fingerprint):
            raise IndexMismatchError(
                f"the index in {self.state} was made anew with the embedder {known}, this program"
                f" asks with {fingerprint}: start it again, or set the embedder back and run"
                ' "pincite sync"'
            )

    @property
    def remade_from(self) -> int:
        """The version of the tables that had to be made anew on opening, else 0."""
        return self.database.remade_from

    def nearest(self, vector: Vectors, top: int, paths: Sequence[str] | None = None) -> list[str]:
        """Ids of the paragraphs nearest by cosine; of these documents only, compared exactly."""
        exact = self._exact_up_to and self.catalog.paragraph_count() <= self._exact_up_to
        if paths is None and not exact:
            return self._mirror.nearest(vector, top)
        return self.cache.nearest(vector, top, paths)

    def follow(self, progress: Progress = silent, stop: Stop = never, *, anew: str = "") -> str:
        """Bring Chroma in line with the catalog; returns why it was rebuilt, or "".

        ``anew`` is a reason to rebuild it in any case. Raises ``Stopped``.
        """
        return self._mirror.follow(progress, stop, anew=anew)

    def vector_problems(self) -> list[str]:
        """What Chroma and the catalog disagree on; empty when nothing."""
        return self._mirror.problems()

    def stale_vectors(self) -> list[Path]:
        """Directories of earlier vector indexes that nothing uses any more."""
        return self._mirror.stale()


def indexed_corpus(state: Path) -> Path | None:
    """The corpus folder of a state directory, None when nothing was ever synced there."""
    if not (state / CATALOG_FILE).exists():
        return None
    store = Store.open(state)
    try:
        return store.corpus()
    finally:
        store.close()

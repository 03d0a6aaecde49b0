"""A corpus on disk, its index, and what can be asked of both."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from index.catalog import Catalog
from index.database import Database
from index.search import Searcher
from index.store import CATALOG_FILE, Store
from index.sync import Report, sync
from index.types import Document, FileState
from tests.index.fakes import HashEmbedder

LONG_AGO_NS = 1_000_000_000_000_000_000


class Library:
    """One folder and one state directory; each call opens and closes the store by itself."""

    def __init__(self, folder: Path, state: Path) -> None:
        self.folder = folder
        self.state = state
        self.embedder = HashEmbedder()

    def write(self, name: str, text: str, *, settled: bool = True) -> Path:
        """Settled: as if written long ago, so that only its content tells of a change."""
        file = self.folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(text.encode())
        if settled:
            os.utime(file, ns=(LONG_AGO_NS, LONG_AGO_NS + sum(text.encode())))
        return file

    def sync(self, *, prune: bool = False) -> Report:
        """``embedder.embedded`` holds what this sync embedded."""
        self.embedder.embedded.clear()
        with self.created() as store:
            return sync(store, self.folder, self.embedder, prune=prune)

    def date(self, dates: dict[str, str]) -> None:
        """As if the documents themselves had said so."""
        database = Database.create(self.state / CATALOG_FILE)
        for path, dated in dates.items():
            database.execute("UPDATE documents SET date = ? WHERE path = ?", [dated, path])
        database.close()

    @contextmanager
    def created(self) -> Iterator[Store]:
        store = Store.create(self.state)
        try:
            yield store
        finally:
            store.close()

    @contextmanager
    def opened(self) -> Iterator[Store]:
        store = Store.open(self.state)
        try:
            yield store
        finally:
            store.close()

    def searcher(self, store: Store) -> Searcher:
        return Searcher(store, self.embedder)

    def found(self, query: str, top: int = 10) -> list[str]:
        """The texts found, best first."""
        with self.opened() as store:
            return [hit.paragraph.text for hit in self.searcher(store).search(query, top)]

    def near(self, query: str) -> list[str]:
        """The texts found by vector alone, best first."""
        with self.opened() as store:
            ids = store.nearest(self.embedder.query(query), 10)
            paragraphs = store.catalog.paragraphs_by_id(ids)
        return [paragraphs[id_].text for id_ in ids]

    def documents(self) -> dict[str, Document]:
        catalog = Catalog(Database.open(self.state / CATALOG_FILE))
        return {document.path: document for document in catalog.documents()}

    def states(self) -> dict[str, FileState]:
        return {path: document.state for path, document in self.documents().items()}

    def contents(self) -> dict[str, object]:
        """All that can be read or found: equal for indexes that are as good as each other."""
        with self.opened() as store:
            documents = store.catalog.documents()
            paragraphs = {d.path: store.catalog.paragraphs(d.path) for d in documents}
            ids = [p.id for found in paragraphs.values() for p in found]
            vectors = store.cache.of_paragraphs(ids)
            return {
                "documents": documents,
                "texts": {d.path: store.catalog.text(d.path) for d in documents},
                "paragraphs": paragraphs,
                "vectors": {id_: vector.tolist() for id_, vector in vectors.items()},
                "words": store.catalog.full_text.bm25('"ships" OR "fish" OR "goods"', top=100),
                "near": store.nearest(self.embedder.query("ships and fish"), 100),
            }

    def vector_folders(self) -> list[Path]:
        return sorted(self.state.glob("vectors-*"))

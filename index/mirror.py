"""Keeps Chroma true to the catalog and asks it, or the catalog itself when Chroma is in doubt.

The catalog's settings say what is served: ``vectors`` names the directory, ``seal`` its files'
hash, ``mirrored`` how many texts it holds; ``following`` is "yes" while it is being changed,
and ``synced`` once it holds what the catalog holds. Readers open it only then: two processes that
change one Chroma directory lose vectors, and a reader never sees what another process adds.
"""

import logging
import secrets
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, suppress
from pathlib import Path

from index.catalog import Catalog
from index.embedding import Vectors
from index.types import Paragraph
from index.vector_cache import VectorCache
from index.vectors import BrokenIndexError, VectorIndex, forget, seal

Progress = Callable[[int, int], None]

_LOADED = 2000
_SAMPLE = 100
_FIRST = "there was none yet"

# With Chroma's own 16, up to a tenth of 1100 equally distant texts could not be found, with 32
# none or about one in a hundred, with 64 none.
_NEIGHBOURS = (32, 64)

log = logging.getLogger(__name__)


class Mirror:
    """The Chroma side of one state directory. Only ``follow`` writes; it needs the writer lock.

    Chroma holds each text once: many equal vectors make others unreachable in its graph (94 of 300
    once 1000 equal ones stood beside them, with its default settings).
    """

    def __init__(self, state: Path, catalog: Catalog, cache: VectorCache) -> None:
        self._state = state
        self._catalog = catalog
        self._cache = cache
        self._lock = threading.Lock()
        self._index: VectorIndex | None = None
        self._served = ""

    def close(self) -> None:
        with self._lock:
            self._close()
            self._served = ""

    def nearest(self, vector: Vectors, top: int) -> list[str]:
        """Ids of the paragraphs nearest by cosine; a change by another process is noticed."""
        with self._lock:
            try:
                index = self._current()
                if index is not None:
                    return self._catalog.with_same_text(index.nearest(vector, top))[:top]
            except BrokenIndexError as error:
                self._close()
                log.warning(
                    "the vector index cannot be used (%s), so that every paragraph is compared:"
                    ' "pincite sync" mends it',
                    error,
                )
        return self._cache.nearest(vector, top)

    def follow(self, progress: Progress) -> str:
        """Make Chroma hold exactly the catalog's texts; returns why it was rebuilt, or ""."""
        self.close()
        reason = self._update(progress)
        if not reason:
            return ""
        for neighbours in _NEIGHBOURS:
            failure = self._rebuild(neighbours, progress)
            if not failure:
                return "" if reason == _FIRST else reason
        self._serve("")
        return (
            f"{reason}; the new one cannot be used either ({failure}), so that searches compare"
            " every paragraph until the next sync"
        )

    def problems(self) -> list[str]:
        """What Chroma and the catalog disagree on, one line each; empty when nothing."""
        try:
            with closing(self._open(self._catalog.settings())) as index:
                return self._disagreements(index)
        except BrokenIndexError as error:
            return [str(error)]

    def _current(self) -> VectorIndex | None:
        """The index as the last sync left it; None while there is none to rely on."""
        settings = self._catalog.settings()
        synced = settings.get("vectors") and settings.get("synced") == "yes"
        served = f"{settings['vectors']} {settings['generation']}" if synced else ""
        if served != self._served:
            self._close()
            # Noted first: what proves broken is not tried again before the next sync.
            self._served = served
            self._index = self._open(settings) if served else None
        return self._index

    def _close(self) -> None:
        index, self._index = self._index, None
        # What cannot be closed properly was broken before, and is given up here anyway.
        with suppress(BrokenIndexError):
            if index is not None:
                index.close()

    def _open(self, settings: Mapping[str, str]) -> VectorIndex:
        if not settings.get("vectors"):
            raise BrokenIndexError("there is none")
        directory = self._directory(settings["vectors"])
        if not directory.is_dir():
            raise BrokenIndexError("its directory is gone")
        mirrored = int(settings.get("mirrored", "0"))
        if seal(directory, mirrored) != settings.get("seal"):
            raise BrokenIndexError("its files are not as the last sync left them")
        index = VectorIndex.open(directory)
        if index.count() != mirrored:
            index.close()
            raise BrokenIndexError("it does not hold as many texts as the last sync left")
        return index

    def _update(self, progress: Progress) -> str:
        """Apply the differences in place; returns why that cannot be relied on, or ""."""
        settings = self._catalog.settings()
        if not settings.get("vectors"):
            return _FIRST
        if settings.get("following") == "yes":
            return "an earlier sync was cut off while writing it"
        try:
            with closing(self._open(settings)) as index:
                wanted = self._catalog.different_texts()
                stored = index.ids()
                if wanted != stored:
                    self._catalog.put("following", "yes")
                    index.delete(sorted(stored - wanted))
                    self._fill(index, sorted(wanted - stored), progress)
                problems = self._disagreements(index)
            if not problems:
                self._serve(settings["vectors"])
        except BrokenIndexError as error:
            return str(error)
        return "; ".join(problems[:3])

    def _rebuild(self, neighbours: int, progress: Progress) -> str:
        """Fill a fresh directory and serve from it; returns why that failed, or ""."""
        name = secrets.token_hex(4)
        directory = self._directory(name)
        try:
            with closing(VectorIndex.create(directory, neighbours)) as index:
                self._fill(index, sorted(self._catalog.different_texts()), progress)
                problems = self._disagreements(index)
            if not problems:
                self._serve(name)
        except BrokenIndexError as error:
            problems = [str(error)]
        for other in self._state.glob("vectors-*"):
            if problems or other != directory:
                forget(other)
        return "; ".join(problems[:3])

    def _fill(self, index: VectorIndex, ids: list[str], progress: Progress) -> None:
        for done in index.add(self._load(ids)):
            progress(done, len(ids))

    def _load(self, ids: list[str]) -> Iterator[tuple[Paragraph, Vectors]]:
        for i in range(0, len(ids), _LOADED):
            part = ids[i : i + _LOADED]
            paragraphs = self._catalog.paragraphs_by_id(part)
            vectors = self._cache.of_paragraphs(part)
            for id_ in part:
                yield paragraphs[id_], vectors[id_]

    def _serve(self, name: str) -> None:
        mirrored = len(self._catalog.different_texts())
        self._catalog.put_all(
            {
                "vectors": name,
                "seal": seal(self._directory(name), mirrored) if name else "",
                "mirrored": str(mirrored),
                "following": "no",
                "synced": "yes",
            }
        )

    def _disagreements(self, index: VectorIndex) -> list[str]:
        ids = sorted(self._catalog.different_texts())
        sample = ids[:: len(ids) // _SAMPLE + 1]
        return index.problems(set(ids), self._cache.of_paragraphs(sample))

    def _directory(self, name: str) -> Path:
        return self._state / f"vectors-{name}"

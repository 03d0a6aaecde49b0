"""Keeps Chroma true to the catalog and asks it, or the catalog itself when Chroma is in doubt.

The catalog's settings say what is served: ``vectors`` names the directory, ``seal`` its files'
hash, ``mirrored`` how many texts it holds; ``following`` is "yes" while it is being changed,
and ``synced`` once it holds what the catalog holds. Readers open it only then: two processes that
change one Chroma directory lose vectors, and a reader never sees what another process adds.
"""

import logging
import secrets
import shutil
import threading
from collections.abc import Iterator, Mapping
from contextlib import closing, suppress
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np

from index.catalog import Catalog
from index.embedding import Vectors
from index.progress import Progress, Stop, Stopped
from index.types import Paragraph
from index.vector_cache import VectorCache
from index.vectors import BrokenIndexError, VectorIndex, forget, seal, stored_count

_LOADED = 2000
_SAMPLE = 100
_FIRST = "there was none yet"
_SAME = 1e-4

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

    def follow(self, progress: Progress, stop: Stop, *, anew: str = "") -> str:
        """Make Chroma hold exactly the catalog's texts; returns why it was rebuilt, or "".

        ``anew`` is a reason to rebuild it in any case. Raises ``Stopped`` where ``stop`` says so;
        what Chroma holds by then is kept, and the next call goes on from there.
        """
        self.close()
        wanted = self._catalog.different_texts()
        if not anew and self._is_as_left(len(wanted)):
            return ""
        reason = anew or self._update(wanted, progress, stop)
        if not reason:
            return ""
        for neighbours in _NEIGHBOURS:
            failure = self._rebuild(wanted, neighbours, progress, stop)
            if not failure:
                return "" if reason == _FIRST else reason
        self._serve("", len(wanted))
        return (
            f"{reason}; the new one cannot be used either ({failure}), so that searches compare"
            " every paragraph until the next sync"
        )

    def problems(self) -> list[str]:
        """What Chroma and the catalog disagree on, one line each; empty when nothing.

        Its files' seal comes first, then, in a copy because Chroma writes to what it opens, every
        text and every vector; only where all of them are right, what a query finds of a sample.
        """
        wanted = self._catalog.different_texts()
        try:
            with (
                TemporaryDirectory(prefix="pincite-") as directory,
                closing(self._open_copy(Path(directory))) as index,
            ):
                stored = index.ids()
                problems = [f"{id_} is missing" for id_ in sorted(wanted - stored)]
                problems += [f"{id_} should not be there" for id_ in sorted(stored - wanted)]
                problems += self._wrong_vectors(index, sorted(wanted & stored))
                return problems or self._disagreements(index, wanted)
        except BrokenIndexError as error:
            return [str(error)]

    def stale(self) -> list[Path]:
        """Directories of earlier indexes that nothing uses any more."""
        serving = self._directory(self._catalog.get("vectors") or "none")
        return sorted(other for other in self._state.glob("vectors-*") if other != serving)

    def _wrong_vectors(self, index: VectorIndex, ids: list[str]) -> list[str]:
        wrong = []
        for i in range(0, len(ids), _LOADED):
            kept = self._cache.of_paragraphs(ids[i : i + _LOADED])
            stored = index.vectors(kept)
            wrong += [
                f"{id_} has another vector than the catalog"
                for id_, vector in kept.items()
                if id_ not in stored or not np.allclose(stored[id_], vector, atol=_SAME)
            ]
        return wrong

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
        return _opened(self._sealed(settings), settings)

    def _open_copy(self, directory: Path) -> VectorIndex:
        settings = self._catalog.settings()
        copy = directory / "copy"
        # What the seal is checked for first: a damaged index can have sparse files of terabytes.
        shutil.copytree(self._sealed(settings), copy)
        return _opened(copy, settings)

    def _sealed(self, settings: Mapping[str, str]) -> Path:
        """The directory being served; its files that could do harm are as they were left."""
        if not settings.get("vectors"):
            raise BrokenIndexError("there is none")
        directory = self._directory(settings["vectors"])
        if not directory.is_dir():
            raise BrokenIndexError("its directory is gone")
        if seal(directory, int(settings["mirrored"])) != settings.get("seal"):
            raise BrokenIndexError("its files are not as the last sync left them")
        return directory

    def _is_as_left(self, wanted: int) -> bool:
        """Whether nothing changed in catalog and Chroma since they were last found to agree."""
        settings = self._catalog.settings()
        if settings.get("synced") != "yes" or not settings.get("vectors"):
            return False
        directory = self._directory(settings["vectors"])
        try:
            same_files = seal(directory, wanted) == settings.get("seal")
        except BrokenIndexError:
            return False
        return same_files and stored_count(directory) == wanted == int(settings["mirrored"])

    def _update(self, wanted: set[str], progress: Progress, stop: Stop) -> str:
        """Apply the differences in place; returns why that cannot be relied on, or ""."""
        settings = self._catalog.settings()
        name = settings.get("vectors")
        if not name:
            return _FIRST
        if settings.get("following") == "yes":
            return "an earlier sync was cut off while writing it"
        problems: list[str] = []
        complete, held = True, len(wanted)
        try:
            with closing(self._open(settings)) as index:
                stored = index.ids()
                if wanted != stored:
                    self._catalog.put("following", "yes")
                    gone = sorted(stored - wanted)
                    probes = index.vectors(_sample(gone))
                    index.delete(gone)
                    problems = index.still_found(probes)
                    complete = self._fill(index, sorted(wanted - stored), progress, stop)
                if complete:
                    problems += self._disagreements(index, wanted)
                else:
                    held = index.count()
            if not problems:
                self._serve(name, held, complete=complete)
        except BrokenIndexError as error:
            return str(error)
        return "; ".join(problems[:3])

    def _rebuild(self, wanted: set[str], neighbours: int, progress: Progress, stop: Stop) -> str:
        """Fill a fresh directory and serve from it; returns why that failed, or "".

        What is served meanwhile stays untouched until the new one has passed its check.
        """
        name = secrets.token_hex(4)
        directory = self._directory(name)
        problems: list[str] = []
        held = len(wanted)
        try:
            with closing(VectorIndex.create(directory, neighbours)) as index:
                complete = self._fill(index, sorted(wanted), progress, stop)
                if complete:
                    problems = self._disagreements(index, wanted)
                else:
                    held = index.count()
            if not complete and self._catalog.get("synced") == "yes":
                # Half an index is worth keeping only where no whole one is served.
                forget(directory)
                raise Stopped
            if not problems:
                self._serve(name, held, complete=complete)
        except BrokenIndexError as error:
            problems = [str(error)]
        if problems:
            forget(directory)
        return "; ".join(problems[:3])

    def _fill(self, index: VectorIndex, ids: list[str], progress: Progress, stop: Stop) -> bool:
        """Add these; returns False when asked to stop before the end."""
        for done in index.add(self._load(ids)):
            progress("vectors", done, len(ids))
            if done < len(ids) and stop():
                return False
        return True

    def _load(self, ids: list[str]) -> Iterator[tuple[Paragraph, Vectors]]:
        for i in range(0, len(ids), _LOADED):
            part = ids[i : i + _LOADED]
            paragraphs = self._catalog.paragraphs_by_id(part)
            vectors = self._cache.of_paragraphs(part)
            for id_ in part:
                yield paragraphs[id_], vectors[id_]

    def _serve(self, name: str, held: int, *, complete: bool = True) -> None:
        """Serve from this directory; raises ``Stopped`` when it is not complete yet."""
        self._catalog.put_all(
            {
                "vectors": name,
                "seal": seal(self._directory(name), held) if name else "",
                "mirrored": str(held),
                "following": "no",
                "synced": "yes" if complete else "no",
            }
        )
        for other in self.stale():
            forget(other)
        if not complete:
            raise Stopped

    def _disagreements(self, index: VectorIndex, wanted: set[str]) -> list[str]:
        sample = _sample(sorted(wanted))
        return index.problems(wanted, self._cache.of_paragraphs(sample))

    def _directory(self, name: str) -> Path:
        return self._state / f"vectors-{name}"


def _opened(directory: Path, settings: Mapping[str, str]) -> VectorIndex:
    index = VectorIndex.open(directory)
    if index.count() != int(settings["mirrored"]):
        index.close()
        raise BrokenIndexError("it does not hold as many texts as the last sync left")
    return index


def _sample(ids: list[str]) -> list[str]:
    return ids[:: len(ids) // _SAMPLE + 1]

"""Gives back the room that deleted texts and earlier indexes still take."""

import shutil
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from index.errors import PinciteError
from index.rebuild import set_aside
from index.store import Store
from index.vectors import forget

_BLOCK_BYTES = 512


@dataclass(frozen=True, slots=True)
class Compacted:
    """What was dropped, and the bytes of the state directory on disk."""

    vectors: int
    directories: int
    before_bytes: int
    after_bytes: int


def compact(state: Path) -> Compacted:
    """Drop vectors of texts that are gone, what is left over of earlier indexes, and free space.

    Vectors of an earlier embedder are dropped too: going back to it embeds everything again. The
    caller holds the writer lock. Raises ``PinciteError`` while an index of an earlier version was
    not synced: its texts are gone until then, so that every vector would look unused.
    """
    before = size_bytes(state)
    with closing(Store.create(state)) as store:
        if store.held():
            raise PinciteError(
                f'{state} is an earlier version\'s index: run "pincite sync" first, or all its'
                " texts would have to be embedded again"
            )
        left_over = store.stale_vectors()
        for directory in left_over:
            forget(directory)
        aside = set_aside(state)
        for directory in aside:
            shutil.rmtree(directory)
        vectors = store.cache.drop_unused()
        store.catalog.full_text.tidy()
        store.database.shrink()
    return Compacted(vectors, len(left_over) + len(aside), before, size_bytes(state))


def size_bytes(directory: Path) -> int:
    """What its files take on the disk; a sparse file takes less than its length."""
    files = [file for file in directory.rglob("*") if file.is_file()]
    return sum(file.stat().st_blocks * _BLOCK_BYTES for file in files)

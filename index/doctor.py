"""Finds and names every disagreement between folder, catalog and vector index. Changes nothing."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from index.catalog_check import (
    file_problems,
    full_text_problems,
    orphans,
    wrong_documents,
    wrong_vectors,
)
from index.errors import CorpusError, DamagedError, IndexMismatchError, NoIndexError
from index.exclude import Exclusions
from index.fingerprint import changes
from index.lock import writer
from index.plan import Plan, make_plan
from index.progress import Progress, silent
from index.rebuild import set_aside
from index.scan import check_root, scan
from index.store import Store

SYNC = "pincite sync"
REBUILD = "pincite rebuild"
COMPACT = "pincite compact"


@dataclass(frozen=True, slots=True)
class Finding:
    """One disagreement: where it is, what it is, and what mends it (a command or a deed).

    ``harmless`` ones only take room.
    """

    part: str
    what: str
    mend: str
    harmless: bool = False


def examine(
    state: Path,
    fingerprint: Callable[[], str],
    *,
    exclude: Sequence[str] = (),
    progress: Progress = silent,
) -> Iterator[Finding]:
    """Every finding. ``fingerprint`` is of this program's index; "" compares none.

    It is called once there is an index to compare with: knowing it can mean to load the embedder.
    """
    if who := writer(state):
        yield Finding("state", f"{who} is writing to it", "wait for it to end, then try again")
        return
    try:
        store = Store.open(state)
    except NoIndexError as error:
        yield Finding("state", str(error), SYNC)
        return
    except DamagedError as error:
        yield Finding("catalog", str(error), REBUILD)
        return
    except IndexMismatchError as error:
        yield Finding("catalog", str(error), SYNC)
        return
    with closing(store):
        own = fingerprint()
        try:
            yield from _catalog(store, progress)
            yield from _vectors(store)
            yield from _versions(store, own)
            yield from _folder(store, exclude)
        except DamagedError as error:
            yield Finding("catalog", str(error), REBUILD)


def _catalog(store: Store, progress: Progress) -> Iterator[Finding]:
    database = store.database
    for what in file_problems(database):
        yield Finding("catalog", what, REBUILD)
    for what in orphans(database):
        yield Finding("catalog", what, REBUILD)
    for path, what in wrong_documents(database, progress):
        yield Finding("catalog", f"the document {path}: {what}", REBUILD)
    for what in full_text_problems(database):
        yield Finding("catalog", what, REBUILD)
    for key, what in wrong_vectors(database):
        yield Finding("catalog", f"the cached vector {key.hex()} {what}", REBUILD)
    # After an upgrade all look unused until a sync has read the files again.
    if not store.held() and (unused := store.cache.unused()):
        yield Finding("catalog", f"{unused} cached vectors are unused", COMPACT, harmless=True)


def _vectors(store: Store) -> Iterator[Finding]:
    if store.catalog.get("synced") != "yes":
        yield Finding("vectors", "a sync was cut off before they held what the catalog holds", SYNC)
        return
    for what in store.vector_problems():
        yield Finding("vectors", what, REBUILD)
    for directory in (*store.stale_vectors(), *set_aside(store.state)):
        yield Finding("state", f"{directory.name} is left over", COMPACT, harmless=True)


def _versions(store: Store, fingerprint: str) -> Iterator[Finding]:
    if fingerprint:
        for change in changes(store.catalog.get("fingerprint"), fingerprint):
            yield Finding("catalog", change, SYNC)


def _folder(store: Store, exclude: Sequence[str]) -> Iterator[Finding]:
    root = store.corpus()
    if root is None:
        yield Finding("folder", "it is not known which folder was indexed", SYNC)
        return
    try:
        found = scan(
            check_root(root), exclusions=Exclusions.of_settings(exclude), state=store.state
        )
    except CorpusError as error:
        yield Finding("folder", str(error), "mount it, or mend what is said here")
        return
    if not found and (known := store.known_files()):
        yield Finding(
            "folder",
            f"{root} is empty, {known} files of it are indexed",
            f"mount it, or {SYNC} --prune",
        )
        return
    stamps = store.catalog.stamps()
    visible = make_plan(root, found, stamps)
    yield from _planned(visible)
    seen = {file.path for file in visible.changed}
    for file in make_plan(root, found, stamps, by_content=True).changed:
        if file.path not in seen:
            what = f"{file.path} has other content, though its size and time are the same"
            yield Finding("folder", what, REBUILD)


def _planned(plan: Plan) -> Iterator[Finding]:
    for file in plan.added:
        yield Finding("folder", f"{file.path} is new", SYNC)
    for file in plan.changed:
        yield Finding("folder", f"{file.path} has changed", SYNC)
    for path in plan.removed:
        yield Finding("folder", f"{path} is gone", SYNC)

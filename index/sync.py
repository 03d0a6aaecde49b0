"""Makes the index say what the folder says: plan, apply to the catalog, let Chroma follow.

Every group of files is one transaction in the catalog, so a kill at any moment leaves a catalog
that is right for the files done so far and the next sync goes on from there. Chroma follows last
and is rebuilt when anything about it is in doubt.

Where everything has to be made anew (another embedder, another way of cutting or reading), all new
vectors go into the cache first, and then one transaction replaces the whole catalog: until then the
old index serves as it was, and nothing of it stands beside anything new.
"""

import time
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from index import readers
from index.embedding import Embedder, SentenceTransformerEmbedder
from index.errors import CorpusError
from index.exclude import Exclusions
from index.fingerprint import changes, fingerprint_of, vector_key
from index.known_vectors import known_vectors
from index.one_shot import OneShotEmbedder, Sample
from index.paragraphs import CHUNKING_VERSION
from index.plan import Plan, make_plan
from index.prepare import Prepared, prepare, settled_mtime
from index.progress import Progress, Stop, Stopped, never, silent
from index.scan import FoundFile, check_root, scan
from index.store import Store
from index.types import FileState

_GROUP_TEXTS = 512
_GROUP_FILES = 500
_KEPT_TEXTS = 1024


@dataclass(frozen=True, slots=True)
class Report:
    """What a sync did. ``embedded`` counts texts that were not in the cache.

    ``anew`` says why everything was done again, ``rebuilt`` why the vector index was. A ``stopped``
    one ended early because it was asked to: the next one goes on from there.
    """

    plan: Plan
    embedded: int
    rebuilt: str
    documents: int
    paragraphs: int
    anew: tuple[str, ...] = ()
    stopped: bool = False


def index_fingerprint(embedder: Embedder) -> str:
    """Everything that shapes the index apart from the documents."""
    return fingerprint_of(
        embedder.fingerprint, chunking=CHUNKING_VERSION, reader=readers.READER_VERSION
    )


def plan_sync(
    store: Store,
    root: Path,
    fingerprint: str,
    *,
    prune: bool = False,
    exclude: Sequence[str] = (),
    apart: Collection[Path] = (),
    by_content: bool = False,
    moved: bool = False,
) -> Plan:
    """What ``sync`` would do; raises ``CorpusError`` rather than plan the wiping of an index."""
    root = check_root(root)
    store.check_corpus(root, moved=moved)
    exclusions = Exclusions.of_settings(exclude)
    found = scan(root, exclusions=exclusions, state=store.state, apart=apart)
    current = store.catalog.get("fingerprint") == fingerprint
    stamps = store.catalog.stamps()
    if by_content:
        # What could not be read may be readable now, by more memory or another machine.
        failed = [d.path for d in store.catalog.documents() if d.state is FileState.FAILED]
        stamps |= dict.fromkeys(failed, (-1, 0, ""))
    if not found and not prune and (known := store.known_files()):
        raise CorpusError(
            f"{root} is empty but {known} files of it are indexed: mount it, or"
            ' "pincite sync --prune" to empty the index as well'
        )
    return make_plan(root, found, stamps if current else {}, by_content=by_content)


def sync(
    store: Store,
    root: Path,
    embedder: Embedder,
    *,
    prune: bool = False,
    exclude: Sequence[str] = (),
    apart: Collection[Path] = (),
    by_content: bool = False,
    moved: bool = False,
    rebuild: str = "",
    progress: Progress = silent,
    stop: Stop = never,
) -> Report:
    """Bring the index up to date. The caller holds the writer lock (index/lock.py).

    Files ``apart``, resolved, are no documents wherever they lie. ``by_content`` trusts no file's
    size and time. ``moved`` says that the folder lies at ``root`` now. ``rebuild`` is a reason to
    rebuild the vector index in any case.
    """
    started_ns = time.time_ns()
    root = check_root(root)
    catalog = store.catalog
    before, fingerprint = catalog.get("fingerprint"), index_fingerprint(embedder)
    plan = plan_sync(
        store,
        root,
        fingerprint,
        prune=prune,
        exclude=exclude,
        apart=apart,
        by_content=by_content,
        moved=moved,
    )
    if isinstance(embedder, SentenceTransformerEmbedder):
        embedder = OneShotEmbedder(embedder, _sample_of(store, embedder.fingerprint))
    work = _Work(store, root, embedder, plan.to_read, progress, stop)
    rebuilt, stopped = "", False
    try:
        catalog.put("corpus", store.relative(root))
        if before != fingerprint:
            work.replace_all(fingerprint)
        else:
            work.remove(plan.removed)
            settled = {f.path: settled_mtime(f, started_ns, f.size_bytes) for f in plan.touched}
            catalog.restamp(settled)
            work.apply()
        store.forget_held()
        rebuilt = store.follow(progress, stop, anew=rebuild)
    except Stopped:
        stopped = True
    anew = tuple(changes(before, fingerprint))
    return Report(plan, work.embedded, rebuilt, *catalog.counts(), anew, stopped)


def _sample_of(store: Store, embedder: str) -> Callable[[], Sample]:
    """What to check an embedder by: the vectors of the index, where it has any of this one."""

    def sample() -> Sample:
        here = store.catalog.get("embedder") == embedder
        return (store.cache.sample() if here else []) or known_vectors(embedder)

    return sample


@dataclass
class _Work:
    """The files of one sync on their way into the catalog."""

    store: Store
    root: Path
    embedder: Embedder
    files: Sequence[FoundFile]
    progress: Progress
    stop: Stop
    embedded: int = field(default=0, init=False)

    def remove(self, paths: Sequence[str]) -> None:
        if paths:
            with self.store.writing():
                for path in paths:
                    self.store.catalog.remove(path)

    def apply(self) -> None:
        """Each group of files in a transaction of its own."""
        for group in self._groups("files"):
            self._embed(group)
            with self.store.writing():
                self._write(group)

    def replace_all(self, fingerprint: str) -> None:
        """All files in the place of whatever the catalog holds, in one transaction."""
        catalog = self.store.catalog
        first = catalog.counts() == (0, 0)
        if not first:
            for group in self._groups("files embedded anew"):
                self._embed(group)
        with self.store.writing():
            catalog.clear()
            catalog.put_all(
                {
                    "fingerprint": fingerprint,
                    "embedder": self.embedder.fingerprint,
                    "vectors": "",
                }
            )
            if not first:
                for group in self._groups("files"):
                    # Only what was written to a file since it was embedded.
                    self._embed(group)
                    self._write(group)
        if first:
            self.apply()

    def _groups(self, what: str) -> Iterator[list[Prepared]]:
        """Files read and cut, in groups with enough texts for the embedder to batch well.

        A group is done when the next one is asked for; raises ``Stopped`` between two.
        """
        group: list[Prepared] = []
        texts = 0
        self.progress(what, 0, len(self.files))
        for done, file in enumerate(self.files, start=1):
            prepared = prepare(self.root, file)
            group.append(prepared)
            texts += sum(1 + len(p.sentences) for p in prepared.paragraphs)
            full = texts >= _GROUP_TEXTS or len(group) >= _GROUP_FILES
            if full or done == len(self.files):
                yield group
                self.progress(what, done, len(self.files))
                if self.stop():
                    raise Stopped
                group, texts = [], 0

    def _embed(self, group: Sequence[Prepared]) -> None:
        """Put the vectors of a group's new texts into the cache."""
        texts = {
            vector_key(self.embedder.fingerprint, text): text
            for prepared in group
            for paragraph in prepared.paragraphs
            for text in (paragraph.text, *(sentence.text for sentence in paragraph.sentences))
        }
        missing = sorted(self.store.cache.missing(texts), key=lambda key: texts[key])
        # A long file is kept in pieces too, so that an interruption costs little.
        for i in range(0, len(missing), _KEPT_TEXTS):
            if i:
                self.progress("texts", i, len(missing))
                if self.stop():
                    raise Stopped
            keys = missing[i : i + _KEPT_TEXTS]
            vectors = self.embedder.documents([texts[key] for key in keys])
            self.store.cache.add(zip(keys, vectors, strict=True))
            self.embedded += len(keys)

    def _write(self, group: Sequence[Prepared]) -> None:
        for item in group:
            self.store.catalog.replace(
                item.document,
                item.mtime_ns,
                item.text,
                item.paragraphs,
                self.embedder.fingerprint,
                item.pages,
            )

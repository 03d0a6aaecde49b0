"""Makes the index say what the folder says: plan, apply to the catalog, let Chroma follow.

Every group of files is one transaction in the catalog, so a kill at any moment leaves a catalog
that is right for the files done so far and the next sync goes on from there. Chroma follows last
and is rebuilt when anything about it is in doubt.
"""

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from index import readers
from index.embedding import Embedder
from index.errors import CorpusError
from index.fingerprint import vector_key
from index.paragraphs import CHUNKING_VERSION
from index.prepare import Prepared, prepare, settled_mtime
from index.scan import FoundFile, Plan, check_root, make_plan, scan
from index.store import Store

Progress = Callable[[str, int, int], None]
"""Called with what is being counted, how many are done, and how many there are."""

_GROUP_TEXTS = 512
_KEPT_TEXTS = 1024


@dataclass(frozen=True, slots=True)
class Report:
    """What a sync did. ``embedded`` counts texts that were not in the cache."""

    plan: Plan
    embedded: int
    rebuilt: str
    documents: int
    paragraphs: int


def index_fingerprint(embedder: Embedder) -> str:
    """Everything that shapes the index apart from the documents."""
    return f"{embedder.fingerprint} chunking {CHUNKING_VERSION} reader {readers.READER_VERSION}"


def plan_sync(store: Store, root: Path, fingerprint: str, *, prune: bool = False) -> Plan:
    """What ``sync`` would do; raises ``CorpusError`` rather than plan the wiping of an index."""
    root = check_root(root)
    store.check_corpus(root)
    found = scan(root)
    current = store.catalog.get("fingerprint") == fingerprint
    stamps = store.catalog.stamps()
    if stamps and not found and not prune:
        raise CorpusError(
            f"{root} is empty but {len(stamps)} files of it are indexed: mount it, or"
            ' "pincite sync --prune" to empty the index as well'
        )
    return make_plan(root, found, stamps if current else {})


def sync(
    store: Store,
    root: Path,
    embedder: Embedder,
    *,
    prune: bool = False,
    progress: Progress = lambda what, done, total: None,
) -> Report:
    """Bring the index up to date. The caller holds the writer lock (index/lock.py)."""
    started_ns = time.time_ns()
    root = check_root(root)
    fingerprint = index_fingerprint(embedder)
    plan = plan_sync(store, root, fingerprint, prune=prune)
    catalog = store.catalog
    if catalog.get("fingerprint") != fingerprint:
        _start_over(store, fingerprint, embedder.fingerprint)
    catalog.put("corpus", store.relative(root))
    if plan.removed:
        with store.writing():
            for path in plan.removed:
                catalog.remove(path)
    catalog.restamp(
        {file.path: settled_mtime(file, started_ns, file.size_bytes) for file in plan.touched}
    )
    embedded = done = 0
    progress("files", 0, len(plan.to_read))
    for group in _groups(root, plan.to_read):
        embedded += _embed(store, group, embedder)
        with store.writing():
            for item in group:
                catalog.replace(
                    item.document, item.mtime_ns, item.text, item.paragraphs, embedder.fingerprint
                )
        done += len(group)
        progress("files", done, len(plan.to_read))
    rebuilt = store.follow(lambda n, total: progress("vectors", n, total))
    documents = catalog.documents()
    return Report(plan, embedded, rebuilt, len(documents), sum(d.paragraphs for d in documents))


def _start_over(store: Store, fingerprint: str, embedder_fingerprint: str) -> None:
    # Vectors of two models, or paragraphs cut in two ways, must never stand side by side.
    with store.writing():
        for document in store.catalog.documents():
            store.catalog.remove(document.path)
        store.catalog.put_all(
            {"fingerprint": fingerprint, "embedder": embedder_fingerprint, "vectors": ""}
        )


def _groups(root: Path, files: Sequence[FoundFile]) -> Iterator[list[Prepared]]:
    """Files read and cut, in groups with enough texts for the embedder to batch well."""
    group: list[Prepared] = []
    texts = 0
    for file in files:
        prepared = prepare(root, file)
        group.append(prepared)
        texts += sum(1 + len(p.sentences) for p in prepared.paragraphs)
        if texts >= _GROUP_TEXTS:
            yield group
            group, texts = [], 0
    if group:
        yield group


def _embed(store: Store, group: Sequence[Prepared], embedder: Embedder) -> int:
    """Put the vectors of a group's new texts into the cache; returns how many there were."""
    texts = {
        vector_key(embedder.fingerprint, text): text
        for prepared in group
        for paragraph in prepared.paragraphs
        for text in (paragraph.text, *(sentence.text for sentence in paragraph.sentences))
    }
    missing = sorted(store.cache.missing(texts), key=lambda key: texts[key])
    # A long file is kept in pieces too, so that an interruption costs little.
    for i in range(0, len(missing), _KEPT_TEXTS):
        keys = missing[i : i + _KEPT_TEXTS]
        vectors = embedder.documents([texts[key] for key in keys])
        store.cache.add(zip(keys, vectors, strict=True))
    return len(missing)

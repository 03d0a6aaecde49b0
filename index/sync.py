"""Makes the index say what the folder says: plan, apply to the catalog, let Chroma follow.

Every group of files is one transaction in the catalog, so a kill at any moment leaves a catalog
that is right for the files done so far and the next sync goes on from there. Chroma follows last
and is rebuilt when anything about it is in doubt.
"""

import hashlib
import os
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from index import readers
from index.embedding import Embedder
from index.errors import CorpusError
from index.fingerprint import vector_key
from index.paragraphs import CHUNKING_VERSION, check_offsets, split_paragraphs
from index.scan import FoundFile, Plan, check_root, make_plan, scan
from index.store import Store
from index.types import Document, FileState, Paragraph

Progress = Callable[[str, int, int], None]
"""Called with what is being counted, how many are done, and how many there are."""

_GROUP_TEXTS = 512
_RACY_NS = 2_000_000_000


@dataclass(frozen=True, slots=True)
class Report:
    """What a sync did. ``embedded`` counts texts that were not in the cache."""

    plan: Plan
    embedded: int
    rebuilt: str
    documents: int
    paragraphs: int


@dataclass(frozen=True, slots=True)
class _Prepared:
    document: Document
    mtime_ns: int
    text: str
    paragraphs: tuple[Paragraph, ...]


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
    return make_plan(found, stamps if current else {})


def sync(
    store: Store,
    root: Path,
    embedder: Embedder,
    *,
    prune: bool = False,
    progress: Progress = lambda what, done, total: None,
) -> Report:
    """Bring the index up to date. The caller holds the writer lock (index/lock.py)."""
    root = check_root(root)
    fingerprint = index_fingerprint(embedder)
    plan = plan_sync(store, root, fingerprint, prune=prune)
    catalog = store.catalog
    if catalog.get("fingerprint") != fingerprint:
        _start_over(store, fingerprint)
    catalog.put("corpus", store.relative(root))
    if plan.removed:
        with store.writing():
            for path in plan.removed:
                catalog.remove(path)
    embedded = done = 0
    progress("files", 0, len(plan.to_read))
    for group in _groups(root, plan.to_read):
        embedded += _apply(store, group, embedder)
        done += len(group)
        progress("files", done, len(plan.to_read))
    rebuilt = store.follow(embedder.dimension, lambda n, total: progress("vectors", n, total))
    documents = catalog.documents()
    return Report(plan, embedded, rebuilt, len(documents), sum(d.paragraphs for d in documents))


def _start_over(store: Store, fingerprint: str) -> None:
    # Vectors of two models, or paragraphs cut in two ways, must never stand side by side.
    with store.writing():
        for document in store.catalog.documents():
            store.catalog.remove(document.path)
        store.catalog.put("fingerprint", fingerprint)
        store.catalog.put("vectors", "")


def _groups(root: Path, files: Sequence[FoundFile]) -> Iterator[list[_Prepared]]:
    """Files read and cut, in groups with enough texts for the embedder to batch well."""
    group: list[_Prepared] = []
    texts = 0
    for file in files:
        prepared = _prepare(root, file)
        group.append(prepared)
        texts += sum(1 + len(p.sentences) for p in prepared.paragraphs)
        if texts >= _GROUP_TEXTS:
            yield group
            group, texts = [], 0
    if group:
        yield group


def _prepare(root: Path, file: FoundFile) -> _Prepared:
    if file.refusal:
        return _unread(file, file.state, file.refusal)
    try:
        before = time.time_ns()
        content = (root / file.path).read_bytes()
        extracted = readers.read(file.path, content)
        paragraphs = split_paragraphs(file.path, extracted.text, markdown=extracted.markdown)
        check_offsets(extracted.text, paragraphs)
    except OSError as error:
        return _unread(file, FileState.FAILED, f"cannot be read: {error.strerror}")
    except readers.UnreadableError as error:
        return _unread(file, FileState.FAILED, str(error))
    sha256 = hashlib.sha256(content).hexdigest()
    state = FileState.INDEXED if paragraphs else FileState.EMPTY
    document = Document(
        file.path,
        state,
        extracted.note if paragraphs else "no paragraph in it",
        len(paragraphs),
        sha256,
        len(content),
        _title(paragraphs, file.path),
    )
    # A file written moments ago may be written again within the clock's grain, with no other
    # size or time: a time of 0 makes the next sync read it again.
    settled = before - file.mtime_ns > _RACY_NS and len(content) == file.size_bytes
    mtime_ns = file.mtime_ns if settled else 0
    return _Prepared(document, mtime_ns, extracted.text, tuple(paragraphs))


def _unread(file: FoundFile, state: FileState, reason: str) -> _Prepared:
    # Time 0: a file that could not be read is tried again at each sync.
    mtime_ns = 0 if state is FileState.FAILED else file.mtime_ns
    return _Prepared(Document(file.path, state, reason, 0, "", file.size_bytes), mtime_ns, "", ())


def _title(paragraphs: Sequence[Paragraph], path: str) -> str:
    headings = paragraphs[0].heading_path if paragraphs else ()
    return headings[0] if headings else os.path.basename(path)


def _apply(store: Store, group: Iterable[_Prepared], embedder: Embedder) -> int:
    """Put a group into the catalog in one transaction; returns how many texts were embedded."""
    known = store.catalog.stamps()
    fresh = []
    for prepared in group:
        document = prepared.document
        if document.sha256 and known.get(document.path, (0, 0, ""))[2] == document.sha256:
            store.catalog.restamp(document.path, prepared.mtime_ns)
        else:
            fresh.append(prepared)
    texts = {
        vector_key(embedder.fingerprint, text): text
        for prepared in fresh
        for paragraph in prepared.paragraphs
        for text in (paragraph.text, *(sentence.text for sentence in paragraph.sentences))
    }
    missing = sorted(store.cache.missing(texts), key=lambda key: texts[key])
    vectors = embedder.documents([texts[key] for key in missing])
    with store.writing():
        store.cache.add(zip(missing, vectors, strict=True))
        for prepared in fresh:
            store.catalog.replace(
                prepared.document,
                prepared.mtime_ns,
                prepared.text,
                prepared.paragraphs,
                embedder.fingerprint,
            )
    return len(missing)

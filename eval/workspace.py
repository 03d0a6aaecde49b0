"""Gold file and corpus -> an index of its own and engines over it, the way users' answers are made.

The index is kept in the state directory, so that a second run embeds nothing again.
"""

import hashlib
import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path

from eval.batched_queries import BatchedQueries
from eval.cache import FILE
from eval.gold.bundle import write_corpus
from eval.gold.load import read_bundle
from index.errors import UsageError
from index.lock import writer_lock
from index.store import CATALOG_FILE, Store
from index.sync import sync
from rag.build import build_embedder, build_engine
from rag.document_engine import DocumentEngine
from rag.settings import Settings

SyncProgress = Callable[[str, int, int], None]


@contextmanager
def open_engines(
    settings: Settings,
    gold: Path,
    corpus: Path | None = None,
    *,
    jobs: int = 1,
    progress: SyncProgress = lambda what, done, total: None,
) -> Iterator[list[DocumentEngine]]:
    """Index what the gold file is about and open an engine for each job; closes them afterwards.

    ``corpus`` None takes the indexed folder; a SQuAD file or BEIR folder brings its own documents.
    """
    own = _own_settings(settings, _documents(settings, gold, corpus))
    _sync(own, progress)
    with ExitStack() as open_ones:
        engines: list[DocumentEngine] = []
        for _ in range(jobs):
            # Without the prompt cache, the same questions get the same answers each time.
            engine = build_engine(own, prompt_cache=False)
            open_ones.callback(engine.close)
            engines.append(engine)
        yield engines


@contextmanager
def open_search_engine(
    settings: Settings,
    gold: Path,
    corpus: Path | None = None,
    *,
    progress: SyncProgress = lambda what, done, total: None,
) -> Iterator[tuple[DocumentEngine, BatchedQueries]]:
    """As ``open_engines``, one engine, and what embeds its questions together.

    For settings without a model, whose answers take no longer than their embedding.
    """
    own = _own_settings(settings, _documents(settings, gold, corpus))
    _sync(own, progress)
    queries = BatchedQueries(build_embedder(own))
    with closing(build_engine(own, embedder=queries)) as engine:
        yield engine, queries


@contextmanager
def open_corpus_engine(
    settings: Settings,
    corpus: Path | None = None,
    *,
    progress: SyncProgress = lambda what, done, total: None,
) -> Iterator[DocumentEngine]:
    """Index a folder apart from the user's index and open an engine over it."""
    own = _own_settings(settings, corpus)
    _sync(own, progress)
    with closing(build_engine(own, prompt_cache=False)) as engine:
        yield engine


def _documents(settings: Settings, gold: Path, corpus: Path | None) -> Path | None:
    """The folder a gold file is about: its own documents written out, where it brings some."""
    bundle = read_bundle(gold)
    if bundle is None:
        return corpus
    if corpus is not None:
        raise UsageError(f"{gold} carries its own documents: leave --corpus out")
    folder = settings.state / "eval" / f"documents-{_short(gold)}"
    shutil.rmtree(folder, ignore_errors=True)
    write_corpus(bundle.texts, folder)
    return folder


def _sync(own: Settings, progress: SyncProgress) -> None:
    embedder = build_embedder(own)
    with writer_lock(own.state):
        store = Store.create(own.state)
        try:
            sync(store, own.corpus, embedder, progress=progress)
        finally:
            store.close()


def most_jobs(settings: Settings, wanted: int) -> int:
    """How many of the jobs wanted the model allows: a local one answers one question at a time."""
    return wanted if settings.llm_base_url else 1


def answers_file(settings: Settings) -> Path:
    """Where answers are kept across runs."""
    return settings.state / "eval" / FILE


def _own_settings(settings: Settings, corpus: Path | None) -> Settings:
    root = (corpus or _indexed_corpus(settings)).resolve()
    state = settings.state / "eval" / f"index-{_short(root)}"
    return settings.model_copy(update={"state": state, "corpus": root})


def _indexed_corpus(settings: Settings) -> Path:
    if not (settings.state / CATALOG_FILE).exists():
        return settings.corpus
    store = Store.open(settings.state)
    try:
        return store.corpus() or settings.corpus
    finally:
        store.close()


def _short(path: Path) -> str:
    return hashlib.sha256(str(path.resolve()).encode()).hexdigest()[:12]

"""Gold file and corpus -> an index of its own and engines over it, the way users' answers are made.

The index is kept in the state directory, so that a second run embeds nothing again.
"""

import hashlib
import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path

from eval import cache, replies
from eval.batched_queries import BatchedQueries
from eval.gold.among import eval_files
from eval.gold.bundle import renew_corpus
from eval.gold.load import read_bundle
from index.errors import UsageError
from index.eval_runs import EVAL_RUN
from index.exclude import Exclusions
from index.lock import writer_lock
from index.scan import check_root, scan
from index.store import CATALOG_FILE, Store
from index.sync import sync
from rag.build import WrapModel, as_it_is, build_embedder, build_engine
from rag.document_engine import DocumentEngine
from rag.settings import Settings

SyncProgress = Callable[[str, int, int], None]
Tell = Callable[[str], None]
"""Called with what whoever evaluates should know of the documents."""

_NAMED = 5


@contextmanager
def open_engines(
    settings: Settings,
    gold: Path,
    corpus: Path | None = None,
    *,
    jobs: int = 1,
    wrap_model: WrapModel = as_it_is,
    progress: SyncProgress = lambda what, done, total: None,
    tell: Tell = lambda line: None,
) -> Iterator[list[DocumentEngine]]:
    """Index what the gold file is about and open an engine for each job; closes them afterwards.

    ``corpus`` None takes the indexed folder; a SQuAD file or BEIR folder brings its own documents.
    Gold files and runs are no documents where they lie among them: ``tell`` says so. ``wrap_model``
    gets each engine's model and gives what is asked in its place.
    """
    own, texts = _documents(settings, gold, corpus)
    _sync(own, gold, texts, progress, tell)
    with ExitStack() as open_ones:
        engines: list[DocumentEngine] = []
        for _ in range(jobs):
            # Without the prompt cache, the same questions get the same answers each time.
            engine = build_engine(own, prompt_cache=False, wrap_model=wrap_model)
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
    tell: Tell = lambda line: None,
) -> Iterator[tuple[DocumentEngine, BatchedQueries]]:
    """As ``open_engines``, one engine, and what embeds its questions together.

    For settings without a model, whose answers take no longer than their embedding.
    """
    own, texts = _documents(settings, gold, corpus)
    _sync(own, gold, texts, progress, tell)
    queries = BatchedQueries(build_embedder(own))
    with closing(build_engine(own, embedder=queries)) as engine:
        yield engine, queries


@contextmanager
def open_corpus_engine(
    settings: Settings,
    gold: Path,
    corpus: Path | None = None,
    *,
    progress: SyncProgress = lambda what, done, total: None,
    tell: Tell = lambda line: None,
) -> Iterator[DocumentEngine]:
    """Index a folder that the gold file is to be about, and open an engine over it."""
    own = _own_settings(settings, corpus)
    _sync(own, gold, None, progress, tell)
    with closing(build_engine(own, prompt_cache=False)) as engine:
        yield engine


def _documents(
    settings: Settings, gold: Path, corpus: Path | None
) -> tuple[Settings, Mapping[str, str] | None]:
    """The settings for what a gold file is about, and the texts of documents it brings itself."""
    bundle = read_bundle(gold)
    if bundle is None:
        return _own_settings(settings, corpus), None
    if corpus is not None:
        raise UsageError(f"{gold} carries its own documents: leave --corpus out")
    folder = settings.state / "eval" / f"documents-{_short(gold)}"
    return _own_settings(settings, folder), bundle.texts


def _sync(
    own: Settings,
    gold: Path,
    texts: Mapping[str, str] | None,
    progress: SyncProgress,
    tell: Tell,
) -> None:
    """Index the folder of these settings, with ``texts`` as its documents if there are any."""
    embedder = build_embedder(own)
    with writer_lock(own.state):
        if texts is not None:
            # Under the lock: another run on the same file must not read half of them.
            renew_corpus(texts, own.corpus)
        exclusions = Exclusions.of_settings(own.exclude)
        found = scan(check_root(own.corpus), exclusions=exclusions, state=own.state)
        readable = [path for path, look in found.items() if not look.refusal]
        apart = eval_files(gold, own.corpus, readable)
        store = Store.create(own.state)
        try:
            sync(store, own.corpus, embedder, exclude=own.exclude, apart=apart, progress=progress)
            runs = [each.path for each in store.catalog.documents() if each.reason == EVAL_RUN]
        finally:
            store.close()
    inside = {f for f in apart if f.is_file() and f.is_relative_to(own.corpus)}
    names = [*sorted(file.relative_to(own.corpus).as_posix() for file in inside), *runs]
    named, more = ", ".join(names[:_NAMED]), len(names) - _NAMED
    if more > 0:
        tell(f"Not read as documents, being files of evals: {named} and {more} more.")
    elif names:
        tell(f"Not read as documents, being files of evals: {named}.")


def most_jobs(settings: Settings, wanted: int) -> int:
    """How many of the jobs wanted the model allows: a local one answers one question at a time."""
    return wanted if settings.llm_base_url else 1


def answers_file(settings: Settings) -> Path:
    """Where answers are kept across runs."""
    return settings.state / "eval" / cache.FILE


def replies_file(settings: Settings) -> Path:
    """Where the replies of models are kept across runs."""
    return settings.state / "eval" / replies.FILE


def _own_settings(settings: Settings, corpus: Path | None) -> Settings:
    root = (corpus or _indexed_corpus(settings)).resolve()
    state = settings.state / "eval" / f"index-{_short(root)}"
    # What readers leave out of a folder is left out here; a set's own documents are all meant.
    brought = root.is_relative_to((settings.state / "eval").resolve())
    exclude = () if brought else settings.exclude
    return settings.model_copy(update={"state": state, "corpus": root, "exclude": exclude})


def _indexed_corpus(settings: Settings) -> Path:
    if not (settings.state / CATALOG_FILE).exists():
        return settings.corpus
    store = Store.open(settings.state)
    try:
        return store.corpus() or settings.corpus
    finally:
        store.close()


def _short(path: Path) -> str:
    return hashlib.sha256(os.fsencode(path.resolve())).hexdigest()[:12]

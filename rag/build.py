"""Settings -> objects. The only place that picks implementations."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, TypedDict
from urllib.parse import urlsplit

from index import weights
from index.catalog import Catalog
from index.database import Database
from index.embedding import (
    Embedder,
    SentenceTransformerEmbedder,
    choose_precision,
    embedder_fingerprint,
)
from index.errors import IndexMismatchError, ModelMissingError, NoIndexError, PinciteError
from index.fingerprint import changes
from index.model_folder import files_id, find_folder
from index.model_specs import MODELS
from index.one_shot import OneShotEmbedder
from index.precision import PRECISIONS, Precision
from index.search import Searcher
from index.store import CATALOG_FILE, Store
from index.sync import index_fingerprint
from rag.build_readers import build_reader, build_reranker, search_problems
from rag.models.chat_model import ChatModel
from rag.models.threads import default_threads
from rag.settings import NO_LLM, Settings

# The answering parts bring LlamaIndex and llama.cpp along, which take seconds to import: whoever
# only searches or syncs must not wait for them.
if TYPE_CHECKING:
    from rag.answer import AnswerChain
    from rag.document_engine import DocumentEngine
    from rag.llm import OpenAICompatibleModel
    from rag.models.local_server import LocalServer

_LOOPBACK = frozenset(["127.0.0.1", "localhost", "::1"])
_HOSTED_PARALLEL = 4
ONE_SHOT_EXACT = 10_000
"""Up to so many paragraphs comparing with each takes less time than starting Chroma."""

WrapModel = Callable[[ChatModel], ChatModel]
"""Gets a model and gives what is asked in its place."""


def as_it_is(model: ChatModel) -> ChatModel:
    """The model itself."""
    return model


def build_embedder(settings: Settings) -> SentenceTransformerEmbedder:
    """The embedder named in the settings, in the precision the index there has, if there is one.

    Raises ``ModelMissingError`` when the model is not on this machine.
    """
    threads = settings.threads or default_threads()
    spec = MODELS.get(settings.embedder)
    folder = find_folder(settings.embedder) if spec is None else weights.require(spec)
    weights_id = files_id(settings.embedder, folder)
    precision = _precision(settings, folder, weights_id, threads)
    return SentenceTransformerEmbedder(folder, weights_id, threads=threads, precision=precision)


def build_model(
    settings: Settings, *, prompt_cache: bool = True
) -> "tuple[OpenAICompatibleModel | None, LocalServer | None, str]":
    """The model, the local server to close after use, and why there is no model ("" if one)."""
    if settings.llm == NO_LLM:
        return None, None, "No language model in the settings: answers quote the documents."
    from rag.llm import OpenAICompatibleModel
    from rag.models.local_server import LocalServer
    from rag.models.token_limits import Limits

    if settings.llm_base_url:
        return _server_model(settings), None, ""
    gguf = _gguf(settings.llm)
    if gguf is None:
        mend = 'run "pincite models pull" for answers in sentences'
        return None, None, f"No language model here, answers quote the documents: {mend}."
    server = LocalServer(
        gguf,
        threads=settings.threads or default_threads(),
        context_tokens=Limits(settings.context_tokens, settings.answer_tokens).window,
    )
    model = OpenAICompatibleModel(
        f"{settings.llm if settings.llm in MODELS else gguf.stem} (local)",
        model=gguf.stem,
        base_url=server.base_url,
        api_key=server.api_key,
        timeout_s=settings.llm_timeout_s,
        first_token_s=settings.llm_first_token_s,
        is_llama_cpp=True,
        prompt_cache=prompt_cache,
    )
    return model, server, ""


def open_index(
    settings: Settings, *, one_shot: bool = False, embedder: Embedder | None = None
) -> tuple[Store, Searcher]:
    """The index that was synced, and the search over it; the caller closes the store.

    ``one_shot`` starts sooner and answers later: for commands that ask once and end.
    ``embedder`` stands in for the one of the settings, with the same vectors. Raises
    ``NoIndexError``, ``IndexMismatchError``, ``ModelMissingError`` or ``ModelLoadError``. Without
    a reranker that is missing: ``reranker_problem`` says so.
    """
    store = Store.open(settings.state, exact_up_to=ONE_SHOT_EXACT if one_shot else 0)
    try:
        reranker = build_reranker(settings)
        full = build_embedder(settings)
        built_with = store.catalog.get("fingerprint")
        if not built_with:
            # Its first writer has made the tables, and was cut off or is still reading.
            raise NoIndexError(f'there is no index in {settings.state}: run "pincite sync" first')
        if built_with != index_fingerprint(full):
            what = "; ".join(changes(built_with, index_fingerprint(full))) or built_with
            raise IndexMismatchError(
                f"the index in {settings.state} was made by another version of Pincite or with"
                f' other settings ({what}): run "pincite sync"'
            )
        asked_with: Embedder = embedder or full
        if one_shot:
            asked_with = OneShotEmbedder(full, store.cache.sample)
    except PinciteError:
        store.close()
        raise
    reader = build_reader(settings, full.precision, one_shot=one_shot)
    return store, Searcher(store, asked_with, reranker, reader)


def build_engine(
    settings: Settings,
    *,
    prompt_cache: bool = True,
    one_shot: bool = False,
    embedder: Embedder | None = None,
    wrap_model: WrapModel = as_it_is,
) -> "DocumentEngine":
    """The whole chain over an index that was synced; the caller closes it.

    ``one_shot`` and ``embedder`` are those of ``open_index``; what ``wrap_model`` makes of the
    model is asked in its place. Raises what ``open_index`` raises, and ``ModelStartError``.
    """
    from rag.document_engine import DocumentEngine

    store, searcher = open_index(settings, one_shot=one_shot, embedder=embedder)
    try:
        chain, rest = _answering(settings, searcher, prompt_cache, wrap_model)
    except PinciteError:
        store.close()
        raise
    return DocumentEngine(store, searcher, chain, closing=[store.close], **rest)


def change_model(engine: "DocumentEngine", settings: Settings) -> None:
    """Let an engine answer with the model of ``settings`` from now on, once it is loaded.

    Raises ``ModelMissingError`` or ``ModelStartError``; then the engine is as it was.
    """
    chain, rest = _answering(settings, engine.searcher, prompt_cache=True)
    engine.use(chain, **rest)


class _Rest(TypedDict):
    """What a ``DocumentEngine`` is told of its chain's model."""

    model_name: str
    notice: str
    freeing: list[Callable[[], None]]
    model_problem: Callable[[], str]


def _answering(
    settings: Settings,
    searcher: Searcher,
    prompt_cache: bool,
    wrap_model: WrapModel = as_it_is,
) -> "tuple[AnswerChain, _Rest]":
    from index.vocabulary import Vocabulary
    from rag.abstain import load_refusal
    from rag.answer import EXTRACTIVE, AnswerChain
    from rag.models.queueing import ModelQueue
    from rag.models.token_limits import Limits
    from rag.routes.whole_corpus import WholeCorpus
    from rag.spelling import English, Spelling

    english = English()
    english.load()
    model, server, notice = build_model(settings, prompt_cache=prompt_cache)
    chain = AnswerChain(
        searcher,
        wrap_model(model) if model else None,
        load_refusal(settings.refuse_below),
        Limits(settings.context_tokens, settings.answer_tokens),
        queue=ModelQueue(parallel_answers(settings)),
        corpus=WholeCorpus(searcher.store),
        spelling=Spelling(Vocabulary(searcher.store.database), english),
    )
    return chain, {
        "model_name": model.name if model else EXTRACTIVE,
        "notice": f"{notice} {search_problems(settings)}".strip(),
        "freeing": [
            *([model.close] if model else []),
            *([server.close] if server else []),
        ],
        "model_problem": model.problem if model else lambda: "",
    }


def parallel_answers(settings: Settings) -> int:
    """Answers written at once: the model in this process writes one, a service has many busy."""
    url = settings.llm_base_url
    if not url:
        return 1
    here = urlsplit(url).hostname in _LOOPBACK
    return settings.llm_parallel or (1 if here else _HOSTED_PARALLEL)


def _server_model(settings: Settings) -> "OpenAICompatibleModel":
    from rag.llm import OpenAICompatibleModel

    return OpenAICompatibleModel(
        f"{settings.llm} at {settings.server_shown}",
        model=settings.llm,
        base_url=settings.llm_base_url,
        api_key=settings.llm_api_key.get_secret_value(),
        timeout_s=settings.llm_timeout_s,
        first_token_s=settings.llm_first_token_s,
        is_llama_cpp=False,
    )


def _gguf(name: str) -> Path | None:
    if name in MODELS:
        return weights.find(MODELS[name])
    file = Path(name)
    if not file.is_file():
        known = ", ".join(m for m, spec in MODELS.items() if spec.role == "llm")
        raise ModelMissingError(
            f"model {name!r} is neither one of Pincite's ({known}) nor a .gguf file: correct"
            " the setting, or set llm_base_url if it is a server's"
        )
    return file


def _precision(settings: Settings, folder: Path, weights_id: str, threads: int) -> Precision:
    """What the settings say; else what the index has, so that it is not made anew unasked."""
    if settings.precision != "auto":
        return settings.precision
    made_with = _made_with(settings.state / CATALOG_FILE)
    for precision in PRECISIONS:
        if made_with == embedder_fingerprint(folder, weights_id, precision):
            return precision
    return choose_precision(folder, threads)


def _made_with(catalog: Path) -> str:
    """The embedder of the index there; "" when there is none that can be read."""
    try:
        database = Database.open(catalog)
    except PinciteError:
        return ""
    try:
        return Catalog(database).get("embedder")
    except PinciteError:
        return ""
    finally:
        database.close()

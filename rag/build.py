"""Settings -> objects. The only place that picks implementations."""

from pathlib import Path

from index import weights
from index.embedding import Embedder, SentenceTransformerEmbedder
from index.errors import IndexMismatchError, ModelMissingError, PinciteError
from index.model_specs import MODELS
from index.search import Searcher
from index.store import Store
from index.sync import index_fingerprint
from rag.abstain import load_refusal
from rag.answer import EXTRACTIVE, AnswerChain, Limits
from rag.document_engine import DocumentEngine
from rag.llm import OpenAICompatibleModel
from rag.local_server import LocalServer, default_threads
from rag.settings import NO_LLM, Settings

_CONTEXT_SPARE = 1024
"""Tokens of the model's window for the instructions, the question and a conversation."""


def build_embedder(settings: Settings) -> Embedder:
    """The embedder named in the settings; raises ``ModelMissingError`` when it is not there."""
    threads = settings.threads or default_threads()
    if settings.embedder in MODELS:
        spec = MODELS[settings.embedder]
        return SentenceTransformerEmbedder(
            weights.require(spec), spec.weights.sha256[:16], threads=threads
        )
    folder = Path(settings.embedder)
    if not (folder / "modules.json").is_file():
        raise ModelMissingError(
            f"embedder {settings.embedder!r} is neither a model of Pincite"
            f" ({', '.join(MODELS)}) nor a sentence-transformers folder: correct the setting"
        )
    return SentenceTransformerEmbedder(folder, _folder_id(folder), threads=threads)


def build_model(
    settings: Settings, *, prompt_cache: bool = True
) -> tuple[OpenAICompatibleModel | None, LocalServer | None, str]:
    """The model, the local server to close after use, and why there is no model ("" if one)."""
    if settings.llm == NO_LLM:
        return None, None, "No language model in the settings: answers quote the documents."
    if settings.llm_base_url:
        return _server_model(settings), None, ""
    gguf = _gguf(settings.llm)
    if gguf is None:
        mend = 'run "pincite models pull" for answers in sentences'
        return None, None, f"No language model here, answers quote the documents: {mend}."
    server = LocalServer(
        gguf,
        threads=settings.threads or default_threads(),
        context_tokens=settings.context_tokens + settings.answer_tokens + _CONTEXT_SPARE,
    )
    model = OpenAICompatibleModel(
        f"{settings.llm if settings.llm in MODELS else gguf.stem} (local)",
        model=gguf.stem,
        base_url=server.base_url,
        api_key=server.api_key,
        timeout_s=settings.llm_timeout_s,
        is_llama_cpp=True,
        prompt_cache=prompt_cache,
    )
    return model, server, ""


def open_index(settings: Settings) -> tuple[Store, Searcher]:
    """The index that was synced, and the search over it; the caller closes the store.

    Raises ``NoIndexError``, ``IndexMismatchError`` or ``ModelMissingError``.
    """
    store = Store.open(settings.state)
    try:
        embedder = build_embedder(settings)
        built_with = store.catalog.get("fingerprint")
        if built_with != index_fingerprint(embedder):
            raise IndexMismatchError(
                f"the index in {settings.state} was built with {built_with or 'nothing yet'},"
                f' the settings say {index_fingerprint(embedder)}: run "pincite sync"'
            )
    except PinciteError:
        store.close()
        raise
    return store, Searcher(store, embedder)


def build_engine(settings: Settings, *, prompt_cache: bool = True) -> DocumentEngine:
    """The whole chain over an index that was synced; the caller closes it.

    Raises what ``open_index`` raises, and ``ModelStartError``.
    """
    store, searcher = open_index(settings)
    try:
        model, server, notice = build_model(settings, prompt_cache=prompt_cache)
    except PinciteError:
        store.close()
        raise
    chain = AnswerChain(
        searcher,
        model,
        load_refusal(settings.refuse_below),
        Limits(settings.context_tokens, settings.answer_tokens),
    )
    return DocumentEngine(
        store,
        searcher,
        chain,
        model_name=model.name if model else EXTRACTIVE,
        notice=notice,
        closing=[
            *([model.close] if model else []),
            *([server.close] if server else []),
            store.close,
        ],
    )


def _server_model(settings: Settings) -> OpenAICompatibleModel:
    return OpenAICompatibleModel(
        f"{settings.llm} at {settings.llm_base_url}",
        model=settings.llm,
        base_url=settings.llm_base_url,
        api_key=settings.llm_api_key.get_secret_value(),
        timeout_s=settings.llm_timeout_s,
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
            " the setting"
        )
    return file


def _folder_id(folder: Path) -> str:
    """Tells two models in like-named folders apart without hashing gigabytes at each start."""
    files = sorted(f for f in folder.rglob("*") if f.suffix in {".safetensors", ".bin", ".json"})
    return "-".join(str(f.stat().st_size) for f in files)

"""Answers from the same paragraphs and model: Pincite's chain against LlamaIndex's stock engine.

The stock engine is ``RetrieverQueryEngine`` with its default prompts and number of passages,
streaming.

It is given the chunks that the stock reader and splitter make of the same files, as whoever uses
LlamaIndex has them, and in another run Pincite's paragraphs. All ask one llama.cpp server, one
question after another, so that a prompt cache helps whoever's prompts begin alike. The stock
engine's evidence is there when its retriever returns.
"""

import time
from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path
from statistics import median
from typing import Any

from eval.bench.data import Data
from index.store import Store
from index.sync import sync
from rag.build import build_embedder, build_engine, build_model
from rag.settings import Settings
from rag.types import Answer, Finished

_QUESTIONS = 12
_STOCK_CONTEXT = 4096


def pincite(data: Data, work: Path) -> dict[str, Any]:
    """Medians over the questions."""
    settings = Settings(state=work / "state")
    with closing(Store.create(settings.state)) as store:
        sync(store, data.corpus, build_embedder(settings))
    answers = []
    with closing(build_engine(settings)) as engine:
        for question in ["What is this about?", *_questions(data)]:
            answers += [e.answer for e in engine.stream(question) if isinstance(e, Finished)]
    # The first one loaded the embedder and warmed the model.
    return medians_of(answers[1:])


def medians_of(measured: Sequence[Answer]) -> dict[str, Any]:
    """Of the answers; that of the first token of those alone that the model began."""
    first = [a.timings.first_token for a in measured if a.timings.first_token is not None]
    return {
        "evidence_ms": round(median(a.timings.retrieve for a in measured)),
        **({"first_token_ms": round(median(first))} if first else {}),
        "first_token_n": len(first),
        "full_ms": round(median(a.timings.total for a in measured)),
        "prompt_tokens": median(a.tokens.prompt for a in measured),
        "cached_tokens": median(a.tokens.cached for a in measured),
        "written_tokens": median(a.tokens.completion for a in measured),
        "questions": len(measured),
    }


def same_paragraphs(data: Data, work: Path) -> dict[str, Any]:
    """The same figures for the stock engine over the same paragraphs."""
    from index.llama import paragraph_node

    nodes = [paragraph_node(p) for ps in data.read().paragraphs.values() for p in ps]
    return _stock(data, work, nodes)


def stock(data: Data, work: Path) -> dict[str, Any]:
    """The same figures for the stock engine over the stock reader's and splitter's chunks."""
    from llama_index.core import SimpleDirectoryReader
    from llama_index.core.node_parser import SentenceSplitter

    documents = SimpleDirectoryReader(str(data.corpus), recursive=True).load_data()
    return _stock(data, work, SentenceSplitter().get_nodes_from_documents(documents))


def _stock(data: Data, work: Path, nodes: Sequence[Any]) -> dict[str, Any]:
    import chromadb
    from llama_index.core import StorageContext, VectorStoreIndex, get_response_synthesizer
    from llama_index.core.query_engine import RetrieverQueryEngine
    from llama_index.core.schema import QueryBundle
    from llama_index.embeddings.huggingface import HuggingFaceEmbedding
    from llama_index.llms.openai_like import OpenAILike
    from llama_index.vector_stores.chroma import ChromaVectorStore

    settings = Settings(state=work / "state", context_tokens=_STOCK_CONTEXT)
    model, server, notice = build_model(settings)
    if model is None or server is None:
        return {"skipped": notice}
    raw: list[Any] = []

    class Counted(OpenAILike):  # type: ignore[misc]
        def _stream_chat(self, messages: Any, **named: Any) -> Iterator[Any]:
            for response in super()._stream_chat(messages, **named):
                raw.append(response.raw)
                yield response

    client = chromadb.PersistentClient(str(work / "chroma"))
    store = ChromaVectorStore(chroma_collection=client.create_collection("stock"))
    index = VectorStoreIndex(
        nodes,
        storage_context=StorageContext.from_defaults(vector_store=store),
        embed_model=HuggingFaceEmbedding(
            model_name=str(build_embedder(settings).folder), device="cpu"
        ),
    )
    llm = Counted(
        model="local",
        api_base=server.base_url,
        api_key=server.api_key,
        is_chat_model=True,
        temperature=0.0,
        context_window=_STOCK_CONTEXT,
        max_tokens=settings.answer_tokens,
        additional_kwargs={"stream_options": {"include_usage": True}},
    )
    engine = RetrieverQueryEngine(
        index.as_retriever(),
        response_synthesizer=get_response_synthesizer(llm=llm, streaming=True),
    )
    runs = []
    for question in ["What is this about?", *_questions(data)]:
        raw.clear()
        begun = time.perf_counter()
        found = engine.retrieve(QueryBundle(question))
        evidence = time.perf_counter() - begun
        first = 0.0
        for _ in engine.synthesize(QueryBundle(question), found).response_gen:  # type: ignore[union-attr]
            first = first or time.perf_counter() - begun
        runs.append((evidence, first, time.perf_counter() - begun, *_usage(raw)))
    server.close()
    columns = list(zip(*runs[1:], strict=True))
    names = ("evidence_ms", "first_token_ms", "full_ms")
    return {
        **{n: round(1000 * median(c)) for n, c in zip(names, columns[:3], strict=True)},
        "prompt_tokens": median(columns[3]),
        "cached_tokens": median(columns[4]),
        "written_tokens": median(columns[5]),
        "questions": len(runs) - 1,
    }


def _usage(raw: list[Any]) -> tuple[int, int, int]:
    """Prompt, cached and written tokens of one reply, as the server counted them."""
    usage = next((r.usage for r in reversed(raw) if getattr(r, "usage", None)), None)
    if usage is None:
        return 0, 0, 0
    details = usage.prompt_tokens_details
    return (
        usage.prompt_tokens,
        (details.cached_tokens or 0) if details else 0,
        usage.completion_tokens,
    )


def _questions(data: Data) -> list[str]:
    return [item.question for item in data.questions(_QUESTIONS)]

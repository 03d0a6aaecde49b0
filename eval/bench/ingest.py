"""A folder of files made searchable: Pincite against LlamaIndex's stock pipeline on Chroma.

Both read the same files, use the same model and start with it loaded. Tokens are counted as the
model reads them, cut at its window; seconds of embedding are those inside the embedder.
"""

import time
from contextlib import closing
from pathlib import Path
from typing import Any

from eval.bench.data import Data, first_words, recall
from eval.bench.measure import Embedded, TimedEmbedder, disk_mb, peak_mb
from eval.gold.items import GoldItem
from index.search import Searcher
from index.store import Store
from index.sync import sync
from rag.build import build_embedder
from rag.build_readers import build_reader
from rag.models.threads import default_threads
from rag.settings import Settings

STOCK_DEFAULT, STOCK_FITTING = 1024, 256
_QUESTIONS = 200
_WORDS = 300


def pincite(data: Data, work: Path) -> dict[str, Any]:
    """Every paragraph and every sentence embedded, full-text index and checks included."""
    full = build_embedder(Settings(state=work / "state"))
    full.query("warm")
    embedder = TimedEmbedder(full)
    with closing(Store.create(work / "state")) as store:
        begun = time.perf_counter()
        report = sync(store, data.corpus, embedder)
        took = time.perf_counter() - begun
        reader = build_reader(Settings(state=work / "state"), full.precision)
        searcher = Searcher(store, embedder, reader=reader)
        items = data.questions(_QUESTIONS)
        found = [[hit.paragraph.text for hit in searcher.search(item.question)] for item in items]
    return {
        "units": report.paragraphs,
        "precision": full.precision,
        **_figures(took, embedder.embedded, full.folder, items, found),
        "disk_mb": disk_mb(work / "state"),
    }


def llama_index(data: Data, work: Path, chunk_tokens: int) -> dict[str, Any]:
    """SimpleDirectoryReader, SentenceSplitter and VectorStoreIndex on Chroma, as documented."""
    import chromadb
    import torch
    from llama_index.core import SimpleDirectoryReader, StorageContext, VectorStoreIndex
    from llama_index.core.node_parser import SentenceSplitter
    from llama_index.embeddings.huggingface import HuggingFaceEmbedding
    from llama_index.vector_stores.chroma import ChromaVectorStore

    embedded = Embedded()

    class Timed(HuggingFaceEmbedding):  # type: ignore[misc]
        def _embed(self, inputs: Any, *arguments: Any, **named: Any) -> Any:
            begun = time.perf_counter()
            vectors = super()._embed(inputs, *arguments, **named)
            embedded.seconds += time.perf_counter() - begun
            embedded.texts += inputs
            return vectors

    folder = build_embedder(Settings(state=work / "none")).folder
    torch.set_num_threads(default_threads())
    model = Timed(model_name=str(folder), device="cpu")
    model.get_query_embedding("warm")
    embedded.seconds, embedded.texts = 0.0, []
    begun = time.perf_counter()
    documents = SimpleDirectoryReader(str(data.corpus), recursive=True).load_data()
    # The default overlap, 200 tokens, would have the stock embed small chunks many times over.
    splitter = (
        SentenceSplitter()
        if chunk_tokens == STOCK_DEFAULT
        else SentenceSplitter(chunk_size=chunk_tokens, chunk_overlap=20)
    )
    nodes = splitter.get_nodes_from_documents(documents)
    client = chromadb.PersistentClient(str(work / "chroma"))
    store = ChromaVectorStore(chroma_collection=client.create_collection("stock"))
    index = VectorStoreIndex(
        nodes, storage_context=StorageContext.from_defaults(vector_store=store), embed_model=model
    )
    took = time.perf_counter() - begun
    ingested, embedded_then = embedded.seconds, list(embedded.texts)
    retriever = index.as_retriever(similarity_top_k=10)
    items = data.questions(_QUESTIONS)
    found = [[n.node.get_content() for n in retriever.retrieve(i.question)] for i in items]
    return {
        "units": len(nodes),
        "precision": "float32",
        **_figures(took, Embedded(embedded_then, ingested), folder, items, found),
        "disk_mb": disk_mb(work / "chroma"),
    }


def _figures(
    took: float, embedded: Embedded, folder: Path, items: list[GoldItem], found: list[list[str]]
) -> dict[str, Any]:
    tokens = embedded.tokens(folder)
    return {
        "seconds": round(took, 2),
        "tokens": tokens,
        "embedding_seconds": round(embedded.seconds, 2),
        "tokens_a_second": round(tokens / max(embedded.seconds, 1e-9)),
        "recall_at_10": recall(items, found),
        "recall_in_300_words": recall(items, [first_words(texts, _WORDS) for texts in found]),
        "questions": len(items),
        "peak_mb": peak_mb(),
    }

"""A small corpus and the chain over it, without a model of meaning."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from index.embedding import Embedder
from index.search import Searcher
from index.store import Store
from index.sync import sync
from rag.answer import AnswerChain
from rag.models.chat_model import ChatModel
from rag.models.token_limits import Limits
from rag.routes.whole_corpus import WholeCorpus
from rag.spelling import Spelling
from tests.index.fakes import HashEmbedder
from tests.rag.fakes import decision

TEXTS = {
    "bridges.txt": (
        "The Alder bridge was opened in 1932 by the mayor of Renfield. It carries four lanes and"
        " a cycle path over the river Tam.\n\n"
        "Repairs in 2004 closed the bridge for eleven weeks. No lorry may cross it at night.\n"
    ),
    "birds.txt": (
        "The grey heron nests in tall trees near shallow water. Its nest is built of sticks.\n\n"
        "A heron eats fish, frogs and sometimes voles. It hunts at dawn.\n"
    ),
    "ferry.txt": "The ferry to Oakholm leaves at 07:45 from pier 3. A ticket costs 12 crowns.\n",
}

MakeChain = Callable[..., AnswerChain]


@contextmanager
def synced(folder: Path, texts: Mapping[str, str]) -> Iterator[Store]:
    """A state in ``folder`` that holds the given files."""
    corpus = folder / "corpus"
    corpus.mkdir()
    for path, text in texts.items():
        (corpus / path).write_text(text, encoding="utf-8")
    store = Store.create(folder / "state")
    try:
        sync(store, corpus, HashEmbedder())
        yield store
    finally:
        store.close()


def chain_over(
    store: Store,
    model: ChatModel | None = None,
    *,
    refuse: bool = False,
    sure: float | None = None,
    corpus: WholeCorpus | None = None,
    spelling: Spelling | None = None,
    embedder: Embedder | None = None,
) -> AnswerChain:
    searcher = Searcher(store, embedder or HashEmbedder())
    limits = Limits(700, 96)
    decided = decision(refuse=refuse, sure=sure)
    return AnswerChain(searcher, model, decided, limits, corpus=corpus, spelling=spelling)

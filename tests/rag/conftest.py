"""The small corpus, synced once for all tests of the chain; they only read it."""

from collections.abc import Iterator

import pytest

from index.store import Store
from rag.answer import AnswerChain
from rag.models.chat_model import ChatModel
from tests.rag.small_corpus import TEXTS, MakeChain, chain_over, synced


@pytest.fixture(scope="session")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    with synced(tmp_path_factory.mktemp("rag"), TEXTS) as store:
        yield store


@pytest.fixture
def make_chain(store: Store) -> MakeChain:
    """A chain over the small corpus: ``make_chain(model, refuse=False)``."""

    def make(model: ChatModel | None = None, *, refuse: bool = False) -> AnswerChain:
        return chain_over(store, model, refuse=refuse)

    return make

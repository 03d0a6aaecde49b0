"""The query engine as a LlamaIndex user meets it."""

import asyncio
from collections.abc import Sequence
from typing import Any

import pytest
from llama_index.core.base.response.schema import Response
from llama_index.core.query_engine import BaseQueryEngine
from llama_index.core.schema import TextNode

from index.errors import UsageError
from index.search import Searcher
from index.store import Store
from rag.document_engine import DocumentEngine
from rag.llama import PinciteQueryEngine
from tests.index.fakes import HashEmbedder
from tests.rag.contract import ANSWER_KEYS
from tests.rag.fakes import ScriptedLLM
from tests.rag.small_corpus import TEXTS, chain_over

QUESTION = "When was the Alder bridge opened?"
TRUE = "The Alder bridge was opened in 1932."


def query_engine(
    store: Store, replies: Sequence[str] = (), *, refuse: bool = False
) -> PinciteQueryEngine:
    return PinciteQueryEngine(
        engine=DocumentEngine(
            store,
            Searcher(store, HashEmbedder()),
            chain_over(store, ScriptedLLM(replies), refuse=refuse),
            model_name="scripted model",
            notice="",
            closing=[],
        )
    )


def asked(response: object) -> Response:
    assert isinstance(response, Response)
    return response


def answer_in(response: Response) -> dict[str, Any]:
    assert response.metadata is not None
    return response.metadata


def test_it_is_a_llama_index_query_engine(store: Store) -> None:
    assert isinstance(query_engine(store), BaseQueryEngine)


def test_the_response_is_the_cited_answer(store: Store) -> None:
    response = asked(query_engine(store, [TRUE]).query(QUESTION))
    assert str(response) == f"{TRUE} [1]"
    assert list(answer_in(response)) == ANSWER_KEYS
    assert answer_in(response)["status"] == "answered"


def test_the_source_nodes_are_the_cited_paragraphs_in_order(store: Store) -> None:
    replies = [f"{TRUE} A heron eats fish and frogs."]
    response = asked(query_engine(store, replies).query(QUESTION))
    cited = answer_in(response)["citations"]
    assert [node.node_id for node in response.source_nodes] == [c["paragraph_id"] for c in cited]
    assert len(response.source_nodes) == 2
    for source, citation in zip(response.source_nodes, cited, strict=True):
        node = source.node
        assert isinstance(node, TextNode)
        text = TEXTS[citation["path"]]
        assert text[node.start_char_idx : node.end_char_idx] == node.get_content()
        assert node.metadata["path"] == citation["path"]
        assert source.score is not None


def test_a_paragraph_cited_twice_is_one_source_node(store: Store) -> None:
    replies = ["The Alder bridge was opened in 1932. It carries four lanes and a cycle path."]
    response = asked(query_engine(store, replies).query(QUESTION))
    assert len(answer_in(response)["citations"]) == 2
    assert len(response.source_nodes) == 1


@pytest.mark.parametrize(
    ("question", "sources"), [(QUESTION, 1), ("When did Smaug open the Alder bridge?", 0)]
)
def test_the_source_nodes_of_a_refusal_are_what_comes_nearest(
    store: Store, question: str, sources: int
) -> None:
    response = asked(query_engine(store, [TRUE], refuse=True).query(question))
    assert len(response.source_nodes) == sources
    assert answer_in(response)["status"] == "refused"
    assert str(response)


def test_it_can_be_asked_asynchronously(store: Store) -> None:
    response = asyncio.run(query_engine(store, [TRUE]).aquery(QUESTION))
    assert str(response) == f"{TRUE} [1]"


def test_an_empty_question_is_an_error(store: Store) -> None:
    with pytest.raises(UsageError, match="question"):
        query_engine(store).query("  ")

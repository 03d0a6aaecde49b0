from collections.abc import Sequence

import numpy as np
import pytest

from eval.batched_queries import BatchedQueries
from index.embedding import Vectors
from index.tokens import Tokens
from tests.index.fakes import HashEmbedder, WordEmbedder

QUESTIONS = ["When?", "Where?", "Why not?", "When?"]


class Counting:
    """Counts its calls; ``prompt`` makes questions another thing than documents."""

    fingerprint = "counting"
    dimension = 16

    def __init__(self, prompt: str = "") -> None:
        self._embedder = HashEmbedder(16)
        self._prompt = prompt
        self.queries = 0
        self.batches: list[int] = []

    def documents(self, texts: Sequence[str]) -> Vectors:
        self.batches.append(len(texts))
        return self._embedder.documents(texts)

    def query(self, text: str) -> Vectors:
        self.queries += 1
        return self._embedder.query(self._prompt + text)

    def document_tokens(self, texts: Sequence[str]) -> Sequence[Tokens]:
        return WordEmbedder().document_tokens(texts)

    def query_tokens(self, texts: Sequence[str]) -> Sequence[Tokens]:
        self.batches.append(len(texts))
        return WordEmbedder().query_tokens(texts)


def test_expected_questions_are_embedded_together_at_the_first() -> None:
    counting = Counting()
    batched = BatchedQueries(counting)
    batched.expect(QUESTIONS)
    assert (counting.queries, counting.batches) == (0, [])
    for question in QUESTIONS:
        assert np.allclose(batched.query(question), HashEmbedder(16).query(question))
    # One alone, to see that documents are embedded alike, then the three at once.
    assert (counting.queries, counting.batches) == (1, [1, 3])


def test_prepared_questions_are_embedded_and_read_before_any_is_asked() -> None:
    counting = Counting()
    batched = BatchedQueries(counting)
    batched.prepare()
    assert (counting.queries, counting.batches) == (0, [])
    batched.expect(QUESTIONS)
    batched.prepare()
    before = counting.queries, list(counting.batches)
    assert before == (1, [1, 3, 3])
    for question in QUESTIONS:
        batched.query(question)
        batched.query_tokens([question])
    assert (counting.queries, counting.batches) == before


def test_other_questions_are_embedded_one_by_one() -> None:
    counting = Counting()
    batched = BatchedQueries(counting)
    batched.expect(QUESTIONS)
    assert np.allclose(batched.query("Who?"), HashEmbedder(16).query("Who?"))
    assert (counting.queries, counting.batches) == (1, [])


def test_embedder_with_a_prompt_for_questions_is_asked_one_by_one() -> None:
    counting = Counting("query: ")
    batched = BatchedQueries(counting)
    batched.expect(QUESTIONS)
    for question in QUESTIONS:
        expected = HashEmbedder(16).query(f"query: {question}")
        assert batched.query(question) == pytest.approx(expected)
    assert max(counting.batches) == 1


def test_expected_questions_are_read_together_at_the_first() -> None:
    counting = Counting()
    batched = BatchedQueries(counting)
    batched.expect(QUESTIONS)
    for question in QUESTIONS:
        [read], [alone] = (e.query_tokens([question]) for e in (batched, WordEmbedder()))
        assert read.spans.tolist() == alone.spans.tolist()
        assert np.allclose(read.vectors, alone.vectors)
    assert counting.batches == [3]
    batched.query_tokens(["Who?"])
    assert counting.batches == [3, 1]


def test_documents_are_read_as_they_come() -> None:
    [read] = BatchedQueries(Counting()).document_tokens(["Ships sail."])
    assert read.spans.tolist() == [[0, 5], [6, 10]]

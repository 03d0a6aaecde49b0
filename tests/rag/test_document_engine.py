import threading
from collections.abc import Callable

import pytest

from index.errors import NoIndexError, UsageError
from index.search import Searcher
from index.store import Store
from rag.document_engine import DocumentEngine
from rag.types import Evidence, Finished
from tests.index.fakes import HashEmbedder
from tests.rag.fakes import ScriptedLLM
from tests.rag.small_corpus import TEXTS, chain_over

QUESTION = "When was the Alder bridge opened?"
TRUE = "The Alder bridge was opened in 1932."


def engine_over(
    store: Store, model: ScriptedLLM | None = None, closing: list[Callable[[], None]] | None = None
) -> DocumentEngine:
    return DocumentEngine(
        store,
        Searcher(store, HashEmbedder()),
        chain_over(store, model),
        model_name="scripted model",
        notice="",
        closing=closing or [],
    )


def test_it_shows_the_documents_their_text_and_their_paragraphs(store: Store) -> None:
    engine = engine_over(store)
    assert [document.path for document in engine.documents()] == sorted(TEXTS)
    for path, text in TEXTS.items():
        assert engine.document_text(path) == text
        for part in engine.paragraphs(path):
            assert text[part.start : part.end] == part.text
    assert engine.corpus_label == "corpus"


def test_a_document_that_is_not_there_is_an_error(store: Store) -> None:
    with pytest.raises(NoIndexError):
        engine_over(store).document_text("nowhere.txt")


@pytest.mark.parametrize("question", ["", " ?! ", "x" * 2001])
def test_questions_that_cannot_be_asked_are_errors_at_once(store: Store, question: str) -> None:
    engine = engine_over(store)
    with pytest.raises(UsageError):
        engine.stream(question)
    with pytest.raises(UsageError):
        engine.search(question)


def test_a_search_gives_as_many_hits_as_asked_for_best_first(store: Store) -> None:
    hits = engine_over(store).search("heron nest", 2)
    assert [h.rank for h in hits] == [1, 2]
    assert hits[0].paragraph.path == "birds.txt"
    assert hits[0].score >= hits[1].score


def test_a_second_answer_waits_for_the_first_to_end(store: Store) -> None:
    engine = engine_over(store, ScriptedLLM([TRUE, TRUE]))
    first = engine.stream(QUESTION)
    assert isinstance(next(iter(first)), Evidence)
    done = threading.Event()

    def ask() -> None:
        list(engine.stream(QUESTION))
        done.set()

    second = threading.Thread(target=ask)
    second.start()
    try:
        assert not done.wait(0.2)
        assert isinstance(list(first)[-1], Finished)
        assert done.wait(10)
    finally:
        second.join(10)


def test_an_answer_that_was_given_up_lets_the_next_one_go_ahead(store: Store) -> None:
    model = ScriptedLLM([TRUE, TRUE])
    engine = engine_over(store, model)
    first = engine.stream(QUESTION)
    next(iter(first))
    first.close()  # type: ignore[attr-defined]
    assert isinstance(list(engine.stream(QUESTION))[-1], Finished)


def test_an_answer_closed_before_it_began_changes_nothing(store: Store) -> None:
    engine = engine_over(store, ScriptedLLM([TRUE]))
    engine.stream(QUESTION).close()  # type: ignore[attr-defined]
    assert isinstance(list(engine.stream(QUESTION))[-1], Finished)


def test_several_threads_are_all_answered(store: Store) -> None:
    engine = engine_over(store, ScriptedLLM([TRUE] * 6))
    answers = []

    def ask() -> None:
        answers.append([e.answer for e in engine.stream(QUESTION) if isinstance(e, Finished)])

    threads = [threading.Thread(target=ask) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
    assert [answer.text for (answer,) in answers] == [f"{TRUE} [1]"] * 6


def test_closing_closes_everything_once_in_order(store: Store) -> None:
    closed: list[str] = []
    engine = engine_over(
        store, closing=[lambda: closed.append("server"), lambda: closed.append("store")]
    )
    engine.close()
    engine.close()
    assert closed == ["server", "store"]

import threading
from collections.abc import Callable
from dataclasses import replace

import pytest

from index.errors import NoIndexError, UsageError
from index.search import Searcher
from index.store import Store
from index.sync import sync
from rag.document_engine import DocumentEngine
from rag.types import Event, Evidence, Finished, Token, Waiting
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
    assert [type(next(first)) for _ in range(2)] == [Evidence, Token]
    done = threading.Event()
    events: list[Event] = []

    def ask() -> None:
        events.extend(engine.stream(QUESTION))
        done.set()

    second = threading.Thread(target=ask)
    second.start()
    try:
        assert not done.wait(0.2)
        assert isinstance(list(first)[-1], Finished)
        assert done.wait(10)
    finally:
        second.join(10)
    assert isinstance(events[0], Evidence)
    assert events[1] == Waiting(1)
    assert Waiting(0) in events


def test_a_waiting_answer_that_is_closed_leaves_the_line(store: Store) -> None:
    engine = engine_over(store, ScriptedLLM([TRUE, TRUE]))
    first, second = engine.stream(QUESTION), engine.stream(QUESTION)
    assert [type(next(first)) for _ in range(2)] == [Evidence, Token]
    assert [type(next(second)) for _ in range(2)] == [Evidence, Waiting]
    second.close()  # type: ignore[attr-defined]
    first.close()  # type: ignore[attr-defined]
    kinds = {type(event) for event in engine.stream(QUESTION)}
    assert Waiting not in kinds


def test_an_answer_without_a_model_waits_for_nobody(store: Store) -> None:
    engine = engine_over(store, ScriptedLLM([TRUE]))
    first = engine.stream(QUESTION)
    assert [type(next(first)) for _ in range(2)] == [Evidence, Token]
    events = list(engine.stream(QUESTION, extractive=True))
    assert [type(event) for event in events] == [Evidence, Finished]
    first.close()  # type: ignore[attr-defined]


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


def test_another_model_takes_over_and_the_old_is_freed_once_its_answer_has_ended(
    store: Store,
) -> None:
    closed: list[str] = []
    engine = engine_over(store, ScriptedLLM([TRUE]), [lambda: closed.append("store")])
    engine.use(
        chain_over(store, ScriptedLLM([TRUE])),
        model_name="first model",
        notice="",
        freeing=[lambda: closed.append("first")],
    )
    answering = engine.stream(QUESTION)
    next(answering)
    taking_over = threading.Thread(
        target=engine.use,
        args=[chain_over(store, None)],
        kwargs={
            "model_name": "extractive",
            "notice": "quoting",
            "freeing": [lambda: closed.append("second")],
            "model_problem": lambda: "gone",
        },
    )
    taking_over.start()
    taking_over.join(0.2)
    assert (engine.model_name, closed) == ("extractive", [])
    assert isinstance(list(answering)[-1], Finished)
    taking_over.join(20)
    assert (engine.model_name, engine.notice, closed) == ("extractive", "quoting", ["first"])
    assert engine.model_problem() == "gone"
    finished = list(engine.stream(QUESTION))[-1]
    assert isinstance(finished, Finished)
    assert finished.answer.extractive
    engine.close()
    assert closed == ["first", "second", "store"]


def test_the_documents_are_those_of_now(store: Store) -> None:
    engine = engine_over(store)
    assert engine.documents() == engine.documents() == store.catalog.documents()
    document = engine.documents()[0]
    with store.writing():
        store.catalog.replace(replace(document, path="zz.txt"), 0, "", [], "hash")
    assert [d.path for d in engine.documents()][-1] == "zz.txt"
    with store.writing():
        store.catalog.remove("zz.txt")
    assert engine.documents() == store.catalog.documents()


def test_a_missed_paragraph_is_explained_by_its_words(store: Store) -> None:
    engine = engine_over(store)
    hit = engine.search(QUESTION)[1]
    explanation = engine.explain(QUESTION, hit.paragraph.text)
    assert [e.paragraph.id for e in explanation.explained] == [hit.paragraph.id]
    assert explanation.explained[0].search_rank == hit.rank
    assert engine.explain(QUESTION, "words of nowhere at all").explained == ()
    with pytest.raises(UsageError):
        engine.explain("", hit.paragraph.text)


def test_its_generation_changes_with_what_can_be_found_and_not_before(store: Store) -> None:
    engine, corpus = engine_over(store), store.corpus()
    before = engine.generation
    assert corpus is not None
    sync(store, corpus, HashEmbedder())
    assert engine.generation == before
    (corpus / "ferry.txt").write_text("The ferry to Oakholm costs 14 crowns.\n")
    sync(store, corpus, HashEmbedder())
    assert engine.generation != before

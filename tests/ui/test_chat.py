"""Chat steps over a scripted engine, without a browser."""

import threading
from collections.abc import Iterator
from dataclasses import replace

from index.errors import UsageError
from index.types import Document
from rag.types import Event, Evidence, Token
from tests.ui.corpus import (
    ASK_COST,
    ASK_CRASH,
    ASK_FOLLOW_UP,
    ASK_SLOW,
    ASK_UNKNOWN,
    ASK_USAGE,
    corpus_engine,
)
from tests.ui.fakes import FakeEngine
from ui.chat import BUSY, EMPTY, ENDED_EARLY, LOST, QUEUE_FULL, Chat, failed, told
from ui.running import UNEXPECTED
from ui.session import Session, Stage
from ui.views import Cards, Empty


def quick_engine() -> FakeEngine:
    engine = corpus_engine()
    for question, script in engine.scripts.items():
        delays = {"evidence_delay": 0.0, "first_token_delay": 0.0, "token_delay": 0.0}
        if question != ASK_SLOW:
            engine.scripts[question] = replace(script, **delays)  # type: ignore[arg-type]
    return engine


def test_a_question_goes_through_its_stages_to_the_answer() -> None:
    engine, session = quick_engine(), Session()
    chat = Chat(engine, "label")
    begun = chat.begin(session, f"  {ASK_COST} ")
    assert (begun.busy, begun.box, begun.status) == (True, "", "")
    assert isinstance(begun.view, Empty)
    screens = list(chat.answer(session))
    last = screens[-1]
    assert (last.busy, last.turns[0].stage) == (False, Stage.FINISHED)
    assert isinstance(last.view, Cards)
    assert last.view.title == "Sources of this answer"
    assert engine.asked == [(ASK_COST, ())]


def test_the_second_question_carries_the_first_as_history() -> None:
    engine, session = quick_engine(), Session()
    chat = Chat(engine, "label")
    for question in (ASK_COST, ASK_FOLLOW_UP):
        chat.begin(session, question)
        list(chat.answer(session))
    assert [turn.role for turn in engine.asked[1][1]] == ["user", "assistant"]
    assert engine.asked[1][1][0].content == ASK_COST


def test_questions_that_cannot_be_asked_are_told_so_without_the_engine() -> None:
    engine, session = quick_engine(), Session()
    chat = Chat(engine, "label")
    assert chat.begin(session, " \n ").status == EMPTY
    assert "2,001 characters" in chat.begin(session, "x" * 2001).status
    assert chat.begin(session, "x" * 2000).status == ""
    assert chat.begin(session, ASK_COST).status == BUSY
    assert chat.retry(session).status == BUSY
    assert engine.asked == []
    assert len(session.turns) == 1


def test_retry_replaces_the_last_answer_and_needs_one() -> None:
    engine, session = quick_engine(), Session()
    chat = Chat(engine, "label")
    assert chat.retry(session).status != ""
    chat.begin(session, ASK_COST)
    list(chat.answer(session))
    again = chat.retry(session)
    assert (again.busy, again.box) == (True, None)
    list(chat.answer(session))
    assert [(t.id, t.question) for t in session.turns] == [("t2", ASK_COST)]
    assert engine.asked == [(ASK_COST, ()), (ASK_COST, ())]


def test_stop_ends_the_screens_and_closes_the_engines_iterator() -> None:
    engine, session = quick_engine(), Session()
    chat = Chat(engine, "label")
    chat.begin(session, ASK_SLOW)
    screens = chat.answer(session)
    while next(screens).turns[0].stage is not Stage.WRITING:
        pass
    assert not chat.stop(session).busy
    rest = list(screens)
    assert [screen.busy for screen in rest] == [False]
    assert session.turns[0].stage is Stage.STOPPED
    assert session.turns[0].draft.startswith("word0 ")
    assert engine.closed_early.wait(5)


def test_a_browser_that_goes_away_stops_the_model() -> None:
    engine, session = quick_engine(), Session()
    chat = Chat(engine, "label")
    chat.begin(session, ASK_SLOW)
    screens = chat.answer(session)
    while next(screens).turns[0].stage is not Stage.WRITING:
        pass
    screens.close()  # type: ignore[attr-defined]
    assert engine.closed_early.wait(5)
    assert session.pending is None


def test_a_question_stopped_before_its_turn_came_is_not_asked() -> None:
    engine, session = quick_engine(), Session()
    chat = Chat(engine, "label")
    chat.begin(session, ASK_COST)
    chat.stop(session)
    assert list(chat.answer(session)) == []
    assert engine.asked == []


def test_clear_while_answering_brings_nothing_back() -> None:
    engine, session = quick_engine(), Session()
    chat = Chat(engine, "label")
    chat.begin(session, ASK_SLOW)
    screens = chat.answer(session)
    while next(screens).turns[0].stage is not Stage.WRITING:
        pass
    chat.clear(session)
    assert [screen.turns for screen in screens] == [()]
    assert engine.closed_early.wait(5)


def test_a_question_asked_while_the_last_one_ends_is_not_ended_with_it() -> None:
    engine, session = quick_engine(), Session()
    chat = Chat(engine, "label")
    chat.begin(session, ASK_SLOW)
    screens = chat.answer(session)
    while next(screens).turns[0].stage is not Stage.WRITING:
        pass
    chat.stop(session)
    chat.begin(session, ASK_UNKNOWN)
    assert [screen.busy for screen in screens] == [True]
    assert session.pending is not None
    assert list(chat.answer(session))[-1].turns[-1].stage is Stage.FINISHED


def test_a_source_opened_while_the_answer_is_written_stays_open() -> None:
    engine, session = quick_engine(), Session()
    chat = Chat(engine, "label")
    chat.begin(session, ASK_COST)
    list(chat.answer(session))
    chat.begin(session, ASK_FOLLOW_UP)
    assert chat.act(session, {"name": "source", "turn": "t1", "number": 1})
    assert all(screen.view is None for screen in chat.answer(session))


def test_a_waiting_question_says_so_while_another_session_is_answered() -> None:
    engine, one, two = quick_engine(), Session(), Session()
    chat = Chat(engine, "label")
    chat.begin(one, ASK_SLOW)
    screens = chat.answer(one)
    next(screens)
    next(screens)
    assert chat.begin(two, ASK_UNKNOWN).turns[0].stage is Stage.WAITING
    screens.close()  # type: ignore[attr-defined]
    chat.clear(two)
    assert chat.begin(two, ASK_UNKNOWN).turns[0].stage is Stage.SEARCHING


def test_errors_become_messages_that_tell_no_more_than_they_should() -> None:
    chat = Chat(quick_engine(), "label")
    for question, message in (
        (ASK_CRASH, UNEXPECTED),
        (ASK_USAGE, "The engine does not take this question."),
    ):
        session = Session()
        chat.begin(session, question)
        last = list(chat.answer(session))[-1]
        assert (last.busy, last.turns[0].failure) == (False, message)
    assert told(UsageError("mend it")) == "mend it"
    assert told(KeyError("secret")) == UNEXPECTED


class Silent(FakeEngine):
    """Ends without ``Finished``."""

    def stream(self, *_: object, **__: object) -> Iterator[Event]:
        yield Evidence("q", ())
        yield Token("Half")


def test_an_answer_that_ends_early_is_a_failure() -> None:
    session, chat = Session(), Chat(Silent({}), "label")
    chat.begin(session, "q")
    assert list(chat.answer(session))[-1].turns[0].failure == ENDED_EARLY


def test_a_failed_handler_leaves_the_page_usable() -> None:
    session, chat = Session(), Chat(quick_engine(), "label")
    chat.begin(session, ASK_COST)
    screen = failed(session, "Too many questions.")
    assert (screen.busy, screen.status) == (False, "Too many questions.")
    assert session.turns[0].stage is Stage.FAILED
    assert chat.begin(session, ASK_COST).status == ""


def test_a_question_that_found_no_place_in_the_queue_says_so() -> None:
    session, chat = Session(), Chat(quick_engine(), "label")
    chat.begin(session, ASK_COST)
    screen = chat.interrupted(session)
    assert (screen.busy, screen.status) == (False, QUEUE_FULL)
    assert session.turns[0].failure == QUEUE_FULL


def test_an_answer_whose_connection_broke_keeps_what_was_written() -> None:
    session, chat = Session(), Chat(quick_engine(), "label")
    chat.begin(session, ASK_SLOW)
    screens = chat.answer(session)
    while next(screens).turns[0].stage is not Stage.WRITING:
        pass
    screen = chat.interrupted(session)
    assert (screen.busy, screen.status) == (False, LOST)
    assert session.turns[0].stage is Stage.STOPPED
    assert session.turns[0].draft
    assert [s.busy for s in screens] == [False]


def test_only_one_question_is_answered_at_a_time_whatever_gradio_starts() -> None:
    engine = quick_engine()
    one, two, chat = Session(), Session(), Chat(engine, "label")
    chat.begin(one, ASK_SLOW)
    chat.begin(two, ASK_UNKNOWN)
    first = chat.answer(one)
    next(first)
    threading.Timer(0.3, chat.stop, [one]).start()
    threading.Thread(target=list, args=[first]).start()
    stages = [screen.turns[0].stage for screen in chat.answer(two)]
    assert one.pending is None
    assert stages[-1] is Stage.FINISHED
    chat.begin(one, ASK_SLOW)
    first = chat.answer(one)
    next(first)
    chat.begin(two, ASK_UNKNOWN)
    threading.Timer(0.2, chat.stop, [two]).start()
    assert list(chat.answer(two)) == []
    first.close()  # type: ignore[attr-defined]


class Broken(FakeEngine):
    """Cannot list its documents."""

    def documents(self) -> list[Document]:
        raise OSError("disk")


def test_the_header_names_corpus_and_model_and_survives_a_broken_index() -> None:
    shown = Chat(quick_engine(), "seeds").header()
    assert "seeds" in shown
    assert "3 documents, 96 paragraphs" in shown
    assert "2 files not searchable" in shown
    assert "<b>" not in shown
    assert "0 documents" in Chat(Broken({}), "seeds").header()


def test_stop_does_not_wait_for_a_model_that_computes() -> None:
    held = threading.Event()

    class Held(FakeEngine):
        def stream(self, *_: object, **__: object) -> Iterator[Event]:
            yield Evidence("q", ())
            held.wait(10)

    session, chat = Session(), Chat(Held({}), "label")
    chat.begin(session, "q")
    screens = chat.answer(session)
    while next(screens).turns[0].stage is not Stage.READING:
        pass
    threading.Timer(0.05, chat.stop, [session]).start()
    assert [screen.busy for screen in screens] == [False]
    assert not held.is_set()
    held.set()

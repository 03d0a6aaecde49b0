"""The desk: one question at a time, each to its end, whatever the engine and the browsers do."""

import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from index.types import Document
from rag.types import Event, Evidence, Token
from tests.ui.corpus import (
    ASK_COST,
    ASK_CRASH,
    ASK_FOLLOW_UP,
    ASK_SLOW,
    ASK_UNKNOWN,
    ASK_USAGE,
)
from tests.ui.desks import SlowToSuggest, quick_engine, settled, until
from tests.ui.fakes import FakeEngine
from ui.archive import Archive
from ui.asking import filter_of
from ui.conversation import Conversation
from ui.desk import ABANDONED_S, ENDED_EARLY, MAX_WAITING, Desk
from ui.running import UNEXPECTED
from ui.scope import EVERYTHING, Scope
from ui.session import Stage


def test_a_question_is_answered_saved_and_given_a_receipt(
    desk_of: Callable[..., Desk], tmp_path: Path
) -> None:
    engine, talk = quick_engine(), Conversation("c", "me")
    assert desk_of(engine).ask(talk, ASK_COST, EVERYTHING)
    settled(talk)
    turn = talk.turns[0]
    assert turn.stage is Stage.FINISHED
    assert turn.receipt is not None
    assert turn.receipt.settings == {"llm": "scripted"}
    assert turn.receipt.documents == {"harbour/2024-storm.txt": "0" * 64}
    saved = Archive(tmp_path).load("me", "c")
    assert saved is not None
    assert saved.turns == talk.turns


def test_questions_are_on_disk_before_their_answers(
    desk_of: Callable[..., Desk], tmp_path: Path
) -> None:
    engine = quick_engine()
    engine.scripts[ASK_COST] = replace(engine.scripts[ASK_COST], first_token_delay=60)
    desk = desk_of(engine)
    first, second = Conversation("c1", "me"), Conversation("c2", "me")
    assert desk.ask(first, ASK_COST, EVERYTHING)
    assert desk.ask(second, ASK_UNKNOWN, EVERYTHING)
    reader = Archive(tmp_path)  # As the next start of a program that was killed now.
    for id_, question in (("c1", ASK_COST), ("c2", ASK_UNKNOWN)):
        until(lambda id_=id_: reader.load("me", id_))
        kept = reader.load("me", id_)
        assert kept is not None
        assert [(t.question, t.stage) for t in kept.turns] == [(question, Stage.STOPPED)]
    reader.close()


def test_the_second_question_carries_the_first_and_its_own_scope(
    desk_of: Callable[..., Desk],
) -> None:
    engine, talk = quick_engine(), Conversation("c", "me")
    desk, scope = desk_of(engine), Scope("harbour/*")
    desk.ask(talk, ASK_COST, EVERYTHING)
    settled(talk)
    desk.ask(talk, ASK_FOLLOW_UP, scope)
    settled(talk)
    asked = [history for question, history in engine.asked if question == ASK_FOLLOW_UP]
    assert [turn.role for turn in asked[0]] == ["user", "assistant"]
    assert engine.scopes[0] == filter_of(EVERYTHING)
    assert filter_of(scope) in engine.scopes


def test_questions_wait_in_line_and_know_their_place(desk_of: Callable[..., Desk]) -> None:
    desk = desk_of(quick_engine())
    one, two, three = (Conversation(id_, "o") for id_ in "abc")
    desk.ask(one, ASK_SLOW, EVERYTHING)
    until(lambda: one.turns[0].draft)
    desk.ask(two, ASK_UNKNOWN, EVERYTHING)
    desk.ask(three, ASK_COST, EVERYTHING)
    assert [desk.ahead(talk) for talk in (one, two, three)] == [0, 1, 2]
    assert two.turns[0].stage is Stage.WAITING
    one.end_pending()
    settled(one, two, three)
    assert [talk.turns[0].stage for talk in (one, two, three)] == [
        Stage.STOPPED,
        Stage.FINISHED,
        Stage.FINISHED,
    ]
    assert one.turns[0].draft.startswith("word0 ")


def test_an_answer_nobody_follows_any_more_is_stopped(desk_of: Callable[..., Desk]) -> None:
    engine, talk = quick_engine(), Conversation("c", "me")
    desk_of(engine).ask(talk, ASK_SLOW, EVERYTHING)
    until(lambda: talk.turns[0].draft)
    talk.followed_at -= ABANDONED_S + 1
    settled(talk)
    assert talk.turns[0].stage is Stage.STOPPED
    assert engine.closed_early.wait(5)


def test_whoever_follows_again_after_the_machine_stood_still_gets_the_answer(
    desk_of: Callable[..., Desk],
) -> None:
    engine, talk = quick_engine(), Conversation("c", "me")
    desk_of(engine).ask(talk, ASK_SLOW, EVERYTHING)
    until(lambda: talk.turns[-1].draft)
    talk.followed_at -= ABANDONED_S + 1
    time.sleep(0.3)
    talk.followed_at = time.monotonic()
    written = talk.turns[-1].draft
    until(lambda: len(talk.turns[-1].draft) > len(written))
    assert talk.turns[-1].stage is Stage.WRITING
    talk.end_pending()


def test_a_question_stopped_before_its_turn_came_is_not_asked(desk_of: Callable[..., Desk]) -> None:
    engine, one, two = quick_engine(), Conversation("a", "o"), Conversation("b", "o")
    desk = desk_of(engine)
    desk.ask(one, ASK_SLOW, EVERYTHING)
    desk.ask(two, ASK_COST, EVERYTHING)
    two.end_pending()
    one.end_pending()
    settled(one, two)
    assert ASK_COST not in [question for question, _ in engine.asked]


def test_a_question_asked_while_the_last_one_ends_is_not_ended_with_it(
    desk_of: Callable[..., Desk],
) -> None:
    talk = Conversation("c", "me")
    desk = desk_of(quick_engine())
    for _ in range(3):
        desk.ask(talk, ASK_SLOW, EVERYTHING)
        until(lambda: talk.turns[-1].draft)
        talk.end_pending()
    desk.ask(talk, ASK_UNKNOWN, EVERYTHING)
    settled(talk)
    assert [turn.stage for turn in talk.turns] == [Stage.STOPPED] * 3 + [Stage.FINISHED]


class Silent(FakeEngine):
    """Ends without ``Finished``."""

    def stream(self, *_: object, **__: object) -> Iterator[Event]:
        yield Evidence("q", ())
        yield Token("Half")


class Forgetful(FakeEngine):
    """Cannot list its documents."""

    def documents(self) -> list[Document]:
        raise OSError("disk")


@pytest.mark.parametrize(
    ("question", "message"),
    [(ASK_CRASH, UNEXPECTED), (ASK_USAGE, "The engine does not take this question.")],
)
def test_errors_become_messages_that_tell_no_more_than_they_should(
    desk_of: Callable[..., Desk], question: str, message: str
) -> None:
    talk = Conversation("c", "me")
    desk = desk_of(quick_engine())
    desk.ask(talk, question, EVERYTHING)
    settled(talk)
    assert talk.turns[0].failure == message
    desk.ask(talk, ASK_UNKNOWN, EVERYTHING)
    settled(talk)
    assert talk.turns[1].stage is Stage.FINISHED


def test_an_answer_that_ends_early_is_a_failure(desk_of: Callable[..., Desk]) -> None:
    talk = Conversation("c", "me")
    desk_of(Silent({})).ask(talk, "q", EVERYTHING)
    settled(talk)
    assert talk.turns[0].failure == ENDED_EARLY


def test_an_answer_comes_without_a_receipt_rather_than_not_at_all(
    desk_of: Callable[..., Desk],
) -> None:
    known = quick_engine()
    talk = Conversation("c", "me")
    desk_of(Forgetful(known.corpus, known.scripts)).ask(talk, ASK_COST, EVERYTHING)
    settled(talk)
    assert (talk.turns[0].stage, talk.turns[0].receipt) == (Stage.FINISHED, None)


def test_stop_does_not_wait_for_a_model_that_computes(desk_of: Callable[..., Desk]) -> None:
    held = threading.Event()

    class Held(FakeEngine):
        def stream(self, *_: object, **__: object) -> Iterator[Event]:
            yield Evidence("q", ())
            held.wait(10)

    talk = Conversation("c", "me")
    desk_of(Held({})).ask(talk, "q", EVERYTHING)
    until(lambda: talk.turns[0].stage is Stage.READING)
    talk.end_pending()
    settled(talk)
    assert not held.is_set()
    held.set()


def test_more_questions_than_can_wait_are_sent_away(desk_of: Callable[..., Desk]) -> None:
    desk = desk_of(quick_engine())
    talks = [Conversation(str(n), "o") for n in range(MAX_WAITING + 2)]
    desk.ask(talks[0], ASK_SLOW, EVERYTHING)
    until(lambda: talks[0].turns[0].draft)
    taken = [desk.ask(talk, ASK_UNKNOWN, EVERYTHING) for talk in talks[1:]]
    assert taken == [True] * MAX_WAITING + [False]
    assert talks[-1].turns == ()
    for talk in talks:
        talk.end_pending()


def test_suggestions_give_way_to_a_question_that_comes_in(desk_of: Callable[..., Desk]) -> None:
    engine, one, two = SlowToSuggest(), Conversation("a", "o"), Conversation("b", "o")
    desk = desk_of(engine)
    desk.ask(one, ASK_COST, EVERYTHING)
    assert engine.trying.acquire(timeout=10)
    desk.ask(two, ASK_UNKNOWN, EVERYTHING)
    engine.release.set()
    settled(one, two)
    assert one.turns[0].stage is two.turns[0].stage is Stage.FINISHED
    tried = engine.questions.index(ASK_UNKNOWN) - 1
    assert (engine.questions[0], tried) == (ASK_COST, 1)


def test_suggestions_give_way_to_the_end_of_the_program(desk_of: Callable[..., Desk]) -> None:
    engine, talk = SlowToSuggest(), Conversation("a", "o")
    desk = desk_of(engine)
    desk.ask(talk, ASK_COST, EVERYTHING)
    assert engine.trying.acquire(timeout=10)
    closing = threading.Thread(target=desk.close)
    closing.start()
    until(lambda: desk._closed)
    engine.release.set()
    closing.join()
    settled(talk)
    assert len(engine.questions) == 2


def test_closing_keeps_what_was_written(desk_of: Callable[..., Desk], tmp_path: Path) -> None:
    desk, talk = desk_of(quick_engine()), Conversation("c", "me")
    desk.ask(talk, ASK_SLOW, EVERYTHING)
    until(lambda: talk.turns[0].draft)
    desk.close()
    saved = Archive(tmp_path).load("me", "c")
    assert saved is not None
    assert saved.turns[0].draft.startswith("word0 ")
    assert not desk.ask(talk, ASK_COST, EVERYTHING)

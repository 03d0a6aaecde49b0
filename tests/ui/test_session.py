"""A conversation's turns: ids, stages, what the engine is told of them."""

from copy import deepcopy
from dataclasses import replace

from rag.types import Answer, Status, Turn
from ui.session import Session, Stage


def finished(session: Session, question: str, status: Status = Status.ANSWERED) -> None:
    turn = session.add(question, Stage.SEARCHING)
    answer = Answer(question, question, status, f"Answer to {question}[1]")
    session.update(replace(turn, stage=Stage.FINISHED, answer=answer))


def test_ids_are_never_used_twice_so_an_old_link_cannot_open_a_new_source() -> None:
    session = Session()
    assert session.add("a", Stage.SEARCHING).id == "t1"
    session.clear()
    assert session.add("b", Stage.SEARCHING).id == "t2"


def test_a_turn_that_is_over_stays_as_it_is() -> None:
    session = Session()
    turn = session.add("a", Stage.SEARCHING)
    session.end_pending()
    assert not session.update(replace(turn, stage=Stage.WRITING))
    assert session.turns[0].stage is Stage.STOPPED
    session.end(turn.id)
    assert session.pending is None


def test_a_cleared_turn_does_not_come_back() -> None:
    session = Session()
    turn = session.add("a", Stage.SEARCHING)
    session.clear()
    assert not session.update(replace(turn, stage=Stage.WRITING))
    assert session.turns == ()


def test_stopping_calls_the_running_answer_and_keeps_its_draft() -> None:
    session, calls = Session(), []
    turn = session.add("a", Stage.WRITING)
    session.update(replace(turn, draft="Half"))
    session.stop = lambda: calls.append("stop")
    session.end_pending()
    assert calls == ["stop"]
    assert session.turns[0].draft == "Half"


def test_the_engine_is_told_answered_and_refused_turns_only() -> None:
    session = Session()
    finished(session, "one")
    finished(session, "two", Status.ERROR)
    finished(session, "three", Status.REFUSED)
    session.add("four", Stage.SEARCHING)
    session.end_pending()
    assert session.history() == (
        Turn("user", "one"),
        Turn("assistant", "Answer to one[1]"),
        Turn("user", "three"),
        Turn("assistant", "Answer to three[1]"),
    )


def test_each_browser_session_starts_with_an_empty_copy() -> None:
    session = Session()
    finished(session, "one")
    assert deepcopy(session).turns == ()

"""A conversation's turns: ids, stages, what the engine is told of them."""

from dataclasses import replace

from rag.types import Answer, Status, Turn
from ui.conversation import Conversation, short_name
from ui.scope import EVERYTHING
from ui.session import ChatTurn, Stage


def conversation() -> Conversation:
    return Conversation("c", "owner")


def add(found: Conversation, question: str = "a", stage: Stage = Stage.SEARCHING) -> ChatTurn:
    return found.add(question, stage, EVERYTHING)


def finished(
    found: Conversation, question: str, status: Status = Status.ANSWERED, understood: str = ""
) -> ChatTurn:
    turn = add(found, question)
    answer = Answer(question, understood or question, status, f"Answer to {question}[1]")
    found.update(replace(turn, stage=Stage.FINISHED, answer=answer))
    return turn


def test_ids_are_never_used_twice_so_an_old_link_cannot_open_a_new_source() -> None:
    found = conversation()
    assert add(found).id == "t1"
    found.delete("t1")
    assert add(found).id == "t2"
    assert add(Conversation("c", "o", asked=7)).id == "t8"


def test_a_turn_that_is_over_stays_as_it_is() -> None:
    found = conversation()
    turn = add(found)
    found.end_pending()
    assert not found.update(replace(turn, stage=Stage.WRITING))
    assert found.turns[0].stage is Stage.STOPPED
    assert found.pending is None


def test_a_deleted_turn_does_not_come_back() -> None:
    found = conversation()
    turn = add(found)
    found.delete(turn.id)
    assert not found.update(replace(turn, stage=Stage.WRITING))
    assert found.turns == ()


def test_stopping_calls_the_running_answer_and_keeps_its_draft() -> None:
    found, calls = conversation(), []
    turn = add(found)
    found.update(replace(turn, draft="Half"))
    found.stop = lambda: calls.append("stop")
    found.end_pending()
    assert calls == ["stop"]
    assert found.turns[0].draft == "Half"


def test_the_engine_is_told_answered_and_refused_turns_only() -> None:
    found = conversation()
    finished(found, "one")
    finished(found, "two", Status.ERROR)
    finished(found, "three", Status.REFUSED)
    add(found, "four")
    found.end_pending()
    assert found.history() == (
        Turn("user", "one"),
        Turn("assistant", "Answer to one[1]"),
        Turn("user", "three"),
        Turn("assistant", "Answer to three[1]"),
    )


def test_the_engine_is_told_questions_as_they_were_understood() -> None:
    found = conversation()
    for question, understood in (
        ("Who led in 2005?", "Who led in 2005?"),
        ("And in 2008?", "Who led in 2008?"),
        ("continue", "Who led in 2008?"),
    ):
        finished(found, question, understood=understood)
    told = [turn.content for turn in found.history() if turn.role == "user"]
    assert told == ["Who led in 2005?", "Who led in 2008?", "continue"]


def asked_anew() -> tuple[Conversation, ChatTurn]:
    """Three answered questions, of which the second and third give way to a fourth."""
    found = conversation()
    for question in ("one", "two", "three"):
        finished(found, question)
    return found, found.add("four", Stage.SEARCHING, EVERYTHING, "t2")


def test_a_question_takes_the_place_of_a_turn_and_all_after_it() -> None:
    found, turn = asked_anew()
    assert [turn.question for turn in found.turns] == ["one", "four"]
    found.end(turn.id)
    found.add("five", Stage.SEARCHING, EVERYTHING, "t9")
    assert [turn.question for turn in found.turns] == ["one", "two", "three", "five"]


def test_a_question_stopped_before_a_word_gives_way_to_what_it_was_to_replace() -> None:
    found, turn = asked_anew()
    found.update(replace(turn, stage=Stage.READING))
    found.end_pending()
    assert [turn.question for turn in found.turns] == ["one", "two", "three"]
    assert not found.update(replace(turn, stage=Stage.WRITING, draft="Late"))
    assert [turn.stage for turn in found.turns] == [Stage.FINISHED] * 3


def test_a_question_stopped_after_its_first_word_has_replaced_the_others() -> None:
    found, turn = asked_anew()
    found.update(replace(turn, stage=Stage.WRITING, draft="Half"))
    found.end_pending()
    assert [turn.question for turn in found.turns] == ["one", "four"]
    assert [turn.question for turn in found.kept] == ["one", "four"]


def test_what_is_found_for_a_waiting_question_does_not_undo_its_start() -> None:
    found = conversation()
    turn = add(found, stage=Stage.WAITING)
    found.update(replace(turn, stage=Stage.SEARCHING))
    found.found(turn.id, ())
    assert found.turns[0].stage is Stage.SEARCHING


def test_the_first_question_names_the_conversation_until_it_is_renamed() -> None:
    found = conversation()
    finished(found, "What is\n it about?")
    finished(found, "And then?")
    assert found.name == "What is it about?"
    found.rename("  ")
    found.rename("Harbour")
    assert found.name == "Harbour"
    assert len(short_name("word " * 100)) <= 70

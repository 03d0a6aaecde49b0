import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from eval.plan import plan_run
from eval.replies import KeepingModel, ReplyCache
from eval.run import run
from rag.models.chat_model import Message, ModelCallError
from rag.types import Answer
from tests.eval.fakes import ScriptedEngine, right_answer, small_gold
from tests.rag.fakes import Reply, ScriptedLLM, reply

ASKED: list[Message] = [("system", "Answer."), ("user", "When?")]
RECORD = {"llm": "a"}


@pytest.fixture
def replies(tmp_path: Path) -> Iterator[ReplyCache]:
    cache = ReplyCache(tmp_path / "replies.sqlite3")
    yield cache
    cache.close()


def test_a_whole_reply_is_given_again_as_it_came_and_counted(replies: ReplyCache) -> None:
    model = ScriptedLLM([reply("In 1932.", cut=True)], yes=0.25)
    keeping = KeepingModel(model, RECORD, replies)
    first = list(keeping.stream(ASKED, max_tokens=9)), keeping.choose(ASKED, continues=True)
    assert replies.taken() == 0
    again = list(keeping.stream(ASKED, max_tokens=9)), keeping.choose(ASKED)
    assert again == first
    assert again[0][-1].cut
    assert (len(model.calls), replies.taken()) == (2, 2)


def test_replies_are_kept_over_processes(tmp_path: Path) -> None:
    for model in (ScriptedLLM(["In 1932."]), ScriptedLLM()):
        cache = ReplyCache(tmp_path / "replies.sqlite3")
        pieces = list(KeepingModel(model, RECORD, cache).stream(ASKED, max_tokens=9))
        cache.close()
    assert "".join(piece.text for piece in pieces) == "In 1932."


@pytest.mark.parametrize(
    ("messages", "most", "record"),
    [
        ([("system", "Answer."), ("user", "Where?")], 9, RECORD),
        ([("user", "Answer."), ("user", "When?")], 9, RECORD),
        (ASKED, 8, RECORD),
        (ASKED, 9, {"llm": "b"}),
    ],
)
def test_another_prompt_limit_or_model_is_asked(
    replies: ReplyCache, messages: list[Message], most: int, record: dict[str, str]
) -> None:
    model = ScriptedLLM(["In 1932.", "At Renfield."])
    list(KeepingModel(model, RECORD, replies).stream(ASKED, max_tokens=9))
    list(KeepingModel(model, record, replies).stream(messages, max_tokens=most))
    assert len(model.calls) == 2


def test_what_broke_off_was_closed_or_was_not_told_is_asked_again(replies: ReplyCache) -> None:
    broken = Reply(("In ", "19"), fails_after=1)
    model = ScriptedLLM([broken, "In 1932.", "In 1932."], yes=None)
    keeping = KeepingModel(model, RECORD, replies)
    with pytest.raises(ModelCallError):
        list(keeping.stream(ASKED, max_tokens=9))
    closed = keeping.stream(ASKED, max_tokens=9)
    next(iter(closed))
    del closed
    assert model.closed_early == 1
    list(keeping.stream(ASKED, max_tokens=9))
    assert [keeping.choose(ASKED).yes for _ in range(2)] == [None, None]
    assert (len(model.calls), replies.taken()) == (5, 0)


def test_a_reply_that_cannot_be_read_costs_nothing_but_time(
    replies: ReplyCache, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    model = ScriptedLLM(["In 1932.", "In 1932.", "In 1932."])
    keeping = KeepingModel(model, RECORD, replies)
    list(keeping.stream(ASKED, max_tokens=9))
    with sqlite3.connect(tmp_path / "replies.sqlite3") as file:
        file.execute("UPDATE answers SET outcome = '[{}]'")
    file.close()
    for _ in range(2):
        assert "".join(piece.text for piece in keeping.stream(ASKED, max_tokens=9)) == "In 1932."
    assert len(caplog.records) == 1


def test_answers_made_with_kept_replies_say_nothing_of_latency(
    replies: ReplyCache, tmp_path: Path
) -> None:
    model = ScriptedLLM(["In 1932."])
    keeping = KeepingModel(model, RECORD, replies)
    list(keeping.stream(ASKED, max_tokens=9))

    def answer(question: str) -> Answer:
        if "lanes" in question:
            list(keeping.stream(ASKED, max_tokens=9))
        return right_answer(question)

    plan = plan_run(small_gold(tmp_path), {})
    summary = run(plan, ScriptedEngine(answer), tmp_path / "a", replies=replies)
    assert (summary["counts"]["cached"], summary["latency_ms"]["total"]["n"]) == (1, 9)

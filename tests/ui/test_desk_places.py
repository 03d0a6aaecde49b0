"""A desk that answers several questions at once: as many as the model has places."""

import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from pydantic import SecretStr

from index.search import Searcher
from rag.answer import AnswerChain, Limits
from rag.build import parallel_answers
from rag.document_engine import DocumentEngine
from rag.llm import OpenAICompatibleModel
from rag.models.queueing import ModelQueue
from rag.settings import Settings
from tests.index.fakes import HashEmbedder
from tests.rag.fakes import decision
from tests.rag.openai_server import Connection, by_kind, replies, running, streams
from tests.rag.small_corpus import TEXTS, synced
from tests.ui.corpus import ASK_COST, ASK_SLOW, ASK_UNKNOWN
from tests.ui.desks import SlowToSuggest, quick_engine, settled, until
from ui.archive import Archive
from ui.context import Context
from ui.conversation import Conversation
from ui.desk import Desk
from ui.scope import EVERYTHING
from ui.session import Stage


def talks(names: str) -> list[Conversation]:
    return [Conversation(name, "o") for name in names]


def test_as_many_questions_are_answered_at_once_as_there_are_places(
    desk_of: Callable[..., Desk],
) -> None:
    desk = desk_of(quick_engine(), places=2)
    one, two, three, four = talks("abcd")
    desk.ask(one, ASK_SLOW, EVERYTHING)
    desk.ask(two, ASK_SLOW, EVERYTHING)
    until(lambda: one.turns[0].draft and two.turns[0].draft)
    desk.ask(three, ASK_UNKNOWN, EVERYTHING)
    desk.ask(four, ASK_COST, EVERYTHING)
    assert [desk.ahead(talk) for talk in (one, two, three, four)] == [0, 0, 1, 2]
    assert three.turns[0].stage is four.turns[0].stage is Stage.WAITING
    two.end_pending()
    settled(two, three, four)
    assert [talk.turns[0].stage for talk in (one, two, three, four)] == [
        Stage.WRITING,
        Stage.STOPPED,
        Stage.FINISHED,
        Stage.FINISHED,
    ]
    one.end_pending()
    settled(one)


def test_a_conversation_is_answered_one_question_after_the_other(
    desk_of: Callable[..., Desk],
) -> None:
    engine = SlowToSuggest()
    desk = desk_of(engine, places=2)
    one, two = talks("ab")
    desk.ask(one, ASK_COST, EVERYTHING)
    assert engine.trying.acquire(timeout=10)
    desk.ask(one, ASK_UNKNOWN, EVERYTHING)  # Its first answer still has something to come.
    desk.ask(two, ASK_UNKNOWN, EVERYTHING)
    until(lambda: two.turns[0].stage is Stage.FINISHED)
    assert (one.turns[1].stage, desk.ahead(one)) == (Stage.WAITING, 1)
    engine.release.set()
    settled(one, two)
    assert [turn.stage for turn in one.turns] == [Stage.FINISHED] * 2
    histories = [len(history) for asked, history in engine.asked if asked == ASK_UNKNOWN]
    assert histories == [0, 2]


def test_many_conversations_are_each_answered_once_and_in_their_order(
    desk_of: Callable[..., Desk],
) -> None:
    desk, found = desk_of(quick_engine(), places=4), talks("abcdefgh")
    for number in range(3):
        for talk in found:
            assert desk.ask(talk, f"Question {number} of {talk.id}", EVERYTHING)
        until(lambda: all(talk.pending is None for talk in found))
    settled(*found)
    for talk in found:
        assert [(turn.question, turn.stage) for turn in talk.turns] == [
            (f"Question {number} of {talk.id}", Stage.FINISHED) for number in range(3)
        ]


def test_closing_keeps_what_was_written_of_all_answers(
    desk_of: Callable[..., Desk], tmp_path: Path
) -> None:
    desk, found = desk_of(quick_engine(), places=2), talks("ab")
    for talk in found:
        desk.ask(talk, ASK_SLOW, EVERYTHING)
    until(lambda: all(talk.turns[0].draft for talk in found))
    desk.close()
    for talk in found:
        saved = Archive(tmp_path).load("o", talk.id)
        assert saved is not None
        assert saved.turns[0].draft.startswith("word0 ")


class Busy:
    """How many replies a server streams at once, and has streamed at most."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._now = self.most = 0

    def respond(self, connection: Connection) -> None:
        with self._lock:
            self._now += 1
            self.most = max(self.most, self._now)
        try:
            time.sleep(0.5)
            streams(["The Alder bridge was opened in 1932."])(connection)
        finally:
            with self._lock:
                self._now -= 1


@pytest.mark.parametrize("places", [1, 2])
def test_a_server_is_asked_for_as_many_answers_at_once_as_the_settings_say(
    tmp_path: Path, places: int
) -> None:
    busy = Busy()
    with running() as server, synced(tmp_path, TEXTS) as store:
        server.respond = by_kind(busy.respond, replies(b"{}", status=404))
        settings = Settings(
            state=tmp_path / "state",
            llm="theirs",
            llm_base_url=server.base_url,
            llm_api_key=SecretStr("key"),
            llm_parallel=places,
        )
        model = OpenAICompatibleModel(
            "theirs",
            model="theirs",
            base_url=server.base_url,
            api_key="key",
            timeout_s=20,
            is_llama_cpp=False,
        )
        searcher = Searcher(store, HashEmbedder())
        chain = AnswerChain(
            searcher,
            model,
            decision(refuse=False),
            Limits(700, 96),
            queue=ModelQueue(parallel_answers(settings)),
        )
        engine = DocumentEngine(
            store, searcher, chain, model_name="theirs", notice="", closing=[model.close]
        )
        context = Context(engine, settings, "corpus")
        found = talks("ab")
        for talk in found:
            context.desk.ask(talk, "When was the Alder bridge opened?", EVERYTHING)
        settled(*found)
        context.close()
        engine.close()
    assert [talk.turns[0].stage for talk in found] == [Stage.FINISHED] * 2
    assert all(talk.turns[0].answer.model == "theirs" for talk in found if talk.turns[0].answer)
    assert busy.most == places

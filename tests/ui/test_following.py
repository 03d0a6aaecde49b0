"""Following a conversation, moment by moment and without a browser."""

import asyncio
from collections.abc import Iterator
from pathlib import Path

import pytest

from rag.settings import Settings
from tests.ui.corpus import (
    ASK_COST,
    ASK_LONG,
    ASK_SLOW,
    ASK_STAGES,
    ASK_UNKNOWN,
    corpus_engine,
)
from tests.ui.desks import until
from ui.actions import act
from ui.chat import Chat, Screen
from ui.context import Context
from ui.following import news
from ui.session import Tab

WAIT_S = 20


@pytest.fixture
def chat(tmp_path: Path) -> Iterator[Chat]:
    context = Context(corpus_engine(), Settings(state=tmp_path), "x")
    yield context.chat
    context.close()


def test_a_question_asked_while_the_last_news_is_on_its_way_is_followed(chat: Chat) -> None:
    tab = Tab()
    chat.open(tab, "me", "")
    screens: list[Screen] = []

    async def follow() -> None:
        chat.begin(tab, ASK_COST)
        async for screen in news(chat, tab):
            screens.append(screen)
            assert tab.conversation
            over = not tab.conversation.working and screen.transcript is not None
            if over and len(tab.conversation.turns) == 1:
                shelves = [screen.shelf for screen in screens if screen.shelf]
                assert [row.id for row in shelves[-1].rows] == [tab.conversation.id]
                # What a browser does that answers at once: it asks, and asks to follow.
                assert chat.begin(tab, ASK_LONG).status == ""
                assert [s async for s in news(chat, tab)] == []

    asyncio.run(asyncio.wait_for(follow(), WAIT_S))
    assert tab.conversation
    assert [turn.over for turn in tab.conversation.turns] == [True, True]
    drawn = [screen.transcript.turns[-1] for screen in screens if screen.transcript]
    assert drawn[-1].question == ASK_LONG
    assert drawn[-1].kind == "answer"
    assert screens[-1].shelf is not None


def test_a_page_that_lost_the_last_news_is_told_it_again(chat: Chat) -> None:
    tab = Tab()
    chat.open(tab, "me", "")

    async def follow() -> list[Screen]:
        return [screen async for screen in news(chat, tab)]

    chat.begin(tab, ASK_COST)
    asyncio.run(asyncio.wait_for(follow(), WAIT_S))
    assert asyncio.run(follow()) == []
    act(chat, tab, "me", {"name": "follow"})
    again = asyncio.run(asyncio.wait_for(follow(), WAIT_S))
    assert again[0].transcript is not None
    assert again[0].transcript.turns[-1].kind == "answer"
    assert again[0].busy is False


def test_a_tab_is_followed_once_and_again_after_its_end(chat: Chat) -> None:
    tab = Tab()
    chat.open(tab, "me", "")

    async def follow() -> list[Screen]:
        return [screen async for screen in news(chat, tab)]

    for question in (ASK_COST, ASK_LONG):
        chat.begin(tab, question)
        screens = asyncio.run(asyncio.wait_for(follow(), WAIT_S))
        assert screens[-1].shelf is not None
        assert asyncio.run(follow()) == []


def test_a_question_asked_in_the_moment_an_answer_is_over_leaves_no_draft_behind(
    chat: Chat,
) -> None:
    tab = Tab()
    chat.open(tab, "me", "")
    screens: list[Screen] = []

    async def follow() -> None:
        chat.begin(tab, ASK_STAGES)
        async for screen in news(chat, tab):
            screens.append(screen)
            assert tab.conversation
            if len(tab.conversation.turns) == 1 and tab.conversation.turns[0].draft:
                # The page hears of the end only with what comes after it.
                until(lambda: tab.conversation and tab.conversation.pending is None)
                assert chat.begin(tab, ASK_LONG).status == ""

    asyncio.run(asyncio.wait_for(follow(), WAIT_S))
    shown = {turn.id: turn for s in screens if s.transcript for turn in s.transcript.turns}
    assert [turn.kind for turn in shown.values()] == ["answer", "answer"]
    assert tab.conversation
    assert shown["t1"].follow_ups == tab.conversation.turns[0].follow_ups


def test_a_tab_that_went_on_to_another_conversation_gets_no_news_of_the_one_before(
    chat: Chat,
) -> None:
    tab = Tab()
    chat.open(tab, "me", "")

    async def follow() -> list[Screen]:
        late: list[Screen] = []
        chat.begin(tab, ASK_COST)
        async for screen in news(chat, tab):
            if tab.conversation and not tab.conversation.turns:
                late.append(screen)
            elif tab.conversation and not tab.conversation.working:
                # Asked while it is followed: a moment is left for the question to be shown.
                chat.begin(tab, ASK_LONG)
                asyncio.get_running_loop().call_later(0.1, chat.open, tab, "me", "")
        return late

    assert asyncio.run(asyncio.wait_for(follow(), WAIT_S)) == []


def test_a_tab_that_leaves_one_answer_being_written_for_another_follows_that_at_once(
    chat: Chat,
) -> None:
    one, other = Tab(), Tab()
    for tab, question in ((one, ASK_SLOW), (other, ASK_UNKNOWN)):
        chat.open(tab, "me", "")
        chat.begin(tab, question)

    async def follow() -> list[Screen]:
        async for _ in news(chat, one):
            assert other.conversation
            chat.stop(one)
            chat.open(one, "me", other.conversation.id)
            return [screen async for screen in news(chat, one)]
        return []

    screens = asyncio.run(asyncio.wait_for(follow(), WAIT_S))
    assert screens[-1].shelf is not None

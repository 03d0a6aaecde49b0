"""A tab follows its conversation: a screen for each change, as it is answered at the desk."""

import asyncio
import time
from collections.abc import AsyncIterator, Sequence
from dataclasses import replace

from ui.chat import Chat, Screen
from ui.session import ChatTurn, Tab

POLL_S = 0.05
ASKED_FIRST_S = 0.3
"""What the question itself brings the page comes by another way, and has to be there before news
of its answer: shown after it, it would make the page wait for what it has shown."""


async def news(chat: Chat, tab: Tab) -> AsyncIterator[Screen]:
    """A screen for each change of the tab's conversation, until nothing more will come of it."""
    conversation = tab.conversation
    if conversation is None or time.monotonic() - tab.followed_at < 4 * POLL_S:
        return  # Nothing to follow, or this tab follows it already.
    if not conversation.working and tab.seen == conversation.version:
        return
    seen: tuple[tuple[ChatTurn, ...], int] | None = None
    previewed = False
    shelved = ""
    asked = conversation.asked
    while tab.conversation is conversation:
        if asked != conversation.asked:  # Asked since this began: nobody waits for the first news.
            asked = conversation.asked
            await asyncio.sleep(ASKED_FIRST_S)
            continue  # Meanwhile the tab may have gone on to another conversation.
        now = time.monotonic()
        conversation.followed_at = tab.followed_at = now
        working, ahead = conversation.working, chat.desk.ahead(conversation)
        if ahead and not previewed and (waiting := conversation.pending):
            previewed = True
            await asyncio.to_thread(chat.preview, conversation, waiting)
            continue
        tab.seen = conversation.version
        turns = conversation.turns
        if (turns or seen) and seen != (turns, ahead):
            screen = chat.news(tab, _changed(seen[0], turns) if seen else turns[-1:], ahead)
            if tab.conversation is not conversation:
                return
            # Kept by now. At the end alone it would be late: the next question puts that off.
            if turns and turns[-1].id != shelved and (turns[-1].hits or turns[-1].over):
                shelved = turns[-1].id
                screen = replace(screen, shelf=chat.shelf(tab))
            yield screen
        seen = (turns, ahead)
        # While the last news was on its way the next question may have come: whoever asked it
        # found the tab followed, so that it is for this one to go on.
        if not working and not conversation.working:
            # Else a question put in the next moment would find itself followed, by nobody.
            tab.followed_at = 0.0
            yield Screen(shelf=chat.shelf(tab))
            return
        await asyncio.sleep(POLL_S)


def _changed(before: Sequence[ChatTurn], now: Sequence[ChatTurn]) -> tuple[ChatTurn, ...]:
    """The turns to be drawn anew: what changed, and the last one, whose place in the line may have.

    The end of an answer may have come in the very moment in which the next question was asked.
    """
    known = {turn.id: turn for turn in before}
    return tuple(turn for turn in now if known.get(turn.id) is not turn or turn is now[-1])

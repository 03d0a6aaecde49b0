"""A long conversation, and how fast the page is. Machines are noisy: a slow turn is tried again."""

import sqlite3
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from tests.ui.chat_page import ChatPage
from tests.ui.corpus import ASK_COST, ASK_UNKNOWN
from ui.archive import Archive
from ui.chat import TURNS_SHOWN
from ui.conversation import Conversation
from ui.scope import EVERYTHING
from ui.session import Stage

pytestmark = pytest.mark.browser

TURNS = 500
WATCH_TASKS = """() => {
    window.longest = 0;
    new PerformanceObserver((list) => {
        for (const entry of list.getEntries()) {
            window.longest = Math.max(window.longest, entry.duration);
        }
    }).observe({ entryTypes: ["longtask"] });
}"""
STEPS = {
    "scroll": """async () => {
        const room = document.querySelector("#pc-chat");
        for (let at = 0; at <= 1; at += 0.05) {
            room.scrollTop = at * room.scrollHeight;
            await new Promise(requestAnimationFrame);
        }
    }""",
    "open a source": """async () => {
        const links = [...document.querySelectorAll(".pc-cite")];
        const link = links[Math.floor(Math.random() * links.length)];
        link.click();
        const drawn = () => document.querySelector(".pc-panel").dataset.opener;
        while (drawn() !== link.getAttribute("href")) {
            await new Promise(requestAnimationFrame);
        }
    }""",
}


@pytest.mark.timed
def test_a_conversation_of_500_turns_opens_and_goes_on_quickly(
    open_page: Callable[..., Any], state: Path
) -> None:
    chat = open_page(other=True)
    chat.ask(ASK_COST)
    long = lengthened(open_saved(chat, state), TURNS, state)
    # The least of three: whatever else the machine does lengthens some, not all.
    times = {"show earlier": min(all_shown(chat, long) for _ in range(3))}
    for name, step in STEPS.items():
        times[name] = min(timed(chat, step) for _ in range(3))
    # The page's own work for a step, without the server's; a busy machine takes longer.
    times["ask"] = min(asked(chat) for _ in range(3))
    assert max(times.values()) < 300, times


def asked(chat: ChatPage) -> float:
    """The longest task of a question and its answer."""
    longest_task(chat)
    assert "Not answered" in chat.ask(ASK_UNKNOWN).inner_text()
    return longest_task(chat)


def all_shown(chat: ChatPage, long: str) -> float:
    """Open the long conversation and show all of it: the longest task of showing more."""
    chat.go(f"{chat.address}?c={long}")
    wait_for_turns(chat, TURNS_SHOWN)
    chat.page.evaluate(WATCH_TASKS)
    for count in [*range(2 * TURNS_SHOWN, TURNS, TURNS_SHOWN), TURNS]:
        chat.page.evaluate("document.querySelector('.pc-transcript .pc-more').click()")
        wait_for_turns(chat, count)
    return longest_task(chat)


def wait_for_turns(chat: ChatPage, count: int) -> None:
    """Wait until the page shows exactly so many."""
    chat.page.wait_for_function(
        "n => document.querySelectorAll('.pc-turn').length === n", arg=count
    )


def timed(chat: ChatPage, step: str) -> float:
    """The longest task of a step."""
    chat.page.evaluate(step)
    return longest_task(chat)


def longest_task(chat: ChatPage) -> float:
    """Milliseconds of the longest task since it was asked for last; 0 for none above 50."""
    chat.page.wait_for_timeout(200)
    return float(
        chat.page.evaluate("() => { const was = window.longest; window.longest = 0; return was; }")
    )


def lengthened(made: Conversation, turns: int, state: Path) -> str:
    """The id of a saved conversation of so many turns, each answered as the first of ``made``.

    Another each time a test is tried: a conversation is one browser's own.
    """
    long = Conversation(f"{made.id}long", made.owner, "Long")
    for n in range(turns):
        turn = long.add(f"Question {n}?", Stage.WAITING, EVERYTHING)
        long.update(replace(made.turns[0], id=turn.id, question=turn.question))
    archive = Archive(state)
    archive.save(long)
    archive.close()
    return long.id


def open_saved(chat: ChatPage, state: Path) -> Conversation:
    """The conversation the page shows, from disk."""
    id_ = chat.page.url.split("c=")[1]
    file = sqlite3.connect(state / "chat" / "conversations.sqlite3")
    [(owner,)] = file.execute("SELECT owner FROM conversations WHERE id = ?", [id_])
    file.close()
    archive = Archive(state)
    found = archive.load(owner, id_)
    archive.close()
    assert found is not None
    return found


def test_evidence_is_on_the_screen_soon_after_enter(chat: Any) -> None:
    chat.ask(ASK_UNKNOWN)
    chat.box.fill(ASK_COST)
    milliseconds = chat.page.evaluate(
        """() => new Promise((done) => {
            const cards = document.querySelector(".pc-panel");
            const box = document.querySelector("#pc-box textarea");
            const start = performance.now();
            new MutationObserver(() => {
                if (/pier repairs/.test(cards.textContent) && cards.querySelector(".pc-card")) {
                    done(performance.now() - start);
                }
            }).observe(cards, { subtree: true, childList: true });
            box.dispatchEvent(new KeyboardEvent("keydown", { key: "Enter", bubbles: true }));
            box.dispatchEvent(new KeyboardEvent("keypress", { key: "Enter", bubbles: true }));
        })"""
    )
    chat.wait_until_idle()
    assert milliseconds < 3000  # 300 on a machine of its own: docs/quality.md has the figure.


def test_the_focus_stays_where_earlier_questions_are_shown(
    open_page: Callable[..., Any], state: Path
) -> None:
    chat = open_page(other=True)
    chat.ask(ASK_COST)
    long = lengthened(open_saved(chat, state), 2 * TURNS_SHOWN + 1, state)
    chat.go(f"{chat.address}?c={long}")
    wait_for_turns(chat, TURNS_SHOWN)
    for count, focused in ((2 * TURNS_SHOWN, ".pc-more"), (2 * TURNS_SHOWN + 1, "[data-turn=t2]")):
        chat.page.locator(".pc-transcript .pc-more").press("Enter")
        wait_for_turns(chat, count)
        chat.page.wait_for_function("it => document.activeElement.matches(it)", arg=focused)

"""Many browsers at once."""

import os
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.ui.chat_page import ChatPage
from tests.ui.corpus import ASK_COST, ASK_LONG, ASK_TABLE, ASK_UNKNOWN

pytestmark = pytest.mark.browser

# A question, and words of its answer that stand in no other.
ANSWERS = {
    ASK_COST: "The regional fund paid",
    ASK_LONG: "was deferred until the spring",
    ASK_TABLE: "The south pier cost",
    ASK_UNKNOWN: "do not answer this question",
}


def ask_for(seconds: float, chats: list[ChatPage]) -> int:
    """All browsers ask, each the next question as soon as its answer is there; how many in all."""
    questions = list(ANSWERS)
    asked = [0] * len(chats)
    end = time.monotonic() + seconds
    waiting = dict.fromkeys(range(len(chats)), "")
    while time.monotonic() < end or any(waiting.values()):
        for n, chat in enumerate(chats):
            if waiting[n] and not answered(chat, asked[n]):
                assert time.monotonic() < end + 60, f"browser {n} is stuck"
                continue
            waiting[n] = ""
            if time.monotonic() < end:
                waiting[n] = questions[(asked[n] + n) % len(questions)]
                chat.send(waiting[n])
                asked[n] += 1
    for n, chat in enumerate(chats):
        check(chat, [questions[(i + n) % len(questions)] for i in range(asked[n])])
    return sum(asked)


def answered(chat: ChatPage, count: int) -> bool:
    # A hidden button may have been taken out of the page.
    done: bool = chat.page.evaluate(
        """n => {
            const send = document.querySelector("#pc-send");
            return document.querySelectorAll(".pc-meta").length >= n
                && send !== null && getComputedStyle(send).display !== "none";
        }""",
        count,
    )
    return done


def check(chat: ChatPage, questions: list[str]) -> None:
    """No answer is lost, and each stands under its own question."""
    shown = chat.page.locator("[data-testid=user] .pc-message").all_text_contents()
    answers = chat.page.locator("[data-testid=bot]").all_text_contents()
    assert shown == questions
    for question, answer in zip(questions, answers, strict=True):
        assert ANSWERS[question] in answer


def browsers(open_page: Callable[..., Any], count: int) -> list[ChatPage]:
    return [open_page(other=True) for _ in range(count)]


def memory_mb(process: int) -> float:
    """The resident memory of a process."""
    pages = int(Path(f"/proc/{process}/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


@pytest.mark.slow
def test_three_browsers_ask_at_once_and_no_answer_is_lost_or_crossed(
    open_page: Callable[..., Any],
) -> None:
    assert ask_for(8, browsers(open_page, 3)) >= 6


@pytest.mark.torture
def test_ten_browsers_ask_for_five_minutes_and_memory_stays_flat(
    open_page: Callable[..., Any], server_process: int
) -> None:
    chats = browsers(open_page, 10)
    ask_for(30, chats)
    for chat in chats:
        chat.begin_anew()
    before = memory_mb(server_process)
    ask_for(300, chats)
    assert memory_mb(server_process) - before < 150

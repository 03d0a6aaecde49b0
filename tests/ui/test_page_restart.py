"""A server that is started anew under an open page: the conversation goes on."""

import signal
import socket
from pathlib import Path
from typing import Any

import pytest

from tests.ui.chat_page import ChatPage
from tests.ui.corpus import ASK_COST, ASK_SLOW, ASK_UNKNOWN
from tests.ui.running_server import SERVE_PAGE, running_server

pytestmark = pytest.mark.browser


@pytest.mark.slow
def test_a_page_goes_on_with_its_conversation_after_the_server_was_started_anew(
    browser: Any, tmp_path: Path
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = str(probe.getsockname()[1])
    page = browser.new_page()
    with running_server(SERVE_PAGE, tmp_path, "", port) as (address, _):
        chat = ChatPage(page, address)
        chat.ask(ASK_COST)
        chat.send(ASK_SLOW)
        page.wait_for_function("() => /word5/.test(document.body.textContent)")
    with running_server(SERVE_PAGE, tmp_path, "", port, end=signal.SIGKILL):
        # The page finds the server again by itself, and then opens its conversation anew.
        page.locator("[data-testid=bot]", has_text="(stopped)").wait_for(timeout=60_000)
        chat.send(ASK_UNKNOWN)
        page.locator(".pc-is-refusal").wait_for()
        asked = page.locator("[data-testid=user] .pc-message").all_text_contents()
        assert asked == [ASK_COST, ASK_SLOW, ASK_UNKNOWN]
        page.reload()
        chat.wait_until_open()
        answers = page.locator("[data-testid=bot]").all_text_contents()
        assert "regional fund" in answers[0]
        assert "word0 word1 " in answers[1]
        assert "(stopped)" in answers[1]
        chat.send(ASK_SLOW)
        page.locator(".pc-draft", has_text="word5").wait_for()
    with running_server(SERVE_PAGE, tmp_path, "", port):
        # Killed, it could not say goodbye: the question is there all the same.
        page.locator("[data-testid=bot]", has_text="(stopped)").nth(1).wait_for(timeout=60_000)
        asked = page.locator("[data-testid=user] .pc-message").all_text_contents()
        assert asked == [ASK_COST, ASK_SLOW, ASK_UNKNOWN, ASK_SLOW]
        page.close()

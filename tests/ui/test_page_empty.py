"""The empty chat in the browser: what it tells whoever comes first, with and without documents."""

from pathlib import Path
from typing import Any

import pytest

from tests.ui.chat_page import ChatPage
from tests.ui.serve_made import served

pytestmark = pytest.mark.browser


def test_whoever_comes_first_is_told_what_to_ask_and_how_to_check_it(chat: Any) -> None:
    told = chat.page.locator(".pc-welcome p")
    for words in ("who, what, when, how many", "summary", "to check it in its source"):
        assert words in told.inner_text()
    assert told.bounding_box()["height"] < 100  # A few lines, not a manual.
    assert chat.page.locator(".pc-example").count() == 3


def test_without_documents_the_chat_leads_to_adding_some(browser: Any, tmp_path: Path) -> None:
    with served("nothing", tmp_path) as address:
        page = browser.new_page(reduced_motion="reduce")
        chat = ChatPage(page, address)
        welcome = page.locator(".pc-welcome")
        assert "nothing to ask about yet" in welcome.inner_text()
        assert "What is there?" not in welcome.inner_text()
        welcome.get_by_role("link", name="Add documents").click()
        page.locator("#pc-documents .pc-guide").wait_for()
        assert page.get_by_role("heading", name="Documents", level=1).is_visible()
        assert chat.complaints() == []
        page.close()

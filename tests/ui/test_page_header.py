"""The header names what answers now, also where it was changed in another tab or browser."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.ui.chat_page import ChatPage
from tests.ui.serve_made import NO_MODEL, served

pytestmark = pytest.mark.browser

MODEL = ".pc-model"
BEFORE = "scripted model, in this process"


@pytest.fixture
def address(tmp_path: Path) -> Iterator[str]:
    """Of pages whose model can be changed."""
    with served("nothing", tmp_path) as found:
        yield found


def settings(context: Any, address: str) -> Any:
    """The Settings page in a tab of its own."""
    page = context.new_page()
    page.goto(f"{address}settings")
    page.locator(".pc-app:not([aria-busy])").wait_for()
    return page


def choose(page: Any, name: str) -> None:
    """Choose a model, and wait until it is in force."""
    page.get_by_role("radio", name=name).check()
    page.get_by_text("Answers now come from").wait_for()


def test_a_changed_model_is_named_in_every_tab_of_the_browser(browser: Any, address: str) -> None:
    context = browser.new_context()
    chat = ChatPage(context.new_page(), address)
    assert chat.page.locator(MODEL).inner_text() == BEFORE
    page = settings(context, address)
    choose(page, "Quote the documents")
    for open_one in (page, chat.page):
        open_one.locator(MODEL, has_text="No language model").wait_for()
        open_one.locator(".pc-banner", has_text=NO_MODEL).wait_for()
    assert "extractive" not in page.locator("#pc-settings").inner_text()
    choose(page, "/models/own.gguf")
    for open_one in (page, chat.page):
        open_one.locator(MODEL, has_text="/models/own.gguf (local)").wait_for()
        open_one.locator(".pc-banner", has_text=NO_MODEL).wait_for(state="detached")
    assert chat.complaints() == []
    context.close()


def test_another_browser_names_it_with_the_next_question(browser: Any, address: str) -> None:
    context, other = browser.new_context(), browser.new_context(locale="de-DE")
    chat = ChatPage(other.new_page(), address)
    choose(settings(context, address), "Quote the documents")
    assert chat.page.locator(MODEL).inner_text() == BEFORE
    chat.ask("What is there?")
    chat.page.locator(MODEL, has_text="Kein Sprachmodell").wait_for()
    assert chat.page.get_by_role("navigation", name="Seiten").inner_text().split()[1] == "Dokumente"
    assert chat.page.locator("[data-pincite=theme]").get_attribute("title") == "Hell oder dunkel"
    context.close()
    other.close()


def test_a_header_that_tells_nothing_new_stays_as_it_is(browser: Any, address: str) -> None:
    chat = ChatPage(browser.new_page(), address)
    theme = chat.page.locator("[data-pincite=theme]")
    theme.focus()
    chat.page.locator("#pc-retry").evaluate("button => button.disabled = false")
    chat.page.locator("#pc-retry").dispatch_event("click")
    chat.page.get_by_text("There is no question to ask again.").wait_for()
    assert theme.evaluate("button => document.activeElement === button")
    chat.page.close()

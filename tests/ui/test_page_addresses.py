"""Addresses in the browser: no question is sent by any."""

from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import quote

import pytest

from tests.ui.app_page import app_pages
from tests.ui.corpus import ASK_UNKNOWN

pytestmark = pytest.mark.browser

SECRET = "Who is <b>paid & by whom?"


@pytest.fixture
def opened(contexts: Callable[..., Any], server: str) -> Iterator[Callable[..., Any]]:
    with app_pages(contexts, server) as pages:
        yield pages


def sent_by(page: Any) -> list[str]:
    """Every address the page asks for from now on."""
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    return asked


def test_a_question_for_chat_waits_in_the_box_and_is_in_no_address(
    open_page: Callable[..., Any],
) -> None:
    chat = open_page()
    asked = sent_by(chat.page)
    chat.page.goto("about:blank")
    chat.go(f"{chat.address}#ask={quote(SECRET)}")
    chat.page.wait_for_function(
        "asked => document.querySelector('#pc-box textarea').value === asked", arg=SECRET
    )
    assert "#" not in chat.page.url
    assert asked
    assert not any("paid" in url for url in asked)
    assert chat.answers.count() == 0
    chat.box.press("Enter")
    chat.page.locator(".pc-is-refusal").wait_for()
    assert chat.page.locator("[data-testid=user] .pc-message").inner_text() == SECRET


def test_a_question_to_be_explained_waits_in_its_field_and_is_in_no_address(
    chat: Any, opened: Callable[..., Any]
) -> None:
    chat.ask(ASK_UNKNOWN)
    link = chat.tool("Not found\\?").get_attribute("href")
    page = opened("/about")
    asked = sent_by(page)
    page.goto(chat.address.rstrip("/") + link)
    page.get_by_label("Question").wait_for()
    assert page.get_by_label("Question").input_value() == ASK_UNKNOWN
    assert page.url == f"{chat.address}documents"
    assert asked
    assert not any("chess" in url for url in asked)
    assert page.evaluate("history.length") < 5

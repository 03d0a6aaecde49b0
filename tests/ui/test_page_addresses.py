"""Addresses in the browser: one leads to a paragraph, and no question is sent by any."""

from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import quote

import pytest

from tests.ui.app_page import app_pages
from tests.ui.chat_page import ChatPage
from tests.ui.corpus import ASK_COST, ASK_LONG, ASK_UNKNOWN, LONG, corpus_engine
from tests.ui.tabs import Tabs

pytestmark = pytest.mark.browser

SECRET = "Who is <b>paid & by whom?"


@pytest.fixture
def opened(tabs: Tabs, server: str) -> Iterator[Callable[..., Any]]:
    with app_pages(tabs, server) as pages:
        yield pages


def link_of(ordinal: int) -> str:
    """What follows the address of the Chat in a link to a paragraph of the long document."""
    return f"#paragraph={quote(corpus_engine().corpus[LONG][ordinal - 1].id, safe='')}"


def source_number(chat: ChatPage) -> str:
    """The number of the paragraph the panel stands open at."""
    chat.source.wait_for()
    assert chat.in_viewport(chat.source)
    assert chat.page.evaluate("document.activeElement.className").endswith("pc-source-passage")
    return str(chat.source.get_attribute("data-ordinal"))


def sent_by(page: Any) -> list[str]:
    """Every address the page asks for from now on."""
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    return asked


def test_a_copied_link_opens_its_paragraph_in_another_browser(
    chat: Any, open_page: Callable[..., Any], server: str
) -> None:
    chat.ask(ASK_LONG).locator(".pc-cite").click()
    chat.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    chat.page.get_by_role("button", name="Copy link to paragraph 44", exact=True).click()
    chat.page.get_by_text("Link copied").wait_for(state="attached")
    copied = chat.page.evaluate("navigator.clipboard.readText()")
    assert copied == server + link_of(44)
    other = open_page(other=True, path=copied.removeprefix(server))
    assert source_number(other) == "44"
    assert LONG in other.page.locator(".pc-panel h2").inner_text()
    assert other.source.locator("mark").count() == 0


def test_the_button_that_copies_a_link_covers_no_word_of_its_paragraph(chat: Any) -> None:
    chat.ask(ASK_LONG).locator(".pc-cite").click()
    chat.source.locator("mark").wait_for()
    button = chat.source.get_by_role("button", name="Copy link")
    first_line = chat.page.evaluate(
        """passage => {
            const words = document.createRange();
            words.selectNodeContents(passage.querySelector(".pc-passage-text"));
            return words.getClientRects()[0].top;
        }""",
        chat.source.element_handle(),
    )
    shown = button.bounding_box()
    assert shown["y"] + shown["height"] <= first_line


def test_a_link_opens_in_a_page_that_is_open_and_beside_its_conversation(chat: Any) -> None:
    chat.ask(ASK_COST)
    chat.page.evaluate("hash => { location.hash = hash }", link_of(90))
    assert source_number(chat) == "90"
    here = chat.page.url.partition("#")[0]
    chat.page.goto("about:blank")
    chat.go(here + link_of(3))
    assert source_number(chat) == "3"
    assert chat.answers.count() == 1


def test_a_link_to_what_is_gone_says_so(open_page: Callable[..., Any]) -> None:
    chat = open_page(path="#paragraph=gone.txt%23123456789abc")
    chat.page.get_by_text("There is no paragraph at this address any more").wait_for()


def test_a_link_opens_after_the_password(browser: Any, locked_server: str) -> None:
    page = browser.new_page(reduced_motion="reduce")
    page.goto(locked_server + link_of(44))
    page.get_by_label("Password").fill("open sesame")
    page.get_by_role("button", name="Log in").click()
    page.locator(".pc-source-passage").wait_for()
    assert page.locator(".pc-source-passage").get_attribute("data-ordinal") == "44"
    page.close()


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
    asked, entries = sent_by(page), page.evaluate("history.length")
    page.goto(chat.address.rstrip("/") + link)
    page.get_by_label("Question").wait_for()
    assert page.get_by_label("Question").input_value() == ASK_UNKNOWN
    assert page.url == f"{chat.address}documents"
    assert asked
    assert not any("chess" in url for url in asked)
    assert page.evaluate("history.length") == entries + 1

"""A document of hundreds of pages in a real index: its sources open without loading it all."""

from collections.abc import Iterator
from typing import Any

import pytest

from tests.ui.chat_page import ChatPage
from tests.ui.large import ASK_DEEP, DEEP_PAGE, LARGE, PAGES, QUOTE
from tests.ui.serve_made import served
from ui.sources import WINDOW

pytestmark = [pytest.mark.browser, pytest.mark.slow]

# From a click to what it opens, drawn: in the page's own clock.
TIMED = """
([press, there]) => new Promise((done) => {
    const panel = document.querySelector(".pc-panel");
    const start = performance.now();
    const look = () => {
        if (panel.querySelector(there)) done(performance.now() - start);
        else requestAnimationFrame(look);
    };
    document.querySelector(press).click();
    look();
})
"""
ENOUGH_MS = 3000  # 300 on a machine of its own.


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("large") / "documents"
    folder.mkdir()
    with served("large", folder) as found:
        yield found


def test_a_span_deep_in_a_large_document_opens_at_once_and_alone(
    browser: Any, address: str
) -> None:
    page = browser.new_page(reduced_motion="reduce")
    chat = ChatPage(page, address)
    assert QUOTE in chat.ask(ASK_DEEP).inner_text()
    as_page = page.evaluate(TIMED, [".pc-cite", ".pc-box"])
    assert f"page {DEEP_PAGE} of {PAGES:,}" in page.locator(".pc-subtitle").inner_text()
    assert chat.in_viewport(page.locator(".pc-box").first)
    as_text = page.evaluate(
        TIMED, ["[aria-label='Show the text of the document']", ".pc-source-passage mark"]
    )
    assert as_page < ENOUGH_MS
    assert as_text < ENOUGH_MS
    passages = page.locator(".pc-panel .pc-passage")
    assert passages.count() == 2 * WINDOW + 1
    assert chat.source.locator("mark").inner_text() == QUOTE
    assert chat.in_viewport(chat.source.locator("mark"))
    ordinal = int(chat.source.get_attribute("data-ordinal"))
    assert ordinal > DEEP_PAGE  # Pages have several paragraphs, most of them before this one.
    more = page.evaluate(TIMED, [".pc-more", f".pc-passage[data-ordinal='{ordinal - 2 * WINDOW}']"])
    assert more < ENOUGH_MS
    assert passages.count() == 3 * WINDOW + 1
    assert chat.complaints() == []
    page.close()


def test_an_address_deep_in_a_large_document_opens_its_paragraph_alone(
    browser: Any, address: str
) -> None:
    page = browser.new_page(reduced_motion="reduce")
    chat = ChatPage(page, address)
    chat.ask(ASK_DEEP).locator(".pc-cite").first.click()
    page.get_by_role("button", name="Show the text of the document").click()
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    chat.source.get_by_role("button", name="Copy link").click()
    page.get_by_text("Link copied").wait_for(state="attached")
    copied = page.evaluate("navigator.clipboard.readText()")
    page.goto("about:blank")
    chat.go(copied)
    chat.source.wait_for()
    assert QUOTE in chat.source.inner_text()
    assert LARGE in page.locator(".pc-panel h2").inner_text()
    assert page.locator(".pc-panel .pc-passage").count() == 2 * WINDOW + 1
    assert chat.complaints() == []
    page.close()

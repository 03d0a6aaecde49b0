"""Accessibility: axe-core on every page in both themes, and the keyboard alone."""

from collections.abc import Callable
from importlib.resources import files
from typing import Any

import pytest

from tests.ui.app_page import app_pages
from tests.ui.corpus import ASK_COST, ASK_LONG, ASK_SCAN, ASK_TABLE, ASK_UNKNOWN
from tests.ui.tabs import Tabs
from ui.shell import PAGES

pytestmark = pytest.mark.browser

AXE = files("axe_playwright_python").joinpath("axe.min.js").read_text(encoding="utf-8")
GRAVE = ("serious", "critical")
# Whether the body has the class that makes a page dark.
THEMES = {"light": "false", "dark": "true"}


def findings(page: Any) -> list[str]:
    """The serious and critical findings of axe-core: rule, and the elements it names."""
    page.evaluate(AXE)
    result = page.evaluate("() => axe.run(document, { resultTypes: ['violations'] })")
    return [
        f"{found['id']}: {node['html'][:120]} {node['failureSummary'][:200]}"
        for found in result["violations"]
        if found["impact"] in GRAVE
        for node in found["nodes"]
    ]


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1280])
def test_a_conversation_with_everything_in_it_has_no_grave_finding(
    open_page: Callable[..., Any], theme: str, width: int
) -> None:
    chat = open_page(width, 844, color_scheme=theme)
    assert findings(chat.page) == []
    for question in (ASK_COST, ASK_UNKNOWN, ASK_TABLE):
        answer = chat.ask(question)
    answer.locator(".pc-cite").first.click()
    chat.source.wait_for()
    assert chat.page.locator(".pc-sheet-close").is_visible() == (width < 900)
    assert findings(chat.page) == []
    chat.page.keyboard.press("Escape")
    chat.page.get_by_text("Filter", exact=True).click()
    chat.tool("Edit", 0).click()
    assert findings(chat.page) == []


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1280])
def test_the_pages_beside_the_chat_have_no_grave_finding(
    tabs: Tabs, server: str, theme: str, width: int
) -> None:
    with app_pages(tabs, server) as opened:
        page = opened(PAGES[1].path, width, color_scheme=theme)
        for here in PAGES[1:]:
            page.goto(server + here.path.lstrip("/"))
            page.locator(".pc-app:not([aria-busy])").first.wait_for()
            page.wait_for_function(f"document.body.classList.contains('dark') === {THEMES[theme]}")
            assert findings(page) == [], here.name


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_a_page_picture_and_a_long_document_have_no_grave_finding(
    open_page: Callable[..., Any], theme: str
) -> None:
    chat = open_page(color_scheme=theme)
    for question in (ASK_SCAN, ASK_LONG):
        chat.ask(question).locator(".pc-cite").first.click()
        chat.page.locator(".pc-source-passage").wait_for()
        assert findings(chat.page) == []


def test_everything_is_reached_by_the_tab_key_and_shows_that_it_is(chat: Any) -> None:
    chat.ask(ASK_COST)
    chat.page.locator("body").click(position={"x": 640, "y": 2})
    chat.page.evaluate("document.activeElement?.blur()")
    reached, unseen = set(), []
    # As far as the last, however many conversations other tests have left in the list.
    for _ in range(500):
        chat.page.keyboard.press("Tab")
        if chat.page.evaluate("document.activeElement === document.body"):
            break
        found = chat.page.evaluate(
            """() => {
                const at = document.activeElement, style = getComputedStyle(at);
                const around = at.closest("#pc-ask, .pc-card");
                const marked = style.outlineStyle !== "none" || around !== null;
                return [at.textContent.trim() || at.placeholder || at.ariaLabel || "", marked];
            }"""
        )
        reached.add(found[0])
        if not found[1]:
            unseen.append(found[0])
    for words in (
        "Documents", "About", "New conversation", "Search conversations", "Edit", "[1]", "[2]",
        "Copy", "Receipt", "Delete", "Send", "Retry", "Filter", "Ask about the documents",
    ):  # fmt: skip
        assert words in reached, words
    assert unseen == []

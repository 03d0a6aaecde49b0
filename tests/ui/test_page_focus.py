"""Where the focus is after a press of a key: never lost, else the keyboard starts at the top."""

from collections.abc import Callable
from typing import Any

import pytest

from tests.ui.corpus import ASK_COST, ASK_LONG, ASK_STAGES

pytestmark = pytest.mark.browser


def press(chat: Any, query: str, key: str = "Enter") -> None:
    chat.page.locator(query).first.press(key)


def focused(chat: Any) -> str:
    """The focused element as ``TAG.first-class``, or the text of a button."""
    chat.page.wait_for_timeout(300)
    return str(
        chat.page.evaluate(
            "() => { const at = document.activeElement; return at.tagName === 'BUTTON'"
            " ? at.textContent : `${at.tagName}.${at.classList[0] ?? ''}`; }"
        )
    )


def wait_for_focus(chat: Any, query: str) -> None:
    chat.page.wait_for_function("query => document.activeElement.matches(query)", arg=query)


@pytest.mark.parametrize(
    "pressed", ["#pc-send", "#pc-retry", ".pc-follow-ups .pc-chip", ".pc-example"]
)
def test_after_a_button_that_asks_the_focus_is_in_the_question_box(chat: Any, pressed: str) -> None:
    if pressed != ".pc-example":
        chat.ask(ASK_COST)
    chat.box.fill(ASK_LONG)
    press(chat, pressed)
    chat.wait_until_idle()
    wait_for_focus(chat, "#pc-box textarea")


def test_the_focus_stays_at_the_button_that_shows_more_of_a_document(chat: Any) -> None:
    chat.ask(ASK_LONG).locator(".pc-cite").first.press("Enter")
    wait_for_focus(chat, ".pc-source-passage")
    press(chat, ".pc-panel .pc-more")
    chat.page.locator("[data-ordinal='5']").wait_for()
    assert focused(chat) == "Show 4 earlier paragraphs"
    press(chat, ".pc-panel .pc-more")
    chat.page.locator("[data-ordinal='1']").wait_for()
    # There is no such button any more: the paragraph that stood below it.
    wait_for_focus(chat, "[data-ordinal='5']")


def test_a_source_with_the_focus_keeps_it_when_the_answer_is_over(chat: Any) -> None:
    chat.send(ASK_STAGES)
    chat.cards.nth(2).wait_for()
    chat.page.locator(".pc-card-link[href='#hit-t1-2']").focus()
    chat.page.get_by_role("heading", name="Sources of this answer").wait_for()
    wait_for_focus(chat, ".pc-card-link[href='#hit-t1-2']")


def test_a_question_that_is_kept_as_it_was_has_the_focus_at_its_edit_button(chat: Any) -> None:
    chat.ask(ASK_COST)
    for leave in ("Escape", "Keep as it was"):
        chat.tool("Edit").press("Enter")
        if leave == "Escape":
            chat.page.get_by_label("Edit the question").press("Escape")
        else:
            chat.page.get_by_role("button", name=leave).press("Enter")
        assert focused(chat) == "Edit"


def test_what_is_said_of_an_answer_leaves_the_focus_with_the_thanks(chat: Any) -> None:
    chat.ask(ASK_COST)
    chat.tool("Right").press("Enter")
    chat.page.get_by_text("Thank you.").wait_for()
    assert focused(chat) == "SPAN.pc-note"


@pytest.mark.parametrize("width", [1280, 390])
def test_escape_leads_from_sources_back_to_their_answer(
    open_page: Callable[..., Any], width: int
) -> None:
    chat = open_page(width)
    chat.ask(ASK_COST)
    chat.tool("Sources").press("Enter")
    wait_for_focus(chat, ".pc-panel h2")
    chat.page.keyboard.press("Escape")
    assert focused(chat) == "ARTICLE.pc-turn"
    chat.tool("Sources").press("Enter")
    wait_for_focus(chat, ".pc-panel h2")
    press(chat, ".pc-card-link[href^='#hit-']")
    wait_for_focus(chat, ".pc-source-passage")
    chat.page.keyboard.press("Escape")
    assert focused(chat) == "ARTICLE.pc-turn"


@pytest.mark.parametrize("pressed", [".pc-shelf-close", ".pc-shelf-name", ".pc-new"])
def test_a_list_of_conversations_that_closes_gives_the_focus_back_to_what_opened_it(
    open_page: Callable[..., Any], pressed: str
) -> None:
    chat = open_page(390)
    chat.ask(ASK_COST)
    press(chat, "#pc-shelf-open")
    chat.page.locator(pressed).first.wait_for()
    press(chat, pressed)
    assert focused(chat) == "Conversations"

"""The filters of the questions, in the browser: chosen, typed, kept with the tab."""

from collections.abc import Callable
from typing import Any

import pytest

from tests.ui.corpus import ASK_COST, ASK_UNKNOWN

pytestmark = pytest.mark.browser


def chip(chat: Any, label: str) -> Any:
    """The chip of a filter in force."""
    return chat.page.get_by_role("button", name=f"Remove: {label}")


def opened(chat: Any) -> None:
    chat.page.get_by_text("Filter", exact=True).click()


def field(chat: Any, label: str) -> Any:
    return chat.page.locator(".pc-scope").get_by_label(label, exact=True)


def test_a_filter_is_a_chip_and_goes_with_the_question(chat: Any) -> None:
    chat.page.get_by_text("Filter", exact=True).click()
    chat.page.get_by_label("Document or folder").fill("harbour/*")
    chat.page.get_by_label("Document or folder").press("Tab")
    chip = chat.page.get_by_role("button", name="Remove: harbour/*")
    chip.wait_for()
    chat.page.get_by_label("Dated from").fill("2024-01-31")
    chat.page.get_by_label("Dated from").press("Tab")
    chat.page.get_by_role("button", name="Remove: from 2024-01-31").wait_for()
    chat.ask(ASK_UNKNOWN)
    assert chat.page.locator(".pc-asked-of").inner_text() == "Only in: harbour/*, from 2024-01-31"
    chip.click()
    chip.wait_for(state="detached")
    chat.ask(ASK_COST)
    assert chat.page.locator(".pc-asked-of").last.inner_text() == "Only in: from 2024-01-31"


def test_a_date_typed_by_keyboard_counts_once_it_is_whole(chat: Any) -> None:
    opened(chat)
    field(chat, "Dated from").focus()
    for key in "06012023":
        chat.page.keyboard.press(key)
        chat.page.wait_for_timeout(120)
    assert field(chat, "Dated from").input_value() == "2023-06-01"
    assert chat.page.locator(".pc-chip-on").count() == 0
    chat.page.keyboard.press("Enter")
    chip(chat, "from 2023-06-01").wait_for()
    assert field(chat, "Dated from").input_value() == "2023-06-01"
    field(chat, "before").focus()
    for key in "01312024":
        chat.page.keyboard.press(key)
    chat.box.focus()
    chip(chat, "before 2024-01-31").wait_for()
    # What is half typed when the field is left changes nothing.
    field(chat, "before").focus()
    chat.page.keyboard.press("Delete")
    chat.box.focus()
    chat.page.wait_for_timeout(300)
    assert chip(chat, "before 2024-01-31").count() == 1


def test_dates_that_no_document_can_have_are_told_of_and_not_asked(chat: Any) -> None:
    opened(chat)
    field(chat, "Dated from").fill("2024-06-01")
    chip(chat, "from 2024-06-01").wait_for()
    field(chat, "before").fill("2023-01-01")
    told = chat.page.get_by_text("No document is dated from 2024-06-01 on and before 2023-01-01")
    told.wait_for()
    chat.send(ASK_COST)
    chat.page.wait_for_timeout(300)
    assert told.is_visible()
    assert (chat.answers.count(), chat.box.input_value()) == (0, ASK_COST)
    opened(chat)
    field(chat, "before").fill("2025-01-01")
    chip(chat, "before 2025-01-01").wait_for()
    chat.ask(ASK_COST)
    assert "from 2024-06-01, before 2025-01-01" in chat.page.locator(".pc-asked-of").inner_text()


def test_filters_are_kept_with_the_tab(chat: Any, open_page: Callable[..., Any]) -> None:
    opened(chat)
    field(chat, "Document or folder").fill("harbour/*")
    field(chat, "Dated from").fill("2024-01-31")
    chip(chat, "from 2024-01-31").wait_for()
    chat.reload()
    chip(chat, "from 2024-01-31").wait_for()
    opened(chat)
    assert field(chat, "Document or folder").input_value() == "harbour/*"
    chat.ask(ASK_COST)
    asked_of = chat.page.locator(".pc-asked-of")
    assert asked_of.inner_text() == "Only in: harbour/*, from 2024-01-31"
    chip(chat, "harbour/*").click()
    chip(chat, "harbour/*").wait_for(state="detached")
    chip(chat, "from 2024-01-31").click()
    chip(chat, "from 2024-01-31").wait_for(state="detached")
    chat.reload()
    other = open_page()
    other.ask(ASK_UNKNOWN)
    assert (
        chat.page.locator(".pc-chip-on").count() == other.page.locator(".pc-asked-of").count() == 0
    )


def test_the_fields_close_with_escape_and_when_they_are_left(chat: Any) -> None:
    fields = chat.page.locator(".pc-scope-fields")
    opened(chat)
    assert not overlap(fields, chat.button("send"))
    field(chat, "Document or folder").fill("harbour/*")
    chat.page.keyboard.press("Escape")
    fields.wait_for(state="hidden")
    assert chat.page.evaluate("document.activeElement.textContent") == "Filter"
    chip(chat, "harbour/*").wait_for()
    opened(chat)
    chat.page.locator(".pc-panel").click()
    fields.wait_for(state="hidden")
    opened(chat)
    field(chat, "before").focus()
    chip(chat, "harbour/*").focus()
    fields.wait_for(state="hidden")
    chip(chat, "harbour/*").press("Enter")
    chip(chat, "harbour/*").wait_for(state="detached")
    assert chat.page.evaluate("document.activeElement.textContent") == "Filter"


def overlap(one: Any, other: Any) -> bool:
    a, b = one.bounding_box(), other.bounding_box()
    beside = a["x"] + a["width"] <= b["x"] or b["x"] + b["width"] <= a["x"]
    above = a["y"] + a["height"] <= b["y"] or b["y"] + b["height"] <= a["y"]
    return not (beside or above)

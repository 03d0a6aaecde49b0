"""From a thumb in Chat to a question in the gold file, in a real browser, over the fake engine."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from tests.ui.app_page import app_pages, fits
from tests.ui.corpus import ASK_COST, ASK_UNKNOWN, HARBOUR
from tests.ui.tabs import Tabs

pytestmark = pytest.mark.browser


@pytest.fixture
def opened(tabs: Tabs, server: str) -> Iterator[Callable[..., Any]]:
    with app_pages(tabs, server) as pages:
        yield pages


def drafts(page: Any) -> Any:
    return page.locator("#pc-evaluation .pc-drafts .pc-miss")


def test_what_readers_say_is_reviewed_into_the_gold_file(
    chat: Any, opened: Callable[..., Any]
) -> None:
    answer = chat.ask(ASK_COST)
    for leave in ("Escape", "Cancel"):
        answer.get_by_role("button", name="This answer is wrong").click()
        if leave == "Escape":
            answer.get_by_label("The right answer").press("Escape")
        else:
            answer.get_by_role("button", name="Cancel").click()
        answer.get_by_role("button", name="This answer is right").wait_for()
    answer.get_by_role("button", name="This answer is wrong").click()
    answer.get_by_label("The right answer").fill(
        "2.4 million euros <img src=x onerror=window.pwned=8>"
    )
    answer.get_by_role("button", name="Send").click()
    answer.get_by_text("waits for review").wait_for()
    refusal = chat.ask(ASK_UNKNOWN)
    refusal.get_by_role("button", name="This answer is right").click()
    refusal.get_by_text("waits for review").wait_for()

    page = opened("/evaluation")
    wrong = drafts(page).filter(has_text="A reader found this wrong")
    assert wrong.get_by_label("Question").input_value() == ASK_COST
    assert wrong.get_by_label("Document", exact=True).first.input_value() == HARBOUR
    wrong.get_by_label("Accepted answers").fill("2.4 million euros")
    wrong.get_by_role("button", name="Accept").click()
    page.get_by_text("It is measured with from the next run on.").wait_for()
    page.get_by_role("option", name="Your questions (1 question)").wait_for(state="attached")

    right = drafts(page).filter(has_text="A reader found the answer right.")
    assert not right.get_by_label("The documents hold the answer").is_checked()
    right.get_by_role("button", name="Drop").click()
    page.get_by_text("Nothing to review").wait_for()


def test_a_draft_that_lacks_something_says_what(chat: Any, opened: Callable[..., Any]) -> None:
    answer = chat.ask(ASK_COST)
    answer.get_by_role("button", name="This answer is wrong").click()
    answer.get_by_role("button", name="Send").click()
    answer.get_by_text("waits for review").wait_for()
    page = opened("/evaluation")
    drafts(page).first.get_by_role("button", name="Accept").click()
    page.get_by_text("answerable, but answers is empty").wait_for()
    drafts(page).first.get_by_role("button", name="Drop").click()
    page.get_by_text("Nothing to review").wait_for()


def test_an_answer_leads_to_why_something_was_not_found(
    chat: Any, opened: Callable[..., Any]
) -> None:
    answer = chat.ask(ASK_COST)
    address = answer.get_by_role("link", name="Not found?").get_attribute("href")
    page = opened(address)
    assert page.get_by_label("Question").input_value() == ASK_COST


@pytest.mark.parametrize("width", [360, 3840])
def test_the_page_fits_any_screen(opened: Callable[..., Any], width: int) -> None:
    assert fits(opened("/evaluation", width=width, height=800))


def test_on_a_phone_the_right_answer_is_asked_for_in_line_with_the_answer(
    open_page: Callable[..., Any],
) -> None:
    chat = open_page(390, 844)
    answer = chat.ask(ASK_UNKNOWN)
    left = answer.bounding_box()["x"]
    answer.get_by_role("button", name="This answer is wrong").click()
    for part in (
        answer.get_by_label("The right answer"),
        answer.get_by_role("button", name="Send"),
    ):
        assert left <= part.bounding_box()["x"] < left + 2

"""The page's buttons, its limits, its sessions and its widths, in the browser."""

from collections.abc import Callable
from typing import Any

import pytest

from tests.ui.corpus import ASK_COST, ASK_LONG, ASK_SLOW, ASK_UNKNOWN, QUOTE_COST
from ui.chat import BUSY, EMPTY

pytestmark = pytest.mark.browser


def start_slow(chat: Any) -> Any:
    chat.send(ASK_SLOW)
    chat.page.wait_for_function("() => /word3/.test(document.body.textContent)")
    return chat.answers.last


def test_stop_keeps_what_was_written(chat: Any) -> None:
    answer = start_slow(chat)
    chat.button("stop").click()
    chat.wait_until_idle()
    stopped = answer.inner_text()
    assert stopped.startswith("word0 word1 ")
    assert stopped.endswith("(stopped)")
    chat.page.wait_for_timeout(400)
    assert answer.inner_text() == stopped
    assert "Not answered" in chat.ask(ASK_UNKNOWN).inner_text()


def test_a_second_question_has_to_wait_and_stays_in_the_box(chat: Any) -> None:
    start_slow(chat)
    chat.send(ASK_UNKNOWN)
    chat.page.get_by_text(BUSY).wait_for()
    assert chat.box.input_value() == ASK_UNKNOWN
    assert chat.answers.count() == 1
    chat.button("stop").click()
    chat.wait_until_idle()


def test_retry_asks_the_last_question_again_in_its_place(chat: Any) -> None:
    chat.ask(ASK_LONG)
    chat.ask(ASK_COST)
    chat.button("retry").click()
    chat.page.locator(".pc-cite[href='#src-t3-1']").wait_for()
    questions = chat.page.locator("[data-testid=user] .pc-message").all_inner_texts()
    assert questions == [ASK_LONG, ASK_COST]
    chat.answers.last.locator(".pc-cite").first.click()
    chat.source.wait_for()
    assert chat.source.locator("mark").inner_text() == QUOTE_COST


def test_clear_empties_the_conversation_and_the_panel_also_while_answering(chat: Any) -> None:
    start_slow(chat)
    chat.button("clear").click()
    chat.page.locator(".pc-welcome").wait_for()
    chat.page.wait_for_timeout(400)
    assert chat.answers.count() == 0
    assert chat.cards.count() == 0
    assert chat.button("retry").is_disabled()
    chat.page.locator(".example").first.click()
    chat.page.locator(".pc-meta").wait_for()
    assert chat.page.locator("[data-testid=user] .pc-message").all_inner_texts() == [ASK_COST]


def test_empty_and_too_long_questions_are_told_so_and_not_asked(chat: Any) -> None:
    chat.send("   ")
    chat.page.get_by_text(EMPTY).wait_for()
    chat.send("x" * 2001)
    chat.page.get_by_text("The question has 2,001 characters; at most 2,000").wait_for()
    chat.page.wait_for_timeout(300)
    assert chat.answers.count() == 0
    assert chat.box.input_value() == "x" * 2001
    answer = chat.ask(ASK_UNKNOWN).inner_text()
    chat.send(" ")
    chat.page.get_by_text(EMPTY).wait_for()
    chat.page.wait_for_timeout(300)
    assert chat.answers.all_inner_texts() == [answer]
    assert chat.cards.count() == 3


def test_files_that_are_not_searchable_are_listed_with_the_reason(chat: Any) -> None:
    chat.page.get_by_role("button", name="2 files not searchable").click()
    rows = chat.page.locator("#pc-panel .pc-file-list li")
    rows.first.wait_for()
    assert rows.all_inner_texts()[:2] == [
        "big.csv\ntoo large: 80 MB, limit 50 MB",
        "scans/<b>map</b>.pdf\nempty: no text layer",
    ]
    chat.page.get_by_role("button", name="harbour/2024-storm.txt").click()
    chat.page.locator("#pc-panel .pc-passage").first.wait_for()
    assert chat.page.locator("#pc-panel .pc-passage").count() == 4


def test_sessions_do_not_see_each_other_and_take_turns(open_page: Callable[..., Any]) -> None:
    one, two = open_page(), open_page()
    start_slow(one)
    two.send(ASK_UNKNOWN)
    two.page.get_by_text("Waiting for another question").wait_for()
    one.button("stop").click()
    two.wait_until_idle()
    one.wait_until_idle()
    assert one.answers.count() == two.answers.count() == 1
    assert "word1" not in two.page.content()
    assert ASK_UNKNOWN not in one.page.locator("#pc-chat").inner_text()
    # The first session's second turn does not exist in the second session.
    two.page.evaluate("document.querySelector('.pc-meta').innerHTML = '<a href=#src-t2-1>x</a>'")
    two.page.locator(".pc-meta a").click()
    two.page.get_by_text("no longer in the conversation").wait_for()


def test_a_closed_browser_gives_its_turn_to_the_next(open_page: Callable[..., Any]) -> None:
    one, two = open_page(), open_page()
    start_slow(one)
    one.page.goto("about:blank")
    one.forgive("console: ")  # Gradio complains of the connection it loses.
    assert "Not answered" in two.ask(ASK_UNKNOWN).inner_text()


@pytest.mark.parametrize(("width", "height"), [(390, 844), (360, 640), (899, 700), (1920, 1080)])
def test_every_width_shows_answer_and_source_without_scrolling_sideways(
    open_page: Callable[..., Any], width: int, height: int
) -> None:
    chat = open_page(width, height)
    answer = chat.ask(ASK_COST)
    assert chat.in_viewport(chat.button("send"))
    answer.locator(".pc-cite").nth(1).click()
    chat.source.wait_for()
    assert chat.in_viewport(chat.source.locator("mark"))
    assert chat.page.evaluate("document.documentElement.scrollWidth") <= width
    chat.page.get_by_role("button", name="Back to answer").click()
    assert chat.in_viewport(answer.locator(".pc-cite").nth(1))


def test_messages_are_labelled_for_screen_readers_in_words(chat: Any) -> None:
    chat.ask(ASK_COST)
    labels = chat.page.locator("#pc-chat [aria-label]").evaluate_all(
        "all => all.map(e => e.getAttribute('aria-label'))"
    )
    assert {"Your question", "Answer"} <= set(labels)
    assert not [label for label in labels if "<" in label]
    assert chat.page.locator("#pc-status").get_attribute("role") == "status"

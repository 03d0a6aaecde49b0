"""The page's buttons, its limits, its sessions and its widths, in the browser."""

import re
from collections.abc import Callable
from typing import Any

import pytest

from tests.ui.corpus import ASK_COST, ASK_LONG, ASK_PATIENT, ASK_SLOW, ASK_UNKNOWN, QUOTE_COST
from ui.chat import AS_BEFORE, BUSY, EMPTY

pytestmark = pytest.mark.browser


def questions(chat: Any) -> list[str]:
    shown: list[str] = chat.page.locator("[data-testid=user] .pc-message").all_text_contents()
    return shown


def start_slow(chat: Any) -> Any:
    chat.send(ASK_SLOW)
    chat.page.wait_for_function("() => /word3/.test(document.body.textContent)")
    return chat.answers.last


def test_stop_keeps_what_was_written(chat: Any) -> None:
    answer = start_slow(chat)
    chat.button("stop").click()
    chat.wait_until_idle()
    stopped = answer.inner_text()
    assert "word0 word1 " in stopped
    assert "(stopped)" in stopped
    chat.page.wait_for_timeout(400)
    assert answer.inner_text() == stopped
    assert "Not answered" in chat.ask(ASK_UNKNOWN).inner_text()


def test_an_edit_stopped_before_a_word_of_its_answer_leaves_all_as_it_was(chat: Any) -> None:
    for question in (ASK_COST, ASK_UNKNOWN, ASK_LONG):
        chat.ask(question)
    shown = chat.answers.all_inner_texts()
    chat.tool("Edit", 0).click()
    chat.page.get_by_label("Edit the question").fill(ASK_PATIENT)
    chat.page.keyboard.press("Enter")
    chat.page.get_by_text("Reading 3 paragraphs").wait_for()
    chat.box.fill("typed meanwhile")
    chat.button("stop").click()
    chat.page.get_by_text(AS_BEFORE).wait_for()
    chat.page.wait_for_timeout(300)
    assert questions(chat) == [ASK_COST, ASK_UNKNOWN, ASK_LONG]
    assert chat.answers.all_inner_texts() == shown
    assert chat.box.input_value() == "typed meanwhile"
    assert chat.cards.count() == 1
    chat.reload()
    assert chat.answers.all_inner_texts() == shown


def test_a_stopped_answer_is_not_to_be_judged_and_copied_if_it_has_words(chat: Any) -> None:
    chat.send(ASK_PATIENT)
    chat.page.get_by_text("Reading 3 paragraphs").wait_for()
    chat.button("stop").click()
    chat.wait_until_idle()
    chat.page.get_by_text("(stopped)").wait_for()
    assert chat.tool("Delete").is_visible()
    for name in ("Copy", "Right", "Wrong", "Not found\\?"):
        assert chat.tool(name).count() == 0
    start_slow(chat)
    chat.button("stop").click()
    chat.wait_until_idle()
    assert chat.tool("Copy").is_visible()
    for name in ("Right", "Wrong"):
        assert chat.tool(name).count() == 0


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
    questions = chat.page.locator("[data-testid=user] .pc-message").all_text_contents()
    assert questions == [ASK_LONG, ASK_COST]
    chat.answers.last.locator(".pc-cite").first.click()
    chat.source.wait_for()
    assert chat.source.locator("mark").inner_text() == QUOTE_COST


def test_a_question_is_edited_in_its_place(chat: Any) -> None:
    chat.ask(ASK_LONG)
    chat.ask(ASK_UNKNOWN)
    chat.tool("Edit", 0).click()
    chat.page.get_by_text("Later turns will be removed.").wait_for()
    chat.page.keyboard.press("Escape")
    assert chat.answers.count() == 2
    chat.tool("Edit", 0).click()
    chat.page.get_by_label("Edit the question").fill(ASK_COST)
    chat.page.keyboard.press("Enter")
    chat.page.get_by_text("partly supported").wait_for()
    assert questions(chat) == [ASK_COST]


def test_a_turn_is_deleted_after_a_second_press(chat: Any) -> None:
    chat.ask(ASK_LONG)
    chat.ask(ASK_UNKNOWN)
    chat.tool("Delete", 0).click()
    chat.page.wait_for_timeout(200)
    assert chat.answers.count() == 2
    chat.tool("Really delete\\?", 0).click()
    chat.page.wait_for_function("document.querySelectorAll('.pc-turn').length === 1")
    assert questions(chat) == [ASK_UNKNOWN]
    chat.reload()
    assert questions(chat) == [ASK_UNKNOWN]


def test_the_focus_stays_where_a_question_was_deleted_or_edited(chat: Any) -> None:
    for question in (ASK_COST, ASK_UNKNOWN, ASK_LONG):
        chat.ask(question)

    def focused() -> str:
        return str(
            chat.page.evaluate(
                "document.activeElement.querySelector('.pc-message')?.textContent"
                " ?? document.activeElement.tagName"
            )
        )

    def delete(turn: int) -> None:
        chat.tool("Delete", turn).press("Enter")
        chat.tool("Really delete\\?", turn).press("Enter")

    delete(1)
    chat.page.wait_for_function("document.querySelectorAll('.pc-turn').length === 2")
    assert focused() == ASK_LONG
    chat.tool("Edit", 0).press("Enter")
    chat.page.get_by_label("Edit the question").fill(ASK_UNKNOWN)
    chat.page.keyboard.press("Enter")
    chat.page.wait_for_function("document.querySelectorAll('.pc-turn').length === 1")
    chat.wait_until_idle()
    assert focused() == ASK_UNKNOWN
    delete(0)
    chat.page.locator(".pc-welcome").wait_for()
    assert focused() == "TEXTAREA"


def test_an_example_is_asked_with_one_click(chat: Any) -> None:
    chat.page.locator(".pc-example").first.click()
    chat.page.locator(".pc-meta").wait_for()
    assert questions(chat) == [ASK_COST]


def test_a_question_in_the_address_waits_in_the_box(open_page: Callable[..., Any]) -> None:
    chat = open_page(path="#ask=Who%20is%20%3Cb%3E%3F")
    assert chat.box.input_value() == "Who is <b>?"
    chat.box.press("Enter")
    chat.page.locator(".pc-is-refusal").wait_for()
    assert questions(chat) == ["Who is <b>?"]


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


def test_browsers_do_not_see_each_other_and_take_turns(open_page: Callable[..., Any]) -> None:
    one, two = open_page(), open_page(other=True)
    start_slow(one)
    two.send(ASK_UNKNOWN)
    two.page.get_by_text("Waiting: 1 question before this one").wait_for()
    two.cards.first.wait_for()  # What is found is shown long before the turn comes.
    one.button("stop").click()
    two.wait_until_idle()
    one.wait_until_idle()
    assert one.answers.count() == two.answers.count() == 1
    assert "word1" not in two.page.content()
    assert ASK_UNKNOWN not in one.page.locator("#pc-chat").inner_text()
    # The first browser's conversation does not open in the second.
    two.go(one.page.url)
    two.page.locator(".pc-welcome").wait_for()


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
    back = chat.page.get_by_role("button", name=re.compile("^(Back to answer|Close)$"))
    back.locator("visible=true").last.click()
    assert chat.in_viewport(answer.locator(".pc-cite").nth(1))


def test_questions_and_answers_are_headings_and_the_end_is_announced(chat: Any) -> None:
    chat.ask(ASK_COST)
    headings = chat.page.locator(".pc-turn").get_by_role("heading")
    assert headings.all_inner_texts() == ["You asked", "Answer"]
    assert "2.4 million" in chat.page.locator("#pc-live[role=status]").inner_text()

"""Conversations in the browser: kept, found, named, exported, and nobody else's."""

import json
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from rag.receipt import from_json
from tests.ui.corpus import ASK_COST, ASK_LONG, ASK_SLOW, ASK_STAGES, ASK_UNKNOWN, QUOTE_COST
from ui.chat import CHANGED, GONE
from ui.receipt_page import read_receipt

pytestmark = pytest.mark.browser


def asked(chat: Any) -> list[str]:
    shown: list[str] = chat.page.locator("[data-testid=user] .pc-message").all_text_contents()
    return shown


def downloaded(chat: Any, link: Any, folder: Path) -> str:
    with chat.page.expect_download() as waiting:
        link.click()
    file = folder / waiting.value.suggested_filename
    waiting.value.save_as(file)
    return file.read_text(encoding="utf-8")


def with_two_conversations(open_page: Callable[..., Any]) -> Any:
    """A new browser that asked one question in each; the second is shown."""
    chat = open_page(other=True)
    chat.ask(ASK_COST)
    chat.begin_anew()
    chat.ask(ASK_LONG)
    return chat


@contextmanager
def slow_server(chat: Any) -> Iterator[None]:
    """What the page asks for takes a while."""

    def held(route: Any) -> None:
        time.sleep(0.1)
        route.continue_()

    chat.page.route("**/gradio_api/**", held)
    yield
    chat.page.unroute("**/gradio_api/**")


def more(chat: Any, name: str) -> Any:
    """The open menu of the saved conversation of that name."""
    row = chat.page.locator(".pc-shelf-list li", has_text=name).first
    row.locator("summary").click()
    return row


def test_a_reload_while_an_answer_is_written_finds_it_still_being_written(chat: Any) -> None:
    chat.send(ASK_SLOW)
    chat.page.wait_for_function("() => /word5/.test(document.body.textContent)")
    chat.reload()
    chat.page.wait_for_function("() => /word15/.test(document.body.textContent)")
    assert chat.answers.last.locator(".pc-text").inner_text().startswith("word0 word1 ")
    chat.button("stop").click()
    chat.wait_until_idle()
    assert chat.answers.count() == 1


def test_a_conversation_is_there_again_after_other_pages_and_in_another_tab(
    chat: Any, open_page: Callable[..., Any]
) -> None:
    chat.ask(ASK_COST)
    chat.page.get_by_role("link", name="About").click()
    chat.page.get_by_role("heading", name="About", level=1).wait_for()
    chat.page.get_by_role("link", name="Chat").click()
    chat.page.get_by_text("partly supported").wait_for()
    second = open_page(path=chat.page.url.removeprefix(chat.address))
    assert asked(second) == [ASK_COST]
    second.answers.first.locator(".pc-cite").first.click()
    assert second.source.locator("mark").inner_text() == QUOTE_COST
    fresh = open_page()
    assert asked(fresh) == []


def test_two_tabs_of_one_browser_ask_at_once_and_answers_do_not_cross(
    open_page: Callable[..., Any],
) -> None:
    one, two = open_page(), open_page()
    for turns in range(1, 4):
        one.send(ASK_COST)
        two.send(ASK_LONG)
        for tab in (one, two):
            tab.page.wait_for_function(
                "n => document.querySelectorAll('.pc-meta').length === n", arg=turns
            )
            tab.wait_until_idle()
    # Not what is laid out, of which a tab in the background has only the last turn.
    assert set(asked(one)) == {ASK_COST}
    assert set(asked(two)) == {ASK_LONG}
    for answer in one.answers.all():
        assert "regional fund" in answer.text_content()
    for answer in two.answers.all():
        assert "deferred" in answer.text_content()


def test_a_question_sent_before_the_page_has_its_conversation_is_asked_in_that(
    browser: Any, server: str
) -> None:
    context = browser.new_context()
    page = context.new_page()
    first: list[Any] = []

    def late(route: Any) -> None:
        """The first thing the page asks for, its conversation, is served last."""
        if first or route.request.method != "POST":
            route.continue_()
        else:
            first.append(route)

    page.route("**/gradio_api/**", late)
    page.goto(server)
    box = page.locator("#pc-box textarea")
    box.wait_for()
    end = time.monotonic() + 30
    while not first:
        assert time.monotonic() < end
        page.wait_for_timeout(50)
    box.fill(ASK_COST)
    box.press("Enter")
    page.wait_for_timeout(500)
    first[0].continue_()
    page.locator(".pc-meta").wait_for()
    assert page.locator("[data-testid=user] .pc-message").all_text_contents() == [ASK_COST]
    assert page.locator(".pc-shelf-name").count() == 1
    assert box.input_value() == ""
    context.close()


def test_what_another_tab_asked_meanwhile_is_not_taken_out_unseen(
    open_page: Callable[..., Any],
) -> None:
    one = open_page()
    one.ask(ASK_COST)
    two = open_page(path=one.page.url.removeprefix(one.address))
    two.ask(ASK_UNKNOWN)
    one.page.bring_to_front()
    one.box.fill("typed before")
    one.tool("Edit").click()
    later = one.page.get_by_text("Later turns will be removed.")
    assert not later.is_visible()
    one.page.get_by_label("Edit the question").fill(ASK_LONG)
    one.page.keyboard.press("Enter")
    one.page.get_by_text(CHANGED).wait_for()
    assert one.answers.count() == 2
    assert one.box.input_value() == "typed before"
    # Now that it is seen, the edit that is still open may take it out.
    assert later.is_visible()
    one.page.get_by_label("Edit the question").press("Enter")
    one.page.get_by_text("deferred until the spring").first.wait_for()
    assert asked(one) == [ASK_LONG]


def test_a_question_in_a_conversation_deleted_in_another_tab_stays_in_the_box(
    open_page: Callable[..., Any],
) -> None:
    one = open_page()
    one.ask(ASK_COST)
    two = open_page(path=one.page.url.removeprefix(one.address))
    row = two.page.locator(".pc-shelf-list li:has([aria-current])")
    row.locator("summary").click()
    row.get_by_role("button", name="Delete").click()
    row.get_by_role("button", name="Really delete?").click()
    two.page.locator(".pc-welcome").wait_for()
    one.page.bring_to_front()
    one.send(ASK_LONG)
    one.page.get_by_text(GONE).wait_for()
    one.page.locator(".pc-welcome").wait_for()
    assert one.box.input_value() == ASK_LONG
    one.ask(ASK_LONG)
    assert asked(one) == [ASK_LONG]


def test_saved_conversations_are_listed_renamed_searched_opened_and_deleted(
    open_page: Callable[..., Any],
) -> None:
    chat = with_two_conversations(open_page)
    names = chat.page.locator(".pc-shelf-name")
    chat.page.wait_for_function("document.querySelectorAll('.pc-shelf-name').length === 2")
    assert names.all_text_contents() == [ASK_LONG, ASK_COST]
    more(chat, ASK_COST).get_by_role("button", name="Rename").click()
    chat.page.get_by_label("Name of the conversation").fill("Harbour <b>costs</b>")
    chat.page.keyboard.press("Enter")
    chat.page.get_by_role("button", name="Harbour <b>costs</b>", exact=True).wait_for()
    chat.page.get_by_label("Search conversations").fill("EUROS")
    chat.page.wait_for_function("document.querySelectorAll('.pc-shelf-name').length === 1")
    names.first.click()
    chat.page.get_by_text("partly supported").wait_for()
    assert asked(chat) == [ASK_COST]
    row = more(chat, "Harbour")
    row.get_by_role("button", name="Delete").click()
    row.get_by_role("button", name="Really delete?").click()
    chat.page.locator(".pc-welcome").wait_for()
    chat.reload()
    assert names.all_text_contents() == [ASK_LONG]


def test_going_back_leads_to_the_conversation_before(open_page: Callable[..., Any]) -> None:
    chat = with_two_conversations(open_page)
    chat.page.get_by_role("button", name=ASK_COST, exact=True).last.click()
    question = chat.page.locator("[data-testid=user] .pc-message")
    question.get_by_text(ASK_COST).wait_for()
    chat.page.go_back()
    question.get_by_text(ASK_LONG).wait_for()
    chat.page.go_back()
    question.get_by_text(ASK_COST).wait_for()
    chat.page.go_forward()
    question.get_by_text(ASK_LONG).wait_for()
    chat.reload()
    assert asked(chat) == [ASK_LONG]


def test_going_back_twice_at_once_leaves_the_way_forward(open_page: Callable[..., Any]) -> None:
    chat = with_two_conversations(open_page)
    chat.begin_anew()
    chat.ask(ASK_UNKNOWN)
    question = chat.page.locator("[data-testid=user] .pc-message")
    entries = chat.page.evaluate("history.length")
    # The second comes before the server has told of the conversation the first leads to.
    with slow_server(chat):
        chat.page.evaluate(
            "history.back(); addEventListener('popstate', () => history.back(), { once: true })"
        )
        question.get_by_text(ASK_COST).wait_for()
    assert chat.page.evaluate("history.length") == entries
    for asked_next in (ASK_LONG, ASK_UNKNOWN):
        chat.page.go_forward()
        question.get_by_text(asked_next).wait_for()


def test_back_to_a_new_conversation_is_one_after_a_reload_too(
    open_page: Callable[..., Any],
) -> None:
    chat = open_page(other=True)
    chat.ask(ASK_COST)
    chat.begin_anew()
    chat.page.locator(".pc-shelf-name").click()
    chat.page.locator(".pc-turn").wait_for()
    chat.page.go_back()
    chat.page.locator(".pc-welcome").wait_for()
    chat.reload()
    assert asked(chat) == []


def test_the_list_stays_narrowed_to_what_is_searched_for(open_page: Callable[..., Any]) -> None:
    chat = with_two_conversations(open_page)
    names = chat.page.locator(".pc-shelf-name")
    chat.page.get_by_label("Search conversations").fill("EUROS")
    chat.page.wait_for_function("document.querySelectorAll('.pc-shelf-name').length === 1")
    more(chat, ASK_COST).get_by_role("button", name="Rename").click()
    chat.page.get_by_label("Name of the conversation").fill("Harbour")
    chat.page.keyboard.press("Enter")
    chat.page.get_by_role("button", name="Harbour", exact=True).wait_for()
    assert names.count() == 1
    chat.ask(ASK_UNKNOWN)
    chat.page.wait_for_timeout(500)
    assert names.all_text_contents() == ["Harbour"]
    chat.page.get_by_label("Search conversations").fill("")
    chat.page.wait_for_function("document.querySelectorAll('.pc-shelf-name').length === 2")


def test_the_menu_of_a_conversation_stays_open_when_another_joins_the_list(
    open_page: Callable[..., Any],
) -> None:
    chat = open_page(other=True)
    chat.ask(ASK_COST)
    chat.begin_anew()
    rename = more(chat, ASK_COST).get_by_role("button", name="Rename")
    rename.focus()
    chat.page.evaluate("question => window.pincite.act({ name: 'ask', question })", ASK_LONG)
    chat.page.wait_for_function("document.querySelectorAll('.pc-shelf-name').length === 2")
    assert rename.is_visible()
    assert rename.evaluate("button => button === document.activeElement")


def test_a_name_is_typed_in_peace_and_the_focus_stays_at_its_conversation(
    open_page: Callable[..., Any],
) -> None:
    chat = open_page(other=True)
    chat.ask(ASK_COST)
    chat.send(ASK_STAGES)
    more(chat, ASK_COST).get_by_role("button", name="Rename").press("Enter")
    chat.page.keyboard.type("Half")
    chat.wait_until_idle()
    chat.page.wait_for_timeout(500)  # The list comes anew with the end of the answer.
    chat.page.keyboard.type(" and whole")
    chat.page.keyboard.press("Enter")
    name = chat.page.get_by_role("button", name="Half and whole", exact=True)
    name.wait_for()
    assert chat.page.evaluate("document.activeElement.ariaLabel") == "More for Half and whole"
    name.press("Enter")
    chat.page.wait_for_timeout(500)
    assert chat.page.evaluate("document.activeElement.textContent") == "Half and whole"
    row = more(chat, "Half")
    row.get_by_role("button", name="Delete").press("Enter")
    row.get_by_role("button", name="Really delete?").press("Enter")
    chat.page.locator(".pc-welcome").wait_for()
    assert chat.page.evaluate("document.activeElement.textContent") == "New conversation"


def test_a_deletion_that_was_not_confirmed_is_forgotten(chat: Any) -> None:
    chat.ask(ASK_COST)
    row = more(chat, ASK_COST)
    for leave in (lambda: chat.box.click(), lambda: row.locator("summary").click()):
        row.get_by_role("button", name="Delete").click()
        row.get_by_role("button", name="Really delete?").wait_for()
        leave()
        row.get_by_role("button", name="Really delete?").wait_for(state="detached")
    row.locator("summary").click()
    row.get_by_role("button", name="Delete").wait_for()


def test_a_conversation_is_exported_in_three_forms(
    open_page: Callable[..., Any], tmp_path: Path
) -> None:
    chat = open_page(other=True)
    chat.ask(ASK_COST)
    row = more(chat, ASK_COST)
    for name in ("Markdown", "HTML", "JSON"):
        text = downloaded(chat, row.get_by_role("link", name=name, exact=True), tmp_path)
        assert QUOTE_COST in text
    assert json.loads(text)["turns"][0]["question"] == ASK_COST


def test_an_answers_receipt_is_downloaded_in_two_forms(chat: Any, tmp_path: Path) -> None:
    chat.ask(ASK_COST)
    page = downloaded(chat, chat.tool("Receipt"), tmp_path)
    value = downloaded(chat, chat.tool("JSON"), tmp_path)
    assert read_receipt(page) == from_json(value)
    assert from_json(value).quotations[0].quote == QUOTE_COST
    assert from_json(value).question == ASK_COST


def test_files_of_one_browser_are_not_given_to_another(
    chat: Any, open_page: Callable[..., Any]
) -> None:
    chat.ask(ASK_COST)
    receipt = chat.tool("JSON").get_attribute("href").lstrip("/")
    conversation = chat.page.url.split("c=")[1]
    own, other = chat.page.context.request, open_page(other=True).page.context.request
    for path in (receipt, f"conversations/{conversation}.json"):
        answer = own.get(chat.address + path)
        assert answer.status == 200
        assert answer.headers["content-disposition"].startswith("attachment")
        assert answer.headers["cache-control"] == "no-store"
        assert other.get(chat.address + path).status == 404
    assert own.get(f"{chat.address}conversations/{conversation}.exe").status == 404

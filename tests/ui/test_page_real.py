"""The whole product as a user meets it: ``pincite chat`` over the seeds, in a real browser.

Real index, real embedder, a real (tiny) model behind llama.cpp; nothing is a fake.
"""

import json
import signal
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import SEEDS
from tests.rag.real_models import tiny_llm_file
from tests.ui.chat_page import ChatPage
from tests.ui.measured import shifts, watch_shifts
from tests.ui.outside import LINUX_ONLY, Trap, Watch, trap
from tests.ui.real_chat import RealChat, serving

pytestmark = [pytest.mark.browser, pytest.mark.model, pytest.mark.slow]

ANSWER_MS = 90_000
SECRET = "sk-of-the-settings-file"
ASK_FIGHTERS = "How many fighters crossed the border late on Sunday?"
ASK_MINISTER = "Who is the Turkish foreign minister?"
QUOTED = "Quoted from the documents, no language model"
WAITING = "Waiting: "
EXAMPLE = "What would Assad have to shut down?"
WRITTEN = "Written by SmolLM2"


@pytest.fixture(scope="module")
def caught() -> Iterator[Trap]:
    """What the server sent to where the environment leads it."""
    with trap() as set_:
        yield set_


@pytest.fixture(scope="module")
def real_server(tmp_path_factory: pytest.TempPathFactory, caught: Trap) -> Iterator[RealChat]:
    """``pincite chat`` over an index of the seeds made just now."""
    settings = {
        "corpus": str(SEEDS),
        "llm": str(tiny_llm_file()),
        "reader": "none",
        "llm_api_key": SECRET,
        "examples": [EXAMPLE],
        # The tiny model cannot be trusted to say whether the passages hold the answer.
        "refuse_below": 0,
    }
    chat = RealChat(tmp_path_factory.mktemp("real"), settings, caught.environment)
    chat.run("sync")
    with serving(chat):
        yield chat


@pytest.fixture
def open_real(browser: Any, real_server: RealChat) -> Iterator[Callable[..., ChatPage]]:
    """Opens tabs of the Chat, all of one browser that is the test's own."""
    with ExitStack() as closing:
        context = browser.new_context(
            viewport={"width": 1280, "height": 800}, reduced_motion="reduce"
        )
        closing.callback(context.close)
        chats: list[ChatPage] = []

        def opened() -> ChatPage:
            chats.append(ChatPage(context.new_page(), real_server.address))
            chats[-1].page.set_default_timeout(ANSWER_MS)
            return chats[-1]

        yield opened
        assert [complaint for chat in chats for complaint in chat.complaints()] == []


@pytest.fixture
def real_chat(open_real: Callable[..., ChatPage]) -> ChatPage:
    return open_real()


def choose(page: Any, address: str, llm: str) -> None:
    """Let another model answer, on the Settings page; "" is the one of the settings."""
    page.goto(f"{address}settings")
    radio = page.locator(f"input[name=pc-model][value='{llm}']")
    radio.wait_for()
    if radio.is_checked():
        return
    radio.check()
    page.get_by_text("Answers now come from: ").wait_for()
    assert radio.is_checked()


def kept_by_browser(chat: ChatPage) -> str:
    """Everything a page can keep in its browser, and its address."""
    stored: str = chat.page.evaluate(
        """async () => JSON.stringify([
            { ...localStorage }, { ...sessionStorage }, document.cookie, history.state,
            location.href, document.title, window.name,
            await indexedDB.databases(), await caches.keys(),
        ])"""
    )
    return json.dumps(chat.page.context.cookies()) + stored


def test_a_question_about_the_seeds_ends_at_marked_words_in_the_source(
    real_chat: ChatPage, seeds_text: str, tmp_path: Path
) -> None:
    real_chat.send(ASK_FIGHTERS)
    real_chat.cards.first.wait_for()
    assert "paragraph 2" in real_chat.cards.first.inner_text()
    real_chat.wait_until_idle()
    real_chat.answers.first.locator(".pc-cite").first.click()
    mark = real_chat.source.locator("mark").first
    mark.wait_for()
    quoted = mark.inner_text()
    assert len(quoted) > 20
    assert quoted in seeds_text
    assert real_chat.in_viewport(mark)
    real_chat.page.screenshot(path=tmp_path / "chat.png")


def test_the_header_names_the_model_and_the_examples_are_offered(real_chat: ChatPage) -> None:
    text = real_chat.page.locator("body").inner_text()
    assert "SmolLM2" in text
    assert EXAMPLE in text


def test_nothing_moves_while_an_answer_is_written(real_chat: ChatPage) -> None:
    watch_shifts(real_chat.page)
    real_chat.ask(ASK_MINISTER)
    real_chat.page.wait_for_timeout(300)
    moved = shifts(real_chat.page)
    assert sum(shift["value"] for shift in moved) < 0.1, moved


@LINUX_ONLY
def test_the_server_has_no_socket_beyond_this_machine_and_sends_no_key(
    real_chat: ChatPage, real_server: RealChat, caught: Trap
) -> None:
    watch = Watch(real_server.pid)
    real_chat.ask(ASK_FIGHTERS)
    looks, seen = watch.over()
    assert looks > 10
    assert seen == set()
    assert caught.caught == []


def test_nothing_of_question_or_answer_is_kept_in_the_browser(real_chat: ChatPage) -> None:
    answer = real_chat.ask(ASK_MINISTER).locator(".pc-text").inner_text()
    kept = kept_by_browser(real_chat)
    words = {word for word in f"{ASK_MINISTER} {answer}".split() if len(word) > 5}
    assert {word for word in words if word.lower() in kept.lower()} == set()
    # A question on its way through a reload is no exception once the page is there again.
    real_chat.box.fill("Which ministers are waiting?")
    real_chat.reload()
    real_chat.page.wait_for_function("document.querySelector('#pc-box textarea').value")
    assert real_chat.box.input_value() == "Which ministers are waiting?"
    assert "ministers" not in kept_by_browser(real_chat)
    assert real_chat.answers.count() == 1  # It is kept where the conversation is: at the server.


def test_three_tabs_at_once_wait_in_one_line_and_get_their_own_answers(
    open_real: Callable[..., ChatPage],
) -> None:
    asked = {open_real(): ASK_FIGHTERS, open_real(): EXAMPLE, open_real(): ASK_MINISTER}
    last = [*asked][-1]
    last.record()
    for chat, question in asked.items():
        chat.send(question)
        chat.page.locator(".pc-progress, .pc-draft").wait_for()
    for chat, question in asked.items():
        chat.page.locator(".pc-meta").wait_for()
        chat.wait_until_idle()
        told = chat.page.locator("[data-testid=user] .pc-message").all_inner_texts()
        assert told == [question]
        # The receipt has the question that the shown answer was made for.
        receipt = chat.page.evaluate(
            "link => fetch(link.href).then(found => found.json())",
            chat.tool("JSON").element_handle(),
        )
        assert receipt["question"] == question
        shown = chat.page.locator(".pc-sentence .pc-words").all_inner_texts()
        assert shown == [sentence["text"] for sentence in receipt["sentences"]]
    # Two answers are ahead, so that a busy machine has found something before they are written.
    waiting = [s for s in last.recorded() if s["progress"].startswith(WAITING)]
    assert any(state["cards"] for state in waiting), waiting  # The search waits for no model.


def test_a_question_asked_without_a_connection_is_told_so_and_not_lost(
    real_chat: ChatPage,
) -> None:
    real_chat.ask(ASK_FIGHTERS)
    context = real_chat.page.context
    context.set_offline(True)
    real_chat.send(ASK_MINISTER)
    real_chat.page.get_by_text("Connection to the server was lost").first.wait_for()
    assert real_chat.box.input_value() == ASK_MINISTER
    context.set_offline(False)
    # The page is loaded anew by itself.
    real_chat.page.get_by_text("Connection to the server was lost").first.wait_for(state="detached")
    real_chat.wait_until_open()
    real_chat.page.wait_for_function("document.querySelector('#pc-box textarea').value")
    assert real_chat.box.input_value() == ASK_MINISTER
    real_chat.box.press("Enter")
    # Away once more, now with an answer under way.
    real_chat.page.locator(".pc-progress, .pc-draft").wait_for()
    context.set_offline(True)
    real_chat.page.wait_for_timeout(1_000)
    context.set_offline(False)
    real_chat.page.locator(".pc-turn").nth(1).locator(".pc-meta").wait_for()
    asked = real_chat.page.locator("[data-testid=user] .pc-message").all_inner_texts()
    assert asked == [ASK_FIGHTERS, ASK_MINISTER]
    real_chat.forgive_lost_connections()


def test_settings_in_force_mask_secrets_and_all_is_well(real_chat: ChatPage) -> None:
    page = real_chat.page
    page.goto(f"{real_chat.address}settings")
    page.get_by_role("heading", name="Settings in force").wait_for()
    row = page.locator("tr", has=page.get_by_text("llm_api_key", exact=True))
    assert row.locator("td").inner_text() == "***"
    assert SECRET not in page.content()
    health = page.locator(".pc-health li")
    assert health.locator(".pc-badge").all_inner_texts() == ["well"] * 3
    for n, words in enumerate(("1 file, 18 paragraphs.", "all-MiniLM-L6-v2 is here.", "SmolLM2")):
        assert words in health.nth(n).inner_text()


def test_another_model_answers_at_once_and_after_the_next_start(
    real_chat: ChatPage, real_server: RealChat
) -> None:
    page, address = real_chat.page, real_chat.address
    header = page.locator(".pc-model")
    choose(page, address, "none")
    real_chat.go(address)
    assert "SmolLM2" not in header.inner_text()
    assert QUOTED in real_chat.ask(ASK_FIGHTERS).inner_text()

    real_server.end(signal.SIGKILL)
    real_chat.send(ASK_MINISTER)
    page.get_by_text("Connection to the server was lost").first.wait_for()
    real_server.start()
    # The page finds the server again by itself, with the question still in its box.
    page.get_by_text("Connection to the server was lost").first.wait_for(state="detached")
    real_chat.wait_until_open()
    page.wait_for_function("document.querySelector('#pc-box textarea').value")
    assert "SmolLM2" not in header.inner_text()
    assert real_chat.answers.count() == 1
    real_chat.box.press("Enter")
    page.locator(".pc-turn").nth(1).locator(".pc-meta", has_text=QUOTED).wait_for()
    real_chat.forgive_lost_connections()
    choose(page, address, "")
    real_chat.go(address)
    assert "SmolLM2" in header.inner_text()
    real_chat.begin_anew()
    assert WRITTEN in real_chat.ask(ASK_FIGHTERS).inner_text()

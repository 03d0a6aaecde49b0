"""Asking in the browser: evidence, draft, answer, citations, refusals, errors."""

import re
from collections.abc import Callable
from itertools import pairwise
from typing import Any

import pytest

from tests.ui.corpus import (
    ASK_COST,
    ASK_CRASH,
    ASK_ERROR,
    ASK_FOLLOW_UP,
    ASK_LONG,
    ASK_STAGES,
    ASK_SUGGESTING,
    ASK_TWO,
    ASK_UNKNOWN,
    ASK_USAGE,
    HARBOUR_BLOCKS,
    LONG_BLOCKS,
    QUOTE_COST,
    QUOTE_LONG,
    QUOTE_PAID,
    QUOTES_TWO,
    STANDALONE,
)

pytestmark = pytest.mark.browser


def test_evidence_comes_before_the_first_token_then_the_draft_then_the_answer(chat: Any) -> None:
    chat.record()
    chat.ask(ASK_STAGES)
    states = chat.recorded()
    found = next(state for state in states if state["cards"])
    assert (found["cards"], found["draft"], found["final"]) == (3, "", False)
    assert {"Searching the documents…", "Reading 3 paragraphs…"} <= {s["progress"] for s in states}
    drafts = [state["draft"] for state in states if state["draft"]]
    assert len(set(drafts)) > 2
    assert all(later.startswith(earlier) for earlier, later in pairwise(drafts))
    assert [state["final"] for state in states] == sorted(state["final"] for state in states)


def test_nothing_jumps_while_an_answer_is_written(chat: Any) -> None:
    chat.record()
    chat.ask(ASK_STAGES)
    # Gradio puts a message on the page empty and fills it a moment later.
    shown = [s for s in chat.recorded() if s["progress"] or s["draft"] or s["final"]]
    assert len({round(state["top"]) for state in shown}) == 1
    assert len({round(state["composer"]) for state in shown}) == 1


def test_the_newest_question_stays_in_sight_when_offered_ones_come_and_go(
    open_page: Callable[..., Any],
) -> None:
    chat = open_page(height=500)
    for n in range(3):
        chat.ask(ASK_COST)
        turn = chat.page.locator(".pc-turn").nth(n)
        turn.locator(".pc-follow-ups").wait_for()
        question, room = turn.locator(".pc-question").bounding_box(), chat.room.bounding_box()
        assert room["y"] <= question["y"] < room["y"] + room["height"] / 2
        # With all that is below it, the answer is higher than its room.
        assert turn.bounding_box()["height"] > room["height"]
    answer = chat.ask("Why was it so, and who said that it was? " * 40).bounding_box()
    assert room["y"] <= answer["y"] < room["y"] + room["height"]


def test_a_finished_answer_has_its_marks_verdicts_model_and_sources(chat: Any) -> None:
    answer = chat.ask(ASK_COST)
    assert re.sub(r"\s+", " ", answer.locator(".pc-text").inner_text()) == (
        "Repairs to the north pier cost 2.4 million euros.[1] "
        "The regional fund paid, and so did the town.[2]partly supported"
    )
    [source] = answer.locator(".pc-source").all_inner_texts()
    assert source == "[1] [2] harbour/2024-storm.txt, paragraph 2"
    meta = answer.locator(".pc-meta").inner_text()
    assert meta == "1 supported, 1 partly · Written by scripted model · 2.3 s"
    assert chat.page.locator(".pc-panel h2").inner_text() == "Sources of this answer"
    assert chat.cards.count() == 4
    assert chat.cards.first.locator("mark").inner_text() == QUOTE_COST
    for words in ("harbour/2024-storm.txt", "paragraph 2", "Storm damage"):
        assert words in chat.cards.first.inner_text()


def test_cards_stay_whole_when_their_marks_move_from_evidence_to_quotes(chat: Any) -> None:
    chat.record()
    chat.ask(ASK_TWO)
    assert any(state["cards"] == 2 and not state["final"] for state in chat.recorded())
    chat.page.get_by_role("heading", name="Sources of this answer").wait_for()
    assert chat.cards.locator(".pc-passage-text").all_inner_texts() == list(LONG_BLOCKS[:2])
    assert chat.cards.locator("mark").all_inner_texts() == list(QUOTES_TWO)


@pytest.mark.parametrize(
    ("question", "number", "quote"),
    [(ASK_COST, 1, QUOTE_COST), (ASK_COST, 2, QUOTE_PAID), (ASK_LONG, 1, QUOTE_LONG)],
)
def test_a_citation_opens_its_document_at_the_quoted_words(
    chat: Any, question: str, number: int, quote: str
) -> None:
    answer = chat.ask(question)
    answer.locator(f".pc-cite >> text=[{number}]").click()
    mark = chat.source.locator("mark")
    mark.wait_for()
    assert mark.inner_text() == quote
    assert chat.page.locator(".pc-panel mark").count() == 1
    chat.page.wait_for_function("() => document.activeElement.matches('.pc-source-passage')")
    assert chat.in_viewport(mark)


def test_an_open_document_shows_its_paragraphs_in_order_under_their_headings(chat: Any) -> None:
    chat.ask(ASK_COST).locator(".pc-cite").first.click()
    chat.source.wait_for()
    shown = chat.page.locator(".pc-panel .pc-heading, .pc-panel .pc-passage-text").all_inner_texts()
    assert shown == [block.removeprefix("# ") for block in HARBOUR_BLOCKS]


def test_a_long_document_opens_as_a_window_that_grows_without_jumping(chat: Any) -> None:
    chat.ask(ASK_LONG).locator(".pc-cite").first.click()
    chat.source.wait_for()
    passages = chat.page.locator(".pc-panel .pc-passage")
    assert passages.count() == 41
    earlier = chat.page.get_by_role("button", name="Show 20 earlier paragraphs")
    earlier.scroll_into_view_if_needed()
    before = passages.first.bounding_box()["y"]
    earlier.click()
    chat.page.locator("[data-ordinal='5']").wait_for()
    assert passages.count() == 61
    after = chat.page.locator("[data-ordinal='25']").bounding_box()["y"]
    assert after == pytest.approx(before, abs=2)
    chat.page.get_by_role("button", name="Show 4 earlier paragraphs").click()
    chat.page.locator("[data-ordinal='1']").wait_for()
    chat.page.get_by_role("button", name="Show 20 later paragraphs").click()
    chat.page.locator("[data-ordinal='85']").wait_for()
    assert chat.source.locator("mark").inner_text() == QUOTE_LONG


def test_citations_work_from_the_keyboard_and_lead_back(chat: Any) -> None:
    link = chat.ask(ASK_COST).locator(".pc-cite").first
    link.focus()
    chat.page.keyboard.press("Enter")
    chat.page.wait_for_function("() => document.activeElement.matches('.pc-source-passage')")
    chat.page.keyboard.press("Escape")
    assert chat.page.evaluate("document.activeElement.className") == "pc-cite"
    chat.page.get_by_role("button", name="All sources").click()
    chat.cards.first.wait_for()


def test_citations_of_older_answers_still_resolve_and_the_same_one_opens_twice(chat: Any) -> None:
    first = chat.ask(ASK_COST)
    chat.ask(ASK_LONG)
    for _ in range(2):
        first.locator(".pc-cite").nth(1).click()
        chat.source.wait_for()
        assert chat.source.locator("mark").inner_text() == QUOTE_PAID
        chat.page.get_by_role("button", name="All sources").click()
        chat.cards.first.wait_for()


def test_sources_of_an_older_answer_stay_while_the_next_one_is_written(chat: Any) -> None:
    chat.ask(ASK_LONG)
    chat.send(ASK_STAGES)
    chat.page.locator(".pc-draft").wait_for()
    chat.tool("Sources", 0).click()
    shown = chat.page.locator(".pc-panel .pc-subtitle")
    shown.get_by_text(ASK_LONG).wait_for()
    chat.wait_until_idle()
    chat.page.wait_for_timeout(300)
    assert shown.inner_text() == ASK_LONG


def test_a_card_opens_its_paragraph_with_the_best_sentence_marked(chat: Any) -> None:
    chat.ask(ASK_COST)
    chat.cards.nth(2).click()
    chat.source.wait_for()
    assert chat.source.locator("mark").inner_text().startswith("The harbour master")


def test_a_refusal_says_so_and_shows_the_nearest_paragraphs(chat: Any) -> None:
    answer = chat.ask(ASK_UNKNOWN)
    assert answer.locator(".pc-text").inner_text() == "The documents do not answer this question."
    assert answer.locator(".pc-cite").count() == 0
    assert chat.page.locator(".pc-panel h2").inner_text() == "Nearest paragraphs"
    assert chat.cards.count() == 3


def test_a_follow_up_shows_what_was_searched_for(chat: Any) -> None:
    chat.ask(ASK_COST)
    answer = chat.ask(ASK_FOLLOW_UP)
    assert answer.locator(".pc-searched q").inner_text().strip('“”"') == STANDALONE
    # One sentence of the draft was borne out by nothing.
    assert "1 removed" in answer.inner_text()


def test_a_question_drawn_from_the_documents_is_asked_by_its_chip(chat: Any) -> None:
    answer = chat.ask(ASK_COST)
    answer.locator(".pc-chip", has_text="Elin Aas").click()
    chat.page.locator(".pc-words", has_text="Elin Aas is in it.").wait_for()


def test_what_was_begun_in_a_turn_stays_when_questions_to_ask_next_come(chat: Any) -> None:
    chat.ask(ASK_SUGGESTING)
    chat.tool("Edit").click()
    chat.tool("Wrong").click()
    chat.page.get_by_label("The right answer", exact=True).fill("Three million")
    edited = chat.page.get_by_label("Edit the question")
    edited.fill("Half a quest")
    assert chat.page.locator(".pc-chip", has_text="Granite").count() == 0
    chat.page.locator(".pc-chip", has_text="Granite").wait_for()
    assert edited.input_value() == "Half a quest"
    assert chat.page.get_by_label("The right answer", exact=True).input_value() == "Three million"
    edited.press("Escape")
    assert chat.page.locator(".pc-chip", has_text="Granite").is_visible()


def test_an_extractive_answer_says_so_with_its_notice(chat: Any) -> None:
    text = chat.ask(ASK_LONG).inner_text()
    assert "No model was found, so the answer is quoted." in text
    assert "Quoted from the documents, no language model · 2.3 s" in text


@pytest.mark.parametrize(
    ("question", "message"),
    [
        (ASK_ERROR, "The model stopped answering."),
        (ASK_CRASH, "Something went wrong while answering."),
        (ASK_USAGE, "The engine does not take this question."),
    ],
)
def test_after_an_error_the_page_says_so_and_stays_usable(
    chat: Any, question: str, message: str
) -> None:
    answer = chat.ask(question)
    assert answer.locator(".pc-text").inner_text().startswith(message)
    assert "secret detail" not in chat.page.content()
    assert chat.box.is_enabled()
    assert "Not answered" in chat.ask(ASK_UNKNOWN).inner_text()


def test_a_copied_answer_is_its_text_with_its_sources(open_page: Callable[..., Any]) -> None:
    chat = open_page(permissions=["clipboard-read", "clipboard-write"])
    chat.ask(ASK_COST)
    chat.tool("Copy").click()
    chat.tool("Copied").wait_for()
    assert chat.page.evaluate("navigator.clipboard.readText()").split("\n") == [
        "Repairs to the north pier cost 2.4 million euros.[1] "
        "The regional fund paid, and so did the town.[2] (partly supported)",
        f"[1] harbour/2024-storm.txt, paragraph 2: “{QUOTE_COST}”",
        f"[2] harbour/2024-storm.txt, paragraph 2: “{QUOTE_PAID}”",
    ]


def test_what_is_told_of_an_answer_is_copied_with_it(open_page: Callable[..., Any]) -> None:
    chat = open_page(permissions=["clipboard-read", "clipboard-write"])
    chat.ask(ASK_LONG)
    chat.tool("Copy").click()
    chat.tool("Copied").wait_for()
    copied = chat.page.evaluate("navigator.clipboard.readText()").split("\n")
    assert copied[-1] == "No model was found, so the answer is quoted."


@pytest.mark.parametrize("how", ["hover", "focus"])
def test_pointing_at_a_citation_shows_the_quoted_words(chat: Any, how: str) -> None:
    link = chat.ask(ASK_COST).locator(".pc-cite").first
    getattr(link, how)()
    tip = chat.page.get_by_role("tooltip")
    assert QUOTE_COST in tip.inner_text()
    assert link.get_attribute("aria-describedby") == tip.get_attribute("id")
    chat.page.keyboard.press("Escape")
    tip.wait_for(state="detached")


def test_next_and_previous_citation_by_key_and_by_button(chat: Any) -> None:
    chat.ask(ASK_COST).locator(".pc-cite").first.click()
    chat.page.wait_for_function("() => document.activeElement.matches('.pc-source-passage')")
    marked = chat.source.locator("mark")
    for key, quote in (("n", QUOTE_PAID), ("p", QUOTE_COST), ("p", QUOTE_COST)):
        chat.page.keyboard.press(key)
        chat.page.get_by_text(quote).and_(marked).wait_for()
    chat.page.get_by_role("button", name="Next citation").click()
    chat.page.get_by_text(QUOTE_PAID).and_(marked).wait_for()
    assert chat.page.get_by_role("button", name="Next citation").is_disabled()


def test_a_long_question_does_not_push_its_sources_down(chat: Any) -> None:
    chat.ask("Who won? " + "Please be precise. " * 80)
    chat.cards.first.wait_for()
    assert chat.page.locator(".pc-panel .pc-subtitle").bounding_box()["height"] < 50
    assert chat.in_viewport(chat.page.locator(".pc-card-link").first)

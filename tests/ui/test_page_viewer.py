"""The source viewer in the browser: tables, pages as pictures, the sheet of a phone."""

from collections.abc import Callable
from typing import Any

import pytest

from tests.ui.corpus import (
    ASK_COST,
    ASK_LONG,
    ASK_MARKS,
    ASK_SCAN,
    ASK_TABLE,
    QUOTE_COST,
    QUOTE_SCAN,
    QUOTE_TABLE,
    SCAN_BLOCKS,
)

pytestmark = pytest.mark.browser


def test_a_table_is_shown_as_a_table_with_its_cell_marked(chat: Any) -> None:
    chat.ask(ASK_TABLE).locator(".pc-cite").click()
    rows = chat.source.get_by_role("row")
    rows.first.wait_for()
    assert [row.inner_text().split("\t") for row in rows.all()] == [
        ["Pier", "Cost"],
        ["North", "2.4 million"],
        ["South", "0.9 million"],
    ]
    assert chat.source.locator("mark").inner_text() == QUOTE_TABLE


def test_a_table_too_wide_for_its_place_scrolls_and_breaks_no_word(chat: Any) -> None:
    chat.ask(ASK_TABLE).locator(".pc-cite").click()
    table = chat.source.get_by_role("region", name="Table")
    table.wait_for()
    wider, most_lines = table.evaluate(
        """(place) => {
          const rows = [...place.querySelectorAll("tr")];
          rows.forEach((row) => {
            for (let i = 0; i < 20; i++) row.append(row.lastChild.cloneNode());
            [...row.children].slice(2).forEach((cell) => { cell.textContent = "1234.56"; });
          });
          const lines = rows.flatMap((row) => [...row.children].slice(2)).map((cell) => {
            const range = document.createRange();
            range.selectNodeContents(cell);
            return range.getClientRects().length;
          });
          return [place.scrollWidth - place.clientWidth, Math.max(...lines)];
        }"""
    )
    assert wider > 100
    assert most_lines == 1
    table.focus()
    chat.page.keyboard.press("ArrowRight")
    chat.page.wait_for_function("(place) => place.scrollLeft > 0", arg=table.element_handle())


def test_markdown_looks_as_its_reader_expects_and_the_quote_is_marked_through_its_marks(
    chat: Any,
) -> None:
    chat.ask(ASK_MARKS).locator(".pc-cite").click()
    mark = chat.source.locator("mark")
    mark.wait_for()
    assert mark.inner_text() == "paid 2.4 million euros, by the act"
    assert chat.source.locator("strong").inner_text() == "2.4 million"
    assert chat.source.locator("code").inner_text() == "pay --all"
    text = chat.source.locator(".pc-passage-text")
    assert text.text_content().endswith(
        "(http://evil.test/act) of May; the mayor ran pay --all. A map"
    )
    assert chat.source.locator("a, img").count() == 0
    panel = chat.page.locator(".pc-panel")
    assert panel.locator(".pc-heading").inner_text() == "On piers"
    assert panel.locator("li").all_inner_texts() == [
        "The north pier:", "1.piles", "2.planks", "The south pier",
    ]  # fmt: skip
    edges = [item.bounding_box()["x"] for item in panel.locator("li").all()]
    assert edges[0] == edges[3] < edges[1] == edges[2]
    assert panel.locator("blockquote").inner_text() == "All was paid in time."
    assert panel.locator("pre").inner_text() == "pay  --all\n  --now"


def test_of_two_quick_presses_the_second_source_is_the_one_in_sight(chat: Any) -> None:
    chat.ask(ASK_COST)
    chat.ask(ASK_LONG)
    chat.page.evaluate(
        """() => {
            document.querySelector("[href='#src-t1-1']").click();
            document.querySelector("[href='#src-t2-1']").click();
        }"""
    )
    chat.page.locator(".pc-panel[data-opener='#src-t2-1']").wait_for()
    assert chat.in_viewport(chat.source.locator("mark"))
    assert chat.page.evaluate("document.activeElement.className").endswith("pc-source-passage")


def test_a_source_stays_open_when_news_of_the_conversation_arrives_after_it(chat: Any) -> None:
    chat.ask(ASK_COST)
    held: list[Any] = []
    # By this way come the cards of the last answer, after the conversation has been opened.
    chat.page.route("**/gradio_api/queue/data*", lambda route: held.append(route))
    chat.page.reload()
    chat.page.locator(".pc-cite").last.click()
    chat.source.wait_for()
    chat.page.wait_for_function("() => performance.now() > 2000")
    for route in held:
        route.continue_()
    chat.page.wait_for_timeout(1000)
    assert held
    assert chat.source.is_visible()
    chat.page.keyboard.press("Escape")
    assert chat.page.evaluate("document.activeElement.className") == "pc-cite"


def test_a_page_is_a_picture_with_a_box_over_the_quoted_words_alone(chat: Any) -> None:
    chat.ask(ASK_SCAN).locator(".pc-cite").click()
    sheet = chat.page.locator(".pc-sheet-of-paper")
    sheet.wait_for()
    assert "page 2 of 2" in chat.page.locator(".pc-subtitle").inner_text()
    assert QUOTE_SCAN in sheet.get_attribute("aria-label")
    image = chat.page.get_by_role("img", name="Page 2 of plans/breakwater.pdf")
    chat.page.wait_for_function("document.querySelector('.pc-page-image').naturalWidth === 800")
    whole, box = image.bounding_box(), sheet.locator(".pc-box").bounding_box()
    # "built" begins at character 12 of the page, 8 points each after a margin of 20.
    scale = whole["width"] / 400
    assert box["x"] - whole["x"] == pytest.approx((20 + 8 * 12) * scale, abs=2)
    assert box["width"] == pytest.approx(8 * len(QUOTE_SCAN + ".") * scale, abs=2)
    assert chat.in_viewport(sheet.locator(".pc-box"))


def test_pages_are_turned_and_given_up_for_text_and_back(chat: Any) -> None:
    chat.ask(ASK_SCAN).locator(".pc-cite").click()
    chat.page.get_by_role("button", name="Page before").click()
    chat.page.get_by_text("page 1 of 2").wait_for()
    assert chat.page.locator(".pc-box").count() == 0
    assert chat.page.get_by_role("button", name="Page before").is_disabled()
    chat.page.get_by_role("button", name="Show the text of the document").click()
    chat.source.locator("mark").wait_for()
    assert chat.source.locator("mark").inner_text() == QUOTE_SCAN
    assert chat.page.locator(".pc-passage-text").all_inner_texts() == list(SCAN_BLOCKS)
    chat.page.get_by_role("button", name="Show the page as a picture").click()
    chat.page.get_by_text("page 2 of 2").wait_for()


def test_a_page_that_cannot_be_drawn_gives_way_to_the_text(chat: Any) -> None:
    chat.page.route("**/page-image**", lambda route: route.fulfill(status=404, body=""))
    chat.ask(ASK_SCAN).locator(".pc-cite").click()
    chat.source.locator("mark").wait_for()
    assert chat.source.locator("mark").inner_text() == QUOTE_SCAN
    chat.forgive("404")


def test_on_a_phone_the_panel_is_a_sheet_that_opens_and_closes(
    open_page: Callable[..., Any],
) -> None:
    chat = open_page(390, 844)
    answer = chat.ask(ASK_COST)
    side = chat.page.locator("#pc-side")
    assert not side.is_visible()
    chat.tool("Sources").click()
    side.wait_for()
    assert chat.cards.count() == 4
    chat.page.get_by_role("button", name="Close").locator("visible=true").click()
    side.wait_for(state="hidden")
    answer.locator(".pc-cite").first.click()
    assert chat.source.locator("mark").inner_text() == QUOTE_COST
    assert chat.in_viewport(chat.source.locator("mark"))
    chat.page.keyboard.press("Escape")
    side.wait_for(state="hidden")
    assert chat.page.evaluate("document.activeElement.className") == "pc-cite"


def test_on_a_phone_going_back_closes_the_sheet_and_stays_in_chat(
    open_page: Callable[..., Any],
) -> None:
    chat = open_page(390, 844)
    cite = chat.ask(ASK_COST).locator(".pc-cite").first
    panel = chat.page.locator("#pc-side")
    for leave in (chat.page.go_back, lambda: None):
        cite.click()
        chat.source.wait_for()
        assert panel.is_visible()
        leave()
    # What lies open in it is changed within the same entry.
    chat.page.get_by_role("button", name="All sources").click()
    chat.cards.first.wait_for()
    chat.page.go_back()
    panel.wait_for(state="hidden")
    assert chat.in_viewport(cite)
    # Closed in other ways, it leaves nothing to go back to.
    for close in (
        lambda: chat.page.locator(".pc-panel .pc-sheet-close").click(),
        lambda: chat.page.keyboard.press("Escape"),
        lambda: chat.page.locator(".pc-banner").last.click(position={"x": 5, "y": 5}),
    ):
        cite.click()
        chat.page.wait_for_function("document.activeElement.closest('.pc-panel')")
        close()
        panel.wait_for(state="hidden")
        chat.page.wait_for_function("history.state === null")
    assert chat.answers.count() == 1

"""Runs on the Evaluation page in a real browser: opened, compared, and asked again in Chat."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from eval.plan import plan_run
from eval.run import run
from rag.types import Answer
from tests.eval.fakes import ScriptedEngine, right_answer, small_gold
from tests.ui.app_page import app_pages
from tests.ui.tabs import Tabs

pytestmark = pytest.mark.browser

BRIDGE = "When was the Alder bridge opened?"


@pytest.fixture
def opened(tabs: Tabs, server: str, state: Path, tmp_path: Path) -> Iterator[Callable[..., Any]]:
    """Pages of an app with two runs; the second gets one question wrong."""

    def forgets_the_bridge(question: str) -> Answer:
        return right_answer("Who knows?" if question == BRIDGE else question)

    gold = small_gold(tmp_path)
    assert BRIDGE in [item.item.question for item in gold.items]
    for name, script in (("one", right_answer), ("two", forgets_the_bridge)):
        folder = state / "runs" / name
        if not folder.exists():
            run(plan_run(gold, {"llm": name}), ScriptedEngine(script), folder)
    with app_pages(tabs, server) as pages:
        yield pages


def test_a_run_is_opened_compared_and_any_of_its_questions_asked_in_chat(
    opened: Callable[..., Any],
) -> None:
    page = opened("/evaluation")
    runs = page.locator("#pc-evaluation tr", has=page.get_by_role("button", name="Open"))
    assert runs.count() == 2
    runs.filter(has_text="0.833").get_by_role("button").click()
    page.get_by_role("heading", name="1 question went wrong").wait_for()
    # Not what readers said of answers, which stands above the runs.
    item = page.locator(".pc-miss", has=page.locator(".pc-miss-question"))
    assert BRIDGE in item.inner_text()
    assert "refused, but the documents hold the answer" in item.inner_text()

    with page.context.expect_page() as popup:
        page.get_by_role("button", name="Open the report").click()
    report = popup.value
    report.get_by_role("heading", name="Misses (1)").wait_for()
    assert report.locator("svg").count() >= 3
    report.close()

    page.get_by_label("Compare with an earlier run").select_option(index=1)
    flip = page.locator(".pc-flips li")
    flip.first.wait_for()
    assert "worse" in flip.first.inner_text()
    assert BRIDGE in flip.first.inner_text()
    assert "Made differently" in page.locator(".pc-compared").inner_text()

    page.get_by_role("button", name="Show every question").click()
    page.get_by_role("heading", name="10 questions").wait_for()
    assert item.count() == 10
    page.get_by_role("button", name="Show only what went wrong").click()
    page.get_by_role("heading", name="1 question went wrong").wait_for()

    item.get_by_role("link", name="Ask it in Chat").click()
    page.wait_for_function(
        "asked => document.querySelector('#pc-box textarea')?.value === asked", arg=BRIDGE
    )

"""The Settings and About pages in a real browser, over the fake engine."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from tests.ui.app_page import app_pages, fits
from tests.ui.tabs import Tabs

pytestmark = pytest.mark.browser


@pytest.fixture
def opened(tabs: Tabs, server: str) -> Iterator[Callable[..., Any]]:
    with app_pages(tabs, server) as pages:
        yield pages


def test_the_model_in_use_and_the_settings_in_force_are_shown(opened: Callable[..., Any]) -> None:
    page = opened("/settings")
    text = page.locator("#pc-settings").inner_text()
    assert "scripted <b>model</b> ${1+1}" in text
    assert "Quote the documents" in text
    assert "upload_max_bytes" in text
    assert page.locator("#pc-settings tbody b, #pc-settings tbody img").count() == 0


def test_a_model_that_cannot_be_changed_says_so_and_the_page_stays_usable(
    opened: Callable[..., Any],
) -> None:
    page = opened("/settings")
    page.get_by_role("radio", name="Quote the documents").check()
    page.get_by_text("the model cannot be changed on this page").wait_for()
    page.get_by_role("radio", name="Quote the documents", disabled=False).wait_for()
    # What Gradio gives a script where the server is gone.
    page.route("**/component_server/**", lambda route: route.fulfill(json=None))
    page.get_by_role("radio", name="Quote the documents").check()
    page.get_by_text("The server does not answer.").wait_for()
    page.get_by_role("radio", name="Quote the documents", disabled=False).wait_for()


def test_the_theme_is_chosen_and_kept_from_page_to_page(opened: Callable[..., Any]) -> None:
    page = opened("/settings", color_scheme="light")
    page.get_by_label("Theme").select_option("dark")
    page.wait_for_function("document.body.classList.contains('dark')")
    page.get_by_role("navigation", name="Pages").get_by_role("link", name="About").click()
    page.locator(".pc-facts").wait_for()
    page.wait_for_function("document.body.classList.contains('dark')")
    page.go_back()
    page.get_by_label("Theme").select_option("system")
    page.wait_for_function("!document.body.classList.contains('dark')")


def test_the_index_is_checked_and_the_outcome_told(opened: Callable[..., Any]) -> None:
    page = opened("/settings", height=400)
    page.get_by_role("button", name="Check the index").click()
    # A process is started for it, which takes seconds on a busy machine.
    told = page.get_by_text("there is no index in")
    told.wait_for(timeout=60_000)
    assert 0 <= told.bounding_box()["y"] < 400  # The button is far below the place of such words.


def test_about_says_what_leaves_the_machine_and_names_the_models(
    opened: Callable[..., Any],
) -> None:
    page = opened("/about")
    text = page.locator("#pc-about").inner_text()
    assert "Nothing. Documents, questions and answers stay on this machine." in text
    assert "Apache License 2.0" in text
    assert "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db" in text
    links = page.locator("#pc-about a[href^=http]")
    assert [link.get_attribute("rel") for link in links.all()] == ["noreferrer noopener"]


@pytest.mark.parametrize("width", [360, 3840])
@pytest.mark.parametrize("path", ["/settings", "/about"])
def test_the_pages_fit_any_screen(opened: Callable[..., Any], path: str, width: int) -> None:
    assert fits(opened(path, width=width, height=800))

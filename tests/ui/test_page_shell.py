"""The five pages: addresses, navigation, history, theme, and what is true on each of them."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from tests.ui.app_page import watched_tabs
from tests.ui.tabs import Tabs
from ui.shell import PAGES

pytestmark = pytest.mark.browser


@pytest.fixture
def visit(tabs: Tabs, server: str) -> Iterator[Callable[..., Any]]:
    """Opens a page of the app by its path; the test fails when the page complains."""
    with watched_tabs(tabs, server) as tab:

        def visited(path: str, width: int = 1280, height: int = 800, **options: Any) -> Any:
            page = tab(**options)
            page.set_viewport_size({"width": width, "height": height})
            page.goto(server + path.lstrip("/"))
            page.locator("#pc-header nav").wait_for()
            return page

        yield visited


@pytest.mark.parametrize("here", PAGES, ids=lambda page: page.name)
def test_each_page_has_its_address_and_says_where_it_is(
    visit: Callable[..., Any], here: Any
) -> None:
    page = visit(here.path)
    page.locator("h1").first.wait_for()
    navigation = page.get_by_role("navigation", name="Pages")
    assert navigation.get_by_role("link").all_inner_texts() == [p.name for p in PAGES]
    assert page.locator("[aria-current=page]").all_inner_texts() == [here.name]
    assert page.get_by_role("navigation").count() == 1
    assert page.locator("h1").count() == 1


def test_the_back_button_leads_back(visit: Callable[..., Any]) -> None:
    page = visit("/")
    page.get_by_role("link", name="About").click()
    page.get_by_role("heading", name="About").wait_for()
    assert page.url.endswith("/about")
    page.go_back()
    page.locator("#pc-box textarea").wait_for()


def test_files_that_could_not_be_read_are_told_of_and_lead_to_the_documents(
    visit: Callable[..., Any],
) -> None:
    page = visit("/")
    page.get_by_text("2 files could not be read.").wait_for()
    page.get_by_role("link", name="See which, and why").click()
    page.get_by_role("heading", name="Documents", level=1).wait_for()


def test_the_theme_follows_the_system_until_another_is_chosen(visit: Callable[..., Any]) -> None:
    page = visit("/about", color_scheme="dark")
    page.wait_for_function("document.body.classList.contains('dark')")
    page.get_by_role("button", name="Change between light and dark").click()
    page.wait_for_function("!document.body.classList.contains('dark')")
    page.reload()
    page.locator("#pc-header nav").wait_for()
    page.wait_for_timeout(300)
    assert not page.evaluate("document.body.classList.contains('dark')")
    # The choice is kept in a browser that other tests use as well.
    page.evaluate("localStorage.clear()")


@pytest.mark.parametrize("here", PAGES, ids=lambda page: page.name)
@pytest.mark.parametrize("width", [360, 3840])
def test_no_page_scrolls_sideways(visit: Callable[..., Any], here: Any, width: int) -> None:
    page = visit(here.path, width)
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_a_page_that_waits_for_its_reader_asks_for_no_frames(browser: Any, server: str) -> None:
    context = browser.new_context(reduced_motion="reduce")
    page = context.new_page()
    page.add_init_script(
        """window.frames_asked = 0;
        const next = window.requestAnimationFrame.bind(window);
        window.requestAnimationFrame = (step) => (window.frames_asked += 1, next(step));"""
    )
    page.goto(server)
    page.locator("#pc-header nav").wait_for()
    assert page.evaluate("frames_asked") > 0
    # Half a second, of thirty frames, without any.
    page.wait_for_function(
        """() => {
            const now = performance.now();
            if (window.last_asked !== frames_asked) {
                [window.last_asked, window.last_at] = [frames_asked, now];
            }
            return now - window.last_at > 500;
        }""",
        polling=100,
    )
    context.close()

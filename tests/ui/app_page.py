"""A page beside Chat as a test sees it, failing on whatever must never happen on any page."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from tests.ui.chat_page import PATIENCE_MS, Complaints
from tests.ui.tabs import Tabs


@contextmanager
def watched_tabs(tabs: Tabs, address: str) -> Iterator[Callable[..., Any]]:
    """Gives ``tab(**options)``, a tab of a browser with these options; at the end none of them may
    have complained. ``tabs`` is the fixture of that name.
    """
    taken: list[tuple[Any, Complaints]] = []

    def tab(**options: Any) -> Any:
        page = tabs.take(**options)
        page.set_default_timeout(PATIENCE_MS)
        taken.append((page, Complaints(page, address)))
        return page

    try:
        yield tab
        assert [complaint for _, noted in taken for complaint in noted.all()] == []
    finally:
        for page, noted in taken:
            noted.end()
            tabs.give_back(page)


@contextmanager
def app_pages(tabs: Tabs, address: str) -> Iterator[Callable[..., Any]]:
    """Gives ``opened(path, width=, height=)``, of a watched tab, once all of the page is drawn."""
    with watched_tabs(tabs, address) as tab:

        def opened(path: str, width: int = 1280, height: int = 800, **options: Any) -> Any:
            page = tab(**options)
            page.set_viewport_size({"width": width, "height": height})
            page.goto(address.rstrip("/") + path)
            page.locator(".pc-app:not([aria-busy])").first.wait_for()
            return page

        yield opened


def fits(page: Any) -> bool:
    """Whether nothing of the page lies beside the screen."""
    return bool(page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"))

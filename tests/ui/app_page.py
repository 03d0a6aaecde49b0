"""A page beside Chat as a test sees it, failing on whatever must never happen on any page."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from tests.ui.chat_page import PATIENCE_MS, Complaints


@contextmanager
def app_pages(contexts: Callable[..., Any], address: str) -> Iterator[Callable[..., Any]]:
    """Gives ``opened(path, width=, height=)``; at the end no page may have complained.

    ``contexts`` is the fixture of that name.
    """
    pages: list[tuple[Any, Complaints]] = []

    def opened(path: str, width: int = 1280, height: int = 800, **options: Any) -> Any:
        page = contexts(**options).new_page()
        page.set_viewport_size({"width": width, "height": height})
        pages.append((page, Complaints(page, address)))
        page.set_default_timeout(PATIENCE_MS)
        page.goto(address.rstrip("/") + path)
        page.locator(".pc-app:not([aria-busy])").first.wait_for()
        return page

    try:
        yield opened
        assert [complaint for _, noted in pages for complaint in noted.all()] == []
    finally:
        # A page left open holds a connection, and a browser has but six for one server.
        for page, _ in pages:
            page.close()


def fits(page: Any) -> bool:
    """Whether nothing of the page lies beside the screen."""
    return bool(page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"))

"""Tabs of the browser, used one after the other: a new one costs half as much again as a page."""

from collections.abc import Callable
from typing import Any


class Tabs:
    """Gives tabs by their browser's options and takes them back; keeps one between tests."""

    def __init__(self, contexts: Callable[..., Any]) -> None:
        self._contexts = contexts
        self._kept: tuple[Any, Any] | None = None

    def take(self, **options: Any) -> Any:
        """An empty tab; the one that was kept, where it is of such a browser."""
        context = self._contexts(**options)
        kept, self._kept = self._kept, None
        if kept is None:
            return context.new_page()
        if kept[0] is context:
            return kept[1]
        kept[1].close()
        return context.new_page()

    def give_back(self, page: Any) -> None:
        """Leave what the tab shows: an open page holds a connection, and a browser has but six."""
        if self._kept is not None or page.is_closed():
            page.close()
            return
        page.unroute_all(behavior="ignoreErrors")
        # Where no page could be loaded, the browser's own has no storage.
        page.evaluate("() => { try { sessionStorage.clear() } catch {} }")
        page.goto("about:blank")
        self._kept = page.context, page

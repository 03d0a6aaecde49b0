"""A server and a browser for the page's tests; neither is started unless a test asks for it."""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]
CHROMIUM_ARGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--no-first-run",
]


@pytest.fixture(scope="session")
def server() -> Iterator[str]:
    """The address of a served page."""
    yield from _served([])


@pytest.fixture(scope="session")
def locked_server() -> Iterator[str]:
    """The address of a served page with the password ``open sesame``."""
    yield from _served(["open sesame"])


def _served(arguments: list[str]) -> Iterator[str]:
    command = [sys.executable, "-m", "tests.ui.serve_page", *arguments]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout is not None
            address = process.stdout.readline().strip()
            assert address.startswith("http://127.0.0.1:"), "the server did not start"
            yield address
        finally:
            process.terminate()


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """Headless Chromium. Absent, tests skip, or fail where REQUIRE_BROWSER=1 says it must be."""
    path = os.environ.get("PINCITE_TEST_CHROMIUM", "/usr/bin/chromium")
    if not Path(path).exists():
        reason = f"no Chromium at {path}; set PINCITE_TEST_CHROMIUM to where it is"
        if os.environ.get("REQUIRE_BROWSER") == "1":
            pytest.fail(reason)
        pytest.skip(reason)
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=path, args=CHROMIUM_ARGS)
        yield chromium
        chromium.close()


@pytest.fixture
def open_page(browser: Any, server: str) -> Iterator[Callable[..., Any]]:
    """Opens the page in a browser session of its own: ``open_page(width=, height=)``.

    Whatever the test is about, it fails when the page asks anything of another host, logs an
    error, raises, opens a dialog, or runs one of the corpus's attacks.
    """
    from tests.ui.chat_page import ChatPage

    pages: list[ChatPage] = []

    def opened(width: int = 1280, height: int = 800, **options: Any) -> ChatPage:
        viewport = {"width": width, "height": height}
        # No smooth scrolling, so that tests need not wait for its end.
        context = browser.new_context(viewport=viewport, reduced_motion="reduce", **options)
        pages.append(ChatPage(context.new_page(), server))
        return pages[-1]

    yield opened
    complaints = [complaint for page in pages for complaint in page.complaints()]
    for page in pages:
        page.page.context.close()
    assert complaints == []


@pytest.fixture
def chat(open_page: Callable[..., Any]) -> Any:
    """The page at 1280 x 800."""
    return open_page()

"""A server and a browser for the page's tests; neither is started unless a test asks for it."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.ui.fakes import FakeEngine
from tests.ui.running_server import SERVE_PAGE, running_server
from tests.ui.tabs import Tabs
from ui.archive import Archive
from ui.desk import Desk
from ui.words import speak

# The same browser without windows, where it is installed, takes a quarter less of the tests' time.
CHROMIUM = ("/usr/bin/chromium-headless-shell", "/usr/bin/chromium")
CHROMIUM_ARGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--no-first-run",
]


@pytest.fixture
def speaking() -> Iterator[Callable[[str], None]]:
    """``speak``, and English again afterwards."""
    yield speak
    speak("en")


@pytest.fixture(scope="session")
def state(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The state directory of ``server``."""
    return tmp_path_factory.mktemp("served")


@pytest.fixture(scope="session")
def serving(state: Path) -> Iterator[tuple[str, int]]:
    """The address of a served page, and the process that serves it."""
    with running_server(SERVE_PAGE, state) as (address, process):
        yield address, process.pid


@pytest.fixture(scope="session")
def server(serving: tuple[str, int]) -> str:
    """The address of a served page."""
    return serving[0]


@pytest.fixture(scope="session")
def server_process(serving: tuple[str, int]) -> int:
    """The id of the process behind ``server``."""
    return serving[1]


@pytest.fixture(scope="session")
def locked_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a served page with the password ``open sesame``."""
    state = tmp_path_factory.mktemp("locked")
    with running_server(SERVE_PAGE, state, "open sesame") as (address, _):
        yield address


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """Headless Chromium. Absent, tests skip, or fail where REQUIRE_BROWSER=1 says it must be."""
    chosen = os.environ.get("PINCITE_TEST_CHROMIUM")
    places = (chosen,) if chosen else CHROMIUM
    path = next((place for place in places if Path(place).exists()), None)
    if path is None:
        reason = f"no Chromium at {places[-1]}; set PINCITE_TEST_CHROMIUM to where it is"
        if os.environ.get("REQUIRE_BROWSER") == "1":
            pytest.fail(reason)
        pytest.skip(reason)
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=path, args=CHROMIUM_ARGS)
        yield chromium
        chromium.close()


@pytest.fixture(scope="session")
def contexts(browser: Any) -> Iterator[Callable[..., Any]]:
    """Browser sessions by their options, each made once: what it has loaded stays loaded."""
    known: dict[str, Any] = {}

    def context(**options: Any) -> Any:
        key = repr(sorted(options.items()))
        if key not in known:
            # No smooth scrolling, so that tests need not wait for its end.
            known[key] = browser.new_context(reduced_motion="reduce", **options)
        return known[key]

    yield context
    for made in known.values():
        made.close()


@pytest.fixture(scope="session")
def tabs(contexts: Callable[..., Any]) -> Tabs:
    """Tabs of these sessions."""
    return Tabs(contexts)


@pytest.fixture
def open_page(browser: Any, tabs: Tabs, server: str) -> Iterator[Callable[..., Any]]:
    """Opens the Chat in a tab of its own: ``open_page(width=, height=)``.

    All tabs belong to one browser unless ``other=True``. Whatever the test is about, it fails when
    the page asks anything of another host, logs an error, raises, opens a dialog, or runs one of
    the corpus's attacks.
    """
    from tests.ui.chat_page import ChatPage

    pages: list[ChatPage] = []
    others: list[Any] = []

    def opened(
        width: int = 1280, height: int = 800, *, other: bool = False, path: str = "", **options: Any
    ) -> ChatPage:
        if other:
            others.append(browser.new_context(reduced_motion="reduce", **options))
            page = others[-1].new_page()
        else:
            page = tabs.take(**options)
        page.set_viewport_size({"width": width, "height": height})
        pages.append(ChatPage(page, server, path))
        return pages[-1]

    yield opened
    complaints = [complaint for page in pages for complaint in page.complaints()]
    for page in pages:
        page.end()
        if page.page.context not in others:
            tabs.give_back(page.page)
    for context in others:
        context.close()
    assert complaints == []


@pytest.fixture
def chat(open_page: Callable[..., Any]) -> Any:
    """The page at 1280 x 800."""
    return open_page()


@pytest.fixture
def desk_of(tmp_path: Path) -> Iterator[Callable[..., Desk]]:
    """A desk over an engine, with conversations saved in a folder of the test's own."""
    archive = Archive(tmp_path)
    desks: list[Desk] = []

    def made(engine: FakeEngine, places: int = 1) -> Desk:
        desks.append(Desk(engine, archive, lambda: {"llm": "scripted"}, places))
        return desks[-1]

    yield made
    for desk in desks:
        desk.close()
    archive.close()

"""A folder of many, unreadable and hostile files, read and asked by the real command.

The tests build on each other: the first reads the folder.
"""

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from index.store import Store
from index.types import Document, FileState
from tests.index.documents import new_pdf
from tests.rag.real_models import embedder_folder
from tests.ui.app_page import app_pages
from tests.ui.chat_page import ChatPage
from tests.ui.hostile import HOSTILE_TEXTS
from tests.ui.measured import click_ms
from tests.ui.real_chat import RealChat, serving
from tests.ui.tabs import Tabs
from tests.ui.test_page_hostile import FOREIGN

pytestmark = [pytest.mark.browser, pytest.mark.model, pytest.mark.slow]

# Files are kept in groups of 512 texts, here some 70 notes; reading ends between two groups.
NOTES = 220
SENTENCES = 6
UNREADABLE = {
    "scan.pdf": (FileState.NO_TEXT, "OCR"),
    "locked.pdf": (FileState.ENCRYPTED, "password"),
    "broken.pdf": (FileState.FAILED, "not a PDF that can be read"),
}
FILES = NOTES + len(UNREADABLE) + len(HOSTILE_TEXTS)
# An answer quotes at most twenty sentences that mention a word.
NUTS = ("pistachio", "walnut", "hazelnut")
# Work in a process of its own yields to whatever else the machine does.
WORK_MS = 600_000


def write(folder: Path) -> None:
    """The folder: notes, then papers, then hostile files whose names are hostile too."""
    for part in ("notes", "papers", "wild"):
        (folder / part).mkdir(parents=True)
    for n in range(NOTES):
        told = " ".join(f"Shed {n} keeps timber in room {room}." for room in range(SENTENCES))
        (folder / "notes" / f"{n:04}.txt").write_text(told)
    for name, content in (("scan", _scan()), ("locked", _locked()), ("broken", b"%PDF-1.7 no")):
        (folder / "papers" / f"{name}.pdf").write_bytes(content)
    for n, text in enumerate(HOSTILE_TEXTS):
        name = f"{n:02} <img src=x onerror=window.pwned={n}>.{'md' if n % 2 else 'txt'}"
        said = f"Note {n} speaks of {NUTS[n % 3]}.\n\n{text}"
        (folder / "wild" / name).write_text(said, encoding="utf-8")


def _scan() -> bytes:
    made = new_pdf()
    made.add_page()
    made.rect(60, 60, 300, 300, style="F")
    return bytes(made.output())


def _locked() -> bytes:
    made = new_pdf()
    made.set_encryption(owner_password="owner", user_password="user")
    made.add_page()
    made.cell(0, 14, "Ships carry timber.")
    return bytes(made.output())


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RealChat]:
    """``pincite chat`` over the folder, not read yet."""
    embedder_folder()
    home = tmp_path_factory.mktemp("folder")
    write(home / "documents")
    with serving(RealChat(home, {"corpus": "documents", "llm": "none", "reader": "none"})) as chat:
        yield chat


@pytest.fixture
def opened(tabs: Tabs, served: RealChat) -> Iterator[Callable[..., Any]]:
    with app_pages(tabs, served.address) as pages:
        yield pages


@pytest.fixture
def chat(contexts: Callable[..., Any], served: RealChat) -> Iterator[ChatPage]:
    page = contexts().new_page()
    page.set_viewport_size({"width": 1280, "height": 800})
    made = ChatPage(page, served.address)
    yield made
    complaints = made.complaints()
    page.close()
    assert complaints == []


def searchable(page: Any) -> int:
    """How many documents the page says can be searched."""
    label = page.locator(".pc-kind", has_text=re.compile("^Searchable")).inner_text()
    return int(label.split()[-1].replace(",", ""))


def wait_for_progress(page: Any) -> str:
    """Wait until some of the files are read; returns what the page says of it."""
    job = page.locator(".pc-job:visible")
    job.wait_for()
    page.wait_for_function(
        "(of) => 0 < of.querySelector('progress').value"
        " && /Reading/.test(of.textContent) && of.querySelector('progress').value < 1",
        arg=job.element_handle(),
    )
    return str(job.locator(".pc-progress-words").inner_text())


def test_reading_shows_its_progress_is_cancelled_and_goes_on_where_it_was(
    opened: Callable[..., Any],
) -> None:
    page = opened("/documents")
    page.set_default_timeout(WORK_MS)
    page.get_by_text(f"{FILES:,} files in the folder, not read yet.").wait_for()
    page.get_by_role("button", name="Read now").click()
    words = wait_for_progress(page)
    assert re.match(rf"Reading documents · [\d,]+ of {FILES:,}", words)
    page.get_by_role("button", name="Cancel").click()
    page.get_by_text("Stopped. What was read is kept; read again for the rest.").wait_for()
    page.locator(".pc-listed:not([hidden])").wait_for()
    kept = searchable(page)
    assert 0 < kept < NOTES

    page.get_by_role("button", name="Read the folder again").click()
    wait_for_progress(page)
    page.reload()  # The page that was left is not what reads: the next one finds it at work.
    page.locator(".pc-job:not([hidden])").wait_for()
    page.get_by_text(f"The folder was read: {FILES - kept:,} added.").wait_for()
    # The list is asked for anew once the reading is over.
    whole = re.compile(f"^Searchable\\s*{NOTES + len(HOSTILE_TEXTS):,}$")
    page.locator(".pc-kind", has_text=whole).wait_for()


def test_what_cannot_be_read_is_told_in_the_chat_and_listed_with_state_and_reason(
    opened: Callable[..., Any], chat: ChatPage
) -> None:
    chat.page.get_by_text(f"{len(UNREADABLE)} files could not be read.").wait_for()
    page = opened("/documents")
    page.get_by_role("button", name="Not searchable").click()
    page.get_by_role("button", name="Not searchable", pressed=True).wait_for()
    rows = page.locator("#pc-documents tbody tr")
    assert rows.count() == len(UNREADABLE)
    for name, (state, reason) in UNREADABLE.items():
        row = rows.filter(has_text=name)
        assert row.locator(".pc-badge").inner_text() == state.value
        assert reason in row.locator(".pc-reason").inner_text()


def test_sixty_hostile_files_are_asked_about_and_opened_and_stay_text(
    chat: ChatPage, opened: Callable[..., Any]
) -> None:
    page, seen = chat.page, set()
    for nut in NUTS:
        links = chat.ask(f"Which documents mention {nut}?").locator(".pc-cite")
        for i in range(links.count()):
            name = str(links.nth(i).get_attribute("data-place")).partition(",")[0]
            # The script that opens a source is the page's own; what is tested is what it opens.
            links.nth(i).evaluate("link => link.click()")
            page.wait_for_function(
                "name => document.querySelector('.pc-panel h2').textContent === name"
                " && document.querySelector('.pc-panel mark')",
                arg=name,
            )
            seen.add(name)
            assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), name
    assert len(seen) == len(HOSTILE_TEXTS)
    chat.ask("What is window.pwned in an img onerror?")
    assert "pwned" in chat.cards.first.inner_text()
    for spot in ("#pc-chat", "#pc-side", "#pc-shelf", ".pc-tip"):
        assert page.locator(spot).locator(FOREIGN).count() == 0, spot
    assert page.locator("[onerror], [onload], [onfocus], [ontoggle]").count() == 0
    assert chat.in_viewport(chat.button("send"))

    listed = opened("/documents")
    listed.get_by_label("Find a document").fill("wild onerror")
    listed.get_by_text("1–50 of 60").wait_for()
    assert listed.locator("#pc-documents").locator(FOREIGN).count() == 0


def test_turning_and_sorting_a_list_of_10_000_documents_more_takes_no_longer(
    opened: Callable[..., Any], served: RealChat
) -> None:
    page = opened("/documents")
    before = turned_and_sorted(page, FILES)
    store = Store.open(served.home / ".pincite")
    with store.writing():
        for n in range(10_000):
            path = f"many/{n * 7919 % 10_000:05}.txt"
            empty = Document(path, FileState.EMPTY, "no paragraph in it", 0, f"{n:064}", n)
            store.catalog.replace(empty, 0, "", [], "")
    store.close()
    # A page of the list is drawn however long it is; all of it would take many times as long.
    after, rounds = turned_and_sorted(page, FILES + 10_000), 1
    while sum(after) >= 2.5 * sum(before) and rounds < 4:
        after = list(map(min, after, turned_and_sorted(page, FILES + 10_000)))
        rounds += 1
    assert sum(after) < 2.5 * sum(before), (before, after)
    listed_button(page, "Not searchable").click()
    page.get_by_text("1–50 of 10,003").wait_for()
    listed_button(page, "Next").click()
    page.get_by_text("51–100 of 10,003").wait_for()


def turned_and_sorted(page: Any, files: int) -> list[float]:
    """Milliseconds of each of six clicks in the list of so many files, the least of three rounds.

    Whatever else the machine does lengthens some of them, not all.
    """
    rounds = []
    for _ in range(3):
        page.reload()
        page.get_by_text(f"1–50 of {files:,}").wait_for()
        rounds.append(
            [
                click_ms(listed_button(page, name), "#pc-documents table")
                for name in ("Next", "Next", "Previous", "Size", "Size", "Document")
            ]
        )
    return [min(step) for step in zip(*rounds, strict=True)]


def listed_button(page: Any, name: str) -> Any:
    return page.locator("#pc-documents button", has_text=re.compile(f"^{name}"))

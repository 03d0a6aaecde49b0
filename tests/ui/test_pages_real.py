"""The pages beside Chat from nothing to a measured index: the real command, embedder and index."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import SEED_FILE, SEEDS
from tests.rag.real_models import embedder_folder
from tests.ui.app_page import app_pages
from tests.ui.real_chat import RealChat, serving
from tests.ui.tabs import Tabs

pytestmark = [pytest.mark.browser, pytest.mark.model, pytest.mark.slow]

WORK_MS = 180_000
ASKED = "How many fighters crossed the border late on Sunday?"
EXPECTED = "More than 300 fighters"


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    made = tmp_path / "documents"
    made.mkdir()
    return made


@pytest.fixture
def opened(tabs: Tabs, corpus: Path, tmp_path: Path) -> Iterator[Callable[..., Any]]:
    """Pages of ``pincite chat``, started without an index over an empty folder."""
    embedder_folder()
    settings = {"corpus": str(corpus), "llm": "none", "reader": "none"}
    chat = RealChat(tmp_path / "home", settings)
    with serving(chat), app_pages(tabs, chat.address) as pages:
        yield pages


def test_from_an_empty_folder_to_a_measured_index(
    opened: Callable[..., Any], corpus: Path, tmp_path: Path
) -> None:
    page = opened("/documents")
    page.set_default_timeout(WORK_MS)
    page.get_by_text("There are no documents yet.").wait_for()
    assert page.locator(".pc-guide").is_visible()

    page.locator("#pc-documents input[type=file]").set_input_files(SEEDS / SEED_FILE)
    row = page.locator("#pc-documents tbody tr", has_text=SEED_FILE)
    row.get_by_text("searchable").wait_for()
    page.locator("#pc-header .pc-counts", has_text="1 document").wait_for()
    assert (corpus / SEED_FILE).read_bytes() == (SEEDS / SEED_FILE).read_bytes()

    # The running page answers from what it has read meanwhile: why.js asks the same engine.
    page.get_by_label("Question").fill(ASKED)
    page.get_by_label("Sentence you expected").fill(EXPECTED)
    page.get_by_role("button", name="Explain").click()
    assert "Found: place 1" in page.locator(".pc-why-card .pc-verdict").first.inner_text()

    page = opened("/evaluation")
    page.set_default_timeout(WORK_MS)
    page.get_by_label("Questions").select_option("seeds")
    page.get_by_label("What is measured").select_option("retrieval")
    page.get_by_label("How many").fill("4")
    page.get_by_role("button", name="Start").click()
    page.get_by_text("The run is finished.").wait_for()
    figures = page.locator("#pc-evaluation tbody tr", has_text="Found among the first ten")
    assert figures.locator("td").first.inner_text() == "1.000"
    with page.expect_download() as download:
        page.get_by_role("button", name="Download the report").click()
    assert "<html" in Path(download.value.path()).read_text()

    page = opened("/settings")
    page.set_default_timeout(WORK_MS)
    page.get_by_role("button", name="Check the index").click()
    page.get_by_text("The vector index holds exactly what the catalog holds.").wait_for()

    page = opened("/documents")
    page.set_default_timeout(WORK_MS)
    page.get_by_role("button", name=f"Remove {SEED_FILE}").click()
    page.locator(".pc-guide").wait_for()
    assert not (corpus / SEED_FILE).exists()
    page.get_by_role("button", name="Undo").click()
    row = page.locator("#pc-documents tbody tr", has_text=SEED_FILE)
    row.get_by_text("searchable").wait_for()
    assert (corpus / SEED_FILE).exists()

"""The Documents page in a real browser, over the fake engine."""

import io
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from tests.ui.app_page import app_pages, fits
from tests.ui.corpus import ASK_COST, HARBOUR, LONG
from tests.ui.tabs import Tabs

pytestmark = pytest.mark.browser


@pytest.fixture
def opened(tabs: Tabs, server: str) -> Iterator[Callable[..., Any]]:
    with app_pages(tabs, server) as pages:
        yield pages


@pytest.fixture
def page(opened: Callable[..., Any]) -> Any:
    return opened("/documents")


def rows(page: Any) -> Any:
    return page.locator("#pc-documents tbody tr")


def note(page: Any) -> str:
    """What the page says happened, once it says something."""
    shown = page.locator(".pc-news .pc-note p")
    shown.wait_for()
    return str(shown.inner_text())


def test_every_file_is_listed_and_hostile_names_are_only_text(page: Any) -> None:
    text = page.locator("#pc-documents table").inner_text()
    assert HARBOUR in text
    assert "<b>map</b>" in text
    assert "no text layer" in text
    assert page.locator("#pc-documents tbody b").count() == 0


def test_the_list_is_narrowed_by_words_and_by_kind(page: Any) -> None:
    page.get_by_label("Find a document").fill("storm")
    page.wait_for_function("document.querySelectorAll('#pc-documents tbody tr').length == 1")
    assert HARBOUR in rows(page).inner_text()
    page.get_by_label("Find a document").fill("")
    page.get_by_role("button", name="Not searchable").click()
    page.get_by_role("button", name="Not searchable", pressed=True).wait_for()
    assert rows(page).count() == 2
    page.get_by_label("Find a document").fill("nothing like it")
    page.get_by_text("No document fits.").wait_for()


def test_the_name_of_a_document_leads_to_its_text(page: Any) -> None:
    page.get_by_role("link", name=HARBOUR).click()
    page.locator(".pc-panel h2", has_text=HARBOUR).wait_for()
    assert page.locator(".pc-passage").count() > 1
    assert page.get_by_role("textbox", name="Question").is_visible()


def test_the_list_is_sorted_by_a_click_on_a_column(page: Any) -> None:
    page.get_by_role("button", name="Paragraphs").click()
    page.locator("th[aria-sort=ascending]", has_text="Paragraphs").wait_for()
    page.get_by_role("button", name="Paragraphs").click()
    page.locator("th[aria-sort=descending]", has_text="Paragraphs").wait_for()
    assert "council" in rows(page).first.inner_text()


def test_files_are_added_and_each_refusal_is_told(page: Any, tmp_path: Path) -> None:
    hostile = tmp_path / "<img src=x onerror=window.pwned=9>.txt"
    hostile.write_text("Ships carry timber.")
    picture = tmp_path / "photo.md"
    picture.write_bytes(b"\x89PNG\r\n\x1a\n\0\0")
    program = tmp_path / "tool.exe"
    program.write_bytes(b"MZ")
    page.locator("#pc-documents input[type=file]").set_input_files([hostile, picture, program])
    # In one go: reading the folder is next, and what comes of it takes this note's place.
    told = page.wait_for_function(
        """() => {
            const told = document.querySelector(".pc-news .pc-note p")?.textContent;
            return told?.includes("Not added") && told;
        }"""
    ).json_value()
    assert "1 document added" in told
    assert "photo.md: not text" in told
    assert "tool.exe: there is no reader for it" in told


# Sent in twelve pieces, each after a moment: a busy machine too has the time to press a button.
LONG_SENDING = "Ships carry timber.\n" * 300_000


def folder_of(state: Path) -> set[str]:
    """The names in the folder, with those of files that are not complete."""
    return {file.name for file in (state / "corpus").iterdir()}


def slow_down(page: Any) -> None:
    """Let each request take a moment, so that there is time for something between two."""
    page.evaluate(
        """() => {
            const real = window.fetch;
            const moment = () => new Promise((resume) => setTimeout(resume, 700));
            window.fetch = async (...given) => (await moment(), real(...given));
        }"""
    )


def test_progress_is_a_low_bar_in_the_accent_colour(
    opened: Callable[..., Any], tmp_path: Path
) -> None:
    page = opened("/documents", color_scheme="light")
    slow_down(page)
    files = [tmp_path / name for name in ("small.txt", "large.txt")]
    files[0].write_text("Ships carry timber.")
    files[1].write_text(LONG_SENDING)
    page.locator("#pc-documents input[type=file]").set_input_files(files)
    page.get_by_text("Adding large.txt").wait_for()
    shown = page.locator(".pc-job:visible", has_text="Adding")
    assert shown.bounding_box()["height"] < 60
    with Image.open(io.BytesIO(shown.locator("progress").screenshot())) as bar:
        accent = "#{:02x}{:02x}{:02x}".format(*bar.convert("RGB").getpixel((20, 4)))
    assert accent == page.evaluate(
        "getComputedStyle(document.documentElement).getPropertyValue('--pc-accent')"
    )
    page.get_by_role("button", name="Cancel").click()
    page.get_by_text("Adding was stopped.").wait_for()


def test_a_file_that_cannot_be_read_is_told_and_the_others_are_added(
    page: Any, tmp_path: Path, state: Path
) -> None:
    before = folder_of(state)
    first, changed, last = (tmp_path / name for name in ("first.txt", "changed.txt", "last.txt"))
    for file in (first, changed, last):
        file.write_text("Ships carry timber.")

    def change(route: Any) -> None:
        if '"first.txt"' in route.request.post_data:
            changed.write_text("Ships carry timber and more.")
        route.continue_()

    page.route("**/component_server/**", change)
    page.locator("#pc-documents input[type=file]").set_input_files([first, changed, last])
    page.get_by_text("2 documents added. Not added: changed.txt: it could not be read").wait_for()
    assert page.get_by_role("button", name="Add documents").is_enabled()
    assert page.locator(".pc-job:visible", has_text="Adding").count() == 0
    there = folder_of(state)
    assert {"first.txt", "last.txt"} <= there
    # What a page that was left by an earlier test had begun is not this one's.
    assert not any(name.startswith((".pincite", "changed")) for name in there - before)


def test_adding_is_stopped_and_what_is_complete_stays(
    page: Any, tmp_path: Path, state: Path
) -> None:
    before = folder_of(state)
    files = [tmp_path / name for name in ("whole.txt", "half.txt", "none.txt")]
    for file in files:
        file.write_text("Ships carry timber.")
    files[1].write_text(LONG_SENDING)
    slow_down(page)
    page.locator("#pc-documents input[type=file]").set_input_files(files)
    page.get_by_text("Adding half.txt").wait_for()
    # What was added is read, which may be over before anybody sees it begin.
    with page.expect_request(lambda request: '"read"' in (request.post_data or "")):
        page.locator(".pc-job", has_text="Adding").get_by_role("button", name="Cancel").click()
        page.get_by_text("Stopping…").wait_for()
        page.get_by_text("Adding was stopped. 1 document added.").wait_for()
    assert page.get_by_role("button", name="Add documents").is_enabled()
    there = folder_of(state)
    assert "whole.txt" in there
    assert not any(name.startswith((".pincite", "half", "none")) for name in there - before)


def drop_a_file(page: Any) -> None:
    page.evaluate(
        """() => {
            const files = new DataTransfer();
            files.items.add(new File(["Fish is salted."], "dropped.txt"));
            const target = document.querySelector("#pc-documents .pc-drop");
            for (const kind of ["dragenter", "dragover", "drop"]) {
                target.dispatchEvent(new DragEvent(kind, { dataTransfer: files, bubbles: true }));
            }
        }"""
    )


def test_a_file_dropped_on_the_page_is_added(page: Any) -> None:
    drop_a_file(page)
    page.get_by_text("dropped.txt added.").wait_for()


def test_a_folder_that_takes_no_files_is_not_offered_any_after_one_was_dropped(
    page: Any,
) -> None:
    def refuse(route: Any) -> None:
        asked = route.request.post_data
        if '"folder"' in asked:
            told = route.fetch().text()
            assert '"problem":""' in told
            route.fulfill(body=told.replace('"problem":""', '"problem":"It is gone."'))
        elif '"begin"' in asked:
            route.fulfill(json={"error": "dropped.txt: It is gone."})
        else:
            route.continue_()

    page.route("**/component_server/**", refuse)
    page.reload()
    page.locator(".pc-note", has_text="It is gone.").wait_for()
    assert page.get_by_role("button", name="Add documents").is_disabled()
    drop_a_file(page)
    page.get_by_text("Not added: dropped.txt: It is gone.").wait_for()
    assert page.get_by_role("button", name="Add documents").is_disabled()


def test_removing_what_is_gone_is_told_and_leaves_the_page_usable(page: Any) -> None:
    before = rows(page).count()
    page.get_by_role("button", name=f"Remove {HARBOUR}").click()
    assert "is not a file of corpus" in note(page)
    page.get_by_role("button", name="Dismiss").click()
    assert page.locator(".pc-news .pc-note").count() == 0
    assert rows(page).count() == before
    lines = "\n".join(f"{n}.txt: It is gone." for n in range(9))
    page.route("**/component_server/**", lambda route: route.fulfill(json={"error": lines}))
    page.get_by_role("button", name="Read the folder again").click()
    page.get_by_text("6 more lines").click()
    page.get_by_text("8.txt: It is gone.").wait_for()
    page.get_by_role("button", name="Dismiss").click()
    # What Gradio gives a script where the server is gone.
    page.route("**/component_server/**", lambda route: route.fulfill(json=None))
    page.get_by_role("button", name="Read the folder again").click()
    assert "The server does not answer." in note(page)


def test_each_removal_can_be_undone_also_after_the_next(page: Any, state: Path) -> None:
    removed = [state / "corpus" / path for path in (HARBOUR, LONG)]
    for file in removed:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text("Ships carry timber.")
    for path in (HARBOUR, LONG):
        page.get_by_role("button", name=f"Remove {path}").click()
        page.locator(".pc-removals").get_by_text(f"{path} was moved to the trash").wait_for()
    # Reading the folder fails here, and says so beside them.
    page.locator(".pc-news .pc-bad").wait_for()
    assert not any(file.exists() for file in removed)
    for path, left in ((HARBOUR, 1), (LONG, 0)):
        line = page.locator(".pc-removals .pc-note", has_text=path)
        line.get_by_role("button", name="Undo").click()
        line.wait_for(state="detached")
        assert page.locator(".pc-removals .pc-note").count() == left
    for file in removed:
        file.unlink()  # So that no other test finds them; fails where one did not come back.


def test_a_missed_paragraph_is_explained(opened: Callable[..., Any]) -> None:
    page = opened("/documents#question=What%20did%20it%20cost%3F")
    assert page.get_by_label("Question").input_value() == "What did it cost?"
    page.get_by_label("Question").fill(ASK_COST)
    page.get_by_label("Sentence you expected").fill("cost 2.4 million euros")
    page.get_by_role("button", name="Explain").click()
    card = page.locator(".pc-why-card")
    card.wait_for()
    assert HARBOUR in card.inner_text()
    assert "Not looked at" in card.locator(".pc-verdict").inner_text()
    assert card.locator("tbody tr").count() == 4
    page.get_by_label("Sentence you expected").fill("words of nowhere")
    page.get_by_role("button", name="Explain").click()
    page.get_by_text("No paragraph of the index holds these words").wait_for()


def test_everything_can_be_reached_by_keyboard(page: Any) -> None:
    page.get_by_label("Find a document").focus()
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.get_by_role("button", name=re.compile("^Searchable"), pressed=True).wait_for()


@pytest.mark.parametrize("width", [360, 1280, 3840])
def test_the_page_fits_any_screen(opened: Callable[..., Any], width: int) -> None:
    assert fits(opened("/documents", width=width, height=800))

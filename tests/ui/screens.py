"""Pictures of every page for docs/screens: ``python -m tests.ui.screens ADDRESS [FOLDER]``.

ADDRESS is that of a running ``pincite chat`` over ``seeds/``, or over a copy whose path may be
seen, with a run in ``runs/`` for the Evaluation page. Each page is taken at the width of a desktop
and of a phone, in light and in dark; docs/chat.png is the first of the Chat.
"""

import sys
from pathlib import Path
from typing import Any

from PIL import Image
from playwright.sync_api import sync_playwright

from tests.conftest import ROOT
from tests.ui.conftest import CHROMIUM_ARGS
from ui.shell import EVALUATION, PAGES

WIDTHS = {"desktop": (1280, 800), "phone": (390, 844)}
ANSWER_MS = 300_000
COLOURS = 128


def main(address: str, folder: Path) -> None:
    """Ask the first two examples, open a source, and take all pictures."""
    folder.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(
            executable_path="/usr/bin/chromium", args=CHROMIUM_ARGS
        )
        context = chromium.new_context(reduced_motion="reduce")
        page = context.new_page()
        page.set_default_timeout(ANSWER_MS)
        page.goto(address)
        page.locator(".pc-example").first.wait_for()
        for question in page.locator(".pc-example").all_inner_texts()[:2]:
            page.locator("#pc-box textarea").fill(question)
            page.locator("#pc-box textarea").press("Enter")
            page.locator(".pc-question", has_text=question).wait_for()
            page.locator(".pc-turn").last.locator(".pc-tools").wait_for()
        page.wait_for_timeout(3000)
        for theme in ("light", "dark"):
            page.emulate_media(color_scheme=theme)  # type: ignore[arg-type]
            for width, (across, down) in WIDTHS.items():
                page.set_viewport_size({"width": across, "height": down})
                for here in PAGES:
                    _take(page, address, here, folder / f"{here.name.lower()}-{width}-{theme}.png")
        _save(folder / "chat-desktop-light.png", ROOT / "docs" / "chat.png")


def _take(page: Any, address: str, here: Any, file: Path) -> None:
    page.goto(address.rstrip("/") + here.path)
    page.locator("h1").first.wait_for(state="attached")
    if here.path == "/":
        page.locator(".pc-cite").last.click()
        page.locator(".pc-source-passage").wait_for()
    else:
        page.locator(".pc-app:not([aria-busy])").first.wait_for()
    if here is EVALUATION and (runs := page.get_by_role("button", name="Open the run")).count():
        runs.first.click()
        page.locator(".pc-miss").first.wait_for()
    page.wait_for_timeout(700)
    page.screenshot(path=file)
    _save(file, file)


def _save(source: Path, target: Path) -> None:
    """A small picture: few colours are enough for a page."""
    with Image.open(source) as image:
        image.convert("RGB").quantize(COLOURS).save(target, optimize=True)


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]) if len(sys.argv) > 2 else ROOT / "docs" / "screens")

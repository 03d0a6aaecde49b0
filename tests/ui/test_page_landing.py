"""A click on a citation lands on the quoted words, each time, over all formats that are read."""

import re
from pathlib import Path
from typing import Any

import pypdfium2
import pytest

from index.prepare import Prepared
from rag.types import Citation
from tests.ui.chat_page import ChatPage
from tests.ui.landing import ASK_HUNDRED, CITATIONS, citations, read_all
from tests.ui.serve_made import served

pytestmark = [pytest.mark.browser, pytest.mark.slow]


@pytest.mark.parametrize("clicks", [20, pytest.param(CITATIONS, marks=pytest.mark.torture)])
def test_citations_land_on_the_words_they_quote(browser: Any, tmp_path: Path, clicks: int) -> None:
    read = read_all(tmp_path)
    assert {d.document.state.value for d in read} == {"indexed"}, [d.document for d in read]
    cited = citations(read)[:clicks]
    paged = [c for c in cited if c.paragraph.page]
    with served("landing", tmp_path) as address:
        page = browser.new_page(reduced_motion="reduce")
        chat = ChatPage(page, address)
        chat.ask(ASK_HUNDRED)
        wrong: list[tuple[object, object]] = []
        for citation in paged:
            wanted, found = (
                squeezed(boxed_words(read, citation)),
                in_boxes(chat, tmp_path, citation),
            )
            if found != wanted:
                wrong.append((wanted, found))
        page.get_by_role("button", name="Show the text of the document").click()
        chat.source.locator("mark").first.wait_for()
        for citation in cited:
            where = (citation.paragraph.path, str(citation.paragraph.ordinal))
            text = (*where, squeezed(citation.quote))
            if (marked := opened(chat, citation.number)) != text:
                wrong.append((text, marked))
        assert wrong == []
        assert chat.complaints() == []
        page.close()
    assert len({c.paragraph.path for c in cited}) == len(read)
    assert (len(cited), len(paged)) == (clicks, clicks // len(read))


def click(chat: ChatPage, number: int) -> None:
    """Press a citation, and wait until what it opens is there."""
    chat.page.evaluate("n => document.querySelectorAll('.pc-cite')[n].click()", number - 1)
    chat.page.wait_for_function(
        "n => document.querySelector('.pc-panel').dataset.opener === `#src-t1-${n}`", arg=number
    )


def opened(chat: ChatPage, number: int) -> tuple[str, str, str]:
    """The document, the paragraph and the marked words after a click on a citation."""
    click(chat, number)
    found: tuple[str, str, list[str]] = chat.page.evaluate(
        """() => {
            const source = document.querySelector(".pc-source-passage");
            const marks = [...source.querySelectorAll("mark")].map((mark) => mark.textContent);
            const name = document.querySelector(".pc-panel h2").textContent;
            return [name, source.dataset.ordinal, marks];
        }"""
    )
    assert chat.in_viewport(chat.source.locator("mark").first)
    return found[0], found[1], squeezed("".join(found[2]))


def boxed_words(read: list[Prepared], citation: Citation) -> str:
    """The quoted words, and the rest of those that the quote begins or ends within."""
    [document] = [d for d in read if d.document.path == citation.paragraph.path]
    start = citation.quote_start + len(citation.quote) - len(citation.quote.lstrip())
    end = citation.quote_end - len(citation.quote) + len(citation.quote.rstrip())
    while start > 0 and not document.text[start - 1].isspace():
        start -= 1
    while end < len(document.text) and not document.text[end].isspace():
        end += 1
    return document.text[start:end]


def in_boxes(chat: ChatPage, folder: Path, citation: Citation) -> str:
    """What the file itself says stands where the boxes lie on the page in the browser."""
    click(chat, citation.number)
    sheet: dict[str, Any] = chat.page.evaluate(
        """() => {
            const image = document.querySelector(".pc-page-image").getBoundingClientRect();
            const share = (box) => [(box.left - image.left) / image.width,
                (box.top - image.top) / image.height, (box.right - image.left) / image.width,
                (box.bottom - image.top) / image.height];
            const boxes = [...document.querySelectorAll(".pc-box")];
            return {
                number: document.querySelector(".pc-subtitle").textContent.match(/\\d+/)[0],
                boxes: boxes.map((box) => share(box.getBoundingClientRect())),
            };
        }"""
    )
    assert chat.in_viewport(chat.page.locator(".pc-box").first)
    with pypdfium2.PdfDocument(folder / citation.paragraph.path) as document:
        page = document[int(sheet["number"]) - 1]
        width, height = page.get_size()
        text = page.get_textpage()
        found = [
            text.get_text_bounded(
                left=left * width, top=height * (1 - top),
                right=right * width, bottom=height * (1 - bottom),
            )
            for left, top, right, bottom in sheet["boxes"]
        ]  # fmt: skip
        text.close()
        page.close()
    return squeezed("".join(found))


def squeezed(text: str) -> str:
    """``text`` without blanks and the bars between the cells of a table."""
    return re.sub(r"[\s|]+", "", text)

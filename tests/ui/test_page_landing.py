"""A click on a citation lands on the quoted words: 100 of 100, over all formats that are read."""

import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.ui.chat_page import ChatPage
from tests.ui.conftest import ROOT
from tests.ui.landing import ASK_HUNDRED, CITATIONS, citations, read_all

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def test_a_hundred_citations_land_on_the_words_they_quote(browser: Any, tmp_path: Path) -> None:
    read = read_all(tmp_path)
    assert {d.document.state.value for d in read} == {"indexed"}, [d.document for d in read]
    command = [sys.executable, "-m", "tests.ui.serve_landing", str(tmp_path)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout is not None
            page = browser.new_page(reduced_motion="reduce")
            chat = ChatPage(page, process.stdout.readline().strip())
            chat.ask(ASK_HUNDRED)
            wrong = []
            for citation in citations(read):
                where = (citation.paragraph.path, str(citation.paragraph.ordinal))
                wanted = (*where, squeezed(citation.quote))
                if (found := opened(chat, citation.number)) != wanted:
                    wrong.append((wanted, found))
            assert wrong == []
            assert chat.complaints() == []
            page.close()
        finally:
            process.terminate()
    assert len({c.paragraph.path for c in citations(read)}) == len(read)
    assert len(citations(read)) == CITATIONS


def opened(chat: ChatPage, number: int) -> tuple[str, str, str]:
    """The document, the paragraph and the marked words after a click on a citation."""
    chat.page.evaluate("n => document.querySelectorAll('.pc-cite')[n].click()", number - 1)
    chat.page.wait_for_function(
        "n => document.querySelector('.pc-panel').dataset.opener === `#src-t1-${n}`", arg=number
    )
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


def squeezed(text: str) -> str:
    """``text`` without blanks and the bars between the cells of a table."""
    return re.sub(r"[\s|]+", "", text)

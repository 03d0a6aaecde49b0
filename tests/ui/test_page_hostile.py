"""Sixty hostile documents in the browser: nothing runs, nothing is fetched, the layout holds."""

from typing import Any

import pytest

from tests.ui.corpus import ASK_SIXTY, ASK_UNKNOWN
from tests.ui.hostile import HOSTILE_TEXTS

pytestmark = [pytest.mark.browser, pytest.mark.slow]

FOREIGN = (
    "img, script, form, iframe, object, embed, style, link, base, meta, svg, math, video, audio"
)


def test_sixty_hostile_documents_stay_text(chat: Any) -> None:
    assert len(HOSTILE_TEXTS) == 60
    answer = chat.ask(ASK_SIXTY)
    links = answer.locator(".pc-cite")
    assert links.count() == 60
    page = chat.page
    for n in range(60):
        # The script that opens a source is the page's own; what is tested is what it opens.
        page.evaluate("n => document.querySelectorAll('.pc-cite')[n].click()", n)
        page.wait_for_function(
            "n => document.querySelector('.pc-panel h2')?.textContent.startsWith(`hostile/${n}`)",
            arg=f"{n + 1:02}",
        )
        assert page.locator(".pc-panel mark").count() == 1, n
        for name in ("hover", "focus"):
            if n % 10 == 0:
                getattr(links.nth(n), name)()
    for spot in ("#pc-chat", "#pc-side", "#pc-shelf", ".pc-tip"):
        assert page.locator(spot).locator(FOREIGN).count() == 0, spot
    assert page.locator("[onerror], [onload], [onfocus], [ontoggle]").count() == 0
    size = page.evaluate("[document.documentElement.scrollWidth, innerWidth]")
    assert size[0] <= size[1]
    assert chat.in_viewport(chat.button("send"))
    # The page goes on as if nothing had been.
    assert "Not answered" in chat.ask(ASK_UNKNOWN).inner_text()

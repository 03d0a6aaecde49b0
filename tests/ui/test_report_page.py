"""The eval's pages in a browser: no error, no request, and nothing that needs JavaScript."""

from pathlib import Path
from typing import Any

import pytest

from eval.compare import compare
from eval.comparison_page import render_comparison
from tests.eval.long_run import long_run

pytestmark = pytest.mark.browser


def test_report_and_comparison_open_without_error_or_request(browser: Any, tmp_path: Path) -> None:
    folder = long_run(tmp_path)
    report, page_of_two = folder / "report.html", folder / "compared.html"
    page_of_two.write_text(render_comparison(compare(folder, folder)), encoding="utf-8")
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    errors: list[str] = []
    requests: list[str] = []
    page.on("console", lambda message: errors.append(message.text))
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on("request", lambda request: requests.append(request.url))
    for width in (1280, 360):
        page.set_viewport_size({"width": width, "height": 800})
        for file in (report, page_of_two):
            page.goto(file.as_uri())
            assert page.title().startswith("Pincite: ")
            assert page.locator("html").get_attribute("lang") == "en"
            # Wide tables scroll in their own frames; the page itself never does sideways.
            assert page.locator("body").bounding_box()["width"] <= width
    assert errors == []
    assert requests == 2 * [report.as_uri(), page_of_two.as_uri()]
    context.close()

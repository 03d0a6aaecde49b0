"""How soon the page of the real command shows things, held to a time: only in ``make bench``."""

import json
import sys
from collections.abc import Callable, Iterator
from statistics import median
from typing import Any

import pytest

from tests.conftest import ROOT, SEEDS
from tests.rag.real_models import embedder_folder
from tests.ui.chat_page import ChatPage
from tests.ui.measured import first_card_ms
from tests.ui.real_chat import RealChat, serving

pytestmark = [pytest.mark.browser, pytest.mark.model, pytest.mark.timed]

QUESTIONS = 20


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RealChat]:
    """``pincite chat`` over the seeds, quoting."""
    embedder_folder()
    settings = {"corpus": str(SEEDS), "llm": "none"}
    chat = RealChat(tmp_path_factory.mktemp("timed"), settings)
    chat.run("sync")
    with serving(chat):
        yield chat


def test_the_first_card_of_evidence_is_seen_within_300_ms_of_enter(
    contexts: Callable[..., Any], served: RealChat
) -> None:
    lines = (ROOT / "eval" / "gold" / "seeds.jsonl").read_text("utf-8").splitlines()
    questions = [json.loads(line)["question"] for line in lines[: QUESTIONS + 1]]
    page = contexts().new_page()
    page.set_viewport_size({"width": 1280, "height": 800})
    chat = ChatPage(page, served.address)
    times: list[float] = []
    for n, question in enumerate(questions):
        chat.box.fill(question)
        times.append(first_card_ms(page))
        page.locator(".pc-meta").nth(n).wait_for()
        chat.wait_until_idle()
    warm = times[1:]  # The first of a page may still be loading things.
    said = f"median {median(warm):.0f} ms, slowest {max(warm):.0f} (n={len(warm)})"
    sys.stdout.write(f"first card of evidence: {said}\n")
    assert median(warm) <= 300, times

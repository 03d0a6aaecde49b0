"""The whole product as a user meets it: ``pincite chat`` over the seeds, in a real browser.

Real index, real embedder, a real (tiny) model behind llama.cpp; nothing is a fake.
"""

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from index.model_specs import TINY_LLM
from index.weights import find
from tests.ui.chat_page import ChatPage

ROOT = Path(__file__).resolve().parents[2]
PINCITE = [sys.executable, "-c", "from ui.cli.main import main; main()"]
START_S = 120
ANSWER_MS = 90_000

pytestmark = [pytest.mark.browser, pytest.mark.model, pytest.mark.slow]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture(scope="module")
def real_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address ``pincite chat`` prints, served from an index of the seeds made just now."""
    model = find(TINY_LLM)
    if model is None:
        reason = "the tiny model is not on this machine: make test-models"
        if os.environ.get("CI"):
            pytest.fail(reason)
        pytest.skip(reason)
    environment = {k: v for k, v in os.environ.items() if not k.startswith("PINCITE_")} | {
        "PINCITE_HOME": str(tmp_path_factory.mktemp("state")),
        "PINCITE_LLM": str(model),
        # A key that lies about must reach nobody: the page may ask no other host for anything.
        "OPENAI_API_KEY": "sk-lying-in-the-environment",
        # The tiny model cannot be trusted to say whether the passages hold the answer.
        "PINCITE_REFUSE_BELOW": "0",
    }
    subprocess.run([*PINCITE, "sync"], cwd=ROOT, env=environment, check=True, timeout=START_S)
    command = [*PINCITE, "chat", "--port", str(free_port())]
    with subprocess.Popen(
        command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True
    ) as process:
        try:
            assert process.stdout is not None
            line = process.stdout.readline()
            assert "http://127.0.0.1:" in line, "the chat did not say where it is"
            yield next(word for word in line.split() if word.startswith("http://"))
        finally:
            process.send_signal(signal.SIGINT)
            process.wait(timeout=30)


@pytest.fixture
def real_chat(browser: Any, real_server: str) -> Iterator[ChatPage]:
    context = browser.new_context(viewport={"width": 1280, "height": 800}, reduced_motion="reduce")
    chat = ChatPage(context.new_page(), real_server)
    chat.page.set_default_timeout(ANSWER_MS)
    yield chat
    complaints = chat.complaints()
    context.close()
    assert complaints == []


def test_a_question_about_the_seeds_ends_at_marked_words_in_the_source(
    real_chat: ChatPage, seeds_text: str, tmp_path: Path
) -> None:
    real_chat.send("How many fighters crossed the border late on Sunday?")
    real_chat.cards.first.wait_for()
    assert "paragraph 2" in real_chat.cards.first.inner_text()
    real_chat.wait_until_idle()
    real_chat.answers.first.locator(".pc-cite").first.click()
    mark = real_chat.source.locator("mark").first
    mark.wait_for()
    quoted = mark.inner_text()
    assert len(quoted) > 20
    assert quoted in seeds_text
    assert real_chat.in_viewport(mark)
    real_chat.page.screenshot(path=tmp_path / "chat.png")


def test_the_header_names_the_model_and_the_examples_are_offered(real_chat: ChatPage) -> None:
    text = real_chat.page.locator("body").inner_text()
    assert "SmolLM2" in text
    assert "Who is the Turkish foreign minister" in text

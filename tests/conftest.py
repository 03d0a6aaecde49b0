"""Shared by all tests: no network but loopback, and the models that make test-models fetched."""

import gc
import os
import signal
from pathlib import Path

import pytest
from hypothesis import settings

# Collecting the tests makes objects by the million, and none of them is garbage.
gc.disable()

# On a busy machine a slow example is not a wrong one.
settings.register_profile("any machine", deadline=None)
settings.load_profile("any machine")

# Chroma, transformers and Gradio read these when they are imported.
os.environ.update(
    HF_HUB_OFFLINE="1", GRADIO_ANALYTICS_ENABLED="False", ANONYMIZED_TELEMETRY="False"
)
# The reader takes seconds to load: only tests that name it have it.
NO_READER = {"PINCITE_READER": "none"}
os.environ.update(NO_READER)

ROOT = Path(__file__).parents[1]
SEEDS = ROOT / "seeds"
SEED_FILE = "000_c839bee8b3284dac.txt"


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--run-torture", action="store_true", help="run the long fault tests too")
    parser.addoption("--run-timed", action="store_true", help="run what times this machine too")


# Whoever runs the tests in the background has Ctrl-C ignored, and commands under test inherit that.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)

LEFT_OUT = {
    "torture": "long fault runs: make torture",
    "timed": "times this machine, alone on it: make bench",
}

NEVER_ONCE = {
    "test_folder_real",
    "test_page_hostile",
    "test_page_landing",
    "test_page_many",
    "test_page_restart",
    "test_page_security",
}


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    # Playwright leaves an event loop running, so tests that run one of their own come before it.
    # Files with long tests come first, so that no worker has one left when all others are done.
    browser, slow = (
        {item.path for item in items if marker in item.keywords} for marker in ("browser", "slow")
    )
    items.sort(key=lambda item: (item.path in browser, item.path not in slow))
    for item in items:
        if "browser" in item.keywords:
            # On a busy machine a page can be late for once; the summary names each rerun. What must
            # never happen, not even once in three times, is only tried again when it came too late.
            late = ["TimeoutError"] if item.path.stem in NEVER_ONCE else None
            item.add_marker(pytest.mark.flaky(reruns=2, only_rerun=late))
    for marker, reason in LEFT_OUT.items():
        if not config.getoption(f"--run-{marker}"):
            for item in items:
                if marker in item.keywords:
                    item.add_marker(pytest.mark.skip(reason=reason))


def pytest_collection_finish(session: pytest.Session) -> None:
    # All libraries and tests are in memory now, and stay: a second of walking over them less each
    # time that memory is collected.
    gc.collect()
    gc.freeze()
    gc.enable()


@pytest.fixture(autouse=True)
def _own_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    """A developer's own PINCITE_ variables must not reach the tests."""
    for name in list(os.environ):
        if name.startswith(("PINCITE_", "GRADIO_SERVER_")):
            monkeypatch.delenv(name)
    for name, value in NO_READER.items():
        monkeypatch.setenv(name, value)


@pytest.fixture
def seeds_text() -> str:
    return (SEEDS / SEED_FILE).read_bytes().decode()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """An empty corpus folder."""
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    return corpus

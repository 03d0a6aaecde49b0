"""Serves the pages over an engine made for one test; run as a module by ``served``."""

import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, contextmanager
from pathlib import Path

from index.page_images import render_page
from rag.settings import NO_LLM, Settings
from tests.ui.fakes import FakeEngine
from tests.ui.landing import landing_engine
from tests.ui.large import large_engine
from tests.ui.running_server import running_server
from ui.context import Context
from ui.page_view import PageImages
from ui.server import serve
from ui.shell import EXTRACTIVE

NO_MODEL = "No language model in the settings: answers quote the documents."
MAKERS: Mapping[str, Callable[[Path], FakeEngine]] = {
    "landing": landing_engine,
    "large": large_engine,
    "nothing": lambda folder: FakeEngine({}),
}


@contextmanager
def served(name: str, folder: Path) -> Iterator[str]:
    """The address of pages over the engine of that name and the documents in ``folder``."""
    with (
        tempfile.TemporaryDirectory() as state,
        running_server("tests.ui.serve_made", Path(state), name, str(folder)) as (address, _),
    ):
        yield address


def change_model(engine: FakeEngine, settings: Settings) -> None:
    """Let the engine go by another model's name."""
    quotes = settings.llm == NO_LLM
    engine.model_name = EXTRACTIVE if quotes else f"{settings.llm} (local)"
    engine.notice = NO_MODEL if quotes else ""


def main(state: Path, name: str, folder: Path) -> None:
    """Serve on a free port until terminated."""
    with closing(MAKERS[name](folder)) as engine:
        settings = Settings(
            state=state, corpus=folder, examples=("What is there?",), llm="/models/own.gguf"
        )
        serve(
            Context(
                engine,
                settings,
                name,
                page_images=PageImages(folder, engine, render_page),
                change_model=lambda chosen: change_model(engine, chosen),
            ),
            port=0,
            on_ready=lambda address: print(address, flush=True),  # noqa: T201 - read by the test
        )


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2], Path(sys.argv[3]))

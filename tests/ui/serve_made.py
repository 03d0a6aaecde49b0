"""Serves the pages over an engine made for one test; run as a module by ``served``."""

import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, contextmanager
from pathlib import Path

from index.page_images import render_page
from rag.engine import Engine
from rag.settings import Settings
from tests.ui.conftest import ROOT
from tests.ui.fakes import FakeEngine
from tests.ui.landing import landing_engine
from tests.ui.large import large_engine
from ui.context import Context
from ui.page_view import PageImages
from ui.server import serve

MAKERS: Mapping[str, Callable[[Path], Engine]] = {
    "landing": landing_engine,
    "large": large_engine,
    "nothing": lambda folder: FakeEngine({}),
}


@contextmanager
def served(name: str, folder: Path) -> Iterator[str]:
    """The address of pages over the engine of that name and the documents in ``folder``."""
    command = [sys.executable, "-m", "tests.ui.serve_made", name, str(folder)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout is not None
            address = process.stdout.readline().strip()
            assert address.startswith("http://127.0.0.1:"), "the server did not start"
            yield address
        finally:
            process.terminate()


def main(name: str, folder: Path) -> None:
    """Serve on a free port until terminated."""
    with tempfile.TemporaryDirectory() as state, closing(MAKERS[name](folder)) as engine:
        settings = Settings(state=Path(state), corpus=folder, examples=("What is there?",))
        serve(
            Context(engine, settings, name, page_images=PageImages(folder, engine, render_page)),
            port=0,
            on_ready=lambda address: print(address, flush=True),  # noqa: T201 - read by the test
        )


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))

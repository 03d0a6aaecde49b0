"""Serves the chat over the folder named by the first argument; run as a module by its test."""

import sys
import tempfile
from pathlib import Path

from rag.settings import Settings
from tests.ui.landing import landing_engine
from ui.context import Context
from ui.server import serve


def main() -> None:
    """Serve on a free port until terminated."""
    with tempfile.TemporaryDirectory() as state:
        serve(
            Context(landing_engine(Path(sys.argv[1])), Settings(state=Path(state)), "landing"),
            port=0,
            on_ready=lambda address: print(address, flush=True),  # noqa: T201 - read by the test
        )


if __name__ == "__main__":
    main()

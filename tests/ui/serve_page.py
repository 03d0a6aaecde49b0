"""Serves the page over the tests' corpus and prints its address; run as a module by conftest."""

import sys
from pathlib import Path

from rag.settings import Settings
from tests.ui.corpus import ASK_COST, ASK_UNKNOWN, ATTACK, SCAN, corpus_engine, draw
from ui.context import Context
from ui.page_view import PageImages
from ui.server import serve


def main() -> None:
    """Serve until terminated. Arguments: state directory, password ("" for none), port (0: any)."""
    state = Path(sys.argv[1])
    settings = Settings(
        state=state,
        corpus=state / "corpus",
        # Reading the folder fails without it, so the state stays without an index whatever
        # tests add to the folder, and no model of this machine is loaded.
        embedder="not-here",
        llm="none",
        examples=(ASK_COST, ASK_UNKNOWN, ATTACK),
    )
    label = "tests <img src=x onerror=window.pwned=6> ${1+1} {{1+1}}"
    engine = corpus_engine()
    scan = state / "corpus" / SCAN
    scan.parent.mkdir(parents=True, exist_ok=True)
    scan.write_bytes(b"%PDF")
    images = PageImages(state / "corpus", engine, draw)
    serve(
        Context(engine, settings, label, filters=True, page_images=images),
        port=int(sys.argv[3]) if len(sys.argv) > 3 else 0,
        on_ready=lambda address: print(address, flush=True),  # noqa: T201 - read by the fixture
        password=sys.argv[2] if len(sys.argv) > 2 else "",
    )


if __name__ == "__main__":
    main()

"""Serves the page over the tests' corpus and prints its address; run as a module by conftest."""

import sys

from tests.ui.corpus import ASK_COST, ASK_UNKNOWN, ATTACK, corpus_engine
from ui.server import serve


def main() -> None:
    """Serve on a free port until terminated. A first argument is the password."""
    serve(
        corpus_engine(),
        port=0,
        examples=(ASK_COST, ASK_UNKNOWN, ATTACK),
        corpus_label="tests <img src=x onerror=window.pwned=6> ${1+1} {{1+1}}",
        on_ready=lambda address: print(address, flush=True),  # noqa: T201 - read by the fixture
        password=sys.argv[1] if len(sys.argv) > 1 else "",
    )


if __name__ == "__main__":
    main()

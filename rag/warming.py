"""Loads what an engine loads when it is first asked, so that no question's time has it in it."""

from contextlib import suppress

from index.errors import PinciteError
from rag.engine import Engine


def warm(engine: Engine) -> None:
    """Search once for nothing. What goes wrong will be told to the first who asks."""
    with suppress(PinciteError):
        engine.search("documents", 1)

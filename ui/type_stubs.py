"""Gradio without the type stubs that it writes."""

import inspect
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any


@contextmanager
def without_type_stubs() -> Iterator[None]:
    """While Gradio is imported under it, it writes no stub of each of its components.

    It parses the source of each for that, and compares with the stub beside it, at every start:
    half of the processor time of its import, for editors only (docs/experiments.md). Of a class
    without a file it writes none.
    """
    getfile = inspect.getfile

    def of_others(object: Any) -> str:  # noqa: A002 - its name in inspect
        if isinstance(object, type) and object.__module__.startswith("gradio."):
            raise OSError("no type stub is written")
        return getfile(object)

    inspect.getfile = of_others
    try:
        yield
    finally:
        inspect.getfile = getfile

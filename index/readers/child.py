"""The process that reads files which libraries take apart; see ``apart.py`` for the other side."""

import logging
import math
import os
import pickle
import sys
import time
import warnings
from collections.abc import Callable, Mapping
from typing import Any

from index.readers.apart import (
    MEMORY_LIMIT_BYTES,
    TEXT_TIME_S,
    receive,
    send,
)
from index.readers.extracted import UnreadableError
from index.readers.formats import extract
from index.readers.progress import listen


def main(functions: Mapping[str, Callable[..., Any]]) -> None:
    """Answer calls of these functions until the other side is gone."""
    answers = os.fdopen(os.dup(1), "wb")
    # A library that prints must not write into the answers.
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    os.dup2(1, 2)
    logging.disable()
    warnings.simplefilter("ignore")
    _limit_memory()

    def give_time() -> None:
        send(answers, pickle.dumps(("more text", None)))
        limit.extend(TEXT_TIME_S)

    limit = _ProcessorTime()
    listen(give_time)
    while True:
        try:
            function, arguments, time_limit_s = pickle.loads(receive(sys.stdin.buffer))
        except EOFError:
            return
        limit.restart(time_limit_s)
        send(answers, pickle.dumps(_answer(functions[function], arguments)))


def _render(content: bytes, number: int, scale: float) -> bytes:
    from index.readers.pdf.images import render

    return render(content, number, scale)


def _answer(function: Callable[..., Any], arguments: tuple[Any, ...]) -> tuple[str, Any]:
    try:
        return "done", function(*arguments)
    except UnreadableError as error:
        return "refused", (str(error), error.state)
    except MemoryError:
        limit = f"reading it needs more than {MEMORY_LIMIT_BYTES / 1e9:.0f} GB of memory: split it"
        return "refused", (limit,)
    except RecursionError:
        return "refused", ("its parts are nested too deeply",)
    except Exception as error:  # noqa: BLE001 - any library, any file: the reason is shown
        return "refused", (f"damaged, or not what its name says: {_named(error)}",)


class _ProcessorTime:
    """The time after which the system ends this process, whatever it is doing then."""

    def __init__(self) -> None:
        self._limit_s = 0

    def restart(self, seconds: int) -> None:
        self._limit_s = math.ceil(time.process_time()) + seconds
        self._set()

    def extend(self, seconds: int) -> None:
        self._limit_s += seconds
        self._set()

    def _set(self) -> None:
        if sys.platform != "win32":
            import resource

            _limit(resource.RLIMIT_CPU, self._limit_s)


def _named(error: Exception) -> str:
    message = " ".join(str(error).split())[:200]
    return f"{type(error).__name__}: {message}" if message else type(error).__name__


def _limit(kind: int, limit: int) -> None:
    """Set a limit, or the one that this process was started under where that is lower."""
    if sys.platform != "win32":
        import resource

        _, hard = resource.getrlimit(kind)
        allowed = limit if hard == resource.RLIM_INFINITY else min(limit, hard)
        resource.setrlimit(kind, (allowed, hard))


def _limit_memory() -> None:
    if sys.platform != "win32":
        import resource

        _limit(resource.RLIMIT_AS, MEMORY_LIMIT_BYTES)
        # A crash is told by its missing answer; a core file would only fill the disk.
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


if __name__ == "__main__":
    main({"extract": extract, "render": _render})

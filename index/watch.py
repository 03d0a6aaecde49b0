"""Tells when the folder has changed and come to rest, so that a sync is worth its while."""

import logging
import os
import time
from collections.abc import Iterator
from pathlib import Path

from watchfiles import Change, watch

from index.exclude import IGNORE_FILE
from index.progress import Stop

QUIET_MS = 400
"""Editors write a file in several steps; so long nothing may happen before it counts as saved."""

_LONGEST_MS = 5000
_TICK_MS = 1000
_LOOK_ANYWAY_S = 60.0
_POLL_S = 2.0

log = logging.getLogger(__name__)


def quiet_changes(root: Path, state: Path, stop: Stop) -> Iterator[None]:
    """Yields once at first, after each change that was followed by quiet, and once a minute.

    The last is for folders whose changes nobody reports, such as those of other machines. Ends
    when ``stop`` says so; a folder that is gone is waited for. Both paths must be resolved.
    """
    while not stop():
        identity = _identity(root)
        if identity is None:
            time.sleep(_TICK_MS / 1000)
            continue
        try:
            yield from _while_it_is(identity, root, state, stop)
        except (OSError, RuntimeError) as error:
            log.warning("%s cannot be watched (%s): it is looked at every 2 s", root, error)
            yield from _every(_POLL_S, stop)


def _while_it_is(identity: tuple[int, int], root: Path, state: Path, stop: Stop) -> Iterator[None]:
    due = 0.0
    for changes in watch(
        root,
        watch_filter=lambda change, path: _matters(change, path, root, state),
        debounce=_LONGEST_MS,
        step=QUIET_MS,
        rust_timeout=_TICK_MS,
        yield_on_timeout=True,
        stop_event=_Event(stop),
        raise_interrupt=True,
    ):
        if changes or time.monotonic() >= due:
            due = time.monotonic() + _LOOK_ANYWAY_S
            yield
        if _identity(root) != identity:
            # Another folder under its name: the old one would be watched for ever.
            yield
            return


def _every(seconds: float, stop: Stop) -> Iterator[None]:
    while not stop():
        yield
        time.sleep(seconds)


class _Event:
    """``stop`` as watchfiles asks it."""

    def __init__(self, stop: Stop) -> None:
        self._stop = stop

    def is_set(self) -> bool:
        return self._stop()


def _matters(change: Change, path: str, root: Path, state: Path) -> bool:
    """Not what is hidden, nor the index itself where it lies in the folder."""
    file = Path(path)
    if file == state or state in file.parents:
        return False
    parts = os.path.relpath(file, root).split(os.sep)
    return parts[-1] == IGNORE_FILE or not any(part.startswith(".") for part in parts)


def _identity(root: Path) -> tuple[int, int] | None:
    try:
        status = root.stat()
    except OSError:
        return None
    return status.st_dev, status.st_ino

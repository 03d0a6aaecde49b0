"""One writer at a time: a lock file that the operating system frees when its holder dies."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from index.errors import StateBusyError, UsageError


@contextmanager
def writer_lock(state: Path) -> Iterator[None]:
    """Hold the writer lock of a state directory; raises ``StateBusyError`` naming the holder."""
    holder = state / "writer.pid"
    lock = FileLock(state / "writer.lock")
    try:
        state.mkdir(parents=True, exist_ok=True, mode=0o700)
        lock.acquire(timeout=0)
        holder.write_text(f"process {os.getpid()}\n")
    except Timeout:
        who = holder.read_text().strip() if holder.exists() else "another process"
        raise StateBusyError(
            f"{state} is being written by {who}: wait for it to end, or stop it, then try again"
        ) from None
    except OSError as error:
        raise UsageError(
            f"{state} cannot be written ({error.strerror}): set PINCITE_HOME to another directory"
        ) from error
    try:
        yield
    finally:
        holder.unlink(missing_ok=True)
        lock.release()

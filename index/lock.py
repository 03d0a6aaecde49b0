"""One writer at a time: a lock file that the operating system frees when its holder dies."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from index.errors import StateBusyError


@contextmanager
def writer_lock(state: Path) -> Iterator[None]:
    """Hold the writer lock of a state directory; raises ``StateBusyError`` naming the holder."""
    state.mkdir(parents=True, exist_ok=True, mode=0o700)
    holder = state / "writer.pid"
    lock = FileLock(state / "writer.lock")
    try:
        lock.acquire(timeout=0)
    except Timeout:
        who = holder.read_text().strip() if holder.exists() else "another process"
        raise StateBusyError(
            f"{state} is being written by {who}: wait for it to end, or stop it, then try again"
        ) from None
    try:
        holder.write_text(f"process {os.getpid()}\n")
        yield
    finally:
        holder.unlink(missing_ok=True)
        lock.release()

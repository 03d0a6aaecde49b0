"""One writer at a time: a lock file that the operating system frees when its holder dies."""

import os
import platform
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
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
        since = datetime.now().astimezone().isoformat(sep=" ", timespec="seconds")
        holder.write_text(f"process {os.getpid()} on {platform.node()} since {since}\n")
    except Timeout:
        raise StateBusyError(
            f"{state} is being written by {_who(holder)}: wait for it to end, or stop it, then"
            " try again"
        ) from None
    except OSError as error:
        raise UsageError(
            f"{state} cannot be written ({error.strerror}): see to the disk's space and your rights"
            " to it, or set PINCITE_HOME to another directory"
        ) from error
    try:
        yield
    finally:
        holder.unlink(missing_ok=True)
        lock.release()


def writer(state: Path) -> str:
    """Who seems to be writing this state, or "" when nobody does; for reports only."""
    who = _who(state / "writer.pid", unknown="")
    words = who.split()
    if words[3:4] == [platform.node()] and words[1].isdecimal():
        try:
            os.kill(int(words[1]), 0)
        except ProcessLookupError:
            return ""
        except PermissionError:
            pass
    return who


def _who(holder: Path, unknown: str = "another process") -> str:
    try:
        return holder.read_text().strip() or unknown
    except OSError:
        return unknown

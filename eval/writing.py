"""Writes files that users name, or says why one cannot be written."""

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import TemporaryFile

from index.errors import UsageError


@contextmanager
def writing(place: Path) -> Iterator[None]:
    """Around what writes there: the system's errors become one that names the place."""
    try:
        yield
    except OSError as error:
        raise UsageError(
            f"{place} cannot be written ({error.strerror or error}): name a place where you may"
            " write and there is room"
        ) from error


def write_whole(file: Path, text: str) -> None:
    """Write a file so that it is never seen half written."""
    part = file.with_name(f"{file.name}.part")
    with writing(file):
        try:
            part.write_text(text, encoding="utf-8", newline="\n")
            os.replace(part, file)
        except OSError:
            with suppress(OSError):
                part.unlink()
            raise


def check_writable(folder: Path) -> None:
    """Raise ``UsageError`` when nothing can be written into the folder, which may not be there yet.

    Leaves nothing behind: a folder is not to be made for work that fails before it writes.
    """
    there = next(path for path in (folder, *folder.parents) if os.path.exists(path))
    with writing(folder), TemporaryFile(dir=there):
        pass

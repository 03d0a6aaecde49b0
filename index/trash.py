"""Documents out of the corpus folder and, should they be wanted again, back into it."""

import os
import re
import secrets
import shutil
import time
from pathlib import Path, PurePosixPath

from index.errors import PinciteError
from index.names import claimed
from index.scan import check_root

TRASH = "trash"
_TICKET = re.compile(r"\d{8}-\d{6}-[0-9a-f]{8}", re.ASCII)


class RemovalError(PinciteError):
    """The file cannot be moved; the message names it and says why."""


def remove(root: Path, path: str, state: Path) -> str:
    """Move one file of the folder into the state's trash; returns the ticket ``restore`` takes.

    Raises ``RemovalError`` for what is not a file inside the folder, hidden names included.
    """
    root = check_root(root)
    file = _inside(root, path)
    # Milliseconds for people to sort by, and a random part so that no two removals share a folder.
    ticket = f"{time.strftime('%Y%m%d-%H%M%S')}-{secrets.token_hex(4)}"
    folder = state / TRASH / ticket
    target = folder / PurePosixPath(path)
    try:
        folder.mkdir(parents=True, mode=0o700)
        target.parent.mkdir(parents=True, exist_ok=True)
        # The trash may lie on another disk: a link is moved as a link, not as what it leads to.
        shutil.move(file, target)
    except OSError as error:
        raise RemovalError(
            f"{path} cannot be moved to {folder} ({error.strerror or error}): see to your rights"
            " to the file and to the folders"
        ) from error
    return ticket


def restore(root: Path, ticket: str, state: Path) -> str:
    """Move a removed file back; returns its path, numbered when its name was taken meanwhile."""
    root = check_root(root)
    folder = state / TRASH / ticket
    # Any other name could be that of another folder, or of all that was removed.
    listing = os.walk(folder) if _TICKET.fullmatch(ticket) else ()
    removed = [Path(top, name) for top, _, names in listing for name in names]
    if len(removed) != 1:
        raise RemovalError(f"there is nothing removed under {ticket or 'that name'}")
    path = removed[0].relative_to(folder)
    home = (root / path).parent
    if not home.resolve().is_relative_to(root):
        raise RemovalError(f"{path} cannot be moved back: its folder now leads out of {root}")
    try:
        home.mkdir(parents=True, exist_ok=True)
        with claimed(home, path.name) as target:
            shutil.move(removed[0], target)
        shutil.rmtree(folder)
    except OSError as error:
        raise RemovalError(
            f"{path} cannot be moved back ({error.strerror or error}): it is kept in {folder}"
        ) from error
    return target.relative_to(root).as_posix()


def _inside(root: Path, path: str) -> Path:
    """The file a path names, if it is one a sync would list; else ``RemovalError``."""
    parts = PurePosixPath(path).parts
    refused = RemovalError(f"{path} is not a file of {root.name}: read the folder again")
    if not parts or "\0" in path or "\\" in path or path.startswith("/"):
        raise refused
    if any(part.startswith(".") for part in parts):
        raise refused
    file = root.joinpath(*parts)
    # The folder it is in, not the file: a link inside the corpus is the corpus's to remove.
    if not file.parent.resolve().is_relative_to(root):
        raise refused
    if not (file.is_symlink() or file.is_file()):
        raise refused
    return file

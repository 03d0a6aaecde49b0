"""Files from strangers into the corpus folder: checked, safely named, whole or not at all.

A file is written under a hidden name, which no sync reads, looked at, and then moved to a name
nobody has: it never takes the place of another, and is never seen half written.
"""

import os
import secrets
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from types import TracebackType

from index import readers
from index.errors import PinciteError
from index.kinds import problem_with
from index.names import claimed, safe_name
from index.scan import check_root

_PART = ".pincite-upload-"


class UploadError(PinciteError):
    """The file is not taken; the message names it and says why."""


class Upload:
    """One file on its way in: ``write`` its pieces, then ``keep`` it. Left early, it is dropped.

    Raises ``UploadError`` as soon as it is known that the file will not be taken, ``CorpusError``
    when the folder cannot be one.
    """

    def __init__(self, root: Path, name: str, *, max_bytes: int, max_files: int) -> None:
        self.name = safe_name(name)
        self._root = check_root(root)
        self._max_bytes = max_bytes
        self._size = 0
        if Path(self.name).suffix.lower() not in readers.readable():
            raise UploadError(
                f"{self.name}: there is no reader for it (there is for {readers.kinds()})"
            )
        # Those on their way in are hidden.
        if files_in(self._root) + len(_parts_in(self._root)) >= max_files:
            raise UploadError(
                f"{self.name}: the folder holds {max_files:,} files, the most it takes by upload:"
                " raise upload_max_files in pincite.toml, or copy files into the folder yourself"
            )
        self._part = self._root / f"{_PART}{secrets.token_hex(8)}"
        try:
            self._stream = self._part.open("xb")
        except OSError as error:
            raise self._unwritable(error) from error

    def __enter__(self) -> "Upload":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        # What was not written before is written now, and on a full disk fails again. What cannot be
        # deleted, the next start sweeps.
        with suppress(OSError):
            self._stream.close()
        with suppress(OSError):
            self._part.unlink(missing_ok=True)

    def write(self, piece: bytes) -> None:
        """Add a piece of the content."""
        self._size += len(piece)
        if self._size > self._max_bytes:
            raise UploadError(
                f"{self.name}: larger than {self._max_bytes:,} bytes: split it, or raise"
                " upload_max_bytes in pincite.toml"
            )
        try:
            self._stream.write(piece)
        except OSError as error:
            raise self._unwritable(error) from error

    def keep(self) -> str:
        """Put the file into the folder; returns its path there, numbered when the name is taken."""
        try:
            self._stream.flush()
            os.fsync(self._stream.fileno())
            self._stream.close()
            if problem := problem_with(self.name, self._part):
                raise UploadError(f"{self.name}: {problem}")
            with claimed(self._root, self.name) as target:
                os.replace(self._part, target)
        except OSError as error:
            raise self._unwritable(error) from error
        return target.name

    def _unwritable(self, error: OSError) -> UploadError:
        return UploadError(
            f"{self.name}: {self._root} cannot be written ({error.strerror or error}): see to the"
            " disk's space and your rights to the folder"
        )


def sweep(root: Path) -> None:
    """Delete what uploads that were cut off by the end of the program have left behind."""
    for part in _parts_in(root):
        part.unlink(missing_ok=True)


def _parts_in(root: Path) -> list[Path]:
    return list(root.glob(f"{_PART}*"))


def files_in(root: Path) -> int:
    """How many files lie in a folder; hidden ones, which no sync reads, do not count."""
    return sum(_counts_of_files(root))


def holds_files(root: Path) -> bool:
    """Whether any such file lies in a folder; most often its first ones tell."""
    return any(_counts_of_files(root))


def _counts_of_files(root: Path) -> Iterator[int]:
    """How many files lie in each of the folders of a folder, and in itself."""
    for _, folders, names in os.walk(root):
        folders[:] = [folder for folder in folders if not folder.startswith(".")]
        yield sum(not name.startswith(".") for name in names)

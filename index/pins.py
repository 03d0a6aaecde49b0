"""Do files match their pins: by hash (slow), or by the stamp a full check left (cheap)."""

import hashlib
import json
from collections.abc import Callable
from pathlib import Path

from index.model_files import ModelFile, ModelSpec

CHUNK_BYTES = 1 << 20
STAMP = "verified.json"

# Told how many bytes of the item at hand are done so far.
Report = Callable[[int], None]
# Told a label for people, the bytes done and the bytes in total. A new label is a new step.
Progress = Callable[[str, int, int], None]


def unreported(done_bytes: int) -> None:
    """The ``Report`` of those who do not ask."""


def file_sha256(path: Path, report: Report = unreported) -> str:
    """Hex SHA-256 of the whole file."""
    return _digest(path, 0, path.stat().st_size, report)


def leading_verified_bytes(path: Path, file: ModelFile, report: Report = unreported) -> int:
    """How many bytes from the start of ``path`` are known to be right, in whole parts of ``file``.

    This is how an interrupted fetch resumes: nothing that a crash may have left inconsistent has to
    be believed, since each part carries its own hash.
    """
    size = path.stat().st_size if path.is_file() else 0
    pieces = [(part.size_bytes, part.sha256) for part in file.parts]
    end = 0
    for piece_bytes, sha256 in pieces or [(file.size_bytes, file.sha256)]:
        if end + piece_bytes > size or _digest(path, end, piece_bytes, report) != sha256:
            break
        end += piece_bytes
    return end


def write_stamp(folder: Path, spec: ModelSpec) -> None:
    """Record that every file of ``spec`` in ``folder`` has just been hashed and found right."""
    (folder / STAMP).write_text(json.dumps(_pins(spec), indent=1) + "\n", encoding="utf-8")


def is_stamped(folder: Path, spec: ModelSpec) -> bool:
    """Whether the files are there in their pinned sizes and were once verified against these pins.

    Reads a few hundred bytes and hashes nothing.
    """
    try:
        stamp = json.loads((folder / STAMP).read_text(encoding="utf-8"))
        sizes = [(folder / file.name).stat().st_size for file in spec.files]
    except (OSError, ValueError):
        return False
    return stamp == _pins(spec) and sizes == [file.size_bytes for file in spec.files]


def problems(folder: Path, spec: ModelSpec, report: Report = unreported) -> list[str]:
    """Hash every file; one "file: reason" for each that is not as pinned.

    ``report`` is told bytes of the whole model.
    """
    found = []
    before = 0
    for file in spec.files:
        reason = _problem(folder / file.name, file, _after(before, report))
        if reason:
            found.append(f"{file.name}: {reason}")
        before += file.size_bytes
    return found


def _after(before: int, report: Report) -> Report:
    return lambda done: report(before + done)


def _problem(path: Path, file: ModelFile, report: Report) -> str:
    try:
        size = path.stat().st_size
        if size != file.size_bytes:
            return f"has {size:,} bytes, expected {file.size_bytes:,}"
        sha256 = file_sha256(path, report)
    except FileNotFoundError:
        return "missing"
    except OSError as error:
        return f"cannot be read ({error.strerror})"
    return "" if sha256 == file.sha256 else f"has sha256 {sha256}, expected {file.sha256}"


def _pins(spec: ModelSpec) -> dict[str, str]:
    return {file.name: file.sha256 for file in spec.files}


def _digest(path: Path, start: int, size: int, report: Report) -> str:
    digest = hashlib.sha256()
    with path.open("rb") as stream:
        stream.seek(start)
        left = size
        while left and (chunk := stream.read(min(CHUNK_BYTES, left))):
            digest.update(chunk)
            left -= len(chunk)
            report(start + size - left)
    return digest.hexdigest()

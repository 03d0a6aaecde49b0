"""Folder and catalog -> plan: which files are new, changed, gone or as they were."""

import hashlib
import os
import stat
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from index import readers
from index.errors import CorpusError
from index.types import FileState


@dataclass(frozen=True, slots=True)
class FoundFile:
    """A file of the corpus as the folder shows it; ``refusal`` says why it is not read, or ""."""

    path: str
    size_bytes: int
    mtime_ns: int
    state: FileState = FileState.INDEXED
    refusal: str = ""


@dataclass(frozen=True, slots=True)
class Plan:
    """What a sync will do. ``unchanged`` counts; the others name the files.

    ``touched`` are those of the unchanged whose time is not the known one, only their content is.
    """

    added: tuple[FoundFile, ...] = ()
    changed: tuple[FoundFile, ...] = ()
    removed: tuple[str, ...] = ()
    unchanged: int = 0
    touched: tuple[FoundFile, ...] = ()

    @property
    def to_read(self) -> tuple[FoundFile, ...]:
        return self.added + self.changed

    def lines(self) -> list[str]:
        """One line a file that changes, and the counts."""
        marked = [("+", f.path) for f in self.added] + [("~", f.path) for f in self.changed]
        marked += [("-", path) for path in self.removed]
        counts = f"+{len(self.added)} ~{len(self.changed)} -{len(self.removed)} ={self.unchanged}"
        return [f"{mark} {path}" for mark, path in sorted(marked, key=lambda m: m[1])] + [counts]


def check_root(root: Path) -> Path:
    """The corpus folder, resolved; raises ``CorpusError`` when it cannot be one."""
    if not root.exists():
        raise CorpusError(f"{root} does not exist: name the folder that holds your documents")
    if not root.is_dir():
        raise CorpusError(f"{root} is a file: name the folder it is in")
    if not os.access(root, os.R_OK | os.X_OK):
        raise CorpusError(f"{root} may not be read: give yourself the right to list it")
    return root.resolve()


def scan(root: Path, max_bytes: int = readers.MAX_BYTES) -> dict[str, FoundFile]:
    """The corpus files by path, without hidden ones; links never lead out of the folder."""
    found = {}
    for file in _walk(root):
        look = _look(root, file, file.relative_to(root).as_posix())
        if not look.refusal and look.size_bytes > max_bytes:
            limit = f"larger than {max_bytes:,} bytes: split it"
            look = _refused(look, FileState.TOO_LARGE, limit)
        found[look.path] = look
    return dict(sorted(found.items()))


def make_plan(
    root: Path, found: Mapping[str, FoundFile], stamps: Mapping[str, tuple[int, int, str]]
) -> Plan:
    """Compare by size and modification time; where only the time differs, by content."""
    added, changed, touched, unchanged = [], [], [], 0
    for path, file in found.items():
        size_bytes, mtime_ns, sha256 = stamps.get(path, (-1, 0, ""))
        if path not in stamps:
            added.append(file)
        elif (size_bytes, mtime_ns) == (file.size_bytes, file.mtime_ns):
            unchanged += 1
        elif file.refusal or size_bytes != file.size_bytes or _sha256(root, file) != sha256:
            changed.append(file)
        else:
            unchanged += 1
            # A file that could not be read, and still cannot, stays one to be tried again.
            touched += [file] if sha256 else []
    removed = tuple(sorted(stamps.keys() - found.keys()))
    return Plan(tuple(added), tuple(changed), removed, unchanged, tuple(touched))


def _walk(root: Path) -> Iterator[Path]:
    def refuse(error: OSError) -> None:
        raise CorpusError(
            f"{error.filename} could not be listed ({error.strerror}); nothing was changed"
        ) from error

    # An unlistable folder must stop the scan: its files would look deleted.
    for folder, subfolders, names in os.walk(root, onerror=refuse):
        subfolders[:] = sorted(name for name in subfolders if not name.startswith("."))
        links = [name for name in subfolders if Path(folder, name).is_symlink()]
        for name in sorted([*names, *links]):
            if not name.startswith("."):
                yield Path(folder, name)


def _look(root: Path, file: Path, path: str) -> FoundFile:
    try:
        path.encode()
        status = file.stat()
        real = file.resolve()
    except UnicodeEncodeError:
        shown = os.fsencode(path).decode("utf-8", "backslashreplace")
        return FoundFile(shown, 0, 0, FileState.SKIPPED, "its name is not UTF-8: rename it")
    except OSError as error:
        return FoundFile(path, 0, 0, FileState.FAILED, f"cannot be read: {error.strerror}")
    found = FoundFile(path, status.st_size, status.st_mtime_ns)
    if not stat.S_ISREG(status.st_mode):
        linked = "a link to a folder: not followed" if stat.S_ISDIR(status.st_mode) else ""
        return _refused(found, FileState.SKIPPED, linked or "not a regular file")
    if not real.is_relative_to(root):
        return _refused(found, FileState.SKIPPED, "a link that leads out of the folder")
    suffix = file.suffix.lower()
    if suffix not in readers.suffixes():
        kinds = ", ".join(readers.suffixes())
        ending = f"{suffix} files" if suffix else "files without an ending"
        return _refused(found, FileState.SKIPPED, f"no reader for {ending} (there is for {kinds})")
    return found


def _sha256(root: Path, file: FoundFile) -> str:
    """As the catalog has it: "" for a file that cannot be read."""
    try:
        with open(root / file.path, "rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest()
    except OSError:
        return ""


def _refused(found: FoundFile, state: FileState, reason: str) -> FoundFile:
    return FoundFile(found.path, found.size_bytes, found.mtime_ns, state, reason)

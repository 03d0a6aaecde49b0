"""Folder and catalog -> plan: which files are new, changed, gone or as they were."""

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
    """What a sync will do. ``unchanged`` counts; the others name the files."""

    added: tuple[FoundFile, ...] = ()
    changed: tuple[FoundFile, ...] = ()
    removed: tuple[str, ...] = ()
    unchanged: int = 0

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


def scan(root: Path) -> dict[str, FoundFile]:
    """The corpus files by path, without hidden ones; links never lead out of the folder."""
    found = {}
    for file in _walk(root):
        path = file.relative_to(root).as_posix()
        found[path] = _look(root, file, path)
    return found


def make_plan(found: Mapping[str, FoundFile], stamps: Mapping[str, tuple[int, int, str]]) -> Plan:
    """Compare by size and modification time; what differs is read and compared by content."""
    added, changed, unchanged = [], [], 0
    for path, file in sorted(found.items()):
        stamp = stamps.get(path)
        if stamp is None:
            added.append(file)
        elif stamp[:2] != (file.size_bytes, file.mtime_ns):
            changed.append(file)
        else:
            unchanged += 1
    removed = tuple(sorted(stamps.keys() - found.keys()))
    return Plan(tuple(added), tuple(changed), removed, unchanged)


def _walk(root: Path) -> Iterator[Path]:
    def refuse(error: OSError) -> None:
        raise CorpusError(
            f"{error.filename} could not be listed ({error.strerror}); nothing was changed"
        ) from error

    # An unlistable folder must stop the scan: its files would look deleted.
    for folder, subfolders, names in os.walk(root, onerror=refuse):
        subfolders[:] = sorted(name for name in subfolders if not name.startswith("."))
        for name in sorted(names):
            if not name.startswith("."):
                yield Path(folder, name)


def _look(root: Path, file: Path, path: str) -> FoundFile:
    try:
        path.encode()
        status = file.stat()
        real = file.resolve()
    except UnicodeEncodeError:
        shown = os.fsencode(path).decode("utf-8", "replace")
        return FoundFile(shown, 0, 0, FileState.SKIPPED, "its name is not UTF-8: rename it")
    except OSError as error:
        return FoundFile(path, 0, 0, FileState.FAILED, f"cannot be read: {error.strerror}")
    found = FoundFile(path, status.st_size, status.st_mtime_ns)
    if not stat.S_ISREG(status.st_mode):
        return _refused(found, FileState.SKIPPED, "not a regular file")
    if not real.is_relative_to(root):
        return _refused(found, FileState.SKIPPED, "a link that leads out of the folder")
    suffix = file.suffix.lower()
    if suffix not in readers.suffixes():
        kinds = ", ".join(readers.suffixes())
        ending = f"{suffix} files" if suffix else "files without an ending"
        return _refused(found, FileState.SKIPPED, f"no reader for {ending} (there is for {kinds})")
    if status.st_size > readers.MAX_BYTES:
        limit = f"over {readers.MAX_BYTES // 1_000_000} MB: split it"
        return _refused(found, FileState.TOO_LARGE, limit)
    return found


def _refused(found: FoundFile, state: FileState, reason: str) -> FoundFile:
    return FoundFile(found.path, found.size_bytes, found.mtime_ns, state, reason)

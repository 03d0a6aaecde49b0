"""Files found and catalog -> plan: which files are new, changed, renamed, gone or as they were."""

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from index.scan import FoundFile

Stamps = Mapping[str, tuple[int, int, str]]
"""path -> (size in bytes, mtime in ns, sha256), as the catalog has them."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What a sync will do. ``unchanged`` counts; the others name the files.

    ``touched`` are those of the unchanged whose time is not the known one, only their content is.
    ``renamed`` pairs removed with added paths of equal content.
    """

    added: tuple[FoundFile, ...] = ()
    changed: tuple[FoundFile, ...] = ()
    removed: tuple[str, ...] = ()
    unchanged: int = 0
    touched: tuple[FoundFile, ...] = ()
    renamed: tuple[tuple[str, str], ...] = ()

    @property
    def to_read(self) -> tuple[FoundFile, ...]:
        return self.added + self.changed

    @property
    def counts(self) -> str:
        return f"+{len(self.added)} ~{len(self.changed)} -{len(self.removed)} ={self.unchanged}"

    def changes(self) -> list[str]:
        """One line a file that changes; a renamed one has a line of its own besides."""
        marked = [("+", f.path) for f in self.added] + [("~", f.path) for f in self.changed]
        marked += [("-", path) for path in self.removed]
        renamed = [f"> {old} -> {new}" for old, new in self.renamed]
        return [f"{mark} {path}" for mark, path in sorted(marked, key=lambda m: m[1])] + renamed

    def lines(self) -> list[str]:
        """The changes, and the counts."""
        return [*self.changes(), self.counts]


def make_plan(
    root: Path, found: Mapping[str, FoundFile], stamps: Stamps, *, by_content: bool = False
) -> Plan:
    """Compare by size and modification time; where only the time differs, by content.

    ``by_content`` compares the content of every file.
    """
    added, changed, touched, unchanged = [], [], [], 0
    for path, file in found.items():
        size_bytes, mtime_ns, sha256 = stamps.get(path, (-1, 0, ""))
        same_stamp = (size_bytes, mtime_ns) == (file.size_bytes, file.mtime_ns)
        if path not in stamps:
            added.append(file)
        elif same_stamp and not (by_content and sha256):
            unchanged += 1
        elif file.refusal or size_bytes != file.size_bytes or _sha256(root, file) != sha256:
            changed.append(file)
        else:
            unchanged += 1
            # A file that could not be read, and still cannot, stays one to be tried again.
            touched += [file] if sha256 and not same_stamp else []
    removed = tuple(sorted(stamps.keys() - found.keys()))
    renamed = tuple(_renamed(root, added, {path: stamps[path] for path in removed}))
    return Plan(tuple(added), tuple(changed), removed, unchanged, tuple(touched), renamed)


def _renamed(root: Path, added: Iterable[FoundFile], gone: Stamps) -> Iterable[tuple[str, str]]:
    """Each removed path with the added one that has its content; only likely files are read."""
    by_size: defaultdict[int, dict[str, list[str]]] = defaultdict(dict)
    for path, (size_bytes, _, sha256) in gone.items():
        if sha256 and size_bytes:
            by_size[size_bytes].setdefault(sha256, []).append(path)
    for file in added:
        of_this_size = by_size.get(file.size_bytes)
        if of_this_size and not file.refusal:
            paths = of_this_size.get(_sha256(root, file), [])
            if paths:
                yield paths.pop(0), file.path


def _sha256(root: Path, file: FoundFile) -> str:
    """As the catalog has it: "" for a file that cannot be read."""
    try:
        with open(root / file.path, "rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest()
    except OSError:
        return ""

"""The folder -> its files, each with what the folder alone tells of it. Nothing is read here."""

import os
import stat
from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from index import readers
from index.errors import CorpusError
from index.eval_runs import EVAL_RUN, RECORD, run_record
from index.eval_runs import FILES as RUN_FILES
from index.exclude import Exclusions
from index.types import FileState

NO_FILE = "not a regular file"
LEADS_OUT = "a link that leads out of the folder"


def too_large(max_bytes: int) -> str:
    """Why a file of more bytes is not read."""
    return f"larger than {max_bytes:,} bytes: split it"


@dataclass(frozen=True, slots=True)
class FoundFile:
    """A file of the corpus as the folder shows it; ``refusal`` says why it is not read, or ""."""

    path: str
    size_bytes: int
    mtime_ns: int
    state: FileState = FileState.INDEXED
    refusal: str = ""


_NOTHING_EXCLUDED = Exclusions()


def check_root(root: Path) -> Path:
    """The corpus folder, resolved; raises ``CorpusError`` when it cannot be one."""
    if not root.exists():
        raise CorpusError(f"{root} does not exist: name the folder that holds your documents")
    if not root.is_dir():
        raise CorpusError(f"{root} is a file: name the folder it is in")
    if not os.access(root, os.R_OK | os.X_OK):
        raise CorpusError(f"{root} may not be read: give yourself the right to list it")
    return root.resolve()


def scan(
    root: Path,
    max_bytes: int = readers.MAX_BYTES,
    *,
    exclusions: Exclusions = _NOTHING_EXCLUDED,
    state: Path | None = None,
    apart: Collection[Path] = (),
) -> dict[str, FoundFile]:
    """The corpus files by path, without hidden and excluded ones.

    ``root`` is as ``check_root`` gives it; links never lead out of it. ``state``, the index itself,
    and the files ``apart`` are no part of the corpus where they lie inside; the folder of an eval
    run stands for what is in it, and is not read, nor are a run's own files in ``root`` itself.
    """
    found = {}
    left_out = {*apart, *([state.resolve()] if state else [])}
    for entry, path in _walk(root, exclusions, left_out):
        look = _look(root, entry, path)
        if not look.refusal and look.size_bytes > max_bytes:
            look = _refused(look, FileState.TOO_LARGE, too_large(max_bytes))
        found[look.path] = look
    return dict(sorted(found.items()))


def _walk(
    root: Path, exclusions: Exclusions, left_out: Collection[Path]
) -> Iterator[tuple[os.DirEntry[str], str]]:
    """The files, and the folders of eval runs in the place of theirs."""
    folders: list[tuple[os.DirEntry[str] | None, str, Exclusions]] = [(None, "", exclusions)]
    while folders:
        itself, folder, above = folders.pop()
        try:
            with os.scandir(root / folder) as listing:
                entries = list(listing)
        except OSError as error:
            # It must stop the scan: its files would look deleted.
            raise CorpusError(
                f"{error.filename} could not be listed ({error.strerror}); nothing was changed"
            ) from error
        of_run = any(e.name == RECORD for e in entries) and run_record(root / folder) is not None
        if of_run and itself:
            yield itself, folder.removesuffix("/")
            continue
        rules = above.inside(root, folder)
        for entry in entries:
            path = folder + entry.name
            is_folder = entry.is_dir(follow_symlinks=False)
            if entry.name.startswith(".") or rules.excludes(path, is_folder=is_folder):
                continue
            if (left_out and Path(entry.path) in left_out) or (of_run and entry.name in RUN_FILES):
                continue
            if is_folder:
                folders.append((entry, f"{path}/", rules))
            else:
                yield entry, path


def in_utf8(path: str) -> str:
    """``path`` with each byte spelt out that is not UTF-8, as the list of documents has it."""
    return os.fsencode(path).decode("utf-8", "backslashreplace")


def _look(root: Path, entry: os.DirEntry[str], path: str) -> FoundFile:
    try:
        path.encode()
        status = entry.stat()
    except UnicodeEncodeError:
        reason = "its name is not UTF-8: rename it"
        return FoundFile(in_utf8(path), 0, 0, FileState.SKIPPED, reason)
    except OSError as error:
        return FoundFile(path, 0, 0, FileState.FAILED, f"cannot be read: {error.strerror}")
    if entry.is_dir(follow_symlinks=False):
        # Without size and time: what a run adds to its folder is no change of a document.
        return FoundFile(path, 0, 0, FileState.SKIPPED, EVAL_RUN)
    found = FoundFile(path, status.st_size, status.st_mtime_ns)
    if not stat.S_ISREG(status.st_mode):
        linked = "a link to a folder: not followed" if stat.S_ISDIR(status.st_mode) else ""
        return _refused(found, FileState.SKIPPED, linked or NO_FILE)
    if entry.is_symlink() and not Path(entry.path).resolve().is_relative_to(root):
        return _refused(found, FileState.SKIPPED, LEADS_OUT)
    suffix = os.path.splitext(entry.name)[1].lower()
    if suffix not in readers.suffixes():
        ending = f"{suffix} files" if suffix else "files without an ending"
        return _refused(
            found, FileState.SKIPPED, f"no reader for {ending} (there is for {readers.kinds()})"
        )
    return found


def _refused(found: FoundFile, state: FileState, reason: str) -> FoundFile:
    return replace(found, state=state, refusal=reason)

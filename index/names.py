"""A name a stranger gave a file -> a name that is safe in the corpus folder, on any system."""

import re
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

MAX_NAME_BYTES = 150
"""Most systems allow 255; the rest is room for a number and for what other programs add."""

_FORBIDDEN = re.compile(r'[<>:"|?*\x00-\x1f]')
# Windows opens devices by these names, whatever the ending.
_DEVICE = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)", re.IGNORECASE)
_UNSEEN = ("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp")


def safe_name(name: str) -> str:
    """The last part of ``name`` as a plain, visible file name; never empty, never hidden.

    Folders, controls, invisible and direction-changing characters are dropped, what a system
    forbids becomes "_", and a long name is cut before its ending.
    """
    last = re.split(r"[/\\]", unicodedata.normalize("NFC", name))[-1]
    seen = "".join(c for c in last if unicodedata.category(c) not in _UNSEEN)
    plain = _FORBIDDEN.sub("_", " ".join(seen.split())).rstrip(". ")
    stem, dot, ending = plain.rpartition(".")
    if not dot:
        stem, ending = plain, ""
    # "report .txt" and "report .. .txt" are hard to tell from "report.txt" in a list.
    stem = stem.strip(". ") or "document"
    ending = f".{ending.strip()}" if ending.strip() else ""
    if _DEVICE.match(stem):
        stem = f"_{stem}"
    room = MAX_NAME_BYTES - len(ending.encode())
    if room < 1:
        stem, ending, room = f"{stem}{ending}", "", MAX_NAME_BYTES
    return _cut(stem, room) + ending


def numbered(name: str) -> Iterator[str]:
    """``name`` itself, then with 2, 3 and so on before its ending, without end."""
    yield name
    stem, dot, ending = name.rpartition(".")
    if not dot:
        stem, ending = name, ""
    number = 2
    while True:
        yield f"{stem} ({number}){dot}{ending}"
        number += 1


@contextmanager
def claimed(folder: Path, name: str) -> Iterator[Path]:
    """An empty file made just now in ``folder``, by ``name`` or the first number that is free.

    Whoever makes the file owns the name, so that nothing is ever overwritten. When an error keeps
    away what is to take its place, it goes again: a sync would read it.
    """
    target = _made(folder, name)
    try:
        yield target
    except BaseException:
        target.unlink(missing_ok=True)
        raise


def _made(folder: Path, name: str) -> Path:
    for candidate in numbered(name):
        with suppress(FileExistsError):
            (folder / candidate).open("xb").close()
            return folder / candidate
    raise AssertionError("numbers do not end")


def _cut(text: str, most_bytes: int) -> str:
    """At most so many bytes of UTF-8, whole characters only."""
    return text.encode()[:most_bytes].decode(errors="ignore").rstrip(". ") or "document"

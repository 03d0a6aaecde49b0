"""Formats that carry their own corpus: the texts and the items a foreign file holds."""

import re
import shutil
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePath

from eval.gold.items import GoldItem
from eval.writing import writing
from index.errors import UsageError

_UNSAFE = re.compile(r"[^A-Za-z0-9._-]+")
_NAME_CHARACTERS = 80


@dataclass(frozen=True, slots=True)
class BundledItem:
    """An item and where it stands: a line from 1 or, in a JSON document, a place in words."""

    item: GoldItem
    line: int = 0
    place: str = ""


@dataclass(frozen=True, slots=True)
class Bundle:
    """A corpus as path -> text, and the items about it. ``file`` is the one the items are in."""

    file: Path
    texts: Mapping[str, str]
    items: tuple[BundledItem, ...]


class FileNames:
    """Gives every document of a bundle a file name of its own, safe on any system."""

    def __init__(self) -> None:
        self._taken: set[str] = set()

    def name(self, title: str) -> str:
        """A name like the title, ending in ``.txt``; never the same twice, whatever the case."""
        stem = _UNSAFE.sub("-", title).strip("-.")[:_NAME_CHARACTERS] or "document"
        name = next(name for name in self._candidates(stem) if name.lower() not in self._taken)
        self._taken.add(name.lower())
        return name

    @staticmethod
    def _candidates(stem: str) -> Iterator[str]:
        yield f"{stem}.txt"
        number = 2
        while True:
            yield f"{stem}-{number}.txt"
            number += 1


def write_corpus(texts: Mapping[str, str], folder: Path) -> None:
    """Write documents by their paths into an empty or new folder, so that it can be synced.

    All of them or none. Raises ``UsageError`` when the folder has something in it, as its files
    would join the corpus, when a path leads out of it, and when it cannot be written.
    """
    if outside := [path for path in texts if not _stays_inside(path)]:
        raise UsageError(f"{outside[0]}: this path leads out of {folder}; nothing is written")
    with writing(folder):
        folder.mkdir(parents=True, exist_ok=True)
        if any(folder.iterdir()):
            raise UsageError(f"{folder} is not empty; name a new folder for the corpus")
        try:
            for path, text in texts.items():
                file = folder / path
                file.parent.mkdir(parents=True, exist_ok=True)
                # newline="": offsets count in the text as given, on every system.
                file.write_text(text, encoding="utf-8", newline="")
        except BaseException:
            shutil.rmtree(folder, ignore_errors=True)
            raise


def renew_corpus(texts: Mapping[str, str], folder: Path) -> None:
    """Let a folder hold these documents and nothing else; no file is touched if it does already.

    For a folder of the program's own: whatever else was in it is deleted. Raises as
    ``write_corpus`` does.
    """
    there = {f.relative_to(folder).as_posix(): f for f in folder.rglob("*") if f.is_file()}
    if there.keys() == texts.keys() and all(
        file.read_bytes() == texts[path].encode() for path, file in there.items()
    ):
        return
    shutil.rmtree(folder, ignore_errors=True)
    write_corpus(texts, folder)


def _stays_inside(path: str) -> bool:
    place = PurePath(path)
    return not (place.is_absolute() or place.drive or ".." in place.parts)

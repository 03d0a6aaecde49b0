"""``sync --watch`` as a process: what an editor saves is searchable two seconds after it."""

import os
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from index.store import Store
from tests.rag.real_models import embedder_folder
from tests.ui.cli_process import Process, running

WITHIN_S = 2.0
TRIES = 3
"""A busy machine may be late for once: the soonest of so many must be in time."""

PIECES = 5


def overwrite(file: Path, text: str) -> None:
    file.write_text(text, encoding="utf-8")


def write_beside_and_rename(file: Path, text: str) -> None:
    beside = file.with_name("a.txt.tmp")
    beside.write_text(text, encoding="utf-8")
    os.replace(beside, file)


def truncate_and_write_in_pieces(file: Path, text: str) -> None:
    size = len(text) // PIECES + 1
    with file.open("w", encoding="utf-8") as stream:
        for start in range(0, len(text), size):
            stream.write(text[start : start + size])
            stream.flush()
            time.sleep(0.05)


def append(file: Path, text: str) -> None:
    with file.open("a", encoding="utf-8") as stream:
        stream.write(f"\n\n{text}")


SAVES = (overwrite, write_beside_and_rename, truncate_and_write_in_pieces, append)


@pytest.fixture
def docs(tmp_path: Path) -> Path:
    embedder_folder()
    folder = tmp_path / "docs"
    folder.mkdir()
    (folder / "a.txt").write_text("The heron eats fish.\n", encoding="utf-8")
    return folder


@pytest.fixture
def watching(docs: Path) -> Iterator[Process]:
    """Once it has loaded its model, and so is as quick as it will be."""
    with running(docs.parent, "sync", "docs", "--watch") as process:
        process.until("Watching")
        (docs / "b.txt").write_text("The stork eats frogs.\n", encoding="utf-8")
        process.until("+ b.txt")
        yield process


@pytest.fixture
def reader(docs: Path, watching: Process) -> Iterator[Store]:
    """Open all the while, as the chat's is."""
    with closing(Store.open(docs.parent / ".pincite")) as store:
        yield store


def holds(reader: Store, word: str) -> bool:
    return bool(reader.catalog.full_text.bm25(f'"{word}"', top=1))


@pytest.mark.model
@pytest.mark.slow
def test_what_was_saved_is_searchable_within_two_seconds_of_quiet(
    docs: Path, watching: Process, reader: Store
) -> None:
    soonest: dict[str, float] = {}
    for number, save in enumerate(SAVES):
        soonest[save.__name__] = min(
            _delay(save, f"word{number}x{turn}", docs, watching, reader) for turn in range(TRIES)
        )
    assert max(soonest.values()) < WITHIN_S, soonest


def _delay(
    save: Callable[[Path, str], None], word: str, docs: Path, watching: Process, reader: Store
) -> float:
    """Seconds from the save to the process's own word that it has been applied."""
    text = f"The {word} sails in May. It carries timber, and salt. It is gone by June."
    assert not holds(reader, word)
    save(docs / "a.txt", text)
    saved = time.monotonic()
    while not reader.catalog.text("a.txt").endswith(text):
        # Where a save took longer than the quiet, its beginning was applied before.
        watching.until("~ a.txt", within_s=30)
    assert holds(reader, word)
    assert reader.catalog.get("synced") == "yes"
    return watching.told - saved

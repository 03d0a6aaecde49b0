"""``kill -9`` at any moment of a sync: the next one makes the index as if nothing had happened."""

import time
from pathlib import Path
from random import Random

import pytest

from tests.index.corpora import Library
from tests.index.sync_process import start_sync, sync_elsewhere

WORDS = [f"word{n}" for n in range(150)]
QUERIES = ["word1 word2 word3", "word77 of the word140", "word9", "word30 word31 word149 word5"]


class Writer:
    """Somebody who works on the folder: writes, edits, deletes and renames files."""

    def __init__(self, folder: Path, random: Random) -> None:
        self.folder = folder
        self.random = random
        self.count = 0

    def write_some(self, files: int) -> None:
        for _ in range(files):
            self.count += 1
            kind = self.random.choice([".txt", ".md"])
            (self.folder / f"{self.count:04}{kind}").write_text(self.text())

    def change_some(self) -> None:
        files = self.random.sample(sorted(self.folder.iterdir()), 12)
        for file in files[:4]:
            file.unlink()
        for file in files[4:8]:
            file.write_text(f"{file.read_text()}\n\n{self.text()}")
        for file in files[8:]:
            file.rename(file.with_name(f"moved-{file.name}"))
        self.write_some(6)

    def text(self) -> str:
        paragraphs = self.random.randint(1, 3)
        return "\n\n".join(
            " ".join(self.random.choices(WORDS, k=9)).capitalize() + "." for _ in range(paragraphs)
        )


def kill_and_compare(tmp_path: Path, folder: Path, *, rounds: int, seed: int) -> int:
    """Returns how many syncs were killed before they had ended."""
    random = Random(seed)
    writer = Writer(folder, random)
    writer.write_some(60)
    killed = 0
    for _ in range(rounds):
        writer.change_some()
        with start_sync(folder, tmp_path / "state", pause_s=0.005) as process:
            time.sleep(random.uniform(0, 1))
            process.kill()
        killed += process.returncode != 0
    writer.change_some()
    mended, fresh = Library(folder, tmp_path / "state"), Library(folder, tmp_path / "fresh")
    mended.sync()
    fresh.sync()
    assert mended.documents() == fresh.documents()
    with mended.opened() as store, fresh.opened() as other:
        assert store.vector_problems() == other.vector_problems() == []
        assert len(store.catalog.different_texts()) > 60
        for query in QUERIES:
            assert mended.searcher(store).search(query) == fresh.searcher(other).search(query)
    assert len(mended.vector_folders()) == 1
    return killed


def test_a_killed_sync_is_made_good_by_the_next(tmp_path: Path, folder: Path) -> None:
    assert kill_and_compare(tmp_path, folder, rounds=3, seed=1) > 0


@pytest.mark.torture
@pytest.mark.parametrize("seed", range(2, 7))
def test_syncs_killed_again_and_again_are_made_good(
    tmp_path: Path, folder: Path, seed: int
) -> None:
    assert kill_and_compare(tmp_path, folder, rounds=20, seed=seed) > 5


def test_a_killed_writer_frees_its_lock(tmp_path: Path, folder: Path) -> None:
    library = Library(folder, tmp_path / "state")
    library.write("a.txt", "Ships carry timber.")
    with start_sync(folder, library.state, pause_s=60) as process:
        process.kill()
    sync_elsewhere(library)
    assert library.found("timber") == ["Ships carry timber."]

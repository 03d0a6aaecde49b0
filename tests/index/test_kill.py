"""``kill -9`` at any moment of a sync: the next one makes the index as if nothing had happened."""

import signal
import time
from pathlib import Path
from random import Random

import numpy as np
import pytest

from index.doctor import examine
from index.sync import index_fingerprint
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


def kill_and_compare(
    tmp_path: Path, folder: Path, *, kills: int, seed: int, files: int = 60
) -> None:
    """Kill so many syncs before they have ended, then sync and compare with a new index."""
    random = Random(seed)
    writer = Writer(folder, random)
    writer.write_some(files)
    rounds = killed = 0
    while killed < kills:
        rounds += 1
        assert rounds < 5 * kills, f"seed {seed}: of {rounds} syncs only {killed} could be killed"
        writer.change_some()
        with start_sync(folder, tmp_path / "state", pause_s=0.005) as process:
            time.sleep(random.uniform(0, 1))
            process.kill()
        killed += process.returncode != 0
    writer.change_some()
    mended, fresh = Library(folder, tmp_path / "state"), Library(folder, tmp_path / "fresh")
    mended.sync()
    fresh.sync()
    found = examine(mended.state, lambda: index_fingerprint(mended.embedder))
    assert [f for f in found if not f.harmless] == []
    (mine, vectors), (theirs, expected) = (_taken_apart(library) for library in (mended, fresh))
    assert mine == theirs
    assert vectors.keys() == expected.keys()
    assert all(vectors[id_] @ expected[id_] >= 0.999999 for id_ in expected)
    with mended.opened() as store, fresh.opened() as other:
        assert len(store.catalog.different_texts()) > 60
        for query in QUERIES:
            assert mended.searcher(store).search(query) == fresh.searcher(other).search(query)
    assert len(mended.vector_folders()) == 1


def _taken_apart(library: Library) -> tuple[dict[str, object], dict[str, np.ndarray]]:
    contents = library.contents()
    vectors = contents.pop("vectors")
    assert isinstance(vectors, dict)
    return contents, {id_: np.array(vector) for id_, vector in vectors.items()}


@pytest.mark.slow
def test_a_killed_sync_is_made_good_by_the_next(tmp_path: Path, folder: Path) -> None:
    kill_and_compare(tmp_path, folder, kills=6, seed=1)


@pytest.mark.torture
@pytest.mark.parametrize(("seed", "files"), [(2, 60), (3, 60), (4, 60), (5, 700), (6, 700)])
def test_syncs_killed_again_and_again_are_made_good(
    tmp_path: Path, folder: Path, seed: int, files: int
) -> None:
    # With more than 1,000 vectors Chroma also writes its own files while it is killed.
    kill_and_compare(tmp_path, folder, kills=40, seed=seed, files=files)


def test_of_two_syncs_at_once_the_second_is_refused_and_nothing_is_lost(
    tmp_path: Path, folder: Path
) -> None:
    Writer(folder, Random(1)).write_some(30)
    library = Library(folder, tmp_path / "state")
    with start_sync(folder, library.state, pause_s=0.01) as first:
        # Held in the middle of its work until the second has tried.
        first.send_signal(signal.SIGSTOP)
        with start_sync(folder, library.state, wait=False) as second:
            _, complaint = second.communicate(timeout=120)
        first.send_signal(signal.SIGCONT)
    assert (first.returncode, second.returncode) == (0, 1)
    assert f"is being written by process {first.pid} on" in complaint
    assert list(examine(library.state, lambda: index_fingerprint(library.embedder))) == []
    fresh = Library(folder, tmp_path / "fresh")
    fresh.sync()
    assert library.contents() == fresh.contents()


def test_a_killed_writer_frees_its_lock(tmp_path: Path, folder: Path) -> None:
    library = Library(folder, tmp_path / "state")
    library.write("a.txt", "Ships carry timber.")
    with start_sync(folder, library.state, pause_s=60) as process:
        process.kill()
    sync_elsewhere(library)
    assert library.found("timber") == ["Ships carry timber."]

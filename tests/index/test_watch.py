"""The folder is said to have changed once it has come to rest, however an editor saves."""

import os
import shutil
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from queue import Empty, SimpleQueue

import pytest

from index.exclude import IGNORE_FILE
from index.watch import quiet_changes

# On a machine of its own less than one: tests/ui/test_cli_watch.py takes the soonest of three. A
# folder that never rests is told of after five.
QUIET_S = 4.0


class Watched:
    """A folder watched from a thread; ``changed`` waits for the next time it is said to have."""

    def __init__(self, root: Path, state: Path) -> None:
        self.root = root
        self.times: SimpleQueue[float] = SimpleQueue()
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._watch, args=(state,))
        self._thread.start()
        self.changed()
        # The first one is said at once; the next second is for the watch to be in place.
        time.sleep(1.0)

    def _watch(self, state: Path) -> None:
        for _ in quiet_changes(self.root, state, self._stop.is_set):
            self.times.put(time.monotonic())

    def changed(self, within_s: float = 10.0) -> float:
        return self.times.get(timeout=within_s)

    def rests(self, seconds: float = 1.5) -> bool:
        try:
            self.times.get(timeout=seconds)
        except Empty:
            return True
        return False

    def end(self) -> None:
        self._stop.set()
        self._thread.join(timeout=20)
        assert not self._thread.is_alive()


@pytest.fixture
def watched(folder: Path, tmp_path: Path) -> Iterator[Watched]:
    (folder / "a.txt").write_text("One.")
    state = folder / "index"
    state.mkdir()
    found = Watched(folder, state)
    yield found
    found.end()


def overwrite(file: Path) -> None:
    file.write_text("Two.")


def truncate_then_write(file: Path) -> None:
    file.write_text("")
    time.sleep(0.1)
    file.write_text("Two.")


def write_beside_and_rename(file: Path) -> None:
    beside = file.with_name(".a.txt.swp")
    beside.write_text("Two.")
    os.replace(beside, file)


def delete_and_create(file: Path) -> None:
    file.unlink()
    time.sleep(0.1)
    file.write_text("Two.")


def back_up_and_write(file: Path) -> None:
    file.rename(file.with_name("a.txt~"))
    file.write_text("Two.")
    file.with_name("a.txt~").unlink()


@pytest.mark.parametrize(
    "save",
    [
        overwrite,
        truncate_then_write,
        write_beside_and_rename,
        delete_and_create,
        back_up_and_write,
    ],
)
def test_each_way_of_saving_is_one_change_soon_after_it(
    watched: Watched, save: Callable[[Path], None]
) -> None:
    save(watched.root / "a.txt")
    saved = time.monotonic()
    assert watched.changed() - saved < QUIET_S
    assert watched.rests()
    assert (watched.root / "a.txt").read_text() == "Two."


def test_a_burst_of_writes_is_one_change(watched: Watched) -> None:
    for n in range(20):
        (watched.root / f"{n}.txt").write_text("One.")
        time.sleep(0.05)
    ended = time.monotonic()
    assert 0 < watched.changed() - ended < QUIET_S
    assert watched.rests()


def test_hidden_files_and_the_index_itself_are_no_change(watched: Watched) -> None:
    (watched.root / ".hidden").write_text("x")
    (watched.root / "index" / "catalog.sqlite3").write_text("x")
    (watched.root / ".git").mkdir()
    (watched.root / ".git" / "x.txt").write_text("x")
    assert watched.rests()
    (watched.root / IGNORE_FILE).write_text("*.md")
    watched.changed()


def test_a_folder_that_is_replaced_is_watched_again(watched: Watched) -> None:
    shutil.rmtree(watched.root / "index")
    watched.root.rename(watched.root.with_name("moved"))
    watched.changed()
    watched.root.mkdir()
    while not watched.rests():
        pass
    (watched.root / "b.txt").write_text("Two.")
    watched.changed()


def test_where_nothing_can_be_watched_the_folder_is_looked_at_again_and_again(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object, **__: object) -> Iterator[None]:
        raise OSError("no watches left")
        yield

    monkeypatch.setattr("index.watch.watch", fail)
    monkeypatch.setattr("index.watch._POLL_S", 0.01)
    times = quiet_changes(folder, tmp_path, lambda: False)
    for _ in range(3):
        next(times)

import os
from pathlib import Path

import pytest

from index.errors import StateBusyError, UsageError
from index.lock import writer_lock
from tests.index.corpora import Library
from tests.index.sync_process import start_sync


def test_a_second_writer_is_refused_and_told_who_writes(library: Library) -> None:
    library.write("a.txt", "Ships carry timber.")
    with start_sync(library.folder, library.state, pause_s=60) as process:
        busy = (
            rf"state is being written by process {process.pid} on .* since 2.*: wait for it to end"
        )
        with pytest.raises(StateBusyError, match=busy), writer_lock(library.state):
            pytest.fail("two writers")
        process.kill()


def test_a_second_writer_in_the_same_process_is_refused(tmp_path: Path) -> None:
    with (
        writer_lock(tmp_path),
        pytest.raises(StateBusyError, match=f"written by process {os.getpid()} on "),
        writer_lock(tmp_path),
    ):
        pytest.fail("two writers")


def test_the_lock_is_free_again_after_an_error(tmp_path: Path) -> None:
    with pytest.raises(KeyError), writer_lock(tmp_path):
        raise KeyError
    with writer_lock(tmp_path):
        pass
    assert not (tmp_path / "writer.pid").exists()


def test_the_state_directory_is_made_for_its_owner_only(tmp_path: Path) -> None:
    with writer_lock(tmp_path / "a" / "state"):
        assert (tmp_path / "a" / "state").stat().st_mode & 0o777 == 0o700


def test_a_state_that_cannot_be_a_directory_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    for state in (tmp_path / "file", tmp_path / "file" / "state"):
        with (
            pytest.raises(UsageError, match=r"file.* cannot be written .*space.* set PINCITE_HOME"),
            writer_lock(state),
        ):
            pytest.fail("no lock")

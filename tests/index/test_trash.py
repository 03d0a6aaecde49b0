import os
import tempfile
from pathlib import Path

import pytest

from index.trash import RemovalError, remove, restore
from tests.index.full_disk import full_after

OTHER_DISK = Path("/dev/shm")


@pytest.fixture
def state(tmp_path: Path) -> Path:
    return tmp_path / "state"


def write(folder: Path, path: str, text: str = "Ships.") -> Path:
    file = folder / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text)
    return file


def test_a_removed_file_is_in_the_trash_and_can_be_had_back(folder: Path, state: Path) -> None:
    file = write(folder, "sub/ships.txt")
    ticket = remove(folder, "sub/ships.txt", state)
    assert not file.exists()
    assert (state / "trash" / ticket / "sub" / "ships.txt").read_text() == "Ships."
    assert restore(folder, ticket, state) == "sub/ships.txt"
    assert file.read_text() == "Ships."
    assert list((state / "trash").iterdir()) == []


def test_a_restored_file_takes_nobodys_place(folder: Path, state: Path) -> None:
    write(folder, "a.txt", "old")
    ticket = remove(folder, "a.txt", state)
    write(folder, "a.txt", "new")
    assert restore(folder, ticket, state) == "a (2).txt"
    assert (folder / "a.txt").read_text() == "new"


@pytest.mark.skipif(not OTHER_DISK.is_dir(), reason="there is no second disk here")
def test_a_full_disk_keeps_a_removed_file_in_the_trash_and_leaves_no_empty_one(
    folder: Path,
) -> None:
    write(folder, "a.txt", "Ships. " * 100)
    with tempfile.TemporaryDirectory(dir=OTHER_DISK) as other:
        state = Path(other)
        ticket = remove(folder, "a.txt", state)
        with full_after(10), pytest.raises(RemovalError, match="cannot be moved back"):
            restore(folder, ticket, state)
        assert os.listdir(folder) == []
        assert restore(folder, ticket, state) == "a.txt"
    assert (folder / "a.txt").read_text() == "Ships. " * 100


@pytest.mark.parametrize(
    "path",
    ["", ".", "..", "../secret.txt", "sub/../../secret.txt", "/etc/passwd", ".hidden.txt",
     "sub", "nowhere.txt", "a\0b", "..\\secret.txt", "out/secret.txt"],
)  # fmt: skip
def test_only_files_of_the_folder_can_be_removed(
    folder: Path, state: Path, tmp_path: Path, path: str
) -> None:
    secret = write(tmp_path / "elsewhere", "secret.txt")
    write(tmp_path, "secret.txt")
    write(folder, "sub/a.txt")
    write(folder, ".hidden.txt")
    (folder / "out").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(RemovalError, match="is not a file of corpus"):
        remove(folder, path, state)
    assert secret.exists()
    assert (tmp_path / "secret.txt").exists()
    assert (folder / ".hidden.txt").exists()


def test_a_link_is_removed_and_not_what_it_leads_to(
    folder: Path, state: Path, tmp_path: Path
) -> None:
    target = write(tmp_path, "elsewhere.txt")
    (folder / "link.txt").symlink_to(target)
    ticket = remove(folder, "link.txt", state)
    assert target.read_text() == "Ships."
    assert os.listdir(folder) == []
    restore(folder, ticket, state)
    assert (folder / "link.txt").is_symlink()


@pytest.mark.parametrize("ticket", ["", "nothing", "../../corpus", ".."])
def test_an_unknown_ticket_restores_nothing(folder: Path, state: Path, ticket: str) -> None:
    write(folder, "a.txt")
    with pytest.raises(RemovalError, match="nothing removed"):
        restore(folder, ticket, state)
    assert os.listdir(folder) == ["a.txt"]


@pytest.mark.parametrize("ticket", [".", "./", "../trash", "{ticket}/sub", "x/{ticket}"])
def test_only_a_whole_ticket_restores_what_was_removed(
    folder: Path, state: Path, ticket: str
) -> None:
    write(folder, "sub/a.txt")
    real = remove(folder, "sub/a.txt", state)
    with pytest.raises(RemovalError, match="nothing removed"):
        restore(folder, ticket.format(ticket=real), state)
    assert restore(folder, real, state) == "sub/a.txt"


def test_a_folder_that_now_leads_out_is_not_restored_into(
    folder: Path, state: Path, tmp_path: Path
) -> None:
    write(folder, "sub/a.txt")
    ticket = remove(folder, "sub/a.txt", state)
    (folder / "sub").rmdir()
    (tmp_path / "elsewhere").mkdir()
    (folder / "sub").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(RemovalError, match="leads out"):
        restore(folder, ticket, state)
    assert os.listdir(tmp_path / "elsewhere") == []

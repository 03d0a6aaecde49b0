import os
from pathlib import Path

import pytest

from index.errors import CorpusError
from index.scan import check_root, scan
from index.types import FileState

needs_rights = pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")


def reasons(folder: Path) -> dict[str, str]:
    return {path: file.refusal for path, file in scan(folder).items()}


def test_a_missing_folder_is_named(tmp_path: Path) -> None:
    with pytest.raises(CorpusError, match=r"nowhere does not exist: name the folder"):
        check_root(tmp_path / "nowhere")


def test_a_file_is_no_corpus(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("One.")
    with pytest.raises(CorpusError, match=r"a.txt is a file: name the folder it is in"):
        check_root(tmp_path / "a.txt")


def test_a_link_to_the_corpus_is_the_corpus(tmp_path: Path, folder: Path) -> None:
    (tmp_path / "link").symlink_to(folder)
    assert check_root(tmp_path / "link") == folder


@needs_rights
def test_a_folder_that_may_not_be_listed_is_named(folder: Path) -> None:
    folder.chmod(0)
    with pytest.raises(CorpusError, match="may not be read"):
        check_root(folder)
    folder.chmod(0o700)


@needs_rights
def test_an_unlistable_subfolder_stops_the_scan_for_its_files_would_look_deleted(
    folder: Path,
) -> None:
    (folder / "closed").mkdir()
    (folder / "closed").chmod(0)
    with pytest.raises(CorpusError, match=r"could not be listed .*; nothing was changed"):
        scan(folder)
    (folder / "closed").chmod(0o700)


def test_files_are_found_in_subfolders_by_relative_path(folder: Path) -> None:
    (folder / "b" / "c").mkdir(parents=True)
    (folder / "b" / "c" / "x.md").write_text("# One")
    (folder / "a.TXT").write_text("One.")
    assert list(reasons(folder).items()) == [("a.TXT", ""), ("b/c/x.md", "")]


def test_hidden_files_and_folders_are_no_part_of_the_corpus(folder: Path) -> None:
    (folder / ".git").mkdir()
    (folder / ".git" / "x.txt").write_text("One.")
    (folder / ".a.txt.swp").write_text("One.")
    assert scan(folder) == {}


@pytest.mark.parametrize(("name", "kind"), [("a.mp3", ".mp3 files"), ("a", "without an ending")])
def test_a_file_without_a_reader_is_skipped_with_the_reason(
    folder: Path, name: str, kind: str
) -> None:
    (folder / name).write_bytes(b"ID3")
    (file,) = scan(folder).values()
    assert file.state is FileState.SKIPPED
    assert kind in file.refusal
    assert ".txt, .md, .html, .pdf" in file.refusal


def test_a_file_over_the_limit_is_not_read(folder: Path) -> None:
    (folder / "a.txt").write_bytes(b"x" * 11)
    (folder / "b.txt").write_bytes(b"x" * 10)
    found = scan(folder, max_bytes=10)
    assert found["a.txt"].state is FileState.TOO_LARGE
    assert found["a.txt"].refusal == "larger than 10 bytes: split it"
    assert not found["b.txt"].refusal


def test_a_link_inside_the_folder_is_a_file_of_it(folder: Path) -> None:
    (folder / "a.txt").write_text("One.")
    (folder / "b.txt").symlink_to("a.txt")
    assert reasons(folder) == {"a.txt": "", "b.txt": ""}


def test_a_link_out_of_the_folder_is_skipped(tmp_path: Path, folder: Path) -> None:
    (tmp_path / "secret.txt").write_text("One.")
    (folder / "a.txt").symlink_to(tmp_path / "secret.txt")
    assert reasons(folder) == {"a.txt": "a link that leads out of the folder"}


def test_a_link_to_a_folder_is_named_and_not_followed(tmp_path: Path, folder: Path) -> None:
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "x.txt").write_text("One.")
    (folder / "other").symlink_to(tmp_path / "other")
    (folder / "self").symlink_to(folder)
    assert reasons(folder) == {
        "other": "a link to a folder: not followed",
        "self": "a link to a folder: not followed",
    }


def test_a_link_to_itself_or_to_nothing_cannot_be_read(folder: Path) -> None:
    (folder / "a.txt").symlink_to("a.txt")
    (folder / "b.txt").symlink_to("nothing")
    found = scan(folder)
    assert {file.state for file in found.values()} == {FileState.FAILED}
    assert found["a.txt"].refusal == "cannot be read: Too many levels of symbolic links"
    assert found["b.txt"].refusal == "cannot be read: No such file or directory"


def test_a_pipe_is_not_read(folder: Path) -> None:
    os.mkfifo(folder / "a.txt")
    assert reasons(folder) == {"a.txt": "not a regular file"}


def test_a_name_that_is_not_utf8_is_skipped_under_a_name_that_can_be_shown(folder: Path) -> None:
    os.close(os.open(os.fsencode(folder) + b"/caf\xe9.txt", os.O_CREAT))
    os.close(os.open(os.fsencode(folder) + b"/caf\xe8.txt", os.O_CREAT))
    found = scan(folder)
    assert list(found) == ["caf\\xe8.txt", "caf\\xe9.txt"]
    assert {file.refusal for file in found.values()} == {"its name is not UTF-8: rename it"}

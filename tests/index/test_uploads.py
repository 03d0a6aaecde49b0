import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.errors import CorpusError
from index.uploads import Upload, UploadError, files_in, holds_files, sweep
from tests.index.full_disk import full_after

TEXT = b"Ships carry timber."


def upload(
    root: Path, name: str, *pieces: bytes, max_bytes: int = 1000, max_files: int = 100
) -> str:
    with Upload(root, name, max_bytes=max_bytes, max_files=max_files) as incoming:
        for piece in pieces or (TEXT,):
            incoming.write(piece)
        return incoming.keep()


def everything(root: Path) -> set[str]:
    return {file.name for file in root.iterdir()}


def test_a_file_arrives_whole_under_its_name(folder: Path) -> None:
    assert upload(folder, "ships.txt", b"Ships ", b"carry timber.") == "ships.txt"
    assert (folder / "ships.txt").read_bytes() == TEXT
    assert everything(folder) == {"ships.txt"}


@given(names=st.lists(st.text(max_size=20), min_size=1, max_size=4))
@settings(max_examples=40)
def test_whatever_the_names_nothing_lands_outside_and_nothing_is_overwritten(
    names: list[str],
) -> None:
    with tempfile.TemporaryDirectory() as parent:
        root = Path(parent, "corpus")
        root.mkdir()
        kept = []
        for number, name in enumerate(names):
            content = f"Text number {number}.".encode()
            kept.append((upload(root, f"{name}.txt", content), content))
        assert {name for name, _ in kept} == everything(root)
        assert all((root / name).read_bytes() == content for name, content in kept)
        assert everything(Path(parent)) == {"corpus"}


def test_a_name_that_is_taken_is_numbered(folder: Path) -> None:
    names = [upload(folder, "../ships.txt", f"Number {i}.".encode()) for i in range(3)]
    assert names == ["ships.txt", "ships (2).txt", "ships (3).txt"]
    assert (folder / "ships.txt").read_text() == "Number 0."


def test_a_link_in_the_folder_is_not_written_through(folder: Path, tmp_path: Path) -> None:
    outside = tmp_path / "outside.txt"
    (folder / "ships.txt").symlink_to(outside)
    assert upload(folder, "ships.txt") == "ships (2).txt"
    assert not outside.exists()


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("page.exe", TEXT, "there is no reader for it"),
        ("no-ending", TEXT, "there is no reader for it"),
        ("empty.txt", b"", "it is empty"),
        ("photo.txt", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "NUL"),
        ("paper.txt", b"%PDF-1.7 ...", "its content is that of a pdf file"),
        ("archive.md", b"PK\x03\x04....", "its content is that of a zip file"),
        ("tool.txt", b"\x7fELF\x02\x01", "its content is that of a program"),
        ("tool.csv", b"MZ\x90\0\x03", "its content is that of a program"),
    ],
)
def test_what_is_not_a_document_is_refused_and_leaves_nothing(
    folder: Path, name: str, content: bytes, reason: str
) -> None:
    with pytest.raises(UploadError, match=reason) as refused:
        upload(folder, name, content)
    assert name in str(refused.value)
    assert everything(folder) == set()


def test_a_text_may_begin_with_the_letters_of_a_program(folder: Path) -> None:
    assert upload(folder, "codes.csv", b"MZ,Mozambique\nNA,Namibia\n") == "codes.csv"


def test_too_large_a_file_is_refused_as_soon_as_it_is_known(folder: Path) -> None:
    with Upload(folder, "a.txt", max_bytes=10, max_files=100) as incoming:
        incoming.write(b"0123456789")
        with pytest.raises(UploadError, match="larger than 10 bytes"):
            incoming.write(b"a")
    assert everything(folder) == set()


def test_files_on_their_way_in_count_and_hidden_ones_do_not(folder: Path) -> None:
    (folder / ".git" / "objects").mkdir(parents=True)
    for hidden in (".git/objects/1", ".git/HEAD", ".DS_Store"):
        (folder / hidden).write_bytes(TEXT)
    assert (files_in(folder), holds_files(folder)) == (0, False)
    with Upload(folder, "a.txt", max_bytes=100, max_files=2) as first:
        first.write(TEXT)
        with Upload(folder, "b.txt", max_bytes=100, max_files=2) as second:
            with pytest.raises(UploadError, match="the most it takes"):
                upload(folder, "c.txt", max_files=2)
            second.write(TEXT)
            second.keep()
        first.keep()
    assert (files_in(folder), holds_files(folder)) == (2, True)


def test_too_many_files_are_refused(folder: Path) -> None:
    (folder / "sub").mkdir()
    upload(folder / "sub", "a.txt")
    upload(folder, "b.txt")
    with pytest.raises(UploadError, match="holds 2 files, the most it takes"):
        upload(folder, "c.txt", max_files=2)


def test_an_upload_that_breaks_off_leaves_nothing(folder: Path) -> None:
    with Upload(folder, "a.txt", max_bytes=100, max_files=100) as incoming:
        incoming.write(b"half of")
    assert everything(folder) == set()


@pytest.mark.parametrize("pieces", [[TEXT], [TEXT * 10_000], [TEXT * 10_000, TEXT * 10_000]])
def test_a_full_disk_is_said_and_leaves_nothing(folder: Path, pieces: list[bytes]) -> None:
    with full_after(10), pytest.raises(UploadError, match=r"a\.txt: .* cannot be written"):
        upload(folder, "a.txt", *pieces, max_bytes=1_000_000)
    assert everything(folder) == set()


def test_an_upload_that_breaks_off_on_a_full_disk_leaves_nothing(folder: Path) -> None:
    with full_after(10), Upload(folder, "a.txt", max_bytes=100, max_files=100) as incoming:
        incoming.write(TEXT)
    assert everything(folder) == set()


def test_what_a_killed_program_left_behind_is_swept(folder: Path) -> None:
    incoming = Upload(folder, "a.txt", max_bytes=100, max_files=100)
    incoming.write(b"half of")
    assert len(everything(folder)) == 1
    sweep(folder)
    assert everything(folder) == set()
    incoming.__exit__(None, None, None)


def test_a_folder_that_is_gone_is_said(folder: Path) -> None:
    with pytest.raises(CorpusError, match="does not exist"):
        upload(folder / "gone", "a.txt")

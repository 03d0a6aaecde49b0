import hashlib
import os
from pathlib import Path

import pytest

from index.prepare import check_characters, prepare, settled_mtime
from index.readers import Extracted
from index.scan import FoundFile, scan
from index.types import Document, FileState, Metadata, Paragraph

SECOND_NS = 1_000_000_000


def test_a_file_becomes_a_document_its_text_and_its_paragraphs(folder: Path) -> None:
    content = b"# The Harbour\r\n\r\nShips carry timber.\r\n"
    (folder / "a.md").write_bytes(content)
    prepared = prepare(folder, scan(folder)["a.md"])
    assert prepared.document == Document(
        path="a.md",
        state=FileState.INDEXED,
        reason="",
        paragraphs=1,
        sha256=hashlib.sha256(content).hexdigest(),
        size_bytes=len(content),
        title="The Harbour",
    )
    assert prepared.text == content.decode()
    assert [p.text for p in prepared.paragraphs] == ["Ships carry timber."]


def test_without_a_heading_the_title_is_the_files_name(folder: Path) -> None:
    (folder / "a").mkdir()
    (folder / "a" / "b.txt").write_text("Ships carry timber.")
    assert prepare(folder, scan(folder)["a/b.txt"]).document.title == "b.txt"


@pytest.mark.parametrize("text", ["# The Harbour\n", "# The Harbour\n\n# Ships\n\nThey sail."])
def test_a_title_with_nothing_below_it_is_still_the_title(folder: Path, text: str) -> None:
    (folder / "a.md").write_text(text)
    prepared = prepare(folder, scan(folder)["a.md"])
    assert prepared.document.title == prepared.paragraphs[0].text == "The Harbour"
    assert prepared.document.state is FileState.INDEXED


def test_a_file_over_the_limit_is_listed_as_such(folder: Path) -> None:
    (folder / "a.txt").write_bytes(b"x" * 11)
    prepared = prepare(folder, scan(folder, max_bytes=10)["a.txt"])
    assert prepared.document.state is FileState.TOO_LARGE
    assert prepared.document.reason == "larger than 10 bytes: split it"
    assert prepared.document.size_bytes == 11
    assert prepared.text == ""


def test_what_has_taken_a_files_place_since_it_was_listed_is_not_read(
    tmp_path: Path, folder: Path
) -> None:
    file = folder / "a.txt"
    file.write_text("Ships carry timber.")
    listed = scan(folder)["a.txt"]
    file.unlink()
    (tmp_path / "secret").write_text("The key is under the mat.")
    for make, state, reason in (
        (lambda: file.symlink_to(tmp_path / "secret"), FileState.SKIPPED, "leads out"),
        (lambda: os.mkfifo(file), FileState.SKIPPED, "not a regular file"),
        (lambda: file.touch() or os.truncate(file, 50_000_001), FileState.TOO_LARGE, "larger"),
    ):
        make()
        prepared = prepare(folder, listed)
        assert (prepared.document.state, prepared.mtime_ns) == (state, 0)
        assert reason in prepared.document.reason
        file.unlink()


def test_a_library_that_fails_on_one_file_fails_that_file_only(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(language: str, text: str) -> None:
        raise RuntimeError("no sentences today")

    monkeypatch.setattr("index.paragraphs.get_sentence_boundaries", fail)
    (folder / "a.txt").write_text("Ships carry timber.")
    document = prepare(folder, scan(folder)["a.txt"]).document
    assert document.state is FileState.FAILED
    assert document.reason == "could not be cut into paragraphs: no sentences today"
    assert document.sha256


@pytest.mark.parametrize(
    ("extracted", "location", "heading"),
    [
        (Extracted("a \ud83d", []), "", ""),
        (Extracted("a", [], metadata=Metadata(title="\ud83d")), "", ""),
        (Extracted("a", []), "/\ud83d", ""),
        (Extracted("a", []), "", "\ud83d"),
    ],
)
def test_half_a_character_anywhere_is_found_before_the_catalog_is_written(
    extracted: Extracted, location: str, heading: str
) -> None:
    found = Paragraph("a#1", "a", 1, 0, 1, "a", (heading,), location=location)
    with pytest.raises(UnicodeEncodeError):
        check_characters(extracted, [found])


@pytest.mark.parametrize(
    ("age_s", "size_bytes", "kept"), [(3, 5, True), (1, 5, False), (-9, 5, False), (3, 6, False)]
)
def test_a_files_time_is_kept_once_no_later_edit_can_hide_behind_it(
    age_s: int, size_bytes: int, kept: bool
) -> None:
    file = FoundFile("a.txt", size_bytes=5, mtime_ns=100 * SECOND_NS)
    stamp = settled_mtime(file, (100 + age_s) * SECOND_NS, size_bytes)
    assert stamp == (file.mtime_ns if kept else 0)

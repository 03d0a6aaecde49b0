"""What holds for every format."""

from pathlib import Path

import pytest

from index import readers
from index.blocks import plain_blocks
from index.paragraphs import check_offsets, split_paragraphs
from index.prepare import prepare
from index.readers.formats import READERS
from index.scan import scan
from index.types import FileState
from tests.index.cutting import paragraphs_of
from tests.index.documents import DOCUMENTS

KEPT_AS_IT_IS = {"a.txt", "a.md", "a.rst", "a.py"}


def test_there_is_a_document_for_every_reader() -> None:
    assert {READERS[Path(name).suffix] for name in DOCUMENTS} == set(READERS.values())


@pytest.mark.parametrize("name", DOCUMENTS)
def test_every_offset_says_where_its_text_stands(name: str) -> None:
    extracted = readers.read(name, DOCUMENTS[name])
    paragraphs = split_paragraphs(name, extracted.text, extracted.blocks)
    check_offsets(extracted.text, paragraphs)
    assert paragraphs
    assert all(p.sentences for p in paragraphs)


@pytest.mark.parametrize("name", sorted(KEPT_AS_IT_IS))
def test_what_is_text_already_is_kept_as_it_stands(name: str) -> None:
    content = b"\xef\xbb\xbf" + DOCUMENTS[name].replace(b"\n", b"\r\n")
    assert readers.read(name, content).text == content.decode("utf-8-sig")


@pytest.mark.parametrize("name", sorted(DOCUMENTS.keys() - KEPT_AS_IT_IS))
def test_other_text_has_plain_line_ends_and_blank_lines_between_its_blocks(name: str) -> None:
    extracted = readers.read(name, DOCUMENTS[name])
    assert "\r" not in extracted.text
    ends = [block.end for block in extracted.blocks[:-1]]
    starts = [block.start for block in extracted.blocks[1:]]
    assert {extracted.text[a:b] for a, b in zip(ends, starts, strict=True)} <= {"\n\n"}


def test_the_ending_tells_whether_the_text_is_the_file_as_it_stands() -> None:
    assert {name for name in DOCUMENTS if readers.verbatim(name)} == KEPT_AS_IT_IS
    assert readers.verbatim("A.TXT")
    assert not readers.verbatim("a.unheard-of")


def test_the_ending_chooses_the_reader_whatever_its_case() -> None:
    text = readers.read("a/b.TXT", b"# x")
    assert (text.text, text.blocks) == ("# x", plain_blocks("# x"))
    assert [p.heading_path for p in paragraphs_of("b.Md", b"# x\n\ny")] == [("x",)]


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("a.zip", "an archive: unpack it, and put its files into the folder"),
        ("a.TAR", "an archive: unpack it, and put its files into the folder"),
        ("a.doc", "Word's old format: save it as .docx"),
        ("a.docm", "a Word file with macros or a template: save it as .docx"),
        ("a.msg", "an Outlook message: save it as .eml, .html or .txt"),
        ("a.tif", "a picture: if it shows a text, run OCR over it and save it as PDF"),
    ],
)
def test_archives_and_old_formats_are_skipped_with_what_to_do(
    folder: Path, name: str, reason: str
) -> None:
    (folder / name).write_bytes(b"PK\x03\x04")
    document = prepare(folder, scan(folder)[name]).document
    assert (document.state, document.reason) == (FileState.SKIPPED, reason)


def test_rich_text_under_the_name_of_a_word_file_says_what_to_do() -> None:
    with pytest.raises(readers.UnreadableError, match="rich text under a new name: give it"):
        readers.read("a.docx", b"{\\rtf1 Lease}")


@pytest.mark.parametrize("name", DOCUMENTS)
def test_an_empty_file_has_a_state_and_a_reason(folder: Path, name: str) -> None:
    (folder / name).write_bytes(b"")
    document = prepare(folder, scan(folder)[name]).document
    assert document.state in (FileState.EMPTY, FileState.FAILED)
    assert document.reason

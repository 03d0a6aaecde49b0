import pytest

from index.readers import UnreadableError, read
from index.types import FileState, Metadata
from tests.index.cutting import shown
from tests.index.documents import PACKAGE, SHIPS, book, with_part, zipped


def test_chapters_are_read_in_order_under_their_headings() -> None:
    assert shown("a.epub", book()) == [
        (("Chapter A",), "", SHIPS),
        (("Chapter B",), "", "Fish & rope."),
    ]


def test_a_book_says_its_title_author_language_and_date() -> None:
    assert read("a.epub", book()).metadata == Metadata(
        "The Sea", "Jane Doe", "en", "2024-05", "metadata"
    )


def test_a_chapter_outside_the_archive_is_only_missing() -> None:
    assert "etc/passwd" in PACKAGE
    assert read("a.epub", book()).note == "1 of 3 chapters are missing in the file"


def test_a_book_with_locked_chapters_is_encrypted() -> None:
    lock = (
        '<encryption xmlns:e="http://www.w3.org/2001/04/xmlenc#"><e:EncryptedData><e:CipherData>'
        '<e:CipherReference URI="OEBPS/b.xhtml"/></e:CipherData></e:EncryptedData></encryption>'
    )
    locked = with_part(book(), "mimetype", lambda part: part)
    assert shown("a.epub", locked)
    with pytest.raises(UnreadableError) as caught:
        read("a.epub", zipped({**_parts(locked), "META-INF/encryption.xml": lock}))
    assert caught.value.state is FileState.ENCRYPTED


def _parts(content: bytes) -> dict[str, str | bytes]:
    import io
    import zipfile

    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}

import pytest

from index.readers import UnreadableError, read
from index.types import Metadata
from tests.index.cutting import shown
from tests.index.documents import MAIL, MAILBOX, SHIPS


def test_a_message_is_its_headers_and_its_body() -> None:
    headers = (
        "From: Jane Doe <jane@example.org>\nTo: bob@example.org\n"
        "Date: Fri, 03 May 2024 10:00:00 +0200\nSubject: Café"
    )
    assert shown("a.eml", MAIL.encode()) == [(("Café",), "", headers), (("Café",), "", SHIPS)]
    assert read("a.eml", MAIL.encode()).metadata == Metadata(
        "Café", "Jane Doe", "", "2024-05-03", "metadata"
    )


def test_a_mailbox_says_which_message() -> None:
    found = shown("a.mbox", MAILBOX.encode())
    assert [(path, place, text) for path, place, text in found if "From" not in text] == [
        (("One",), "message 1", "Ships sail."),
        (("Two",), "message 2", "Fish is salted."),
    ]


def test_the_plain_body_is_read_and_attachments_are_told() -> None:
    content = (
        b"Subject: x\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=b\n\n"
        b"--b\nContent-Type: multipart/alternative; boundary=c\n\n"
        b"--c\nContent-Type: text/plain; charset=latin-1\nContent-Transfer-Encoding: 8bit\n\n"
        b"Caf\xe9.\n\n--c\nContent-Type: text/html\n\n<p>No.</p>\n--c--\n"
        b"--b\nContent-Type: application/pdf\nContent-Disposition: attachment; filename=a.pdf\n\n"
        b"x\n--b--\n"
    )
    assert [text for _, _, text in shown("a.eml", content)] == ["Subject: x", "Café."]
    assert read("a.eml", content).note == "1 attachments are not read: save them as files"


def test_what_is_no_message_fails_with_the_reason() -> None:
    with pytest.raises(UnreadableError, match="not an e-mail: it has no headers"):
        read("a.eml", b"\n\njust text")

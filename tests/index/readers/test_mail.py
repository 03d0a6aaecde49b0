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


def test_a_line_that_only_looks_like_the_head_of_a_message_is_part_of_the_text() -> None:
    text = "Plan of the day.\n\nFrom 10:30 to 11:00 we meet.\nThen lunch follows.\n\n"
    found = shown("a.mbox", MAILBOX.replace("Ships sail.\n\n", text).encode())
    assert (("One",), "message 1", "From 10:30 to 11:00 we meet.\nThen lunch follows.") in found
    assert (("Two",), "message 2", "Fish is salted.") in found


def test_the_mark_of_a_mailbox_before_a_line_is_no_mark_of_quoting() -> None:
    text = "Ships sail.\n\n>From May on they carry timber.\n\n"
    found = shown("a.mbox", MAILBOX.replace("Ships sail.\n\n", text).encode())
    texts = [text for _, place, text in found if place == "message 1"]
    assert texts[1:] == ["Ships sail.", "From May on they carry timber."]


def test_a_line_that_a_mailbox_had_marked_is_quoted_under_who_wrote_it() -> None:
    quoted = "On Friday Jane wrote:\n> Ships sail.\n>\n> >From May on.\n\nFine."
    found = [
        (path[-1], text) for path, _, text in shown("a.eml", f"Subject: a\n\n{quoted}".encode())
    ]
    assert found[2:] == [
        ("On Friday Jane wrote:", "Ships sail."),
        ("On Friday Jane wrote:", "From May on."),
        ("a", "Fine."),
    ]


def test_what_has_no_headers_in_a_mailbox_is_told_and_the_rest_is_read() -> None:
    content = f"From jane Fri May  3 09:00:00 2024\n\nLost.\n\n{MAILBOX}".encode()
    assert [text for _, _, text in shown("a.mbox", content)] == [
        text for _, _, text in shown("a.mbox", MAILBOX.encode())
    ]
    assert read("a.mbox", content).note == "1 parts of it have no headers and are not read."


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


@pytest.mark.parametrize(
    ("named", "encoding", "text"),
    [
        ("undefined", "ascii", "Hello there."),
        ("no-such", "utf-8", "Grüße aus Köln."),
        ("us-ascii", "utf-8", "Grüße aus Köln."),
        ("utf-8", "cp1252", "Grüße aus Köln."),
        ("iso-8859-1", "cp1252", "It costs “20 €”."),
        ("gb2312", "gb18030", "会议在星期二。朱镕基"),
        ("shift_jis", "cp932", "会議は①火曜日です。"),
        ("euc-kr", "cp949", "똠방각하 회의"),
    ],
)
def test_a_text_in_another_encoding_than_it_names_is_read(
    named: str, encoding: str, text: str
) -> None:
    head = f"MIME-Version: 1.0\nContent-Type: text/plain; charset={named}\n"
    content = f"{head}Content-Transfer-Encoding: 8bit\n\n".encode() + text.encode(encoding)
    assert [words for _, _, words in shown("a.eml", content)] == [text]


@pytest.mark.parametrize("encoding", ["utf-8", "cp1252"])
def test_headers_that_break_the_rules_are_read_whole(encoding: str) -> None:
    lines = [
        'From: "Müller, Hans (Recht)" <hans@example.org>',
        'To: "Reed, Ann" <ann@example.org>; =?utf-8?q?Zo=C3=AB?= <zoe@example.org>',
        "Subject: =?iso-8859-1?Q?K=FCndigung_=96_Frist?=",
    ]
    content = "\n".join([*lines, "", "Yes."]).encode(encoding)
    [(_, _, text), _] = shown("a.eml", content)
    assert text.splitlines() == [
        lines[0],
        'To: "Reed, Ann" <ann@example.org>; Zoë <zoe@example.org>',
        "Subject: Kündigung – Frist",
    ]
    assert (
        read("a.eml", "Subject: Kündigung\n\nYes.".encode(encoding)).metadata.title == "Kündigung"
    )


def parts(kind: str, *inner: str) -> str:
    """A part of several; ``inner`` are their headers and contents."""
    mark = f"mark-{len(''.join(inner))}"
    body = "".join(f"--{mark}\n{part}\n" for part in inner)
    return f"Content-Type: multipart/{kind}; boundary={mark}\n\n{body}--{mark}--\n"


def bodies(content: str) -> list[tuple[tuple[str, ...], str]]:
    found = shown("a.eml", f"MIME-Version: 1.0\n{content}".encode())
    return [(path, text) for path, _, text in found]


PLAIN = "Content-Type: text/plain; charset=utf-8\n\n"
PICTURE = "Content-Type: image/png; name=a.png\nContent-Disposition: inline\n\nAAAA"


def test_the_texts_before_and_after_a_picture_are_read() -> None:
    before, after = f"{PLAIN}Before the picture.", f"{PLAIN}The meeting is moved."
    assert bodies(parts("mixed", before, PICTURE, after)) == [
        ((), "Before the picture."),
        ((), "The meeting is moved."),
    ]


def test_a_message_that_was_passed_on_is_read_below_its_own_subject() -> None:
    tides = f"From: bob@example.org\nSubject: Tides\n{PLAIN}High at six."
    inner = f"Content-Type: message/rfc822\n\n{tides}"
    content = f"Subject: Fwd\n{parts('mixed', f'{PLAIN}See below.', inner)}"
    assert bodies(content) == [
        (("Fwd",), "Subject: Fwd"),
        (("Fwd",), "See below."),
        (("Fwd", "Tides"), "From: bob@example.org\nSubject: Tides"),
        (("Fwd", "Tides"), "High at six."),
    ]


def test_attachments_of_a_message_that_was_passed_on_are_told() -> None:
    pdf = "Content-Type: application/pdf\nContent-Disposition: attachment\n\nx"
    inner = "Content-Type: message/rfc822\nContent-Disposition: attachment\n\nSubject: a\n"
    content = parts("mixed", f"{PLAIN}Hello.", inner + parts("mixed", f"{PLAIN}Ships.", pdf), pdf)
    assert read("a.eml", content.encode()).note == "2 attachments are not read: save them as files"


@pytest.mark.parametrize(
    ("headers", "told"),
    [
        ("Content-Type: application/pdf\nContent-Disposition: inline; filename=a.pdf", True),
        ("Content-Type: application/pdf; name=a.pdf", True),
        ("Content-Type: image/png; name=logo.png\nContent-Disposition: inline", False),
        ("Content-Type: application/pkcs7-signature", False),
    ],
)
def test_a_file_between_the_texts_is_told_as_an_attachment(headers: str, told: bool) -> None:
    content = parts("mixed", f"{PLAIN}Hello.", f"{headers}\n\nx", f"{PLAIN}Bye.")
    note = "1 attachments are not read: save them as files" if told else ""
    assert read("a.eml", content.encode()).note == note


def test_the_page_is_read_where_the_plain_text_says_nothing() -> None:
    page = "Content-Type: text/html\n\n<p>Only here.</p>"
    assert bodies(parts("alternative", f"{PLAIN}\n -- ", parts("related", page, PICTURE))) == [
        ((), "Only here.")
    ]


def test_what_is_no_message_fails_with_the_reason() -> None:
    with pytest.raises(UnreadableError, match="not an e-mail: it has no headers"):
        read("a.eml", b"\n\njust text")

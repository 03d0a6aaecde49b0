"""Small files that decode to huge ones, files that point outside: a state and a reason, soon."""

import io
import socket
import time
import zlib
from collections.abc import Iterator
from contextlib import closing

import pytest
from docx import Document

from index.readers import UnreadableError, read
from index.readers.apart import Child
from index.types import FileState
from tests.index.corpora import Library
from tests.index.cutting import paragraphs_of
from tests.index.documents import SHIPS, with_part, word

RELATIONS = "word/_rels/document.xml.rels"


# A sparse file


def test_a_sparse_file_of_two_gigabytes_is_too_large_and_never_read(library: Library) -> None:
    library.write("a.txt", SHIPS)
    with (library.folder / "b.txt").open("wb") as sparse:
        sparse.truncate(2_000_000_000)
    (library.folder / "b.txt").chmod(0o000)
    began = time.process_time()
    library.sync()
    again = library.sync()
    assert time.process_time() - began < 5
    document = library.documents()["b.txt"]
    assert (document.state, document.reason) == (
        FileState.TOO_LARGE,
        "larger than 50,000,000 bytes: split it",
    )
    # Whoever reads a file notes the hash of its content.
    assert (document.sha256, document.size_bytes) == ("", 2_000_000_000)
    assert again.plan.lines() == ["+0 ~0 -0 =2"]
    assert library.found("ships") == [SHIPS]


# PDF streams


def pdf_of(stream: bytes, filters: bytes) -> bytes:
    """One page that shows what the stream draws."""
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R"
        b" /Resources << /Font << /F 5 0 R >> >> >>",
        b"<< /Length %d /Filter %s >>\nstream\n%s\nendstream" % (len(stream), filters, stream),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    made, places = bytearray(b"%PDF-1.4\n"), []
    for number, body in enumerate(objects, start=1):
        places.append(len(made))
        made += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(made)
    made += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    made += b"".join(b"%010d 00000 n \n" % place for place in places)
    made += b"trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n" % (len(objects) + 1, start)
    return bytes(made) + b"%%EOF\n"


def deflated_twice(part: bytes, megabytes: int) -> bytes:
    packer = zlib.compressobj(6)
    chunk = part * (1_000_000 // len(part))
    once = b"".join(packer.compress(chunk) for _ in range(megabytes)) + packer.flush()
    return pdf_of(zlib.compress(once, 9), b"[/FlateDecode /FlateDecode]")


@pytest.fixture
def child() -> Iterator[Child]:
    with closing(Child(time_limit_s=2)) as started:
        yield started


def test_a_pdf_is_read_whose_stream_is_packed_twice() -> None:
    drawn = b"BT /F 12 Tf 60 700 Td (Ships carry timber.) Tj ET"
    content = pdf_of(zlib.compress(zlib.compress(drawn)), b"[/FlateDecode /FlateDecode]")
    assert [p.text for p in paragraphs_of("a.pdf", content)] == ["Ships carry timber."]


def test_a_stream_that_decodes_to_nothing_but_blanks_has_no_text() -> None:
    content = deflated_twice(b" ", 100)
    assert len(content) < 10_000
    with pytest.raises(UnreadableError) as refused:
        read("a.pdf", content)
    assert refused.value.state is FileState.NO_TEXT


def test_a_stream_that_draws_without_end_is_given_up(child: Child) -> None:
    content = deflated_twice(
        b"BT /F 9 Tf 60 700 Td (a b) Tj 5 -7 Td (c) Tj ET\n1 0 0 1 3 2 cm\n", 100
    )
    assert len(content) < 10_000
    with pytest.raises(UnreadableError, match="reading it takes too long"):
        child.call("extract", ".pdf", content)
    assert child.call("extract", ".txt", b"Ships.").text == "Ships."


# Relations that lead outside


@pytest.fixture
def listener() -> Iterator[socket.socket]:
    """Whoever fetches anything from it can be seen."""
    with closing(socket.create_server(("127.0.0.1", 0))) as server:
        server.setblocking(False)
        yield server


def test_a_word_file_fetches_nothing_that_it_points_to(listener: socket.socket) -> None:
    port = listener.getsockname()[1]
    kinds = ("image", "attachedTemplate", "oleObject", "subDocument", "frame", "hyperlink")
    outside = "".join(
        f'<Relationship Id="x{n}{i}" TargetMode="External" Target="{target}" Type='
        f'"http://schemas.openxmlformats.org/officeDocument/2006/relationships/{kind}"/>'
        for n, kind in enumerate(kinds)
        for i, target in enumerate((f"http://127.0.0.1:{port}/{kind}", "file:///etc/passwd"))
    )
    content = with_part(
        word(),
        RELATIONS,
        lambda xml: xml.replace(b"</Relationships>", outside.encode() + b"</Relationships>"),
    )
    assert len(Document(io.BytesIO(content)).part.rels) >= 2 * len(kinds)
    assert paragraphs_of("a.docx", content) == paragraphs_of("a.docx", word())
    assert "root:" not in read("a.docx", content).text
    with pytest.raises(BlockingIOError):
        listener.accept()


def test_a_word_file_whose_text_lies_outside_has_a_reason(listener: socket.socket) -> None:
    port = listener.getsockname()[1]
    target = f'TargetMode="External" Target="http://127.0.0.1:{port}/document.xml"'.encode()
    content = with_part(
        word(), "_rels/.rels", lambda xml: xml.replace(b'Target="word/document.xml"', target)
    )
    with pytest.raises(UnreadableError) as refused:
        read("a.docx", content)
    assert refused.value.state is FileState.FAILED
    assert str(refused.value).startswith("damaged")
    with pytest.raises(BlockingIOError):
        listener.accept()

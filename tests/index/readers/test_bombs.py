"""Files made to flood, to expand without end, or to reach outside: refused with a reason."""

import io
import zipfile
from collections.abc import Callable

import pytest

from index.long_blocks import MAX_CHARS
from index.readers import UnreadableError, read
from index.types import FileState
from tests.index.cutting import paragraphs_of
from tests.index.documents import book, sheets, slides, with_part, word, zipped
from tests.timing import thread_s

LAUGHS = (
    b'<!DOCTYPE l [<!ENTITY a0 "lol">'
    + b"".join(b'<!ENTITY a%d "%s">' % (i, b"&a%d;" % (i - 1) * 10) for i in range(1, 12))
    + b"]>"
)
OUTSIDE = b'<!DOCTYPE x [<!ENTITY x SYSTEM "file:///etc/passwd">]>'


def refused(name: str, content: bytes) -> UnreadableError:
    with pytest.raises(UnreadableError) as caught:
        read(name, content)
    return caught.value


def outcome(name: str, content: bytes) -> str:
    """What became of a file: why it was refused, or how much was read, all of it in its place."""
    try:
        return f"read, {len(paragraphs_of(name, content))} paragraphs"
    except UnreadableError as error:
        return str(error)


@pytest.mark.parametrize("name", ["a.docx", "a.pptx", "a.xlsx", "a.epub"])
def test_an_archive_that_unpacks_without_measure_is_too_large(name: str) -> None:
    packed = io.BytesIO()
    with (
        zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive,
        archive.open("word/document.xml", "w") as part,
    ):
        for _ in range(101):
            part.write(b" " * 1_000_000)
    error = refused(name, packed.getvalue())
    assert error.state is FileState.TOO_LARGE
    assert str(error) == "it unpacks to 101,000,000 bytes: split it"


def test_an_archive_of_countless_parts_is_too_large() -> None:
    error = refused("a.epub", zipped({f"a{i}": "" for i in range(10_001)}))
    assert (error.state, str(error)) == (
        FileState.TOO_LARGE,
        "it has more than 10,000 parts: split it",
    )


def test_a_part_that_lies_of_its_size_gives_no_more_than_it_says() -> None:
    content = with_part(word(), "word/document.xml", lambda xml: xml + b" " * 1_000_000)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        size = archive.getinfo("word/document.xml").file_size
    lying = content.replace(size.to_bytes(4, "little"), (1_000).to_bytes(4, "little"))
    assert "damaged" in str(refused("a.docx", lying))


@pytest.mark.parametrize("types", [LAUGHS, OUTSIDE])
@pytest.mark.parametrize(
    ("name", "make", "part"),
    [
        ("a.docx", word, "word/document.xml"),
        ("a.pptx", slides, "ppt/slides/slide1.xml"),
        ("a.pptx", slides, "ppt/presentation.xml"),
        ("a.xlsx", sheets, "xl/worksheets/sheet1.xml"),
        ("a.xlsx", sheets, "docProps/core.xml"),
    ],
)
def test_office_files_that_declare_entities_are_refused(
    name: str, make: Callable[[], bytes], part: str, types: bytes
) -> None:
    content = with_part(make(), part, lambda xml: types + xml.partition(b"?>")[2])
    assert (
        str(refused(name, content)) == f"{part} declares XML entities, which Office files may not"
    )


def test_a_book_expands_no_entities_and_reads_nothing_outside() -> None:
    for types, entity in ((LAUGHS, b"&a11;"), (OUTSIDE, b"&x;")):
        inside = with_part(
            book(), "OEBPS/b.xhtml", lambda page, t=types, e=entity: t + page.replace(b"Fish", e)
        )
        texts = [p.text for p in paragraphs_of("a.epub", inside)]
        assert texts[-1] == f"{entity.decode()} & rope."
        package = with_part(
            book(), "OEBPS/book.opf", lambda xml, t=types, e=entity: t + xml.replace(b"The Sea", e)
        )
        assert outcome("a.epub", package).startswith(("damaged", "read, 2 paragraphs"))


def test_a_sheet_with_a_cell_at_its_far_end_is_too_large() -> None:
    far = with_part(
        sheets(),
        "xl/worksheets/sheet2.xml",
        lambda xml: xml.replace(b'r="100"', b'r="1048576"').replace(b"C100", b"XFD1048576"),
    )
    error = refused("a.xlsx", far)
    assert error.state is FileState.TOO_LARGE
    assert str(error) == "it has more than 1,000,000 cells: split it"


def test_blanks_behind_a_formula_take_no_time() -> None:
    cell = b'<row r="99"><c r="A99"><f>1</f>' + b" " * 3_000_000 + b"<x/></c></row></sheetData>"
    blank = with_part(
        sheets(), "xl/worksheets/sheet1.xml", lambda xml: xml.replace(b"</sheetData>", cell)
    )
    assert paragraphs_of("a.xlsx", blank)


def test_spans_of_cells_are_bounded() -> None:
    row = "<tr><td rowspan=65000 colspan=65000>x</td><td>y</td></tr>"
    assert paragraphs_of("a.html", f"<table>{row * 50}</table>".encode())


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.txt", b"word " * 1_000_000),
        ("a.txt", b"x" * 5_000_000),
        ("a.md", b"a*b_[c](d `" * 20_000),
        ("a.html", b"<p>" + b"word " * 1_000_000),
        ("a.html", b"<ul><li>" * 900 + b"x"),
        ("a.html", b"<table><tr><td>" * 500 + b"x"),
        ("a.json", b'["' + b"x" * 5_000_000 + b'"]'),
        ("a.csv", b"a," * 1_000_000),
        ("a.csv", b'"' + b"a,b\n" * 500_000),
        ("a.eml", b"Subject: x\n\n" + b"word " * 1_000_000),
    ],
)
def test_long_lines_and_deep_nesting_are_read_or_refused(name: str, content: bytes) -> None:
    assert outcome(name, content).startswith(("read, ", "its elements are nested", "not a table"))


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.txt", b"word " * 2_000_000),
        ("a.txt", b"It is so. " * 200_000),
        ("a.txt", b"a\n" * 100_000),
        ("a.md", b"[" * 100_000),
        ("a.md", b"[a](" * 50_000),
        ("a.md", b">" * 100_000 + b" a"),
        ("a.md", b"".join(b"  " * i + b"- a\n" for i in range(500))),
        ("a.md", b"| a | b |\n|---|---|\n" + b"| c | d |\n" * 20_000),
        ("a.md", b"|" + b"a|" * 20_000 + b"\n|" + b"-|" * 20_000 + b"\n" + b"|\n" * 3_000),
        ("a.rst", b"Title\n=====\n\na\n\n" * 10_000),
        ("a.tex", b"\\section{a" * 400_000),
        ("a.log", b"x = 1\n" * 200_000),
    ],
)
def test_hostile_text_makes_paragraphs_of_bounded_size(name: str, content: bytes) -> None:
    paragraphs = paragraphs_of(name, content)
    assert all(len(paragraph.text) <= MAX_CHARS for paragraph in paragraphs)
    letters = sum(sum(map(str.isalnum, paragraph.text)) for paragraph in paragraphs)
    assert letters == 0 if set(content) == {ord("[")} else letters > 0


@pytest.mark.slow
def test_text_that_takes_too_long_is_refused_after_ten_seconds() -> None:
    def read_it() -> None:
        error = refused("a.md", b"> a\n" * 1_000_000)
        assert (error.state, str(error)) == (
            FileState.FAILED,
            "reading it takes too long: split it",
        )

    assert thread_s(read_it, times=1) < 2, "it was read in this process"


@pytest.mark.parametrize("name", ["a.txt", "a.md", "a.rst", "a.tex", "a.py"])
def test_more_plain_text_than_a_library_holds_is_too_large(name: str) -> None:
    error = refused(name, b"word " * 4_000_001)
    assert error.state is FileState.TOO_LARGE
    assert str(error) == "it holds more than 20,000,000 characters of text: split it"


def test_nested_messages_are_read_or_refused() -> None:
    inner = b"--a\nContent-Type: message/rfc822\n\n" * 500
    content = b"Subject: x\nContent-Type: multipart/mixed; boundary=a\n\n" + inner
    reasons = ("read, ", "its parts are nested too deeply", "the message has more than")
    assert outcome("a.eml", content).startswith(reasons)


def test_more_text_than_a_library_holds_is_too_large() -> None:
    error = refused("a.csv", b"a,b\n" + (b"word " * 200_000 + b",b\n") * 21)
    assert error.state is FileState.TOO_LARGE
    assert str(error) == "it holds more than 20,000,000 characters of text: split it"

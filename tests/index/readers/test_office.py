import io
import zipfile

import pytest
from openpyxl import Workbook
from pptx import Presentation

from index.readers import UnreadableError, read
from index.types import FileState, Metadata
from tests.index.cutting import shown
from tests.index.documents import SHIPS, sheets, slides, with_part, word, zipped

ROWS = "Name | Price\nFish | 3\nRope | 4"


def test_a_word_document_is_headings_paragraphs_lists_and_tables() -> None:
    top = ("Harbour Report", "Ships")
    assert shown("a.docx", word()) == [
        (top, "", SHIPS),
        ((*top, "Goods"), "", "- Fish\n- Rope"),
        ((*top, "Goods"), "table 1, rows 2-3", ROWS),
    ]
    assert read("a.docx", word()).metadata == Metadata(
        "Harbour", "Jane Doe", "en", "2024-05-03", "metadata"
    )


def test_content_controls_and_insertions_are_read_and_deletions_are_not() -> None:
    changes = (
        "<w:sdt><w:sdtContent><w:p><w:r><w:t>Controlled.</w:t></w:r></w:p></w:sdtContent></w:sdt>"
        "<w:p><w:r><w:t>Kept </w:t></w:r><w:ins><w:r><w:t>new</w:t></w:r></w:ins>"
        "<w:del><w:r><w:delText>old</w:delText></w:r></w:del>"
        "<w:r><w:rPr><w:vanish/></w:rPr><w:t>hidden</w:t></w:r></w:p>"
    )
    found = [text for _, _, text in shown("a.docx", beginning_with(changes))]
    assert found[:2] == ["Controlled.", "Kept new"]


def test_a_note_follows_the_paragraph_that_refers_to_it() -> None:
    body = (
        "<w:p><w:r><w:t>Fees are low.</w:t></w:r><w:r><w:footnoteReference w:id='2'/></w:r></w:p>"
        "<w:p><w:r><w:t>Tides are not.</w:t></w:r></w:p>"
    )
    content = beginning_with(body)
    note = "<w:footnote w:id='{}'><w:p><w:r><w:t>{}</w:t></w:r></w:p></w:footnote>"
    namespace = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    notes = note.format(2, "Since May.") + note.format(3, "Of nothing.")
    xml = f"<w:footnotes xmlns:w='{namespace}'>{notes}</w:footnotes>"
    found = [(place, text) for _, place, text in shown("a.docx", added(content, xml))]
    assert found[:3] == [("", "Fees are low."), ("notes", "Since May."), ("", "Tides are not.")]
    assert found[-1] == ("notes", "Of nothing.")


def beginning_with(elements: str) -> bytes:
    """The Word file of the tests with these elements before its own."""
    return with_part(
        word(),
        "word/document.xml",
        lambda xml: xml.replace(b"<w:body>", b"<w:body>" + elements.encode(), 1),
    )


def added(content: bytes, footnotes: str) -> bytes:
    out = io.BytesIO(content)
    with zipfile.ZipFile(out, "a") as archive:
        archive.writestr("word/footnotes.xml", footnotes)
    return out.getvalue()


def test_slides_say_their_number_and_notes_that_they_are_notes() -> None:
    assert shown("a.pptx", slides()) == [
        (("Ships",), "slide 1", "- Timber\n- Salt"),
        (("Prices",), "slide 2, rows 2-3", ROWS),
        (("Prices",), "slide 2, notes", "Say that prices rose."),
    ]


def test_the_title_of_a_title_slide_heads_the_slides_after_it() -> None:
    presentation = Presentation()
    for layout, title, body in (
        (0, "The harbour", "Ann Reed"),
        (1, "Risks", "Ice"),
        (1, "Cost", "5"),
    ):
        slide = presentation.slides.add_slide(presentation.slide_layouts[layout])
        slide.shapes.title.text = title
        slide.placeholders[1].text = body
    out = io.BytesIO()
    presentation.save(out)
    assert [(path, text) for path, _, text in shown("a.pptx", out.getvalue())] == [
        (("The harbour",), "Ann Reed"),
        (("The harbour", "Risks"), "Ice"),
        (("The harbour", "Cost"), "5"),
    ]


def test_the_title_of_a_slide_without_text_is_its_text() -> None:
    presentation = Presentation()
    for title in ("Timber: 1,880 t", "Salt: 90 t"):
        slide = presentation.slides.add_slide(presentation.slide_layouts[5])
        slide.shapes.title.text = title
    out = io.BytesIO()
    presentation.save(out)
    assert shown("a.pptx", out.getvalue()) == [
        ((), "slide 1", "Timber: 1,880 t"),
        ((), "slide 2", "Salt: 90 t"),
    ]


def test_the_name_of_an_empty_sheet_is_no_text() -> None:
    book = Workbook()
    book.create_sheet("Fish").append([None, None])
    out = io.BytesIO()
    book.save(out)
    assert shown("a.xlsx", out.getvalue()) == []


def controlled(part: str, times: int = 1) -> str:
    """A part inside so many content controls."""
    return f"{'<w:sdt><w:sdtContent>' * times}{part}{'</w:sdtContent></w:sdt>' * times}"


def cells(*texts: str) -> str:
    return "".join(f"<w:tc><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:tc>" for text in texts)


def test_rows_and_cells_in_content_controls_are_those_of_the_table() -> None:
    rows = (
        f"<w:tr>{cells('Name', 'Age')}</w:tr>"
        f"<w:tr>{cells('Jane')}{controlled(cells('30'))}</w:tr>"
        + controlled(f"<w:tr>{cells('Bob', '40')}</w:tr>")
        + controlled(f"<w:tr>{cells('Ann', '50')}</w:tr>", times=2)
    )
    [_, _, text] = shown("a.docx", beginning_with(f"<w:tbl>{rows}</w:tbl>"))[0]
    assert text == "Name | Age\nJane | 30\nBob | 40\nAnn | 50"


def test_rows_in_content_controls_are_read_where_cells_are_laid_out() -> None:
    inner = f"<w:tbl><w:tr>{cells('Salt', '3')}</w:tr></w:tbl>"  # so it is no table itself
    row = f"<w:tr><w:tc>{inner}<w:p/></w:tc></w:tr><w:tr>{controlled(cells('Held.'))}</w:tr>"
    table = f"<w:tbl>{controlled(row)}</w:tbl>"
    found = shown("a.docx", beginning_with(table))
    assert [text for _, _, text in found][:2] == ["Salt | 3", "Held."]


def test_sheets_are_groups_of_twenty_rows_under_the_header() -> None:
    first, second, far = shown("a.xlsx", sheets())
    assert [first[:2], second[:2], far[:2]] == [
        (("Costs",), "sheet Costs, rows 2-21"),
        (("Costs",), "sheet Costs, rows 22-26"),
        (("Far",), "sheet Far, row 100"),
    ]
    header = "Name | Price | Share | Day"
    assert first[2].splitlines()[:2] == [header, "item 1 | 1.5 | 25% | 2024-05-03"]
    assert second[2].splitlines()[:2] == [header, "item 21 | 31.5 | 25% | 2024-05-03"]
    assert far[2] == "|  | alone at the end"


def test_numbers_of_a_sheet_are_shown_as_excel_shows_them() -> None:
    book = Workbook()
    sheet = book.active
    sheet.append(["what", "share", "sum"])
    numbers = [(1, 0.1 + 0.2), (0, 12345678.9), (0.256, 2e15), (1234.5678, 1e-7), (True, 3.0)]
    for share, total in numbers:
        sheet.append(["x", share, total])
        sheet.cell(sheet.max_row, 2).number_format = "0%"
    out = io.BytesIO()
    book.save(out)
    [(_, _, text)] = shown("a.xlsx", out.getvalue())
    assert text.splitlines()[1:] == [
        "x | 100% | 0.3",
        "x | 0% | 12345678.9",
        "x | 25.6% | 2000000000000000",
        "x | 123456.78% | 1e-07",
        "x | TRUE | 3",
    ]


@pytest.mark.parametrize("name", ["a.docx", "a.xlsx", "a.pptx"])
def test_an_encrypted_office_file_asks_for_its_password(name: str) -> None:
    content = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le")
    with pytest.raises(UnreadableError, match="asks for a password") as caught:
        read(name, content)
    assert caught.value.state is FileState.ENCRYPTED


@pytest.mark.parametrize("name", ["a.docx", "a.xlsx", "a.pptx", "a.epub"])
def test_what_is_no_archive_fails_with_the_reason(name: str) -> None:
    with pytest.raises(UnreadableError, match=r"damaged, or not what its name says"):
        read(name, b"PK\x03\x04 nothing")


def test_an_archive_that_is_no_document_fails_with_the_reason() -> None:
    with pytest.raises(UnreadableError, match="damaged"):
        read("a.docx", zipped({"a.txt": "text"}))

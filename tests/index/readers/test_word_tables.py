"""Tables of Word documents whose cells reach over columns and rows."""

from tests.index.cutting import shown
from tests.index.documents import with_part, word


def table(*rows: str) -> str:
    """The text of a table of these rows in a Word file."""
    body = f"<w:tbl>{''.join(f'<w:tr>{row}</w:tr>' for row in rows)}</w:tbl>".encode()
    content = with_part(
        word(), "word/document.xml", lambda xml: xml.replace(b"<w:body>", b"<w:body>" + body, 1)
    )
    return shown("a.docx", content)[0][2]


def cell(text: str, merged: str = "") -> str:
    return f"<w:tc><w:tcPr>{merged}</w:tcPr><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:tc>"


BEGINS = '<w:vMerge w:val="restart"/>'
GOES_ON = "<w:vMerge/>"
WIDE = '<w:gridSpan w:val="2"/>'


def test_a_cell_over_several_rows_is_told_with_each_of_them() -> None:
    assert table(
        cell("Phase") + cell("Rent") + cell("Due"),
        cell("First", BEGINS) + cell("£10") + cell("May"),
        cell("", GOES_ON) + cell("£12") + cell("June"),
        cell("Second", BEGINS) + cell("£14") + cell("July", BEGINS),
        cell("", '<w:vMerge w:val="continue"/>') + cell("£16") + cell("", GOES_ON),
        cell("", BEGINS) + cell("£18") + cell("August"),
    ).splitlines() == [
        "Phase | Rent | Due",
        "First | £10 | May",
        "First | £12 | June",
        "Second | £14 | July",
        "Second | £16 | July",
        "| £18 | August",
    ]


def test_cells_stand_under_their_columns_where_a_row_begins_further_right() -> None:
    skipped = '<w:trPr><w:gridBefore w:val="2"/></w:trPr>'
    assert table(
        cell("Name") + cell("Age") + cell("Town"),
        cell("Jane") + cell("30") + cell("Riga"),
        skipped + cell("Bonn"),
    ).splitlines() == ["Name | Age | Town", "Jane | 30 | Riga", "|  | Bonn"]


def test_a_header_of_two_rows_names_each_column_by_both() -> None:
    assert table(
        cell("Phase", BEGINS) + cell("Rent", WIDE) + cell("Due", BEGINS),
        cell("", GOES_ON) + cell("Monthly") + cell("Yearly") + cell("", GOES_ON),
        cell("First") + cell("£10") + cell("£120") + cell("May"),
    ).splitlines() == ["Phase | Rent Monthly | Rent Yearly | Due", "First | £10 | £120 | May"]

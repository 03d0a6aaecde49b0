import io
from collections.abc import Iterable

from docx import Document
from docx.document import Document as WordDocument
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from tests.index.cutting import shown

CONTRACT = (
    ("decimal", "%1."),
    ("decimal", "%1.%2"),
    ("lowerLetter", "(%3)"),
    ("lowerRoman", "(%4)"),
)
Place = tuple[str, int]
"""A number's id and a level of it."""


def test_clauses_have_the_numbers_that_word_writes_before_them() -> None:
    document = contract()
    for text, level in [("Rent", 0), ("Rent is due.", 1), ("It is late:", 1), ("after May;", 2)]:
        add(document, text, ("7", level))
    add(document, "after June.", ("7", 2))
    add(document, "Deposit", ("7", 0), heading=True)
    add(document, "It is £10.", ("7", 1))
    assert texts(document) == [
        "1. Rent",
        "1.1 Rent is due.",
        "1.2 It is late:",
        "(a) after May;\n(b) after June.",
        "2.1 It is £10.",
    ]
    assert shown("a.docx", saved(document))[-1][0] == ("2. Deposit",)


def test_a_number_that_overrides_its_start_begins_anew_and_others_go_on() -> None:
    document = contract()
    for text, number in [("one", "7"), ("two", "7"), ("anew", "8"), ("on", "8"), ("still", "9")]:
        add(document, text, (number, 0))
    assert texts(document) == ["1. one\n2. two\n5. anew\n6. on\n7. still"]


def test_a_style_numbers_the_paragraphs_that_have_it() -> None:
    document = contract()
    properties = document.styles["Body Text"].element.get_or_add_pPr()
    properties.append(parse_xml(f'<w:numPr {nsdecls("w")}><w:numId w:val="7"/></w:numPr>'))
    document.add_paragraph("First.", style="Body Text")
    plain = document.add_paragraph("Not numbered.", style="Body Text")
    plain.paragraph_format.element.get_or_add_pPr().append(numbered("0", 0))
    document.add_paragraph("Second.", style="Body Text")
    assert texts(document) == ["1. First.", "Not numbered.", "2. Second."]


def test_an_empty_paragraph_and_a_cell_count_as_word_counts_them() -> None:
    document = contract()
    add(document, "One is said here.", ("7", 0))
    add(document, "", ("7", 0))
    table = document.add_table(2, 2)
    for cell, text in zip(table._cells, ["Duty", "Who", "Cleaning", "Lessee"], strict=True):
        cell.text = text
    table.cell(1, 0).paragraphs[0]._p.get_or_add_pPr().append(numbered("7", 0))
    assert texts(document) == ["1. One is said here.", "Duty | Who\n3. Cleaning | Lessee"]


def test_letters_and_roman_numerals_count_as_far_as_they_go() -> None:
    document = contract()
    add(document, "Matters", ("7", 0))
    for i in range(28):
        add(document, f"matter {i}", ("7", 2))
    for i in range(9):
        add(document, f"point {i}", ("7", 3))
    lines = "\n".join(texts(document)).splitlines()
    assert [line.split()[0] for line in lines[25:30]] == ["(y)", "(z)", "(aa)", "(bb)", "(i)"]
    assert [line.split()[0] for line in lines[-6:]] == [
        "(iv)",
        "(v)",
        "(vi)",
        "(vii)",
        "(viii)",
        "(ix)",
    ]


def test_bullets_and_unknown_numbers_are_hyphens() -> None:
    document = contract(("bullet", "\uf0b7"), ("decimal", "\u2022"))
    for text, place in [("fish", ("7", 0)), ("rope", ("7", 1)), ("salt", ("99", 0))]:
        add(document, text, place)
    assert texts(document) == ["- fish\n- rope\n- salt"]


def test_what_goes_on_with_an_item_under_a_blank_bullet_is_a_paragraph() -> None:
    document = contract(("bullet", " "))
    add(document, "The board is discharged.", ("7", 0))
    assert texts(document) == ["The board is discharged."]
    add(document, "Nobody objected.", ("7", 0))
    assert texts(document) == ["The board is discharged.", "Nobody objected."]


def contract(*levels: tuple[str, str]) -> WordDocument:
    """Numbers 7, 8 (which begins at 5) and 9 share one numbering."""
    document = Document()
    numbering = document.part.numbering_part.element
    for element in list(numbering):
        numbering.remove(element)
    shown_levels = "".join(
        f'<w:lvl w:ilvl="{at}"><w:start w:val="1"/><w:numFmt w:val="{form}"/>'
        f'<w:lvlText w:val="{text}"/></w:lvl>'
        for at, (form, text) in enumerate(levels or CONTRACT)
    )
    numbering.append(xml("abstractNum", 'w:abstractNumId="3"', shown_levels))
    override = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/></w:lvlOverride>'
    for number, more in (("7", ""), ("8", override), ("9", "")):
        inner = f'<w:abstractNumId w:val="3"/>{more}'
        numbering.append(xml("num", f'w:numId="{number}"', inner))
    return document


def add(document: WordDocument, text: str, place: Place, heading: bool = False) -> None:
    paragraph = document.add_heading(text, 1) if heading else document.add_paragraph(text)
    paragraph._p.get_or_add_pPr().append(numbered(*place))


def numbered(number: str, level: int) -> object:
    return xml("numPr", "", f'<w:ilvl w:val="{level}"/><w:numId w:val="{number}"/>')


def xml(name: str, attributes: str, inner: str) -> object:
    return parse_xml(f"<w:{name} {nsdecls('w')} {attributes}>{inner}</w:{name}>")


def texts(document: WordDocument) -> Iterable[str]:
    return [text for _, _, text in shown("a.docx", saved(document))]


def saved(document: WordDocument) -> bytes:
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()

"""What stands in a Word paragraph or cell besides plain runs, as Word writes it."""

import pytest

from tests.index.cutting import shown
from tests.index.documents import with_part, word

_NAMES = (
    "xmlns:m='http://schemas.openxmlformats.org/officeDocument/2006/math'"
    " xmlns:mc='http://schemas.openxmlformats.org/markup-compatibility/2006'"
)


def first_text(body: str) -> str:
    """The first paragraph of the Word file of the tests with ``body`` before its own."""
    wrapped = f"<w:sdt {_NAMES}><w:sdtContent>{body}</w:sdtContent></w:sdt>".encode()
    content = with_part(
        word(), "word/document.xml", lambda xml: xml.replace(b"<w:body>", b"<w:body>" + wrapped, 1)
    )
    return shown("a.docx", content)[0][2]


def run(text: str) -> str:
    return f"<w:r><w:t xml:space='preserve'>{text}</w:t></w:r>"


@pytest.mark.parametrize(
    ("font", "char", "sign"),
    [
        ("Symbol", "F0A3", "≤"),
        ("Symbol", "F06D", "μ"),
        ("Wingdings", "F0FC", "✓"),
        ("Wingdings 2", "F054", "☒"),
        ("Arial", "00A7", "§"),
        ("Webdings", "F061", ""),
        ("Symbol", "none", ""),
    ],
)
def test_a_symbol_that_word_inserts_is_read(font: str, char: str, sign: str) -> None:
    symbol = f"<w:r><w:sym w:font='{font}' w:char='{char}'/></w:r>"
    body = f"<w:p>{run('Within ')}{symbol}{run('30 days.')}</w:p>"
    assert first_text(body) == f"Within {sign}30 days."


def math(text: str) -> str:
    return f"<m:r><m:t>{text}</m:t></m:r>"


@pytest.mark.parametrize(
    ("inner", "text"),
    [
        (
            f"{math('k=')}<m:f><m:num>{math('E')}</m:num><m:den>{math('A+B')}</m:den></m:f>",
            "k=E/(A+B)",
        ),
        (f"<m:sSup><m:e>{math('10')}</m:e><m:sup>{math('6')}</m:sup></m:sSup>", "10^6"),
        (f"<m:rad><m:deg/><m:e>{math('x')}</m:e></m:rad>", "√(x)"),
        (
            "<m:nary><m:naryPr><m:chr m:val='∑'/></m:naryPr>"
            f"<m:sub>{math('i')}</m:sub><m:sup>{math('n')}</m:sup><m:e>{math('x')}</m:e></m:nary>",
            "∑_i^nx",
        ),
        (f"<m:d><m:e>{math('a')}</m:e></m:d>", "(a)"),
    ],
)
def test_a_formula_is_read_on_one_line(inner: str, text: str) -> None:
    body = f"<w:p>{run('It is ')}<m:oMath>{inner}</m:oMath>{run('.')}</w:p>"
    assert first_text(body) == f"It is {text}."


def test_a_text_box_in_a_cell_is_read_once() -> None:
    box = f"<w:txbxContent><w:p>{run('Boxed.')}</w:p></w:txbxContent>"
    both = f"<mc:Choice>{box}</mc:Choice><mc:Fallback>{box}</mc:Fallback>"
    cell = f"<w:tc><w:p>{run('Held.')}<w:r><mc:AlternateContent>{both}</mc:AlternateContent></w:r>"
    body = f"<w:tbl><w:tr>{cell}</w:p></w:tc><w:tc><w:p>{run('3')}</w:p></w:tc></w:tr></w:tbl>"
    assert first_text(body) == "Held. Boxed. | 3"

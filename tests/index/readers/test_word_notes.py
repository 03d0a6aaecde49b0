"""Letterheads, page numbers, comments, contents and charts of Word documents."""

import io

from docx import Document
from docx.document import Document as WordDocument
from docx.enum.style import WD_STYLE_TYPE
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from index.readers import read
from tests.index.cutting import shown

MAIN = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
CHART = "http://schemas.openxmlformats.org/drawingml/2006/chart"


def saved(document: WordDocument) -> bytes:
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def letter() -> WordDocument:
    document = Document()
    document.core_properties.title = ""
    section = document.sections[0]
    section.header.paragraphs[0].text = "Reed & Partners, 12 Quay Street"
    section.footer.paragraphs[0].text = "IBAN GB33 1234"
    section.different_first_page_header_footer = True
    section.first_page_header.paragraphs[0].text = "Our ref: 48-213"
    section.first_page_footer.paragraphs[0].text = "Page 1 of 3"
    document.add_heading("Lease", 1)
    document.add_paragraph("We write about the boathouse.")
    document.add_section().header.is_linked_to_previous = False
    document.sections[1].header.paragraphs[0].text = "Reed & Partners, 12 Quay Street"
    return document


def test_a_letterhead_is_read_once_and_page_numbers_are_not() -> None:
    content = saved(letter())
    assert [(place, text) for _, place, text in shown("a.docx", content)] == [
        ("header", "Reed & Partners, 12 Quay Street"),
        ("header", "Our ref: 48-213"),
        ("", "We write about the boathouse."),
        ("footer", "IBAN GB33 1234"),
    ]
    assert read("a.docx", content).metadata.title == "Lease"


def test_a_head_that_is_not_shown_or_repeats_the_text_is_left_out() -> None:
    document = letter()
    document.sections[0].different_first_page_header_footer = False
    document.sections[0].header.paragraphs[0].text = "Lease"
    document.sections[1].header.paragraphs[0].text = "– 2 –"
    assert [place for _, place, _ in shown("a.docx", saved(document))] == ["", "footer"]


def test_a_comment_follows_its_paragraph_with_who_wrote_it() -> None:
    document = Document()
    paragraph = document.add_paragraph("The term is nine years.")
    reference = f'<w:r {nsdecls("w")}><w:commentReference w:id="4"/></w:r>'
    paragraph._p.append(parse_xml(reference))
    document.add_paragraph("It begins in May.")
    comments = (
        f"<w:comments xmlns:w='{MAIN}'><w:comment w:id='4' w:author='Ben Cole'><w:p><w:r><w:t>"
        "Ask for a break.</w:t></w:r></w:p></w:comment></w:comments>"
    )
    part = Part(PackURI("/word/comments.xml"), "application/xml", comments.encode())
    document.part.relate_to(part, RELATIONSHIP_TYPE.COMMENTS)
    assert shown("a.docx", saved(document)) == [
        ((), "", "The term is nine years."),
        (("Comment by Ben Cole",), "comments", "Ask for a break."),
        ((), "", "It begins in May."),
    ]


def test_a_table_of_contents_is_one_paragraph_of_lines() -> None:
    document = Document()
    document.styles.add_style("toc 1", WD_STYLE_TYPE.PARAGRAPH)
    document.add_paragraph("Contents")
    for line in ("1. Rent\t2", "2. Repairs\t3"):
        document.add_paragraph(line, style="toc 1")
    document.add_paragraph("The rent is £10.")
    texts = [text for _, _, text in shown("a.docx", saved(document))]
    assert texts == ["Contents", "1. Rent 2\n2. Repairs 3", "The rent is £10."]


def test_a_chart_of_a_document_is_a_table_of_its_numbers() -> None:
    def values(kind: str, *texts: str) -> str:
        points = "".join(f"<c:pt idx='{i}'><c:v>{t}</c:v></c:pt>" for i, t in enumerate(texts))
        return f"<c:{kind}><c:strCache>{points}</c:strCache></c:{kind}>"

    series = values("tx", "Timber") + values("cat", "2022", "2023") + values("val", "10.5", "12")
    chart = f"<c:chartSpace xmlns:c='{CHART}'><c:chart><c:plotArea><c:ser>{series}</c:ser>"
    chart += "</c:plotArea></c:chart></c:chartSpace>"
    document = Document()
    part = Part(PackURI("/word/charts/chart1.xml"), "application/xml", chart.encode())
    relation = document.part.relate_to(part, RELATIONSHIP_TYPE.CHART)
    paragraph = document.add_paragraph("Cargo in kt:")
    drawing = (
        f'<w:r {nsdecls("w", "r")}><w:drawing><c:chart xmlns:c="{CHART}" r:id="{relation}"/>'
        "</w:drawing></w:r>"
    )
    paragraph._p.append(parse_xml(drawing))
    texts = [text for _, _, text in shown("a.docx", saved(document))]
    assert texts == ["Cargo in kt:", "| Timber\n2022 | 10.5\n2023 | 12"]

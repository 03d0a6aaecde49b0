"""OpenDocument texts, as LibreOffice lays them out."""

import io
import zipfile

_ROWS = [("Name", "Price"), ("Fish", "3"), ("Rope", "4")]
_ODF = (
    ' xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"'
    ' xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"'
    ' xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"'
    ' xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0"'
    ' xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0"'
    ' xmlns:meta="urn:oasis:names:tc:opendocument:xmlns:meta:1.0"'
    ' xmlns:dc="http://purl.org/dc/elements/1.1/"'
)
OPEN_TABLE = (
    "<table:table><table:table-column/>"
    + "".join(
        "<table:table-row>"
        + "".join(f"<table:table-cell><text:p>{c}</text:p></table:table-cell>" for c in row)
        + "</table:table-row>"
        for row in _ROWS
    )
    + "</table:table>"
)
OPEN_BODY = (
    '<text:p text:style-name="P1">Harbour Report</text:p>'
    '<text:h text:outline-level="1">Ships</text:h>'
    "<text:p>Ships carry timber. They sail in May.</text:p>"
    '<text:h text:outline-level="2">Goods</text:h><text:list><text:list-item><text:p>Fish</text:p>'
    f"</text:list-item><text:list-item><text:p>Rope</text:p></text:list-item></text:list>{OPEN_TABLE}"
)


def open_text(body: str = OPEN_BODY, automatic: str = "", named: str = "", more: str = "") -> bytes:
    """An OpenDocument text; ``automatic`` and ``named`` are styles, ``more`` goes into meta.xml."""
    title = (
        '<style:style style:name="P1" style:family="paragraph" style:parent-style-name="Title"/>'
    )
    parts = {
        "mimetype": "application/vnd.oasis.opendocument.text",
        "content.xml": f"<office:document-content{_ODF}><office:automatic-styles>{title}{automatic}"
        f"</office:automatic-styles><office:body><office:text>{body}</office:text></office:body>"
        "</office:document-content>",
        "styles.xml": f"<office:document-styles{_ODF}>{named}</office:document-styles>",
        "meta.xml": f"<office:document-meta{_ODF}><office:meta><dc:title>Harbour</dc:title>"
        "<meta:initial-creator>Jane Doe</meta:initial-creator><dc:language>en-GB</dc:language>"
        f"<meta:creation-date>2024-05-03T10:00:00</meta:creation-date>{more}</office:meta>"
        "</office:document-meta>",
    }
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for part, text in parts.items():
            archive.writestr(part, text)
    return content.getvalue()


def flat_text(body: str) -> bytes:
    """An OpenDocument text in one file of XML."""
    return (
        f'<?xml version="1.0"?><office:document{_ODF}><office:body><office:text>{body}'
        "</office:text></office:body></office:document>"
    ).encode()

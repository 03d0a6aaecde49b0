"""Small documents of every format, made by the libraries that people make them with."""

import io
import zipfile
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime

import openpyxl
from docx import Document
from fpdf import FPDF
from pptx import Presentation
from pptx.util import Inches

from tests.index.open_documents import open_text

ROWS = [("Name", "Price"), ("Fish", "3"), ("Rope", "4")]
SHIPS = "Ships carry timber. They sail in May."

HTML = f"""<!DOCTYPE html><html lang="en-GB"><head><title>Harbour news</title>
<meta name="author" content="Jane Doe"><meta property="article:published_time"
 content="2024-05-03T10:00:00Z"><style>p {{}}</style></head><body><nav>Menu</nav>
<h1>The Harbour</h1><p>{SHIPS}</p><h2>Goods &amp; prices</h2>
<ul><li>Fish<ul><li>salted</li></ul></li><li>Rope</li></ul>
<table><tr><th>Name<th>Price</tr><tr><td>Fish<td>3</tr><tr><td>Rope<td>4</tr></table>
<script>alert("no")</script><p hidden>Hidden.</p></body></html>"""

MAIL = (
    "From: Jane Doe <jane@example.org>\r\nTo: bob@example.org\r\nSubject: =?utf-8?q?Caf=C3=A9?=\r\n"
    "Date: Fri, 03 May 2024 10:00:00 +0200\r\n\r\n" + SHIPS + "\r\n"
)
MAILBOX = (
    "From jane Fri May  3 10:00:00 2024\nFrom: jane@example.org\nSubject: One\n\nShips sail.\n\n"
    "From jane Fri May  3 11:00:00 2024\nFrom: jane@example.org\nSubject: Two\n"
    "Content-Type: text/html\n\n<p>Fish is <b>salted</b>.</p>\n"
)
JSON = """{"title": "Harbour", "date": "2024-05-03", "items": [
 {"name": "Fish", "tags": ["salted", "dried"]}, {"name": "Rope", "by": {"who": "Jane"}}]}"""
RST = """=======
Harbour
=======

Ships carry timber.

.. a comment

Goods
-----

* Fish
* Rope
"""
TEX = r"""\documentclass{article}\title{Harbour}\author{Jane Doe}\date{May 3, 2024}
\begin{document}
\section{Ships}\label{s}
Ships carry timber.
\end{document}
"""
BIB = r"""Written by a program.
@string{hp = "Harbour Press"}
@book{doe2005, author = {Doe, Jane and M{\"u}ller, Bob}, title = {Ships \& Salt},
  publisher = hp # ", Hull", year = 2005, file = {:a.pdf:PDF},
  abstract = {Ships carry {timber}. They sail in May.}}
@comment{doe2006, title = {None}}
"""
SOURCE = "import os\n\n\ndef sail():\n    return 1\n\n\ndef moor():\n    return 2\n"
RTF = r"""{\rtf1\ansi\ansicpg1252\deff0{\fonttbl{\f0\fswiss\fcharset0 Arial;}}
{\stylesheet{\s0 Normal;}{\s1\outlinelevel0 heading 1;}{\s2 heading 2;}{\s3 Title;}}
{\info{\company X}{\title Harbour}{\author Jane Doe}{\creatim\yr2024\mo5\dy3\hr10}}
\pard\s3 Harbour Report\par\pard\s1 Ships\par
\pard Ships carry {\b timber}. They sail in May.\par\pard\s2 Goods\par
{\listtext\f1\'b7\tab}\pard\ls1 Fish\par{\listtext\f1\'b7\tab}\pard\ls1 Rope\par
\trowd\cellx1000\cellx2000\pard\intbl Name\cell Price\cell\row
\trowd\cellx1000\cellx2000\pard\intbl Fish\cell 3\cell\row
\trowd\cellx1000\cellx2000\pard\intbl Rope\cell 4\cell\row
}"""
MARKDOWN = "---\ntitle: Harbour\ndate: 2024-05-03\n---\n\n# Ships\n\nShips carry timber.\n"


SUBTITLES = """1
00:00:01,000 --> 00:00:03,000
<i>Ships carry</i>

2
00:00:03,100 --> 00:00:05,000
timber. {\\an8}They sail in May.

3
01:02:09,500 --> 01:02:12,000
JANE DOE: Fish &amp; rope.
"""
VOICES = """WEBVTT - Harbour

NOTE Written by a program.

STYLE
::cue { color: red }

intro
00:01.000 --> 00:03.000 align:start
<v Jane Doe>Ships <c.loud>carry</c> timber.

00:03.100 --> 00:05.000
<v Bob>They sail <00:00:04.000>in May.
"""


def word() -> bytes:
    document = Document()
    document.add_heading("Harbour Report", 0)
    document.add_heading("Ships", 1)
    document.add_paragraph(SHIPS)
    document.add_heading("Goods", 2)
    document.add_paragraph("Fish", style="List Bullet")
    document.add_paragraph("Rope", style="List Bullet")
    table = document.add_table(3, 2)
    for i, row in enumerate(ROWS):
        for j, cell in enumerate(row):
            table.cell(i, j).text = cell
    document.core_properties.title = "Harbour"
    document.core_properties.author = "Jane Doe"
    document.core_properties.created = datetime(2024, 5, 3)
    return _saved(document.save)


def slides() -> bytes:
    presentation = Presentation()
    first = presentation.slides.add_slide(presentation.slide_layouts[1])
    first.shapes.title.text = "Ships"
    first.placeholders[1].text = "Timber\nSalt"
    second = presentation.slides.add_slide(presentation.slide_layouts[5])
    second.shapes.title.text = "Prices"
    frame = second.shapes.add_table(3, 2, Inches(1), Inches(2), Inches(4), Inches(2))
    for i, row in enumerate(ROWS):
        for j, cell in enumerate(row):
            frame.table.cell(i, j).text = cell
    second.notes_slide.notes_text_frame.text = "Say that prices rose."
    return _saved(presentation.save)


def sheets(rows: int = 25) -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Costs"
    sheet.append(["Name", "Price", "Share", "Day"])
    for i in range(1, rows + 1):
        sheet.append([f"item {i}", i * 1.5, 0.25, datetime(2024, 5, 3)])
        sheet.cell(i + 1, 3).number_format = "0%"
    book.create_sheet("Far").cell(100, 3, "alone at the end")
    return _saved(book.save)


CONTAINER = """<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container" version="1.0">
<rootfiles><rootfile full-path="OEBPS/book.opf"/></rootfiles></container>"""
PACKAGE = """<package xmlns="http://www.idpf.org/2007/opf"
 xmlns:dc="http://purl.org/dc/elements/1.1/"><metadata><dc:title>The Sea</dc:title>
<dc:creator>Jane Doe</dc:creator><dc:language>en-GB</dc:language><dc:date>2024-05</dc:date>
</metadata><manifest><item id="a" href="a%20b.xhtml" media-type="application/xhtml+xml"/>
<item id="b" href="b.xhtml" media-type="application/xhtml+xml"/>
<item id="x" href="../../../etc/passwd" media-type="text/html"/>
<item id="n" href="toc.ncx" media-type="application/x-dtbncx+xml"/></manifest>
<spine><itemref idref="a"/><itemref idref="b"/><itemref idref="x"/></spine></package>"""
CONTENTS = """<ncx xmlns="http://www.daisy.org/z3986/2005/ncx/"><navMap><navPoint><navLabel>
<text>Chapter B</text></navLabel><content src="b.xhtml#top"/></navPoint></navMap></ncx>"""


def book() -> bytes:
    page = '<html xmlns="http://www.w3.org/1999/xhtml"><body>{}</body></html>'
    return zipped(
        {
            "mimetype": "application/epub+zip",
            "META-INF/container.xml": CONTAINER,
            "OEBPS/book.opf": PACKAGE,
            "OEBPS/toc.ncx": CONTENTS,
            "OEBPS/a b.xhtml": page.format(f"<h1>Chapter A</h1><p>{SHIPS}</p>"),
            "OEBPS/b.xhtml": page.format("<p>Fish &amp; rope.</p>"),
        }
    )


def zipped(parts: dict[str, str | bytes]) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return content.getvalue()


def with_part(content: bytes, name: str, change: Callable[[bytes], bytes]) -> bytes:
    """An archive with one of its parts changed."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts: dict[str, str | bytes] = {n: archive.read(n) for n in archive.namelist()}
    part = parts[name]
    parts[name] = change(part if isinstance(part, bytes) else part.encode())
    return zipped(parts)


def pdf(pages: Iterable[Sequence[str]] = ((SHIPS,),)) -> bytes:
    """One paragraph after the other, with space between."""
    made = new_pdf()
    for paragraphs in pages:
        made.add_page()
        for paragraph in paragraphs:
            made.multi_cell(0, 14, paragraph, new_x="LMARGIN", new_y="NEXT")
            made.ln(10)
    return bytes(made.output())


def new_pdf() -> FPDF:
    """On A4 in points, in twelve point Helvetica."""
    made = FPDF(unit="pt", format="A4")
    made.set_auto_page_break(auto=False)
    made.set_margins(60, 60, 60)
    made.set_font("helvetica", size=12)
    return made


def _saved(save: Callable[[io.BytesIO], object]) -> bytes:
    content = io.BytesIO()
    save(content)
    return content.getvalue()


DOCUMENTS: dict[str, bytes] = {
    "a.txt": f"Harbour\n\n{SHIPS}\n".encode(),
    "a.md": MARKDOWN.encode(),
    "a.html": HTML.encode(),
    "a.csv": "\n".join(["name;price", *(f"item {i};{i}" for i in range(1, 26))]).encode(),
    "a.tsv": "\n".join("\t".join(row) for row in ROWS).encode(),
    "a.json": JSON.encode(),
    "a.jsonl": b'{"question": "Who?", "answer": "Jane"}\n\n{"question": "When?"}\n',
    "a.eml": MAIL.encode(),
    "a.mbox": MAILBOX.encode(),
    "a.rst": RST.encode(),
    "a.tex": TEX.encode(),
    "a.bib": BIB.encode(),
    "a.srt": SUBTITLES.encode(),
    "a.vtt": VOICES.encode(),
    "a.py": SOURCE.encode(),
    "a.docx": word(),
    "a.odt": open_text(),
    "a.rtf": RTF.encode(),
    "a.pptx": slides(),
    "a.xlsx": sheets(),
    "a.epub": book(),
    "a.pdf": pdf(),
}

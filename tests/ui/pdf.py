"""PDF files of plain text, made without a library."""

from collections.abc import Sequence
from pathlib import Path

PARAGRAPHS_A_PAGE = 8


def write_pdf(file: Path, texts: Sequence[str]) -> None:
    """Lines of Helvetica, one paragraph after the other with a gap between, eight to a page."""
    pages = [texts[i : i + PARAGRAPHS_A_PAGE] for i in range(0, len(texts), PARAGRAPHS_A_PAGE)]
    objects = ["<< /Type /Catalog /Pages 2 0 R >>", "", "<< /Type /Font /Subtype /Type1 "
               "/BaseFont /Helvetica /Encoding /WinAnsiEncoding >>"]  # fmt: skip
    kids = []
    for on_page in pages:
        kids.append(f"{len(objects) + 1} 0 R")
        content = "BT /F1 10 Tf 14 TL 50 790 Td " + " ".join(map(_lines, on_page)) + " ET"
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents {len(objects) + 2} 0 R"
            " /Resources << /Font << /F1 3 0 R >> >> >>"
        )
        objects.append(f"<< /Length {len(content)} >>\nstream\n{content}\nendstream")
    objects[1] = f"<< /Type /Pages /Kids [{' '.join(kids)}] /Count {len(kids)} >>"
    parts, places, length = ["%PDF-1.4\n"], [], len("%PDF-1.4\n")
    for n, made in enumerate(objects, 1):
        places.append(length)
        parts.append(f"{n} 0 obj\n{made}\nendobj\n")
        length += len(parts[-1])
    table = "".join(f"{at:010} 00000 n \n" for at in places)
    parts.append(f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}")
    parts.append(
        f"trailer\n<< /Size {len(objects) + 1} /Root 1 0 R >>\nstartxref\n{length}\n%%EOF\n"
    )
    file.write_bytes("".join(parts).encode("latin-1"))


def _lines(text: str) -> str:
    words, lines = text.split(), [""]
    for word in words:
        if len(lines[-1]) + len(word) > 85:
            lines.append("")
        lines[-1] = f"{lines[-1]} {word}".strip()
    shown = (line.replace("(", "").replace(")", "").replace("\\", "") for line in lines)
    return " ".join(f"({line}) Tj T*" for line in shown) + " T*"

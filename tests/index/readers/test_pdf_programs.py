"""PDFs as programs other than ours write them."""

import pytest

from tests.index.cutting import paragraphs_of
from tests.index.documents import new_pdf

SIZE = 11


def without_heights(lines: list[str]) -> bytes:
    """A page in a font that says nothing of how far its letters rise and fall, as LibreOffice's.

    Each letter is a box as high as it is printed.
    """
    letters = sorted(set("".join(lines)))
    codes = {letter: i for i, letter in enumerate(letters, start=1)}
    shown = "".join(
        f"<{''.join(f'{codes[letter]:02x}' for letter in line)}> Tj 0 -14 Td\n" for line in lines
    )
    page = f"BT /F {SIZE} Tf 60 700 Td {shown} ET"
    drawings = [
        f"500 0 0 {-250 * (c in ';gpqy')} 450 {700 if c in 'bdfhklt' else 480} d1 0 0 450 480 re f"
        for c in letters
    ]
    first = 8
    procedures = " ".join(f"/c{i} {first + i} 0 R" for i in range(len(letters)))
    names = " ".join(f"/c{i}" for i in range(len(letters)))
    mapped = "".join(f"<{codes[c]:02x}> <{ord(c):04x}>\n" for c in letters)
    table = f"{len(letters)} beginbfchar\n{mapped}endbfchar"
    parts = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R"
        " /Resources << /Font << /F 5 0 R >> >> >>",
        stream(page),
        "<< /Type /Font /Subtype /Type3 /FontBBox [0 0 500 480] /FontMatrix [0.001 0 0 0.001 0 0]"
        f" /FirstChar 1 /LastChar {len(letters)} /Widths [{' 500' * len(letters)}] /ToUnicode 6 0 R"
        f" /Encoding << /Type /Encoding /Differences [1 {names}] >> /CharProcs << {procedures} >>"
        " /Resources << >> >>",
        stream(f"begincmap 1 begincodespacerange <00> <ff> endcodespacerange {table} endcmap"),
        "null",
        *map(stream, drawings),
    ]
    objects = "".join(f"{i} 0 obj\n{part}\nendobj\n" for i, part in enumerate(parts, start=1))
    return f"%PDF-1.4\n{objects}trailer << /Root 1 0 R >>\n%%EOF".encode()


def stream(content: str) -> str:
    return f"<< /Length {len(content)} >> stream\n{content}\nendstream"


def test_a_last_line_of_tall_letters_is_no_heading_where_a_font_tells_no_heights() -> None:
    lines = ["the tenant sees to it at once over a set time or as soon as", "landlord;", "a sum"]
    [paragraph] = paragraphs_of("a.pdf", without_heights(lines))
    assert paragraph.text == " ".join(lines)


def test_what_a_term_in_the_margin_means_is_one_paragraph_with_it() -> None:
    made = new_pdf()
    made.add_page()
    made.set_font("times", size=11)
    y = 60
    for term, lines in (
        ("-P", ["Links are not followed. When a file is", "printed, its link is."]),
    ) * 2:
        made.text(60, y, term)
        for line in lines:
            made.text(84, y, line)
            y += 13
    texts = [paragraph.text for paragraph in paragraphs_of("a.pdf", bytes(made.output()))]
    assert texts == ["-P Links are not followed. When a file is printed, its link is."] * 2


LINE = "The tenant keeps the premises and all that belongs to them in good repair and order"


def clauses(*pages: list[tuple[str, list[str]]], margin: int = 36) -> bytes:
    """A PDF whose clauses have their numbers in the margin; titles, in capitals, are bold."""
    made = new_pdf()
    made.set_font("times", size=11)
    for page in pages:
        made.add_page()
        y = 60
        for number, lines in page:
            made.set_font("times", "B" if lines[0].isupper() else "", size=11)
            made.text(60, y, number)
            for line in lines:
                made.text(60 + margin, y, line)
                y += 13
            y += 3
    return bytes(made.output())


@pytest.mark.parametrize("margin", [24, 36, 60])
def test_a_clause_with_its_number_in_the_margin_is_whole_also_over_the_page(margin: int) -> None:
    lower = LINE.replace("The", "the")
    first = [("1.1", [LINE, "and pays for it."]), ("1.2", ["Stairs are"]), ("1.3", [LINE, lower])]
    other = LINE.replace("tenant", "landlord")
    second = [("", ["within a month."]), ("1.4", [LINE, "and paints."]), ("1.5", [other, "and."])]
    found = paragraphs_of("a.pdf", clauses(first, second, margin=margin))
    assert [paragraph.text for paragraph in found] == [
        f"1.1 {LINE} and pays for it.",
        "1.2 Stairs are",
        f"1.3 {LINE} {lower} within a month.",
        f"1.4 {LINE} and paints.",
        f"1.5 {other} and.",
    ]


def spread(lines: list[str], width: int = 200) -> bytes:
    """Lines whose words, parted by tabs, are as far from each other as fills so many points."""
    made = new_pdf()
    made.add_page()
    for i, line in enumerate(lines):
        words = line.split("\t")
        gap = (width - sum(map(made.get_string_width, words))) / max(len(words) - 1, 1)
        x = 60.0
        for word in words:
            made.text(x, 60 + 14 * i, word)
            x += made.get_string_width(word) + gap
    return bytes(made.output())


def test_a_justified_line_of_few_words_is_no_row_of_a_table() -> None:
    lines = [
        "The multiarch support that was",
        "introduced	by	release",
        "architecture	was	fine",
        "in the end.",
    ]
    [paragraph] = paragraphs_of("a.pdf", spread(lines))
    assert paragraph.text == " ".join(" ".join(lines).split())


def test_a_row_with_a_number_is_one_though_its_cells_are_as_far_apart() -> None:
    rows = [
        "Colorado	12	7.9",
        "Arizona	115	18.1",
        "New Hampshire	3	9.05",
        "Utah	4	3.2",
    ]
    [paragraph] = paragraphs_of("a.pdf", spread(rows))
    assert paragraph.text == "\n".join(row.replace("	", " | ") for row in rows)


def test_a_chapter_in_a_table_of_contents_is_no_heading() -> None:
    made = new_pdf()
    made.add_page()
    for style, number, title, page in (("B", "1.", "Rent", "3"), ("", "1.1", "Deposit", "4")):
        made.set_font("times", style, size=11)
        made.text(60, 60 if style else 74, f"{number} {title}")
        made.text(500, 60 if style else 74, page)
    assert {p.heading_path for p in paragraphs_of("a.pdf", bytes(made.output()))} == {()}


def test_lines_of_contents_are_one_paragraph_however_far_apart_they_are() -> None:
    made = new_pdf()
    made.add_page()
    made.set_font("times", size=11)
    lines = [f"{i}. Part {i}{'.' * 90}{i + 1}" for i in range(1, 6)]
    for i, line in enumerate(lines):
        made.text(60, 60 + 22 * i, line)
    for i, line in enumerate([LINE, LINE.lower(), f"{LINE.lower()}."]):
        made.text(60, 200 + 13 * i, line)
    contents, _ = paragraphs_of("a.pdf", bytes(made.output()))
    assert contents.text == "\n".join(lines)


def test_a_title_below_two_columns_heads_what_stands_across_them() -> None:
    made = new_pdf()
    made.add_page()
    for x, first in ((60, "Timber"), (320, "Salt")):
        made.set_font("times", size=11)
        for i in range(6):
            made.text(
                x, 60 + 13 * i, f"{first} is carried by the ships of the harbour" + "." * (i == 5)
            )
    made.set_font("times", "B", size=14)
    made.text(60, 170, "Prices")
    made.set_font("times", size=11)
    made.text(60, 195, f"{LINE}. {LINE[:20]}")
    found = paragraphs_of("a.pdf", bytes(made.output()))
    assert [(p.heading_path, p.text.split()[0]) for p in found] == [
        ((), "Timber"),
        ((), "Salt"),
        (("Prices",), "The"),
    ]


def test_a_bold_title_with_a_number_heads_its_clauses_and_several_in_a_row_are_a_list() -> None:
    content = clauses(
        [
            ("1.", ["RENT"]),
            ("1.1", [LINE, "and pays for it."]),
            ("2.", ["REPAIRS"]),
            ("2.1", ["ROOF"]),
            ("2.1.1", [LINE, "and pays for it."]),
            ("3.", ["SLIPWAY"]),
            ("4.", ["WINCH"]),
        ]
    )
    assert [(p.heading_path, p.text) for p in paragraphs_of("a.pdf", content)] == [
        (("1. RENT",), f"1.1 {LINE} and pays for it."),
        (("2. REPAIRS 2.1 ROOF",), f"2.1.1 {LINE} and pays for it."),
        (("2. REPAIRS 2.1 ROOF",), "3. SLIPWAY\n4. WINCH"),
    ]


def test_a_line_of_a_paragraph_that_is_mostly_in_smaller_letters_is_part_of_it() -> None:
    made = new_pdf()
    made.add_page()
    lines = [
        [(12, "The queue is kept on the machine that all of us upload to:")],
        [(9, "foo_1.2-1.1_all.changes and foo_1.2-1.2_all.changes"), (12, "are in it")],
        [(12, "and are removed from it within fifteen days of their upload.")],
    ]
    for i, line in enumerate(lines):
        x = 60.0
        for size, text in line:
            made.set_font("helvetica", size=size)
            made.text(x, 60 + 15 * i, text)
            x += made.get_string_width(f"{text} ")
    made.set_font("helvetica", size=9)
    made.text(60, 60 + 15 * 3, "1 Land Registry.")
    paragraph, note = paragraphs_of("a.pdf", bytes(made.output()))
    assert paragraph.text == " ".join(text for line in lines for _, text in line)
    assert note.text == "1 Land Registry."


@pytest.mark.parametrize(("elsewhere", "text"), [("", "by-law"), ("bylaw", "bylaw")])
def test_a_hyphen_at_the_end_of_a_line_stays_where_a_document_parts_no_words(
    elsewhere: str, text: str
) -> None:
    made = new_pdf()
    made.add_page()
    lines = [
        "A tax-payer and a mother-ship",
        "are named in it, as are a tax-",
        "payer of Riga, a mother-",
    ]
    lines += ["ship that is kept there, a by-", f"law and others of its kind {elsewhere}"]
    for i, line in enumerate(lines):
        made.text(60, 60 + 14 * i, line)
    [paragraph] = paragraphs_of("a.pdf", bytes(made.output()))
    assert "a tax-payer of Riga, a mother-ship that is" in paragraph.text
    assert f"there, a {text} and" in paragraph.text


def spaced(pieces: list[tuple[str, float]]) -> bytes:
    """A line of pieces of text, each with so many points between its letters."""
    measure = new_pdf()
    measure.set_font("helvetica", size=SIZE)
    shown = ""
    for text, space in pieces:
        width = measure.get_string_width(text) + space * (len(text) - 1)
        shown += f"{space} Tc ({text}) Tj {width} 0 Td "
    parts = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R"
        " /Resources << /Font << /F 5 0 R >> >> >>",
        stream(f"BT /F {SIZE} Tf 60 700 Td {shown} ET"),
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    ]
    objects = "".join(f"{i} 0 obj\n{part}\nendobj\n" for i, part in enumerate(parts, start=1))
    return f"%PDF-1.4\n{objects}trailer << /Root 1 0 R >>\n%%EOF".encode()


def test_words_are_parted_where_a_program_only_moves_on() -> None:
    # groff writes the blank as room between the last letter of a word and the first of the next.
    pieces = [("Neve", 0), ("rf", 3), ("ollow", 0), (" a link t", 0), ("of", 3), ("iles", 0)]
    [paragraph] = paragraphs_of("a.pdf", spaced(pieces))
    assert paragraph.text == "Never follow a link to files"


def test_letters_that_are_set_apart_are_one_word() -> None:
    [paragraph] = paragraphs_of("a.pdf", spaced([("NOTICE", 3)]))
    assert paragraph.text == "NOTICE"


def test_a_box_beside_the_text_is_read_for_itself_and_parts_no_paragraph() -> None:
    made = new_pdf()
    made.set_font("times", size=11)
    made.add_page()
    made.rect(60, 60, 160, 44)
    for i, line in enumerate(["Note for the file: the deposit", "of £3,000 was paid on", "12 May"]):
        made.text(66, 73 + 13 * i, line)
    wide, narrow = LINE[:58], ["The following", *(LINE.lower()[i : i + 40] for i in (0, 41))]
    for i, line in enumerate([*narrow, "x" * 5]):
        made.text(240, 73 + 13 * i, f"{line} is kept here")
    for i in range(3):
        made.text(60, 140 + 13 * i, f"{wide.lower()} and all the")
    made.add_page()
    made.text(60, 60, "same in the winter.")
    texts = [paragraph.text for paragraph in paragraphs_of("a.pdf", bytes(made.output()))]
    assert "Note for the file: the deposit of £3,000 was paid on 12 May" in texts
    assert any(text.endswith("and all the same in the winter.") for text in texts)

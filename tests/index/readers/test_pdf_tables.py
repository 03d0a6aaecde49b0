"""Tables that a PDF draws lines around, made here and read back."""

import pytest
from fpdf import FPDF
from hypothesis import given
from hypothesis import strategies as st

from index.readers import read
from index.readers.pdf.grids import grids
from index.readers.pdf.layout import columns
from index.readers.pdf.rules import Rule
from index.readers.pdf.unruled import with_unruled_tables
from index.readers.pdf.words import PageText, PageWord
from tests.index.cutting import paragraphs_of
from tests.index.documents import new_pdf

LONG = (
    "The harbour master decides on berths every morning. Ships that carry timber wait outside until"
    " the tide has turned, and those that carry salt may enter first. "
)
GOODS = (
    ("Name", "Price", "Where it is kept"),
    ("Fish", "3", "On ice in the long shed behind the harbour master's office."),
    ("Rope", "", "In the loft."),
    ("Salt and other dry goods", "11", "In barrels."),
)
READ = (
    "Name | Price | Where it is kept\n"
    "Fish | 3 | On ice in the long shed behind the harbour master's office.\n"
    "Rope |  | In the loft.\n"
    "Salt and other dry goods | 11 | In barrels."
)


def texts(content: bytes) -> list[str]:
    return [p.text for p in paragraphs_of("a.pdf", content)]


def ruled(made: FPDF, rows: tuple[tuple[str, ...], ...] = GOODS, **how: object) -> None:
    """A table with lines around its cells, in which long texts are wrapped."""
    with made.table(width=300, col_widths=(80, 60, 160), line_height=14, **how) as table:
        for cells in rows:
            row = table.row()
            for cell in cells:
                row.cell(cell)


def page_with_table(**how: object) -> FPDF:
    made = new_pdf()
    made.add_page()
    made.multi_cell(400, 14, LONG)
    made.ln(14)
    ruled(made, **how)
    made.ln(14)
    made.multi_cell(400, 14, LONG)
    return made


@pytest.mark.parametrize("rotation", [0, 90, 270])
def test_the_cells_of_a_ruled_table_are_read_whole_and_empty_ones_keep_their_place(
    rotation: int,
) -> None:
    content = bytes(page_with_table().output())
    turned = b"/Type /Page\n/Rotate %d\n" % rotation
    before, table, after = texts(content.replace(b"/Type /Page\n", turned))
    assert before == after == LONG.strip()
    assert table == READ


@pytest.mark.parametrize("layout", ["INTERNAL", "HORIZONTAL_LINES", "SINGLE_TOP_LINE", "NONE"])
def test_what_stands_around_a_table_is_read_alike_however_it_is_ruled(layout: str) -> None:
    paragraphs = texts(bytes(page_with_table(borders_layout=layout).output()))
    assert paragraphs[0] == paragraphs[-1] == LONG.strip()
    assert layout != "INTERNAL" or paragraphs[1:-1] == [READ]


def test_rows_of_high_cells_are_one_paragraph() -> None:
    made = new_pdf()
    made.add_page()
    made.multi_cell(400, 14, LONG)
    ruled(made, padding=(20, 2))
    assert texts(bytes(made.output()))[1:] == [READ]


def test_a_word_broken_in_a_cell_is_whole() -> None:
    made = new_pdf()
    made.add_page()
    ruled(made, (("Name", "Price", "Note"), ("Fish", "3", "an exam-\nple of well-known goods")))
    (table,) = texts(bytes(made.output()))
    assert table == "Name | Price | Note\nFish | 3 | an example of well-known goods"


def test_shaded_cells_part_a_table_as_lines_do() -> None:
    made = new_pdf()
    made.add_page()
    made.set_fill_color(220)
    for row in (("Name", "Price"), ("Fish", "three for two"), ("Rope", "four")):
        for cell in row:
            made.cell(90, 14, cell, fill=True)
        made.ln(14)
    assert texts(bytes(made.output())) == ["Name | Price\nFish | three for two\nRope | four"]


def rows_over_pages(count: int, above: str = "") -> bytes:
    made = new_pdf()
    made.add_page()
    for number in range(count):
        if made.get_y() > 700 or not number:
            if number:
                made.add_page()
            if above:
                made.cell(0, 14, above, new_x="LMARGIN", new_y="NEXT")
            names = ("Ship", "Cargo", "Tons") if above or not number else ()
            for name in names:
                made.cell(100, 20, name, border=1)
            made.ln(20 if names else 0)
        for cell in (f"Ship {number}", "salt", str(100 + number)):
            made.cell(100, 20, cell, border=1)
        made.ln(20)
    return bytes(made.output())


def test_a_table_that_goes_on_over_pages_keeps_the_names_of_its_columns() -> None:
    first, *others = paragraphs_of("a.pdf", rows_over_pages(70))
    assert first.text.startswith("Ship | Cargo | Tons\nShip 0 | salt | 100\n")
    assert first.heading_path == ()
    assert {p.heading_path for p in others} == {("Ship | Cargo | Tons",)}
    assert {p.page for p in others} == {1, 2, 3}


def test_names_of_columns_at_the_top_of_every_page_are_no_running_head() -> None:
    paragraphs = paragraphs_of("a.pdf", rows_over_pages(100, above="Register of ships"))
    tops = [p for p in paragraphs if p.text.startswith("Ship | Cargo | Tons\nShip ")]
    assert [p.page for p in tops] == [1, 2, 3, 4]
    assert not any("Register" in p.text for p in paragraphs)


def test_a_box_around_text_and_lines_through_words_are_no_table() -> None:
    made = new_pdf()
    made.add_page()
    made.multi_cell(400, 14, LONG, border=1)
    made.ln(14)
    top = made.get_y()
    made.multi_cell(400, 14, LONG * 3)
    for x in range(80, 400, 25):
        made.line(x, top, x, made.get_y())
    for y in (top, made.get_y()):
        made.line(60, y, 460, y)
    assert texts(bytes(made.output())) == [LONG.strip(), (LONG * 3).strip()]


def test_columns_of_prose_with_lines_between_them_are_no_table() -> None:
    made = new_pdf()
    made.add_page()
    for x in (60, 310):
        made.set_xy(x, 120)
        made.multi_cell(225, 13, LONG * 8, align="L")
    made.rect(50, 110, 500, 420)
    made.line(298, 110, 298, 530)
    made.line(50, 140, 550, 140)
    words = " ".join(texts(bytes(made.output()))).split()
    assert " ".join(words) == " ".join((LONG * 16).split())


FORM = b"""%%PDF-1.4
1 0 obj <</Type /Catalog /Pages 2 0 R>> endobj
2 0 obj <</Type /Pages /Kids [3 0 R] /Count 1 /MediaBox [0 0 300 300]>> endobj
3 0 obj <</Type /Page /Parent 2 0 R /Contents 4 0 R
/Resources <</Font <</F 6 0 R>> /XObject <</X 5 0 R>>>>>> endobj
4 0 obj <</Length %d>> stream
%s
endstream endobj
5 0 obj <</Type /XObject /Subtype /Form /BBox [0 0 1 1] /Matrix [200 0 0 100 50 150]
/Length %d>> stream
%s
endstream endobj
6 0 obj <</Type /Font /Subtype /Type1 /BaseFont /Helvetica>> endobj
trailer <</Root 1 0 R>>
"""


def test_lines_that_stand_in_a_form_of_the_page_are_where_it_puts_them() -> None:
    shown = b"BT /F 12 Tf %d %d Td (%s) Tj ET"
    cells = ((60, 220, b"Name"), (160, 220, b"Of"), (60, 170, b"Fish"), (160, 170, b"Sea"))
    page = b"/X Do " + b" ".join(shown % cell for cell in cells)
    lines = b"0 w 0 0 1 1 re 0 .5 m 1 .5 l .5 0 m .5 1 l S"
    content = FORM % (len(page), page, len(lines), lines)
    assert read("a.pdf", content).text == "Name | Of\nFish | Sea"


def test_a_cell_over_several_others_is_read_once() -> None:
    def at(text: str, x: float, y: float) -> PageWord:
        return PageWord(text, x, y, x + 10, y + 10)

    frame = [Rule(0, y, 90, y) for y in (0, 20, 40, 60)]
    frame[2] = Rule(30, 40, 90, 40)
    frame += [Rule(0, 0, 0, 60), Rule(30, 0, 30, 60), Rule(60, 20, 60, 60), Rule(90, 0, 90, 60)]
    words = [at("over", 55, 5), at("a", 5, 32), at("b", 35, 25), at("c", 65, 25), at("d", 65, 45)]
    words.append(at("e", 35, 45))
    (grid,) = grids(frame, words)
    told = [[" ".join(word.text for word in cell) for cell in row] for row in grid.rows]
    assert told == [["", "over", ""], ["a", "b", "c"], ["", "e", "d"]]


YEARS = (
    ("(in millions)", "2024", "2023"),
    ("Revenue", "$ 1,234", "$ 1,100"),
    ("Cost of sales, with the wear of", "", ""),
    ("ships and sheds", "(700)", "(650)"),
    ("Other income", "", "12"),
    ("Taxes", "14.7 %", "16.2 %"),
)
YEARS_READ = (
    "(in millions) | 2024 | 2023\n"
    "Revenue | $ 1,234 | $ 1,100\n"
    "Cost of sales, with the wear of ships and sheds | (700) | (650)\n"
    "Other income |  | 12\n"
    "Taxes | 14.7 % | 16.2 %"
)


def statement(rules: str, *, above: str = "", under: str = LONG) -> bytes:
    """A table whose columns only white space parts; ``rules`` are the rows over which one is."""
    made = new_pdf()
    made.add_page()
    made.multi_cell(400, 14, LONG)
    y = made.get_y() + 30
    if above:
        made.text(420 - made.get_string_width(above), y - 14, above)
    top = y - (26 if above else 12)
    for row, cells in enumerate((*YEARS, ())):
        if str(row) in rules:
            rule = y - 11 if row else top
            made.line(60, rule, 420, rule)
        for right, cell in zip((0, 330, 420), cells, strict=False):
            made.text(right - made.get_string_width(cell) if right else 60, y, cell)
        y += 15
    made.set_xy(60, y + 20)
    made.multi_cell(400, 14, under)
    return bytes(made.output())


@pytest.mark.parametrize("rules", ["", "016", "0146", "16"])
def test_white_space_parts_a_tables_columns_with_few_rules_or_none(rules: str) -> None:
    assert texts(statement(rules)) == [LONG.strip(), YEARS_READ, LONG.strip()]


def test_a_heading_over_several_columns_is_read_with_the_first_of_them() -> None:
    _, table, _ = texts(statement("016", above="Year ended in June"))
    assert table.startswith("(in millions) | Year ended in June 2024 | 2023\nRevenue | $ 1,234 |")


def test_lines_with_leaders_to_a_page_are_kept_as_they_are() -> None:
    made = new_pdf()
    made.add_page()
    for row, title in enumerate(("Boats", "Ships and their crews", "Ropes")):
        made.text(60, 80 + 15 * row, title + " " + ". " * (60 - 2 * len(title)))
        made.text(500, 80 + 15 * row, str(row))
    (contents,) = texts(bytes(made.output()))
    assert contents.startswith("Boats . . . .")


TERMS = {
    "Berth": "means the place at a quay where one ship lies. It is let by the day.",
    "Tide": "means the rise and fall of the sea. It turns four times a day and ships wait for it.",
    "Pilot": "means whoever leads a ship into the harbour.",
}


def glossary(terms: dict[str, str]) -> bytes:
    made = new_pdf()
    made.add_page()
    for term, meaning in terms.items():
        made.cell(100, 14, term)
        made.multi_cell(200, 14, meaning, align="L", new_x="LMARGIN", new_y="NEXT")
    return bytes(made.output())


def test_terms_with_what_each_means_beside_it_are_a_list_or_paragraphs_where_one_is_long() -> None:
    told = [f"{term} {meaning}" for term, meaning in TERMS.items()]
    assert texts(glossary(TERMS)) == ["\n".join(told)]
    paragraphs = paragraphs_of("a.pdf", glossary({**TERMS, "Salt": LONG * 2}))
    assert [p.text for p in paragraphs] == [*told, f"Salt {(LONG * 2).strip()}"]
    assert [s.text for s in paragraphs[0].sentences][1:] == ["It is let by the day."]


def test_two_columns_of_prose_between_rules_are_read_one_after_the_other() -> None:
    made = new_pdf()
    made.add_page()
    for x in (60, 310):
        made.set_xy(x, 120)
        made.multi_cell(225, 13, LONG * 8, align="L")
    for y in (50, 110, 200, 700):
        made.line(60, y, 535, y)
    words = " ".join(texts(bytes(made.output()))).split()
    assert " ".join(words) == " ".join((LONG * 16).split())


def test_a_listing_with_the_numbers_of_its_lines_is_no_table() -> None:
    made = new_pdf()
    made.add_page()
    for row, line in enumerate(("if ship:", "wait()", "else:", "go()"), start=9):
        made.text(60, 14 * row, str(row))
        made.text(100, 14 * row, line)
    assert "|" not in " ".join(texts(bytes(made.output())))


places = st.integers(0, 40).map(lambda n: n * 10.0)
edges = st.lists(places, min_size=3, max_size=6, unique=True).map(sorted)
some = st.sampled_from([True, True, True, False])


@st.composite
def pages(draw: st.DrawFn) -> PageText:
    """One or two tables anywhere, with most of their lines, and words in cells and elsewhere."""
    rules: list[Rule] = []
    spots = draw(st.sets(st.tuples(places, places), max_size=20))
    for _ in range(draw(st.integers(1, 2))):
        xs, ys = draw(edges), draw(edges)
        rules += [Rule(xs[0], y, xs[-1], y) for y in ys if draw(some)]
        rules += [Rule(x, ys[0], x, ys[-1]) for x in xs if draw(some)]
        spots |= {(x + 1, y + 1) for x in xs[:-1] for y in ys[:-1] if draw(some)}
    text, width = st.sampled_from(["a", "12", "$", "Sea.", "9"]), st.sampled_from([6.0, 25.0])
    words = (PageWord(draw(text), x, y, x + draw(width), y + 8) for x, y in sorted(spots))
    return PageText(1, 400, 400, tuple((w,) for w in words), blank=False, rules=tuple(rules))


@given(pages())
def test_each_word_of_a_page_is_read_once_whatever_is_ruled(page: PageText) -> None:
    read_words = [
        word
        for column in columns(page)
        for line in with_unruled_tables(column)
        for word in line.words
    ]
    written = [id(word) for line in page.lines for word in line]
    assert sorted(map(id, read_words)) == sorted(written)
    for column in columns(page):
        for line in column:
            assert not line.row or [w for cell in line.row for w in cell] == list(line.words)


def test_a_table_in_a_cell_of_another_is_read_by_itself() -> None:
    def cell(text: str, x: float, y: float) -> PageWord:
        return PageWord(text, x, y, x + 10, y + 8)

    outer = [Rule(0, y, 300, y) for y in (0, 20, 120)] + [Rule(x, 0, x, 120) for x in (0, 90, 300)]
    inner = [Rule(110, y, 290, y) for y in (30, 60, 90)]
    inner += [Rule(x, 30, x, 90) for x in (110, 200, 290)]
    words = [cell("a", 10, 5), cell("b", 100, 5), cell("c", 10, 30), cell("d", 95, 22)]
    words += [cell("e", 120, 40), cell("f", 210, 40), cell("g", 120, 70), cell("h", 210, 70)]
    found = grids([*outer, *inner], words)
    told = [[[w.text for cell in row for w in cell] for row in grid.rows] for grid in found]
    assert told == [[["e", "f"], ["g", "h"]], [["a", "b"], ["c", "d"]]]


def test_a_cell_of_very_many_lines_ends_its_table() -> None:
    def at(text: str, x: float, y: float) -> PageWord:
        return PageWord(text, x, y, x + 20, y + 8)

    rows = [(at("a", 0, y), at("b", 200, y)) for y in range(0, 300, 10)]
    rest = [(at("more", 200, 300 + y),) for y in range(0, 300, 10)]
    page = PageText(1, 400, 700, (*rows, *rest, (at("end", 90, 600),)), blank=False)
    (column,) = columns(page)
    lines = with_unruled_tables(column)
    assert [len(line.words) for line in lines[28:]] == [2, 22, *[1] * 11]

"""Papers set in columns, as journals print them."""

from fpdf import FPDF

from tests.index.cutting import paragraphs_of
from tests.index.documents import new_pdf

WORDS = (
    "Ships that carry timber wait outside until the tide has turned. Those that carry salt may"
    " enter first; the harbour master decides on their berths. Pilots come on board at the mole."
)


def read(made: FPDF) -> list[tuple[tuple[str, ...], str]]:
    return [(p.heading_path, p.text) for p in paragraphs_of("a.pdf", bytes(made.output()))]


def put(made: FPDF, x: float, y: float, text: str, width: float = 225, align: str = "J") -> None:
    made.set_xy(x, y)
    made.multi_cell(width, 13, text, align=align)


def test_the_short_last_line_of_what_stands_over_two_columns_belongs_to_it() -> None:
    made = new_pdf()
    made.add_page()
    made.set_font("helvetica", "B", 18)
    put(made, 60, 40, "The landing of timber and salt, and the tides of\nspring", width=475)
    made.set_font("helvetica", size=11)
    made.set_xy(60, 78)
    names = "Jane Doe of the harbour office and Ann Lee"
    # As wide as the left column, up to the raised number.
    for text, place in ((names, "LINE"), ("1", "SUP")):
        made.char_vpos = place
        made.write(13, text)
    made.char_vpos = "LINE"
    made.write(13, " with the help of her brother Bob")
    abstract = "We compared the landing of timber and salt at the two moles of the harbour in each"
    put(made, 60, 108, f"{abstract}\nspring of ten years.", width=475)
    for x, begins in ((60, "Left begins. "), (310, "Right begins. ")):
        put(made, x, 150, begins + WORDS * 2)
    title = "The landing of timber and salt, and the tides of spring"
    assert read(made) == [
        ((title,), f"{names}[1] with the help of her brother Bob"),
        ((title,), f"{abstract} spring of ten years."),
        ((title,), "Left begins. " + WORDS * 2),
        ((title,), "Right begins. " + WORDS * 2),
    ]


def test_justified_lines_are_full_where_another_line_of_the_page_is_wider() -> None:
    made = new_pdf()
    made.add_page()
    made.set_font("helvetica", size=11)
    # On the last page of a paper the right column may be empty.
    text = " ".join(f"Ship {n} of the fleet came. (No. {n}.) Timber was dear." for n in range(9))
    put(made, 60, 60, text)
    put(
        made,
        60,
        700,
        "Annals of the Harbour, of its ships, its trade and its pilots, volume 9",
        475,
    )
    assert text in [shown for _, shown in read(made)]


def test_an_entry_of_a_list_of_works_is_one_paragraph_with_its_indented_lines() -> None:
    made = new_pdf()
    made.add_page()
    made.set_font("helvetica", size=11)
    works = (
        ("Doe J (2005) The landing of timber and of", "salt in the North. Annals 6:205-214"),
        ("Lee A, Rice B (2012) A review of the trade", "in fish. Harbour Press, Hull"),
        ("Moe S (1997) The tides of spring. Annals of", "the Harbour 2:1-9"),
    )
    put(made, 60, 60, WORDS)
    y = 150.0
    for first, rest in works:
        made.text(60, y, first)
        made.text(72, y + 13, rest)
        y += 26
    assert [text for _, text in read(made)][1:] == [" ".join(work) for work in works]


def test_a_caption_heads_its_table_and_none_of_the_text_below_it() -> None:
    made = new_pdf()
    made.add_page()
    made.set_font("helvetica", "B", 14)
    put(made, 60, 60, "Results", 400)
    made.set_font("helvetica", size=11)
    put(made, 60, 90, WORDS, 400)
    made.set_font("helvetica", "B", 9)
    put(made, 60, 140, "Table 2. Berths by ship, and the p\nvalues of a test for the tide.", 400)
    made.set_font("helvetica", size=9)
    rows = (("Ship of the port", "Before (n = 305)", "After (n = 307)"),)
    rows += tuple((f"Ship {n}", f"{n}.5", f"{n}.7") for n in range(1, 5))
    # The names of the columns are closer to one another than their cells.
    for y, cells in zip((180, 194, 206, 218, 230), rows, strict=True):
        for cell, middle in zip(cells, (100, 240, 314), strict=True):
            made.text(middle - made.get_string_width(cell) / 2, y, cell)
    for y in (170, 184, 236):
        made.line(60, y, 360, y)
    made.set_font("helvetica", size=11)
    put(made, 60, 250, WORDS, 400)
    made.set_font("helvetica", "B", 9)
    put(made, 60, 310, "Figure 1. Berths by tide", 400)
    made.set_font("helvetica", size=11)
    put(made, 60, 340, WORDS, 400)
    table = "\n".join(" | ".join(cells) for cells in rows)
    caption = "Table 2. Berths by ship, and the p values of a test for the tide."
    assert read(made) == [
        (("Results",), WORDS),
        (("Results", caption), table),
        (("Results",), WORDS),
        (("Results",), "Figure 1. Berths by tide"),
        (("Results",), WORDS),
    ]

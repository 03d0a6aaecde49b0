"""PDFs made here, read back: paragraphs, columns, page furniture, hyphens, boxes on the page."""

import io

import pytest
from fpdf import FPDF
from PIL import Image

from index.boxes import boxes_of
from index.page_images import render_page
from index.readers import Extracted, UnreadableError, read
from index.types import FileState
from tests.index.cutting import paragraphs_of
from tests.index.documents import SHIPS, new_pdf, pdf

LONG = (
    "The harbour master decides on berths every morning. Ships that carry timber wait outside until"
    " the tide has turned, and those that carry salt may enter first. "
)
LEFT = "Left begins here. " + LONG * 3
RIGHT = "Right begins here. " + LONG * 3


def texts(content: bytes) -> list[str]:
    return [p.text for p in paragraphs_of("a.pdf", content)]


def two_columns() -> FPDF:
    made = new_pdf()
    made.add_page()
    made.set_font("helvetica", "B", 20)
    made.cell(0, 30, "A title over both columns", new_x="LMARGIN", new_y="NEXT")
    made.set_font("helvetica", size=11)
    for x, text in ((60, LEFT), (310, RIGHT)):
        made.set_xy(x, 120)
        made.multi_cell(225, 13, text, align="L")
    return made


def test_paragraphs_are_joined_lines_with_their_page() -> None:
    content = pdf([(LONG.strip() * 2, SHIPS), ("On the second page. " + SHIPS,)])
    paragraphs = paragraphs_of("a.pdf", content)
    assert [(p.text, p.page) for p in paragraphs] == [
        (LONG.strip() * 2, 1),
        (SHIPS, 1),
        ("On the second page. " + SHIPS, 2),
    ]


def test_pages_say_which_part_of_the_text_is_theirs() -> None:
    extracted = read("a.pdf", pdf([(SHIPS,), ("Second page.",)]))
    assert extracted.page_count == 2
    assert [extracted.text[p.start : p.end] for p in extracted.pages] == [SHIPS, "Second page."]
    assert [(p.number, round(p.width), round(p.height)) for p in extracted.pages] == [
        (1, 595, 842),
        (2, 595, 842),
    ]
    for page in extracted.pages:
        words = [extracted.text[w.start : w.end] for w in page.words]
        assert words == extracted.text[page.start : page.end].split()


def test_two_columns_are_read_one_after_the_other() -> None:
    content = bytes(two_columns().output())
    paragraphs = paragraphs_of("a.pdf", content)
    assert [p.text for p in paragraphs] == [LEFT.strip(), RIGHT.strip()]
    assert {p.heading_path for p in paragraphs} == {("A title over both columns",)}


def test_larger_and_bold_lines_are_headings_by_size() -> None:
    made = new_pdf()
    made.add_page()
    for size, style, text in (
        (20, "B", "Harbour"),
        (15, "B", "Ships"),
        (12, "", SHIPS),
        (12, "B", "Timber"),
        (12, "", "Timber is dear."),
        (15, "B", "Fish"),
        (12, "", "Fish is cheap."),
    ):
        made.set_font("helvetica", style, size)
        made.multi_cell(0, size * 1.2, text, new_x="LMARGIN", new_y="NEXT")
        made.ln(8)
    found = [(p.heading_path, p.text) for p in paragraphs_of("a.pdf", bytes(made.output()))]
    assert found == [
        (("Harbour", "Ships"), SHIPS),
        (("Harbour", "Ships", "Timber"), "Timber is dear."),
        (("Harbour", "Fish"), "Fish is cheap."),
    ]


def test_running_heads_feet_and_page_numbers_are_no_text_and_part_no_paragraph() -> None:
    made = new_pdf()
    unfinished = LONG + "and the paragraph goes on"
    bodies = [unfinished, "over the page to its end.", "Third page. " + SHIPS]
    for number, body in enumerate(bodies, start=1):
        made.add_page()
        made.set_xy(60, 30)
        made.cell(0, 12, "Harbour Report 2024")
        made.set_xy(60, 100)
        made.multi_cell(0, 14, body)
        made.set_xy(60, 800)
        made.cell(0, 12, f"Page {number} of 3", align="C")
    paragraphs = paragraphs_of("a.pdf", bytes(made.output()))
    assert [p.text for p in paragraphs] == [
        f"{unfinished} over the page to its end.",
        "Third page. " + SHIPS,
    ]
    assert [p.page for p in paragraphs] == [1, 3]


@pytest.mark.parametrize(
    ("foot", "gap", "kept"),
    [
        pytest.param("Page 1 of 1", 40, False, id="in words"),
        pytest.param("- 1 -", 40, False, id="a bare number"),
        pytest.param("7", 40, True, id="another number"),
        pytest.param("1", 4, True, id="close to the text"),
    ],
)
def test_the_number_of_the_only_page_is_no_text_where_it_stands_far_from_all_else(
    foot: str, gap: int, kept: bool
) -> None:
    made = new_pdf()
    made.add_page()
    made.multi_cell(0, 14, LONG, new_x="LMARGIN", new_y="NEXT")
    made.set_y(made.get_y() + gap)
    made.cell(0, 12, foot, align="C")
    assert (foot.strip(" -") in " ".join(texts(bytes(made.output())))) == kept


def test_a_page_of_nothing_but_its_number_has_that_as_its_text() -> None:
    made = new_pdf()
    made.add_page()
    made.cell(0, 12, "1")
    assert texts(bytes(made.output())) == ["1"]


def test_a_word_broken_at_a_lines_end_is_whole_with_a_box_for_each_half() -> None:
    made = new_pdf()
    made.add_page()
    made.multi_cell(
        300, 14, "Timber is an exam-\nple of well-known goods, and of well-\nknown prices."
    )
    extracted = read("a.pdf", bytes(made.output()))
    assert extracted.text == "Timber is an example of well-known goods, and of well-known prices."
    (page,) = extracted.pages
    halves = [w for w in page.words if extracted.text[w.start : w.end] in ("exam", "ple")]
    assert [w.end for w in halves[:1]] == [w.start for w in halves[1:]]
    start = extracted.text.index("example")
    assert len(boxes_of(extracted.pages, start, start + len("example"))[1]) == 2


def test_lists_and_rows_of_cells_keep_their_lines() -> None:
    made = new_pdf()
    made.add_page()
    for line in ("1. Fish", "2. Rope"):
        made.cell(0, 14, line, new_x="LMARGIN", new_y="NEXT")
    made.ln(20)
    for row in (("Name", "Price"), ("Fish", "three"), ("Rope", "four")):
        for cell in row:
            made.cell(200, 14, cell)
        made.ln(14)
    assert texts(bytes(made.output())) == [
        "1. Fish\n2. Rope",
        "Name | Price\nFish | three\nRope | four",
    ]


def marked(rotation: int = 0) -> tuple[bytes, str]:
    """A page whose quote is printed in red, broken over lines; all else is black."""
    quote = "Ships that carry timber wait outside until the tide has turned once more"
    made = new_pdf()
    made.add_page()
    for text, red in ((LONG, 0), (quote + " ", 255), ("and nobody minds. " + LONG, 0)):
        made.set_text_color(red, 0, 0)
        made.write(16, text)
    content = bytes(made.output())
    if rotation:
        content = content.replace(b"/Type /Page\n", b"/Type /Page /Rotate %d\n" % rotation)
    return content, quote


@pytest.mark.parametrize("rotation", [0, 90, 270])
def test_the_boxes_of_a_quote_cover_its_ink_and_no_other(rotation: int) -> None:
    content, quote = marked(rotation)
    extracted = read("a.pdf", content)
    assert (b"/Rotate" in content) == bool(rotation)
    start = extracted.text.index(quote)
    boxes = boxes_of(extracted.pages, start, start + len(quote))[1]
    assert len(boxes) == 2
    image = Image.open(io.BytesIO(render_page(content, 1, 2.0))).convert("RGB")
    (page,) = extracted.pages
    assert image.size == (round(page.width * 2), round(page.height * 2))
    red_inside = red_outside = black_inside = 0
    width, height = image.size
    pixels = image.load()
    for y in range(height):
        for x in range(width):
            red, green, _ = pixels[x, y]
            if green > 100:
                continue
            inside = any(
                b.x0 * 2 - 1 <= x <= b.x1 * 2 + 1 and b.top * 2 - 1 <= y <= b.bottom * 2 + 1
                for b in boxes
            )
            if red > 200:
                red_inside, red_outside = red_inside + inside, red_outside + (not inside)
            elif red < 60:
                black_inside += inside
    assert red_inside > 1_000
    assert red_outside == 0
    assert black_inside == 0


def test_each_words_box_holds_ink() -> None:
    content = bytes(two_columns().output())
    extracted = read("a.pdf", content)
    image = Image.open(io.BytesIO(render_page(content, 1, 2.0))).convert("L")
    (page,) = extracted.pages
    assert len(page.words) > 150
    for word in page.words:
        box = (word.x0 * 2, word.top * 2, word.x1 * 2, word.bottom * 2)
        assert image.crop(tuple(map(round, box))).getextrema()[0] < 128


def test_pdf_metadata_and_the_date_of_making() -> None:
    made = new_pdf()
    made.set_title("Harbour")
    made.set_author("Jane Doe")
    made.set_lang("en-GB")
    made.add_page()
    made.cell(0, 14, SHIPS)
    extracted = read("a.pdf", bytes(made.output()))
    said = extracted.metadata
    assert (said.title, said.author, said.language) == ("Harbour", "Jane Doe", "en")
    assert said.date_source == "metadata"
    named = read("2024-05-03-a.pdf", bytes(made.output())).metadata
    assert (named.date, named.date_source) == ("2024-05-03", "file name")


def test_later_rows_of_a_table_carry_the_names_of_its_columns() -> None:
    def rows(header: tuple[str, ...]) -> bytes:
        made = new_pdf()
        made.add_page()
        for row in (header, *((f"item {n}", str(n), str(n * n)) for n in range(1, 31))):
            for cell in row:
                made.cell(120, 14, cell)
            made.ln(14)
        made.ln(60)
        made.multi_cell(0, 14, LONG)
        return bytes(made.output())

    first, second, after = paragraphs_of("a.pdf", rows(("Name", "Price", "Square")))
    assert first.heading_path == after.heading_path == ()
    assert first.text.startswith("Name | Price | Square\nitem 1 | 1 | 1\n")
    assert second.heading_path == ("Name | Price | Square",)
    assert second.text.startswith("item 20 | 20 | 400\n")
    assert second.text.endswith("item 30 | 30 | 900")
    assert [p.heading_path for p in paragraphs_of("a.pdf", rows(("1", "2", "3")))] == [(), (), ()]


def scanned(pages: int, with_text: int = 0) -> bytes:
    made = new_pdf()
    picture = Image.new("RGB", (40, 40), "grey")
    for i in range(pages):
        made.add_page()
        made.image(picture, 60, 60, 300, 300)
        if i < with_text:
            made.set_xy(60, 500)
            made.cell(0, 14, f"Words on page {i + 1}.")
    return bytes(made.output())


def refused(content: bytes) -> UnreadableError:
    with pytest.raises(UnreadableError) as caught:
        read("a.pdf", content)
    return caught.value


@pytest.mark.parametrize("size", [0.6, 0.8])
def test_a_raised_number_is_the_mark_of_a_note_but_behind_a_unit_an_exponent(size: float) -> None:
    made = new_pdf()
    made.sup_scale = size
    made.add_page()
    made.set_font("helvetica", size=12)
    made.set_xy(60, 60)
    noted = [("Jane Doe", "a"), ("sold", "1"), ("of 482.3", "2,3"), ("to me.", "4")]
    for word, raised in [*noted, ("5 m", "2"), ("or 10", "6"), ("on the 4", "th")]:
        made.write(14, f" {word}")
        made.char_vpos = "SUP"
        made.write(14, raised)
        made.char_vpos = "LINE"
    assert texts(bytes(made.output())) == [
        "Jane Doe[a] sold[1] of 482.3[2,3] to me.[4] 5 m2 or 106 on the 4th"
    ]


def test_small_print_below_a_numbered_paragraph_is_no_item_of_its_list() -> None:
    made = new_pdf()
    made.add_page()
    for y, size, text in ((60, 12, "11. The claim fails."), (80, 8, "2. Built at Leith.")):
        made.set_font("helvetica", size=size)
        made.set_xy(60, y)
        made.cell(0, 14, text)
    assert texts(bytes(made.output())) == ["11. The claim fails.", "2. Built at Leith."]


def test_a_scan_has_no_text_layer() -> None:
    error = refused(scanned(2))
    assert error.state is FileState.NO_TEXT
    assert "run OCR" in str(error)


def test_pages_without_a_text_layer_are_told() -> None:
    extracted: Extracted = read("a.pdf", scanned(3, with_text=2))
    assert extracted.note == "1 of 3 pages have no text layer"
    assert (extracted.page_count, [p.number for p in extracted.pages]) == (3, [1, 2])


def test_an_encrypted_pdf_asks_for_its_password() -> None:
    made = new_pdf()
    made.set_encryption(owner_password="owner", user_password="user")
    made.add_page()
    made.cell(0, 14, SHIPS)
    assert refused(bytes(made.output())).state is FileState.ENCRYPTED


def test_what_is_no_pdf_fails_with_the_reason() -> None:
    assert str(refused(b"%PDF-1.7 nothing")).startswith("not a PDF that can be read")


def test_a_picture_of_a_page_is_bounded_and_its_number_checked() -> None:
    image = Image.open(io.BytesIO(render_page(pdf(), 1, 1_000.0)))
    assert image.size[0] * image.size[1] <= 16_100_000
    with pytest.raises(UnreadableError, match="it has no page 2: it has 1"):
        render_page(pdf(), 2)

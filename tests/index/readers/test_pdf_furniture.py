"""What stands on pages for the sake of the pages, and what only looks like it."""

from tests.index.cutting import paragraphs_of
from tests.index.documents import SHIPS, new_pdf


def test_pages_of_one_form_keep_the_lines_that_differ_in_their_numbers_alone() -> None:
    made = new_pdf()
    for page in range(1, 5):
        made.add_page()
        made.multi_cell(0, 14, f"Harbour office, page {page} of 4", new_x="LMARGIN", new_y="NEXT")
        made.multi_cell(0, 14, f"Invoice 2024-00{page}", new_x="LMARGIN", new_y="NEXT")
        made.set_y(400)
        made.multi_cell(0, 14, SHIPS, new_x="LMARGIN", new_y="NEXT")
        made.set_y(700)
        made.multi_cell(0, 14, f"Total due: {page * 111}.50 EUR", new_x="LMARGIN", new_y="NEXT")
        made.multi_cell(0, 14, "Thank you for your custom", new_x="LMARGIN", new_y="NEXT")
    shown = " ".join(p.text for p in paragraphs_of("a.pdf", bytes(made.output())))
    for page in range(1, 5):
        assert f"Invoice 2024-00{page}" in shown
        assert f"Total due: {page * 111}.50 EUR" in shown
    assert "Harbour office" not in shown
    assert "Thank you" not in shown


def test_heads_of_left_and_right_pages_and_a_foot_beside_the_number_are_no_text() -> None:
    made = new_pdf()
    brought = ("timber", "and salt", "and fish", "and rope", "until the summer.")
    for page in range(1, 6):
        made.add_page()
        if page > 1:
            made.text(60, 30, "DOE AND LEE" if page % 2 == 0 else "The tides of spring")
        made.set_xy(60, 100)
        made.multi_cell(0, 14, f"Ships with {brought[0]} came" if page == 1 else brought[page - 1])
        # That of the first page tells more, and is the same nowhere else.
        made.text(60, 800, "Annals 7: 11-15" + (". doi:10.9/ann.7" if page == 1 else ""))
        made.text(520, 800, str(10 + page))
    (paragraph,) = paragraphs_of("a.pdf", bytes(made.output()))
    assert paragraph.text == " ".join(["Ships with timber came", *brought[1:]])


def test_a_row_at_the_edge_of_each_page_that_begins_with_a_number_is_text() -> None:
    made = new_pdf()
    for page in range(1, 4):
        made.add_page()
        made.text(60, 60, f"{page}")
        made.text(160, 60, f"Ship {chr(64 + page)}")
        made.set_xy(60, 74)
        made.multi_cell(0, 14, SHIPS)
    shown = " ".join(p.text for p in paragraphs_of("a.pdf", bytes(made.output())))
    assert all(f"Ship {letter}" in shown for letter in "ABC")

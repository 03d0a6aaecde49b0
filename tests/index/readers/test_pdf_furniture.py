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

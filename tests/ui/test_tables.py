"""Tables in documents: their cells, and the marked words in them."""

from hypothesis import given
from hypothesis import strategies as st

from ui.render import printable
from ui.tables import table

MARKDOWN = "| Pier | Cost |\n|------|-----:|\n| North | 2.4 million |\n| South |  |"


def cells(text: str, start: int = 0, end: int = 0) -> list[list[str]]:
    return [["".join(part for part, _ in cell) for cell in row] for row in table(text, start, end)]


def test_a_markdown_table_has_its_cells_and_no_ruler() -> None:
    assert cells(MARKDOWN) == [["Pier", "Cost"], ["North", "2.4 million"], ["South", ""]]


def test_bars_and_tabs_between_cells_are_tables_too() -> None:
    assert cells("Pier | Cost\nNorth | 2.4") == [["Pier", "Cost"], ["North", "2.4"]]
    assert cells("Pier\tCost\nNorth\t2.4") == [["Pier", "Cost"], ["North", "2.4"]]


def test_what_is_no_table_is_none() -> None:
    for text in ("", "One | line", "Two lines\nof | which one", "a\nb", "| |"):
        assert table(text, 0, 0) == ()


def test_the_quoted_words_stay_marked_across_cells() -> None:
    start = MARKDOWN.index("North")
    marked = [
        part
        for row in table(MARKDOWN, start, MARKDOWN.index(" million"))
        for cell in row
        for part, mark in cell
        if mark
    ]
    assert marked == ["North", "2.4"]


@given(st.text("ab |\t\n-\\", max_size=60), st.integers(0, 60), st.integers(0, 60))
def test_cells_hold_the_words_of_the_text_in_order(text: str, start: int, end: int) -> None:
    rows = table(text, min(start, end), max(start, end))
    shown = "".join(part for row in rows for cell in row for part, _ in cell)
    kept = iter(printable(text))
    assert all(character in kept for character in shown)

"""Tables in documents: where their cells stand."""

from hypothesis import given
from hypothesis import strategies as st

from ui.tables import table

MARKDOWN = "| Pier | Cost |\n|------|-----:|\n| North | 2.4 million |\n| South |  |"


def cells(text: str) -> list[list[str]]:
    return [[text[start:end] for start, end in row] for row in table(text)]


def test_a_markdown_table_has_its_cells_and_no_ruler() -> None:
    assert cells(MARKDOWN) == [["Pier", "Cost"], ["North", "2.4 million"], ["South", ""]]


def test_bars_and_tabs_between_cells_are_tables_too() -> None:
    assert cells("Pier | Cost\nNorth | 2.4") == [["Pier", "Cost"], ["North", "2.4"]]
    assert cells("Pier\tCost\nNorth\t2.4") == [["Pier", "Cost"], ["North", "2.4"]]


def test_what_is_no_table_is_none() -> None:
    for text in ("", "One | line", "Two lines\nof | which one", "a\nb", "| |"):
        assert table(text) == ()


@given(st.text("ab |\t\n-\\", max_size=60))
def test_cells_follow_each_other_and_have_no_blanks_around_them(text: str) -> None:
    places = [place for row in table(text) for place in row]
    bounds = [bound for place in places for bound in place]
    assert bounds == sorted(bounds)
    assert all(text[start:end] == text[start:end].strip() for start, end in places)

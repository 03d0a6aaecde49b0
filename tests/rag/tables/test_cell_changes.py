import pytest

from rag.mentions import Told
from rag.tables.cell_changes import cells_of_change, changed
from rag.tables.cell_lookup import cell_asked
from tests.rag.fakes import paragraph

REGIONS = paragraph(
    "Region | Revenue 2023 | Revenue 2024 | Result 2023 | Result 2024 | Head 2023 | Head 2024",
    "West | 780 | 845 | (12) | 5 | Ann | Tom",
    "East | 1,495 | 1,610 | 7 | 7.5 | Eva | Max",
    path="regions.csv",
)


def answer(question: str) -> Told:
    return changed([cell_asked(cell, [REGIONS]) for cell in cells_of_change(question)])


@pytest.mark.parametrize(
    ("question", "difference"),
    [
        ("By how much did revenue in the East change from 2023 to 2024?", "115"),
        ("How much did West revenue grow between 2023 and 2024?", "65"),
        ("What was the increase in the result of West from 2023 to 2024?", "17"),
        ("How much higher was the result of the East in 2024 than in 2023?", "0.5"),
    ],
)
def test_a_change_is_told_with_both_cells(question: str, difference: str) -> None:
    first, second, told = (text for text, _ in answer(question).checked)
    assert "2023: " in first
    assert "2024: " in second
    assert told == f"The difference is {difference}."


def test_the_years_may_be_those_of_two_tables() -> None:
    lists = [
        paragraph("item | price", f"Cement | {price}", "Sand | $3", headings=(f"Prices {year}",))
        for year, price in ((2023, "$8.95"), (2024, "$9.80"))
    ]
    cells = cells_of_change("How much more did cement cost in 2024 than in 2023?")
    told = changed([cell_asked(cell, lists) for cell in cells])
    assert [text for text, _ in told.checked] == [
        "item: Cement; price: $8.95",
        "item: Cement; price: $9.80",
        "The difference is 0.85.",
    ]


@pytest.mark.parametrize(
    "question",
    [
        "How much did the head of West change from 2023 to 2024?",
        "By how much did revenue in the North change from 2023 to 2024?",
        "By how much did revenue in the East change from 2022 to 2024?",
    ],
)
def test_no_change_is_told_where_a_figure_is_missing(question: str) -> None:
    assert answer(question) == Told(())


@pytest.mark.parametrize(
    "question",
    [
        "By what percentage did revenue in the East change from 2023 to 2024?",
        "Why did revenue change from 2023 to 2024?",
        "How much revenue did the East have in 2024?",
        "By how much did revenue change from 2024 to 2024?",
    ],
)
def test_other_questions_ask_for_no_change(question: str) -> None:
    assert cells_of_change(question) == ()

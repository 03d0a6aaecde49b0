import pytest

from rag.tables.named_rows import names_its_row
from tests.rag.fakes import paragraph

PRICES = paragraph(
    "item | code | price (EUR) | seats",
    "Oak floorboard | HP-300 | 64 | 2",
    "Plumbing, by the hour | HX-1 | 50 | 4",
)


@pytest.mark.parametrize(
    ("question", "named"),
    [
        ("What is the price of the oak floorboard?", True),
        ("What does HP-300 cost?", True),
        ("What does the plumber cost?", False),
        ("What is the price of plasterboard?", False),
        ("Which item has more than 300 seats?", False),
        ("Which item costs between 60 and 64 euros?", False),
        ("Which item has 2 seats?", True),
    ],
)
def test_a_row_is_named_by_a_word_of_its_cells(question: str, named: bool) -> None:
    assert names_its_row(question, PRICES, PRICES.sentences[1].text) is named


@pytest.mark.parametrize(
    ("question", "named"),
    [("What does pump A cost?", False), ("Which model is it, pump A or B?", True)],
)
def test_a_row_that_tells_only_the_title_of_its_document_is_named_by_its_first_cell(
    question: str, named: bool
) -> None:
    pump = paragraph("property | value", "Model | Pump A", "Weight | 9 kg", path="pump A.md")
    assert names_its_row(question, pump, pump.sentences[1].text) is named


def test_a_word_may_end_otherwise_than_in_the_row() -> None:
    assert names_its_row("What does the plumber cost?", PRICES, PRICES.sentences[2].text)


def test_what_is_no_row_or_the_only_one_need_not_be_named() -> None:
    one = paragraph("item | price", "Oak | 64")
    assert names_its_row("What is the price?", one, one.sentences[1].text)
    prose = paragraph("Oak costs 64. It is sold here.")
    assert names_its_row("What is the price?", prose, prose.sentences[0].text)

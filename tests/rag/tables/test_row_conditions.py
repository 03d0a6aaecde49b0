import pytest

from rag.mentions import Told
from rag.tables.superlatives import extreme
from rag.tables.table_rows import rows_of
from rag.tables.tallies import tallied
from tests.rag.fakes import paragraph

STAFF = rows_of(
    [
        paragraph(
            "name | department | country | salary",
            "Ann Lee | Sales | US | 52000",
            "Tom Holt | IT | UK | 61000",
            "Eva Berg | IT | US | 58000",
            "Max Tam | HR | UK | 45000",
            path="staff.csv",
        )
    ]
)


def test_of_two_bounds_with_or_between_them_not_both_hold() -> None:
    asked = "How many employees have a salary below 50000 or above 60000?"
    assert tallied(asked, STAFF, nearest=True) == Told(())


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("How many employees are in IT?", "2 of the 4 rows of “staff” have “department: IT”."),
        ("How many are in Sales or IT?", "3 of the 4 rows of “staff” have “department: Sales / IT"),
        ("What is the average salary in the US?", "in 2 rows of “staff” with “country: US”"),
    ],
)
def test_what_is_written_in_capitals_is_meant_though_small_it_says_nothing(
    question: str, said: str
) -> None:
    [(text, _)] = tallied(question, STAFF, nearest=True).checked
    assert said in text


def test_of_what_the_table_does_not_tell_in_capitals_nothing_is_told() -> None:
    assert tallied("How many employees are in the WHO?", STAFF, nearest=True) == Told(())
    assert extreme("Which employee in the WHO has the highest salary?", STAFF) == Told(())
    [(text, _)] = extreme("Which employee in the US has the highest salary?", STAFF).checked
    assert "Eva Berg" in text

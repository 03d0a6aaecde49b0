from rag.mentions import Told
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

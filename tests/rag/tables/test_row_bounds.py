import pytest

from rag.tables.row_bounds import without_bounds
from rag.tables.table_rows import columns_of, rows_of
from tests.rag.fakes import paragraph

HALLS = rows_of(
    [
        paragraph(
            "hall | seats | price | opened | closed | founded",
            "Elm | 40 | €1,200 | 2001-05-01 | 2012-01-01 | 1899",
            "Tam | 100 | €900 | 2015-03-01 | 2016-01-01 | 1950",
            "Alder | 250 | €2,000 | 2015-11-20 | 2020-01-01 | 2001",
            path="halls.csv",
        )
    ]
)


@pytest.mark.parametrize(
    ("question", "told", "holds"),
    [
        ("more than 40 seats", "seats: more than 40", [False, True, True]),
        ("seats over 100", "seats: more than 100", [False, False, True]),
        ("no more than 100 seats", "seats: at most 100", [True, True, False]),
        ("fewer than 100 seats", "seats: less than 100", [True, False, False]),
        ("no fewer than 100 seats", "seats: at least 100", [False, True, True]),
        ("100 or more seats", "seats: at least 100", [False, True, True]),
        ("between 40 and 100 seats", "seats: from 40 to 100", [True, True, False]),
        ("a price under €1,000", "price: less than 1,000", [False, True, False]),
        ("opened before 2015", "opened: before 2015", [True, False, False]),
        ("opened in 2015", "opened: in 2015", [False, True, True]),
        ("closed since 2016", "closed: since 2016", [False, True, True]),
        ("founded after 1950", "founded: after 1950", [False, False, True]),
        ("opened in or after 2015", "opened: since 2015", [False, True, True]),
        ("closed in 2016 or earlier", "closed: until 2016", [True, True, False]),
        ("under 1,000 euros", "price: less than 1,000", [False, True, False]),
        ("halls cheaper than 1,200", "price: less than 1,200", [False, True, False]),
        ("no dearer than 1,200", "price: at most 1,200", [True, True, False]),
        ("opened from 2001 to 2014", "opened: from 2001 to 2014", [True, False, False]),
        ("opened in March 2015", "opened: in March 2015", [False, True, False]),
        ("closed after 1 January 2016", "closed: after 1 January 2016", [False, False, True]),
        ("closed after December 2015", "closed: after December 2015", [False, True, True]),
        ("opened before 2015-03-01", "opened: before 2015-03-01", [True, False, False]),
        ("opened until March 1st, 2015", "opened: until March 1st, 2015", [True, True, False]),
        (
            "opened between 1 February and 30 November 2015",
            "opened: between 1 February and 30 November 2015",
            [False, True, True],
        ),
    ],
)
def test_a_bound_holds_for_the_rows_it_is_true_of(
    question: str, told: str, holds: list[bool]
) -> None:
    left, [condition] = without_bounds(question, HALLS, columns_of(HALLS))
    assert (condition.told, list(condition.holds)) == (told, holds)
    assert not any(char.isdigit() for char in left)


@pytest.mark.parametrize(
    "question",
    [
        "in 2015",  # opened, closed or founded?
        "in March 2015",  # opened or closed?
        "opened in March",  # of which year?
        "more than 40 lamps",
        "seats over 40 million",
        "seats of 40 to 100",
        "opened by 2015",
        "more than one seat",
        "about 40 seats",
        "a price above 1.000",  # a thousand, or one?
    ],
)
def test_a_bound_that_is_not_clear_is_of_no_column(question: str) -> None:
    _, conditions = without_bounds(question, HALLS, columns_of(HALLS))
    assert [condition.column for condition in conditions] == [""]

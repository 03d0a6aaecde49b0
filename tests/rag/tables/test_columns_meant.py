import pytest

from index.words import content_stems
from rag.tables.column_values import Values, amounts, days
from rag.tables.columns_meant import NO_COLUMN, column_named, column_named_or_only
from rag.tables.table_rows import Row, columns_of, rows_of
from tests.rag.fakes import paragraph

SHIPS = (
    "ship | length of hull | length of keel | year of launch | refitted",
    "Fulmar | 41 | 33 | 1902 | 1950",
    "Gannet | 38 | 35 | 1911 | 1948",
)
CREWS = ("ship | crew | sails since", "Fulmar | 12 | 1902", "Gannet | 9 | 1911")


def table(lines: tuple[str, ...]) -> list[Row]:
    return rows_of([paragraph(*lines, path="ships.csv")])


@pytest.mark.parametrize(
    ("question", "column", "values"),
    [
        ("Which ship has the largest hull?", "length of hull", [41, 38]),
        ("Which has the largest length of all?", "", []),
        ("Which has the most of it?", "", []),
        ("Which ship is the largest?", "", []),
    ],
)
def test_a_column_is_meant_by_its_words_that_carry_meaning_where_only_one_has_most_of_them(
    question: str, column: str, values: Values
) -> None:
    rows, said = table(SHIPS), set(content_stems(question))
    assert column_named(said, rows, columns_of(rows), amounts) == (column, values)


def test_a_column_that_none_names_is_meant_where_no_other_has_such_values() -> None:
    of_one, of_two = table(CREWS), table(SHIPS)
    found = column_named_or_only(set(), of_one, columns_of(of_one), days)
    assert found == ("sails since", [19_020_000, 19_110_000])
    assert column_named_or_only(set(), of_two, columns_of(of_two), days) == NO_COLUMN
    named = column_named_or_only({"refit"}, of_two, columns_of(of_two), days)
    assert named == ("refitted", [19_500_000, 19_480_000])

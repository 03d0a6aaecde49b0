import pytest

from index.words import content_stems
from rag.tables.table_rows import longest, one_of_several, rows_of, values_of, without_sums
from tests.rag.fakes import paragraph


@pytest.mark.parametrize(
    ("name", "is_sum"),
    [
        ("Total", True),
        ("Grand total", True),
        ("Total 2023", True),
        ("Graz total", True),
        ("Subtotal", True),
        ("Average", True),
        ("All churches", True),
        ("All Saints", False),
        ("Overall Hill", False),
        ("Summer Chapel", False),
    ],
)
def test_a_row_of_sums_is_told_from_one_that_is_called_like_it(name: str, is_sum: bool) -> None:
    rows = rows_of([paragraph("church | pews", "St Mary | 40", f"{name} | 80", path="c.csv")])
    assert len(without_sums(rows)) == 2 - is_sum


@pytest.mark.parametrize(
    ("rows", "is_sum"),
    [
        pytest.param(("Paper | 231.8 | 208.4", "Pulp | 142.6 | 145.1", "Ink | 67.4 | 62.0"), True),
        pytest.param(("Paper | 231.8 | 1", "Pulp | 142.7 | 2", "Ink | 67.3 | 3"), True),
        pytest.param(("Paper | 231.8 | 1", "Pulp | 142.6 | 2", "Ink | 77.4 | 3"), False),
        pytest.param(("Paper | 1 | 2", "Pulp | 2 | 3", "Ink | 3 | 2"), False),
        pytest.param(("Paper | 374.4 | 353.5", "Ink | 67.4 | 62.0"), False),
    ],
    ids=["two columns", "one of large figures", "not quite", "small figures", "of two alone"],
)
@pytest.mark.parametrize("last", [True, False])
def test_a_row_to_which_the_others_add_up_is_a_sum_whatever_its_name(
    rows: tuple[str, ...], is_sum: bool, last: bool
) -> None:
    group = "Group | 6 | 9" if rows[0] == "Paper | 1 | 2" else "Group | 441.8 | 415.5"
    table = (*rows, group) if last else (group, *rows)
    kept = without_sums(rows_of([paragraph("division | 2024 | 2023", *table, path="d.csv")]))
    assert (group.split(" ")[0] not in [row.cells[0][1] for row in kept]) == is_sum


@pytest.mark.parametrize(
    ("question", "named"),
    [
        ("Who borrowed The Salt Road?", {"the salt road"}),
        ("Which are under repair?", {"under repair"}),
        ("Who borrowed Salt?", {"salt"}),
        ("Who borrowed a road?", set()),
    ],
)
def test_a_value_is_named_by_its_words_that_carry_meaning(question: str, named: set[str]) -> None:
    lines = ("1 | The Salt Road | in service", "2 | Salt | under repair")
    rows = rows_of([paragraph("no | title | state", *lines, path="loans.csv")])
    found = longest(values_of(content_stems(question), rows))
    texts = {
        rows[at].value(column).lower()
        for having in found.values()
        for column, places in having.items()
        for at in places
    }
    assert texts == named


def test_of_tables_that_are_alike_but_for_their_headings_one_must_be_named() -> None:
    header = "incident | place"
    january = paragraph(header, "Fire | Elm", headings=("Incidents", "January"))
    march = paragraph(header, "Flood | Elm", headings=("Incidents", "March"))
    other = paragraph("line | place", "7 | Elm", headings=("Incidents", "Lines"))
    first = rows_of([january])[0]
    assert one_of_several("How many incidents were in Elm?", [january, march], first)
    assert not one_of_several("How many incidents were in Elm in January?", [january, march], first)
    assert not one_of_several("How many incidents were in Elm?", [january, other], first)


@pytest.mark.parametrize(
    ("cell", "asked"), [("5,000", "5000"), ("50,000", "50000"), ("Three", "3"), ("ﬁsh", "fish")]
)
def test_a_cell_is_found_however_its_value_is_written(cell: str, asked: str) -> None:
    rows = rows_of([paragraph("town | pews", f"Graz | {cell}", path="c.csv")])
    assert values_of(content_stems(asked), rows) == {frozenset(content_stems(asked)): {"pews": {0}}}

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.match import Match, Span
from rag.mentions import Told
from rag.routes.whole_corpus import WholeCorpus
from rag.tables.table_rows import rows_of
from rag.tables.tallies import not_tallied_notice, tallied
from rag.types import Status, Verdict
from tests.rag.checks import check_answer, finished
from tests.rag.fakes import ScriptedLLM, paragraph
from tests.rag.small_corpus import chain_over, synced

BRANCHES = paragraph(
    "branch | city | manager | employees | opened | parking",
    "North | Graz | Ann Lee | 12 | 2001-05-01 | yes",
    "South | Graz | Tom Holt | 7 | 2015-03-01 | no",
    "Harbour | Linz | Eva Berg | 31 | 2015-11-20 | yes",
    "Old Town | Salzburg | Ann Lee | 4 | 1998-02-02 | no",
    "Mill | Linz | Max Tam | 9 | 2020-07-09 | no",
    path="branches.csv",
)


def told(question: str, *, nearest: bool = True) -> Told:
    return tallied(question, rows_of([BRANCHES]), nearest=nearest)


def cited(found: Told) -> list[str]:
    """The first cells of the rows that are cited, in order."""
    rows = [s for _, match in found.checked for span in match.spans for s in rows_in(span)]
    return [row.split(" | ")[0] for row in rows]


def rows_in(span: Span) -> list[str]:
    sentences = span.paragraph.sentences
    return [s.text for s in sentences if span.start <= s.start and s.end <= span.end]


@pytest.mark.parametrize(
    ("question", "said", "rows"),
    [
        ("How many branches are in Graz?", "2 of the 5 rows of “branches” have “city: Graz”.", 2),
        ("In Linz, how many branches are there?", "2 of the 5 rows", 2),
        ("How many branches are in Graz or Linz?", "4 of the 5 rows", 4),
        ("How many branches does Ann Lee manage?", "2 of the 5 rows", 2),
        ("How many branches have parking?", "2 of the 5 rows", 2),
        ("How many branches does Ann Lee run?", "2 of the 5 rows", 2),
        ("How many branches have more than 8 employees?", "3 of the 5 rows", 3),
        ("How many branches have at most 9 employees?", "3 of the 5 rows", 3),
        ("How many branches in Linz have at least 10 employees?", "1 of the 5 rows", 1),
        ("How many branches were opened in 2015?", "2 of the 5 rows", 2),
        ("How many branches opened after 2015?", "1 of the 5 rows", 1),
        ("How many branches opened since 2015?", "3 of the 5 rows", 3),
        ("How many branches opened before 2015 have parking?", "1 of the 5 rows", 1),
        ("What is the number of branches?", "“branches” has 5 rows.", 5),
        ("How many cities are there?", "“city” has 3 different values in 5 rows", 5),
        ("How many branches have more than 99 employees?", "None of the 5 rows", 5),
        ("How many branches opened from 2001 to 2015?", "3 of the 5 rows", 3),
        ("How many branches have between 7 and 12 employees?", "3 of the 5 rows", 3),
        ("How many branches have ten or more employees?", "2 of the 5 rows", 2),
        ("How many branches have over nine employees?", "2 of the 5 rows", 2),
        ("How many branches have over one million employees?", "None of the 5 rows", 5),
        ("How many branches are not in Graz?", "3 of the 5 rows of “branches” have “city: not", 3),
        ("How many branches in Linz have no parking?", "1 of the 5 rows", 1),
        ("How many branches are there without parking?", "3 of the 5 rows", 3),
        ("Which cities are there?", "“city” has 3 different values in 5 rows", 5),
    ],
)
def test_rows_are_counted_by_what_the_question_says_of_them(
    question: str, said: str, rows: int
) -> None:
    found = told(question)
    [(text, match)] = found.checked
    assert text.startswith(said)
    assert len(cited(found)) == rows
    assert match.verdict is Verdict.SUPPORTED


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("How many employees are there in total?", "The sum of “employees” in 5 rows"),
        (
            "What is the total number of employees in Linz?",
            "The sum of “employees” in 2 rows of “branches” with “city: Linz” is 40.",
        ),
        (
            "What is the average number of employees?",
            "The mean of “employees” in 5 rows of “branches” is 12.6.",
        ),
    ],
)
def test_a_column_is_added_up_or_averaged_where_that_is_asked(question: str, said: str) -> None:
    assert told(question).checked[0][0].startswith(said)


@pytest.mark.parametrize(
    ("question", "rows"),
    [
        ("Which branches are in Linz?", ["Harbour", "Mill"]),
        ("List all branches in Graz", ["North", "South"]),
        ("Which branches opened before 2002?", ["North", "Old Town"]),
        ("Which branches become Ann Lee's?", ["North", "Old Town"]),
        pytest.param(
            "How many employees work in Graz?", ["North", "South"], id="each row has a number"
        ),
    ],
)
def test_several_rows_are_given_one_by_one(question: str, rows: list[str]) -> None:
    found = told(question)
    assert cited(found) == rows
    assert found.notice.startswith(f"{len(rows)} of the 5 rows of “branches”, all read, have “")


def test_the_year_of_a_column_bounds_no_day() -> None:
    table = paragraph(
        "article | launched | sold 2023 | sold 2024",
        "HX-1 | 2023-05-01 | 70 | 90",
        "HX-2 | 2024-01-08 | 0 | 20",
        "HX-3 | 2024-03-08 | 0 | 30",
        path="articles.csv",
    )
    found = tallied("How many were sold in 2024 in total?", rows_of([table]), nearest=True)
    assert found.checked[0][0] == "The sum of “sold 2024” in 3 rows of “articles” is 140."
    found = tallied(
        "How many HX-1 and HX-3 were sold in 2024 together?", rows_of([table]), nearest=True
    )
    assert found.checked[0][0].endswith("with “article: HX-1 / HX-3” is 120.")
    found = tallied("How many articles launched in 2024?", rows_of([table]), nearest=True)
    assert found.checked[0][0].startswith("2 of the 3 rows")


def test_a_month_that_names_a_column_bounds_no_day() -> None:
    table = paragraph("route | July | August", "Odde | 30 | 33", "Nesna | 12 | 13", path="a.csv")
    found = tallied("How many were there in August in total?", rows_of([table]), nearest=True)
    assert found.checked[0][0] == "The sum of “August” in 2 rows of “a” is 46."


def test_the_one_row_within_a_bound_is_given_and_that_none_is() -> None:
    found = told("Which branches opened in July 2020?")
    assert cited(found) == ["Mill"]
    notice = "1 of the 5 rows of “branches”, all read, has “opened: in July 2020”."
    assert found.notice == notice
    question = "Which branches have more than 99 employees?"
    [(text, _)] = told(question).checked
    assert text == "None of the 5 rows of “branches” has “employees: more than 99”."
    assert told(question, nearest=False) == Told(())


@pytest.mark.parametrize(
    "question",
    [
        pytest.param("How many complaints were there in Graz?", id="something else"),
        pytest.param("How many people work in Graz?", id="no table of people"),
        pytest.param("How many branches are in Vienna?", id="no such value"),
        pytest.param("How many branches closed in 2015?", id="another date"),
        pytest.param("How many branches are not in Graz and not in Linz?", id="denied twice"),
        pytest.param("How many branches do not have more than 9 lamps?", id="what is denied?"),
        pytest.param("How many branches not in Graz have parking?", id="which is denied?"),
        pytest.param("How many employees does the Mill branch have?", id="one row"),
        pytest.param("Who is the manager of the Harbour branch?", id="one row of many"),
        pytest.param("What is the total?", id="of nothing"),
        pytest.param("How many branches have been opened?", id="a column and no condition"),
        pytest.param("How many employees does each branch have?", id="each"),
        pytest.param("What percentage of branches are in Graz?", id="a share"),
        pytest.param("How many branches are in Graz or have parking?", id="one or the other"),
        pytest.param("How many branches opened by 2010?", id="a bound of another form"),
        pytest.param("How many branches have 12 in Graz?", id="a figure of no column"),
        pytest.param("What is the number of the branch in Salzburg?", id="a number it has"),
        pytest.param("Why are two branches in Graz?", id="no such question"),
    ],
)
def test_what_is_not_clear_or_needs_one_row_alone_is_not_tallied(question: str) -> None:
    assert told(question) == Told(())


def test_all_rows_are_counted_only_where_nothing_is_nearer_to_the_question() -> None:
    assert told("How many branches are there?", nearest=False) == Told(())
    assert told("How many branches are in Graz?", nearest=False).checked


def test_a_table_of_people_counts_people() -> None:
    staff = paragraph(
        "name | team | hired",
        "Ann Lee | Sales | 2019-01-01",
        "Tom Holt | Sales | 2021-01-01",
        "Eva Berg | Legal | 2022-01-01",
        path="register.csv",
    )
    rows = rows_of([staff])
    [(text, _)] = tallied("How many people work in Sales?", rows, nearest=True).checked
    assert text == "2 of the 3 rows of “register” have “team: Sales”."


def test_a_value_of_two_columns_is_told_apart_by_the_name_of_one() -> None:
    games = paragraph(
        "match | home | away",
        "1 | Elm | Tam",
        "2 | Tam | Elm",
        "3 | Elm | Alder",
        path="matches.csv",
    )
    rows = rows_of([games])
    assert tallied("How many matches has Elm?", rows, nearest=True) == Told(())
    [(text, _)] = tallied("How many matches has Elm at home?", rows, nearest=True).checked
    assert text == "2 of the 3 rows of “matches” have “home: Elm”."


LOANS = paragraph(
    "loan | title | funder | lent | returned | price EUR",
    "1 | Iron Orchard | Alpine Trust | 2023-01-01 | 2023-02-01 | 12.50",
    "2 | Night Trains | Horizon Fund | 2023-03-01 | | 9.00",
    "3 | Iron Orchard | Horizon Fund | 2024-01-01 | | 14.00",
    path="loans.csv",
)


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("How many loans have been returned?", "1 of the 3 rows of “loans” has “returned: given”."),
        ("How many loans have not been returned?", "2 of the 3 rows"),
        ("How many loans did the Horizon Fund fund?", "2 of the 3 rows"),
        ("How many loans cost more than 10 euros?", "2 of the 3 rows"),
        ("How many loans were lent in 2023 or later?", "3 of the 3 rows"),
        ("How many titles are there?", "“title” has 2 different values in 3 rows"),
        (
            "How many titles were lent in 2023 or later?",
            "3 of the 3 rows of “loans” have “lent: since 2023”, with 2 different values",
        ),
    ],
)
def test_an_empty_cell_a_unit_and_a_word_of_a_column_are_understood(
    question: str, said: str
) -> None:
    [(text, _)] = tallied(question, rows_of([LOANS]), nearest=True).checked
    assert text.startswith(said)


STOCK = paragraph(
    "sku | plant | category | price | in stock | depth_km",
    "1 | Sage | Herb | $5.10 | 61 | 1.5",
    "2 | Mint | Herb | $3.00 | 0 | 2.5",
    "3 | Elm | Tree | $150.00 | 4 | 3",
    path="nursery_stock.csv",
)


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("How many herbs do we have in stock altogether?", "The sum of “in stock” in 2 rows"),
        ("How many plants cost more than $100?", "1 of the 3 rows of “nursery stock” has “price: "),
        ("What's the average depth of the herbs?", "The mean of “depth_km” in 2 rows of"),
        ("How many nursery items are out of stock?", ""),
        ("How many items are in stock?", ""),
    ],
)
def test_what_stands_over_a_table_excuses_no_word_of_a_column(question: str, said: str) -> None:
    found = tallied(question, rows_of([STOCK]), nearest=True)
    assert bool(found.checked) == bool(said)
    if said:
        assert found.checked[0][0].startswith(said)


def test_a_sum_that_the_table_states_itself_is_left_to_be_quoted() -> None:
    table = paragraph("town | bridges", "Elm | 3", "Tam | 4", "Total | 7", path="towns.csv")
    rows = rows_of([table])
    assert tallied("What is the total of bridges?", rows, nearest=True) == Told(())
    [(text, _)] = tallied("How many towns have over 2 bridges?", rows, nearest=True).checked
    assert text.startswith("2 of the 2 rows")


@given(
    st.lists(st.tuples(st.sampled_from(["Graz", "Linz", "Wels"]), st.integers(0, 99)), min_size=2),
    st.sampled_from(["Graz", "Linz", "Wels"]),
    st.integers(0, 99),
)
def test_a_count_is_that_of_the_rows_for_which_it_is_true(
    values: list[tuple[str, int]], city: str, least: int
) -> None:
    lines = [f"B{n} | {where} | {seats}" for n, (where, seats) in enumerate(values)]
    rows = rows_of([paragraph("branch | city | seats", *lines, path="branches.csv")])
    found = tallied(f"How many branches in {city} have at least {least} seats?", rows, nearest=True)
    if city not in dict(values):
        assert found == Told(())
        return
    expected = sum(where == city and seats >= least for where, seats in values)
    [(text, _)] = found.checked
    assert text.startswith(f"{expected or 'None'} of the {len(values)} rows")


@pytest.mark.parametrize(
    ("question", "notice"),
    [
        ("How many complaints were there in Graz?", "The rows of this table were not counted."),
        ("How many branches have lamps?", "The rows of this table were not counted."),
        ("What is the average rent in Graz?", "The rows of this table were not added up."),
        ("How many employees has the North branch?", ""),
        ("Which complaints are from Graz?", ""),
    ],
)
def test_an_answer_from_rows_that_were_not_tallied_says_so(question: str, notice: str) -> None:
    row = rows_of([BRANCHES])[0]
    assert (
        not_tallied_notice(question, [("", Match(Verdict.SUPPORTED, (row.span,), 1.0))]) == notice
    )
    prose = paragraph("Twelve people are in the North branch.")
    said = Span(prose, prose.start, prose.end)
    assert not_tallied_notice(question, [("", Match(Verdict.SUPPORTED, (said,), 1.0))]) == ""


def test_a_table_of_many_parts_is_counted_as_a_whole_without_the_model(tmp_path: Path) -> None:
    rows = "\n".join(f"Town {n},{'Styria' if n % 3 else 'Tyrol'},{n}" for n in range(60))
    with synced(tmp_path, {"towns.csv": f"town,state,bridges\n{rows}\n"}) as store:
        model = ScriptedLLM(["Town 1 is in Styria."])
        chain = chain_over(store, model, corpus=WholeCorpus(store))
        answer = finished(chain.stream("How many towns are in Tyrol?"))
        check_answer(answer, store.catalog.text)
        sums = finished(chain.stream("How many bridges are there in Styria in total?"))
        check_answer(sums, store.catalog.text)
    assert answer.status is Status.ANSWERED
    assert answer.text.startswith("20 of the 60 rows of “towns” have “state: Tyrol”.")
    assert answer.notice == "Counted in all rows of the table. The first 10 places are cited."
    total = sum(n for n in range(60) if n % 3)
    assert f"in 40 rows of “towns” with “state: Styria” is {total:,}." in sums.text
    assert model.calls == []


def test_one_value_is_told_as_one() -> None:
    rows = rows_of([paragraph("church | town", "St Mary | Graz", "St Ann | Graz", path="c.csv")])
    [(said, _)] = tallied("How many towns are there?", rows, nearest=True).checked
    assert "“town” has 1 value in 2 rows" in said

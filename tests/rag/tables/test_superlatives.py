from pathlib import Path

import pytest

from index.types import Paragraph
from rag.match import Match, Span
from rag.mentions import Told
from rag.routes.whole_corpus import WholeCorpus
from rag.tables.superlatives import (
    asks_for_extreme,
    extreme,
    not_compared_notice,
)
from rag.tables.table_rows import rows_of, table_of
from rag.types import Status, Verdict
from tests.index.cutting import paragraphs_of
from tests.rag.checks import check_answer, finished
from tests.rag.fakes import ScriptedLLM, paragraph
from tests.rag.small_corpus import chain_over, synced

LANDS = paragraph(
    "country | capital | population | founded | area km2",
    "Andovia | Port | 1204000 | 1902-03-01 | 12,000",
    "Brelland | Nadir | 8840000 | 1844-01-01 | 90,100",
    "Corvia | Tal | 530000 | 2001-05-05 | 3,300",
    "Drenmark | Holt | 17400000 | 1650-11-11 | 90,100",
    "Total | | 27974000 | | 195,500",
    path="lands.csv",
)
PAIRS = paragraphs_of(
    "birds.md",
    b"# Breeding pairs\n\n| Site | 2023 | 2024 |\n|---|---|---|\n| Canal | 3 | 0 |\n"
    b"| Mill | 5 | 7 |\n| Quarry | 2 | 9 |\n",
)[-1]


def names_of(told: Told) -> list[str]:
    """The first cell of each row cited."""
    return [text.split(";")[0].partition(": ")[2] for text, _ in told.checked]


def compared(question: str, *table: Paragraph) -> Told:
    return extreme(question, rows_of(table or [LANDS]))


@pytest.mark.parametrize(
    ("question", "country"),
    [
        ("Which country has the largest population?", "Drenmark"),
        ("Which country has the smallest population?", "Corvia"),
        ("What is the oldest country?", "Drenmark"),
        ("Which country was founded latest, the newest?", ""),
        ("Which is the newest country?", "Corvia"),
        ("In which country is the area smallest?", "Corvia"),
        ("Which country has the highest population by capital Nadir or Tal?", ""),
        ("Which country has the second largest population?", "Brelland"),
        ("Which is the 3rd largest country by population?", "Andovia"),
        ("Which country has the second smallest area?", "Andovia"),
        ("Which country was founded most recently?", "Corvia"),
        ("largest population", "Drenmark"),
        ("name the second oldest country", "Brelland"),
        ("Which country with an area under 20,000 has the largest population?", "Andovia"),
        ("Which country founded after 1900 has the largest area?", "Andovia"),
        ("Which country with more than 9 lakes has the largest area?", ""),
    ],
)
def test_the_row_that_has_most_or_least_is_found_among_all(question: str, country: str) -> None:
    told = compared(question)
    assert names_of(told) == ([country] if country else [])


@pytest.mark.parametrize(
    ("question", "ship"),
    [
        ("Which is the longest ship?", "Gull"),
        ("Which tug is the cheapest?", "Tern"),
        ("Which is the heaviest ship?", ""),
        ("What is the most expensive tug?", "Skua"),
        ("the second most expensive ship", "Skua"),
        ("Which ship is the least expensive?", "Tern"),
    ],
)
def test_the_column_that_a_word_compares_by_need_not_be_named(question: str, ship: str) -> None:
    ships = paragraph(
        "ship | type | length (m) | price",
        "Gull | ferry | 110.8 | 900",
        "Tern | tug | 40 | 120",
        "Skua | tug | 55 | 300",
        path="ships.csv",
    )
    assert names_of(compared(question, ships)) == ([ship] if ship else [])


@pytest.mark.parametrize(
    ("question", "found"),
    [
        ("Which shaft is the deepest?", "C"),
        ("Which shaft is the shallowest?", "B"),
        ("What is the narrowest shaft?", "C"),
        ("Which is the oldest shaft?", "A"),
        ("Which shaft is the hottest?", ""),
    ],
)
def test_depth_and_width_are_what_the_deepest_and_narrowest_are_compared_by(
    question: str, found: str
) -> None:
    shafts = paragraph(
        "shaft | depth (m) | width (m) | sunk",
        "A | 120 | 3.5 | 1871-04-01",
        "B | 95 | 4.2 | 1884-05-01",
        "C | 140 | 3.1 | 1902-06-01",
        path="shafts.csv",
    )
    assert names_of(compared(question, shafts)) == ([found] if found else [])


@pytest.mark.parametrize(("question", "name"), [("oldest", "Tom"), ("youngest", "Priya")])
def test_the_oldest_of_people_whose_age_is_told_has_most_years(question: str, name: str) -> None:
    staff = paragraph(
        "name | age | joined",
        "Ann | 40 | 2001-05-01",
        "Priya | 34 | 2010-05-01",
        "Tom | 51 | 2020-05-01",
        path="staff.csv",
    )
    assert names_of(compared(f"Who is the {question}?", staff)) == [name]


def test_the_answer_tells_how_it_was_compared_and_leaves_sums_out() -> None:
    told = compared("Which country has the largest population?")
    assert told.notice == "Of 4 rows of “lands” compared by “population”."
    [(text, match)] = told.checked
    assert text.startswith("country: Drenmark; capital: Holt; population: 17400000")
    assert match.verdict is Verdict.SUPPORTED
    assert match.spans[0].text.startswith("Drenmark | Holt")


def test_rows_that_have_the_same_are_all_cited() -> None:
    assert names_of(compared("Which country has the largest area?")) == ["Brelland", "Drenmark"]


def test_of_many_that_have_the_same_the_first_are_cited() -> None:
    table = paragraph("town | bridges", *(f"Town {n} | 7" for n in range(9)), path="towns.csv")
    told = compared("Which town has the most bridges?", table)
    assert len(told.checked) == 5
    assert told.notice.endswith("9 have the same; the first 5 are cited.")


def test_a_year_may_head_the_column_that_is_meant() -> None:
    assert names_of(compared("Which site had the most pairs in 2024?", PAIRS)) == ["Quarry"]
    assert names_of(compared("Which site had the fewest pairs in 2023?", PAIRS)) == ["Quarry"]
    assert names_of(compared("highest pairs 2024", PAIRS)) == ["Quarry"]


def test_only_rows_with_the_value_asked_about_are_compared() -> None:
    staff = paragraph(
        "name | team | salary",
        "Ann Lee | Sales | 41000",
        "Tom Holt | Sales | 39000",
        "Eva Berg | Legal | 62000",
        path="staff.csv",
    )
    assert names_of(compared("Who in Sales has the highest salary?", staff)) == ["Ann Lee"]


def test_a_column_of_yes_and_no_that_is_named_leaves_those_with_yes() -> None:
    halls = paragraph(
        "hall | seats | heated", "Elm | 400 | no", "Tam | 90 | yes", "Mill | 20 | yes", path="h.csv"
    )
    assert names_of(compared("Which heated hall has the most seats?", halls)) == ["Tam"]
    assert names_of(compared("Which hall has the most seats?", halls)) == ["Elm"]


def test_rows_are_not_compared_by_what_all_that_are_meant_have_alike() -> None:
    inns = paragraph(
        "inn | stars | price", "Elm | 3 | 90", "Tam | 3 | 70", "Mill | 2 | 50", path="inns.csv"
    )
    assert names_of(compared("Which 3 stars inn is the cheapest?", inns)) == ["Tam"]


def test_a_word_that_is_part_of_a_name_in_a_row_does_not_mean_that_row() -> None:
    table = paragraph(
        "name | population",
        "Mexico City | 9200000",
        "Delhi | 16800000",
        "North Elm | 4000",
        "North Tam | 7000",
        path="places.csv",
    )
    assert names_of(compared("Which city has the largest population?", table)) == ["Delhi"]
    assert compared("Which part of Mexico has the largest population?", table) == Told(())
    assert compared("Which is the smallest population in the North?", table) == Told(())


@pytest.mark.parametrize(
    "question",
    [
        pytest.param("Which country in Europe has the largest population?", id="untold name"),
        pytest.param("Which country has the most lakes?", id="no such column"),
        pytest.param("Which country does not have the largest population?", id="denied"),
        pytest.param("Which countries have at most a population of 600000?", id="a bound"),
        pytest.param("Is Corvia the country with the largest population?", id="yes or no"),
        pytest.param("What is the population of the capital Tal?", id="no comparison"),
        pytest.param("Which country has the next largest population?", id="after which"),
        pytest.param("Which country has the second largest area?", id="two are the first"),
        pytest.param("Which country has the 5th largest population?", id="more than there are"),
        pytest.param("Most countries have which population?", id="many of them"),
        pytest.param("Is the largest population that of Corvia?", id="whether"),
        pytest.param("Which two countries have the two largest populations?", id="several"),
        pytest.param("Which capital has the highest average population?", id="computed"),
        pytest.param("Which country besides Corvia has the largest population?", id="all but one"),
    ],
)
def test_what_is_not_clear_is_not_compared(question: str) -> None:
    assert compared(question) == Told(())


def test_all_parts_of_a_table_belong_to_it_and_other_tables_do_not() -> None:
    header = "town | bridges"
    first = paragraph(header, "Elm | 3", headings=("Roads",))
    later = paragraph("Alder | 9", headings=("Roads", header))
    other = paragraph(header, "Tam | 40", headings=("Rails",))
    row = rows_of([first])[0]
    table = table_of([first, later, other, paragraph("Prose.")], row)
    assert names_of(extreme("Which town has the most bridges?", table)) == ["Alder"]


def test_an_answer_from_rows_that_were_not_compared_says_so() -> None:
    question = "Which country has the most lakes?"
    row = rows_of([LANDS])[0]
    cited = [
        (
            "Andovia.",
            Match(Verdict.SUPPORTED, (Span(LANDS, row.sentence.start, row.sentence.end),), 1.0),
        )
    ]
    assert asks_for_extreme(question)
    assert not_compared_notice(question, cited).startswith("The rows of this table were not")
    assert not_compared_notice("What is the capital of Andovia?", cited) == ""
    prose = paragraph("Brelland has the most lakes.")
    said = Span(prose, prose.start, prose.end)
    assert not_compared_notice(question, [("", Match(Verdict.SUPPORTED, (said,), 1.0))]) == ""


def test_a_table_of_many_parts_is_compared_as_a_whole_without_the_model(tmp_path: Path) -> None:
    rows = "\n".join(f"Town {n},{(n * 37) % 101}" for n in range(60))
    with synced(tmp_path, {"towns.csv": f"town,bridges\n{rows}\n"}) as store:
        model = ScriptedLLM(["Town 1 has the most bridges."])
        chain = chain_over(store, model, corpus=WholeCorpus(store))
        answer = finished(chain.stream("Which town has the most bridges?"))
        check_answer(answer, store.catalog.text)
    assert answer.status is Status.ANSWERED
    best = max(range(60), key=lambda n: (n * 37) % 101)
    assert answer.text == f"town: Town {best}; bridges: {best * 37 % 101} [1]"
    assert answer.notice == "Of 60 rows of “towns” compared by “bridges”."
    assert model.calls == []

import pytest

from index.types import Paragraph
from index.words import names, numbers
from rag.tables.rows import (
    cells,
    is_column_names,
    lacking,
    misread,
    paragraph_words,
    told,
    told_words,
)
from tests.index.cutting import paragraphs_of
from tests.rag.fakes import paragraph

MEDALS = paragraph(
    "nation | gold | silver | bronze",
    "Norland | 24 | 13 | 11",
    "South Elm | 10 | 15 | 8",
    "Alder | 9 | | 12",
    path="winter_games.csv",
)
HEADER, NORLAND, ELM, ALDER = (s.text for s in MEDALS.sentences)
LATER = paragraph("Tamworth | 7 | 2 | 5", headings=("Games", "nation | gold | silver | bronze"))
MARKDOWN = paragraphs_of(
    "a.md", b"| town | netGain | since |\n|---|---|---|\n| Elm | 41 | 2012-02-28 |\n"
)[0]


def test_a_row_is_told_with_the_names_of_its_columns() -> None:
    assert told(MEDALS, ELM) == "nation: South Elm; gold: 10; silver: 15; bronze: 8"
    assert told(LATER, LATER.text) == "nation: Tamworth; gold: 7; silver: 2; bronze: 5"
    row = MARKDOWN.sentences[-1].text
    assert told(MARKDOWN, row) == "town: Elm; netGain: 41; since: 2012-02-28"


@pytest.mark.parametrize("header", ["Q3 2024 | Q3 2023", "| Leith | Hull"])
def test_nothing_may_head_the_names_of_the_rows(header: str) -> None:
    source = paragraph(header, "Revenue | 482 | 453", path="report.pdf")
    first, second = header.strip("| ").split(" | ")
    assert told(source, "Revenue | 482 | 453") == f"Revenue; {first}: 482; {second}: 453"


def test_the_cells_of_a_row_may_be_parted_by_blanks() -> None:
    source = paragraph(
        "Address      Rooms  Rent", "Mill Lane 4  2       890", "Abbey Court  4      1580"
    )
    assert cells(source, source.sentences[1].text) == (
        ("Address", "Mill Lane 4"),
        ("Rooms", "2"),
        ("Rent", "890"),
    )
    assert is_column_names(source, source.sentences[0].text)
    prose = paragraph("He left.  She  stayed.", "Both  were  tired  of it.")
    assert cells(prose, prose.sentences[1].text) == ()


def test_an_empty_cell_is_not_told() -> None:
    assert told(MEDALS, ALDER) == "nation: Alder; gold: 9; bronze: 12"


@pytest.mark.parametrize(
    ("source", "text"),
    [
        pytest.param(MEDALS, HEADER, id="the header"),
        pytest.param(MARKDOWN, MARKDOWN.sentences[1].text, id="a rule"),
        pytest.param(paragraph("Norland won ten.", "Elm lost."), "Norland won ten.", id="prose"),
        pytest.param(paragraph("4 | 5", "6 | 7"), "6 | 7", id="no header"),
        pytest.param(MEDALS, "a | b | c | d | e", id="more cells than columns"),
        pytest.param(paragraph("Use a | b here."), "Use a | b here.", id="a mark in prose"),
    ],
)
def test_what_is_no_row_under_a_header_is_told_as_it_is(source: Paragraph, text: str) -> None:
    assert cells(source, text) == ()
    assert told(source, text) == text


def test_the_header_over_rows_is_known_and_no_other_row() -> None:
    found = [is_column_names(MEDALS, s.text) for s in MEDALS.sentences]
    assert found == [True, False, False, False]
    assert not is_column_names(paragraph(HEADER), HEADER)


def test_over_a_rule_years_may_be_all_that_heads_the_columns() -> None:
    [pairs] = paragraphs_of("a.md", b"| Site | 2023 | 2024 |\n|---|---|---|\n| Mill | 5 | 7 |\n")
    header, _, row = (s.text for s in pairs.sentences)
    assert is_column_names(pairs, header)
    assert told(pairs, row) == "Site: Mill; 2023: 5; 2024: 7"


def test_of_a_long_row_the_model_is_told_what_the_question_may_mean() -> None:
    columns = ["month", "region", *(f"net{i}" for i in range(15)), "farm_jobs"]
    row = ["2006-01-01", "Elm", *(str(i) for i in range(100, 115)), "77"]
    source = paragraph(" | ".join(columns), " | ".join(row))
    text = source.sentences[1].text
    assert told(source, text, "How many jobs?") == (
        "month: 2006-01-01 (January); region: Elm; farm_jobs: 77"
    )
    assert told(source, text, "Who?").count(";") == 11
    assert told(source, text).count(";") == 17


def test_a_rows_words_have_its_columns_in_words_and_its_month_by_name() -> None:
    words = told_words(MARKDOWN, MARKDOWN.sentences[-1].text)
    assert {"net", "gain", "town", "elm", "februari", "41"} <= set(words)
    assert {"februari", "gain"} <= paragraph_words(MARKDOWN)


@pytest.mark.parametrize("date", ["2012-02-28", "2012/02/28", "2012-02", "28.02.2012", "28.2.2012"])
def test_a_month_written_as_a_number_is_known_by_name(date: str) -> None:
    assert "februari" in told_words(paragraph(f"It was {date}."), f"It was {date}.")
    other = "It was 2012-22-28, 12/34 and 28.2."
    assert "februari" not in told_words(paragraph(other), other)


def test_a_row_lacks_the_names_and_numbers_of_the_question_that_it_does_not_tell() -> None:
    assert lacking("What did Elm win in 1994?", MEDALS, ELM) == 1
    assert lacking("What did Elm win in the winter games?", MEDALS, ELM) == 0
    assert lacking("What did Elm win in 1994?", MEDALS, HEADER) == 0


def test_what_one_row_tells_the_path_does_not_tell_of_another() -> None:
    rows = ["Party | Signatory", "Elm | Ann Reed", "Oak | Bob Hall"]
    signed = paragraph(*rows, path="elm_and_oak.docx", headings=("Agreement with Oak",))
    assert lacking("Who signed for Oak?", signed, rows[1]) == 1
    assert lacking("Who signed for Oak?", signed, rows[2]) == 0
    must = names("Ann Reed") | names("Oak")
    assert misread("Ann Reed signed for Oak.", "Who signed for Oak?", must, [(signed, rows[1])])


@pytest.mark.parametrize(
    ("claim", "row", "wrong"),
    [
        ("South Elm won 10 gold medals.", ELM, False),
        ("South Elm won 15 gold medals.", ELM, True),
        ("South Elm won 15 medals.", ELM, False),
        ("South Elm did not win 10 gold medals.", ELM, True),
        ("The nation with 24 gold medals is Norland.", NORLAND, False),
        ("In the winter games South Elm won 10 gold medals.", ELM, False),
        # What the question says has to stand in the row as well.
        ("Norland won 12 bronze medals.", NORLAND, True),
        ("Alder won 12 bronze medals.", ALDER, False),
        ("Aldous of Alder won 9 gold medals.", ALDER, False),
        ("It was Aldous of Alder who won 9 gold medals.", ALDER, True),
    ],
)
def test_a_claim_takes_a_value_from_its_own_column_and_row(
    claim: str, row: str, wrong: bool
) -> None:
    must = names(claim) | numbers(claim)
    question = "Which nation won 12 bronze medals?"
    assert misread(claim, question, must, [(MEDALS, row)]) is wrong

import pytest

from index.words import stems
from rag.extract import RankedSentence
from rag.match import Match, Span
from rag.notices.unmentioned import mentioning_first, unmentioned, unmentioned_notice
from rag.types import Verdict
from tests.rag.fakes import paragraph

TROOPS = paragraph("Syrian troops left the town.", "They went north.", path="north_star.txt")


def cited(*places: int) -> list[tuple[str, Match]]:
    spans = [TROOPS.sentences[i] for i in places]
    found = tuple(Span(TROOPS, s.start, s.end) for s in spans)
    return [("They left.", Match(Verdict.SUPPORTED, found, 1.0))]


@pytest.mark.parametrize(
    ("question", "named"),
    [
        ("Why did Turkey leave the town?", "“Turkey”"),
        ("Why did the Free Army leave Hama's town?", "“Free Army” and “Hama”"),
        ("Did Ann or Ann leave?", "“Ann”"),
        ("What is Norland's Syrian quota?", "“Norland”"),
    ],
)
def test_names_that_nothing_cited_mentions_are_told(question: str, named: str) -> None:
    notice = f"What is cited does not mention {named}."
    assert unmentioned_notice(question, cited(1)) == notice


@pytest.mark.parametrize(
    "question",
    [
        pytest.param("Why did the Syrian troops leave?", id="as it is"),
        pytest.param("Why did they leave Syria?", id="another form"),
        pytest.param("Why did the Syrian Army leave?", id="a part of it"),
        pytest.param("Who left the ship North Star?", id="in the path"),
        pytest.param("Who left the town?", id="no name"),
        pytest.param("Who left on a Friday in June?", id="a day and a month"),
    ],
)
def test_nothing_is_told_where_all_are_mentioned(question: str) -> None:
    assert unmentioned_notice(question, cited(0)) == ""


@pytest.mark.parametrize(
    ("name", "text", "mentioned"),
    [
        ("Norway", "The Norwegian fleet left.", True),
        ("Turkey", "The Turkish fleet left.", True),
        ("Lindholm", "Lindt & Sohn left.", False),
        ("Marlow", "The Marlborough fleet left.", False),
    ],
)
def test_a_name_is_not_mentioned_by_another_that_begins_alike(
    name: str, text: str, mentioned: bool
) -> None:
    assert (unmentioned(f"Why did {name} leave?", [paragraph(text)]) == []) is mentioned


def test_where_nothing_is_cited_nothing_is_told() -> None:
    assert unmentioned_notice("Why did Turkey leave?", []) == ""
    unsupported = [("No.", Match(Verdict.UNSUPPORTED, (), 0.0))]
    assert unmentioned_notice("Why did Turkey leave?", unsupported) == ""


def test_a_name_that_the_documents_title_has_is_mentioned() -> None:
    question = "Why did Turkey leave?"
    assert unmentioned_notice(question, cited(1), lambda path: stems("On Turkey")) == ""


def test_a_month_that_a_row_has_as_a_number_and_a_column_are_mentioned() -> None:
    table = paragraph("date | gdpShare", "1854-11-01 | 480")
    row = table.sentences[1]
    checked = [("480.", Match(Verdict.SUPPORTED, (Span(table, row.start, row.end),), 1.0))]
    assert unmentioned_notice("What was the GDP in 1854?", checked) == ""
    assert "GNP" in unmentioned_notice("What was the GNP in 1854?", checked)


def test_of_rows_those_with_the_names_and_numbers_of_the_question_come_first() -> None:
    table = paragraph("town | year | sold", "Elm | 1854 | 9", "Alder | 1854 | 8", "Elm | 1855 | 7")
    ranked = [RankedSentence(table, s, 1.0) for s in table.sentences[1:]]
    assert [r.sentence.text for r in mentioning_first("What did Elm sell in 1855?", ranked)] == [
        "Elm | 1855 | 7",
        "Elm | 1854 | 9",
        "Alder | 1854 | 8",
    ]

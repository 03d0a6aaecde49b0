"""What is told of another than the question names, and what only looks like it."""

import pytest

from index.document_names import DocumentNames
from rag.match import Span
from rag.notices.siblings import of_a_sibling, of_another_rank
from tests.rag.fakes import paragraph

IPSWICH = "The tidal barrier in Ipswich was closed for a night.\n"
NORWICH = "Helen Croft came to the Corn Hall in Norwich.\n\nThe shelter took in 180 people.\n"
TEXTS = {
    "ipswich flood.md": IPSWICH,
    "norwich flood.md": NORWICH,
    "staff handbook.md": "Staff have 27 days.\n\nThe shelter took in 180 people.\n",
    "flood and tide.md": f"{NORWICH}\nSo it was by the Ipswich road.\n",
    "minutes 2019.md": "There were trees.\n",
    "minutes 2020-21.md": "The shelter took in 180 people.\n",
}
NAMES = DocumentNames((path, path.removesuffix(".md")) for path in TEXTS)


def cited(path: str, text: str = "The shelter took in 180 people.") -> list[Span]:
    source = paragraph(text, path=path)
    return [Span(source, source.start, source.end)]


@pytest.mark.parametrize(
    ("question", "path", "other"),
    [
        pytest.param("Who slept in Ipswich?", "norwich flood.md", "Ipswich", id="another town"),
        pytest.param("Who slept in Norwich?", "norwich flood.md", "", id="the town"),
        pytest.param("Who slept in Ipswich?", "staff handbook.md", "", id="named for nobody"),
        pytest.param("Who slept in Ipswich?", "flood and tide.md", "", id="mentions it"),
        pytest.param("Did Ipswich send men to Norwich?", "norwich flood.md", "", id="both"),
        pytest.param("Who slept in Bristol?", "norwich flood.md", "", id="names no document"),
        pytest.param("Who slept in 2019?", "minutes 2020-21.md", "2019", id="another year"),
        pytest.param("Who slept in 2021?", "minutes 2020-21.md", "", id="two years"),
        pytest.param("Who slept since 2019?", "minutes 2020-21.md", "", id="compared"),
        pytest.param("Who slept in 2019?", "staff handbook.md", "", id="named by no year"),
        pytest.param("Who slept in 2018?", "minutes 2020-21.md", "", id="no document of it"),
    ],
)
def test_a_document_named_for_another_does_not_answer_of_the_one_asked_about(
    question: str, path: str, other: str
) -> None:
    found = of_a_sibling(question, cited(path), NAMES, TEXTS.__getitem__)
    assert (found.asked if found else "") == other


def test_a_paragraph_that_has_the_year_may_stand_in_the_minutes_of_another() -> None:
    spans = cited("minutes 2020-21.md", "In 2019 it took in 90.")
    assert of_a_sibling("Who slept in 2019?", spans, NAMES, TEXTS.__getitem__) is None


@pytest.mark.parametrize(
    ("question", "text", "other"),
    [
        ("Who is the mayor of Ipswich?", "The deputy mayor is Alan Reeve.", "mayor"),
        ("Who was vice-president?", "The president was Ann Lee.", "vice president"),
        ("Who was vice-president?", "Its vice president was Ann Lee.", ""),
        ("Who is the mayor?", "The mayor, Ann Lee, and the deputy mayor came.", ""),
        ("When did the mayor come?", "The deputy mayor came on Monday.", ""),
        ("Who is the mayor?", "Ann Lee leads the town.", ""),
    ],
)
def test_who_is_deputy_is_not_who_holds_the_office(question: str, text: str, other: str) -> None:
    found = of_another_rank(question, cited("norwich flood.md", text))
    assert (found.asked if found else "") == other

from collections.abc import Mapping
from pathlib import Path

import numpy as np
import pytest

from index.types import Paragraph
from rag.match import Match, Span
from rag.notices.conflicts import Other, beside, conflict_notice, other_statements
from rag.types import Answer, Status, Verdict
from tests.rag.checks import check_answer, finished
from tests.rag.fakes import ScriptedLLM, paragraph
from tests.rag.small_corpus import chain_over, synced

CITED = "The Alder bridge was opened to traffic in 1932 by the mayor of Renfield."
QUESTION = "When was the Alder bridge opened?"


def others_of(text: str, question: str = QUESTION) -> list[Other]:
    first = paragraph(CITED, path="new.txt")
    second = paragraph("It rains.", text, path="old.txt")
    cited = Span(first, 0, len(CITED))
    return other_statements(question, cited, [first, second], alike([first, second]))


def alike(paragraphs: list[Paragraph]) -> Mapping[str, np.ndarray]:
    """Every second sentence is as near as can be, whatever its words."""
    return {
        p.id: np.array([s.ordinal == len(p.sentences) - 1 for s in p.sentences]) * 0.95
        for p in paragraphs
    }


@pytest.mark.parametrize(
    "text",
    [
        CITED.replace("1932", "1934"),
        CITED.replace("Renfield", "Oakholm"),
        "The Alder bridge was opened by the mayor of Renfield to traffic in 1934.",
        CITED.replace("in 1932", "in May 1934"),
    ],
)
def test_the_same_statement_with_another_value_contradicts(text: str) -> None:
    (other,) = others_of(text)
    assert other.contradicts
    assert other.span.text == text


def test_a_day_in_digits_is_the_same_as_with_its_month() -> None:
    cited = Span(p := paragraph("The old town bridge was opened on 3 May 1932."), 0, len(p.text))
    other = paragraph("The old town bridge was opened on 03.05.1932.", path="other.txt")
    (found,) = other_statements("When?", cited, [other], {other.id: np.array([0.9])})
    assert not found.contradicts


@pytest.mark.parametrize(("fee", "contradicts"), [("€500", True), ("500 pounds", False)])
def test_the_same_sum_in_another_currency_contradicts(fee: str, *, contradicts: bool) -> None:
    cited = Span(p := paragraph("The yearly mooring fee of the yard is £500."), 0, len(p.text))
    other = paragraph(f"The yearly mooring fee of the yard is {fee}.", path="other.txt")
    (found,) = other_statements("What fee?", cited, [other], {other.id: np.array([0.9])})
    assert found.contradicts is contradicts


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(CITED, id="word for word"),
        pytest.param(CITED.replace("opened to traffic", "opened to all traffic"), id="a word more"),
    ],
)
def test_the_same_statement_with_the_same_values_agrees(text: str) -> None:
    (other,) = others_of(text)
    assert not other.contradicts


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(
            "The Tam bridge was opened in 1934 by the mayor of Oakholm.", id="another thing"
        ),
        pytest.param("The Alder bridge carries four lanes and a cycle path.", id="another fact"),
        pytest.param(CITED.replace("1932", "the spring"), id="no value of its own"),
        pytest.param("It closed in 1934.", id="too short to tell"),
        pytest.param(
            CITED.replace("1932", "1934").replace("was", "was not"), id="a denial of another value"
        ),
    ],
)
def test_other_statements_are_left_alone(text: str) -> None:
    assert others_of(text) == []


def test_a_value_the_question_gives_tells_two_cases_apart() -> None:
    assert others_of(CITED.replace("1932", "1934"), "Who opened the Alder bridge in 1932?") == []


@pytest.mark.parametrize(
    ("question", "contradicted"),
    [
        ("What did sand cost in 2024?", False),
        ("What does sand cost?", True),
        ("What did sand cost in 2022?", True),
    ],
)
def test_a_document_of_another_year_contradicts_nothing_in_that_of_the_year_asked_for(
    question: str, *, contradicted: bool
) -> None:
    cited = paragraph("A ton of washed sand is sold at $38.", headings=("Prices 2024",))
    other = paragraph("A ton of washed sand is sold at $36.", path="prices_2023.txt")
    span = Span(cited, 0, len(cited.text))
    found = other_statements(question, span, [other], {other.id: np.array([0.9])})
    assert [one.contradicts for one in found] == [True] * contradicted


def test_both_values_are_given_with_their_sources_and_agreeing_sources_are_cited_too() -> None:
    first, second, third = (paragraph(CITED, path=f"{n}.txt") for n in "abc")
    cited, agreeing, against = (Span(p, 0, len(CITED)) for p in (first, second, third))
    told = beside(
        [("It opened in 1932.", Match(Verdict.SUPPORTED, (cited,), 0.9))],
        [(cited, Other(agreeing, False)), (cited, Other(against, True))],
    )
    assert told[0][1].spans == (cited, agreeing)
    assert told[1][0] == f"Another source says: “{CITED}”"
    assert told[1][1].spans == (against,)


def test_the_notice_names_the_documents_with_their_dates() -> None:
    first, second = paragraph(CITED, path="a.txt"), paragraph(CITED, path="b.txt")
    cited, against = Span(first, 0, 5), Span(second, 0, 5)
    notice = conflict_notice([(cited, Other(against, True))], {"b.txt": "1987"})
    assert "a.txt, b.txt (1987)" in notice
    assert conflict_notice([(cited, Other(against, False))], {}) == ""


# In the chain


def told(tmp_path: Path, texts: dict[str, str], model: ScriptedLLM | None) -> Answer:
    with synced(tmp_path, texts) as store:
        answer = finished(chain_over(store, model).stream(QUESTION))
    check_answer(answer, texts.__getitem__)
    assert answer.status is Status.ANSWERED
    return answer


@pytest.mark.parametrize("model", [None, "The Alder bridge was opened in 1932."])
def test_an_answer_two_documents_disagree_on_gives_both(tmp_path: Path, model: str | None) -> None:
    texts = {"new.txt": f"{CITED}\n", "old.txt": f"{CITED.replace('1932', '1934')}\n"}
    answer = told(tmp_path, texts, ScriptedLLM([model]) if model else None)
    assert "1932" in answer.text
    assert "1934" in answer.text
    assert {c.paragraph.path for c in answer.citations} == {"new.txt", "old.txt"}
    assert "disagree" in answer.notice


def test_an_answer_two_documents_agree_on_cites_both(tmp_path: Path) -> None:
    texts = {
        "new.txt": f"{CITED}\n",
        "old.txt": f"{CITED.replace('to traffic', 'to all traffic')}\n",
    }
    answer = told(tmp_path, texts, ScriptedLLM(["The Alder bridge was opened in 1932."]))
    assert {c.paragraph.path for c in answer.citations} == {"new.txt", "old.txt"}
    assert answer.notice == ""


def test_a_paragraph_deleted_while_the_model_wrote_says_nothing_else() -> None:
    cited, other = paragraph("The bridge was opened in 1932."), paragraph("It opened in 1933.")
    span = Span(cited, 0, cited.end)
    assert other_statements("When was it opened?", span, [cited, other], {}) == []


@pytest.mark.parametrize(
    ("one", "other", "contradicts"),
    [
        (
            "The boil-water notice was issued at 06:30 and lifted on 15 March.",
            "11 March, 06:30: The boil-water notice is issued.",
            False,
        ),
        (
            "The boil-water notice was issued at 06:30 and lifted on 15 March.",
            "The boil-water notice was issued at 06:30 and lifted on 16 March.",
            True,
        ),
        (
            "The Alder bridge was opened to traffic, and by the mayor, in 1932.",
            "The Alder bridge was opened to traffic, and by the mayor, in 1933.",
            True,
        ),
    ],
)
def test_a_value_of_another_clause_contradicts_nothing(
    one: str, other: str, contradicts: bool
) -> None:
    first, second = paragraph(one, path="a.txt"), paragraph(other, path="b.txt")
    alike = {second.id: np.ones(1)}
    found = other_statements("When was it?", Span(first, 0, first.end), [first, second], alike)
    assert [o.contradicts for o in found] == [True] * contradicts

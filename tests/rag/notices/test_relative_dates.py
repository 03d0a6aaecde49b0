import pytest

from rag.match import Span, verbatim
from rag.notices.relative_dates import relative_notice
from tests.rag.fakes import paragraph

ASKED = "When did the mayor speak with Dr Nair?"
DATES = {"debate.txt": "2024-01-18"}


def notice(text: str, question: str = ASKED, path: str = "debate.txt", whole: str = "") -> str:
    told = paragraph(text, path=path)
    checked = [(text, verbatim(Span(told, told.start, told.end)))]
    return relative_notice(question, checked, lambda: DATES, lambda _: whole or text)


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("But yesterday I spoke with Dr Nair.", "yesterday"),
        ("Last week the mayor spoke with Dr Nair.", "Last week"),
        ("Two years ago they spoke.", "Two years ago"),
        ("She will see him next Monday.", "next Monday"),
    ],
)
def test_the_day_of_the_document_is_told_with_a_time_that_rests_on_it(text: str, word: str) -> None:
    assert notice(text) == f"“{word}” is said in debate.txt, which is dated 2024-01-18."


def test_nothing_is_told_where_the_time_stands_alone_or_the_day_is_not_known() -> None:
    assert notice("They spoke last week, on 3 May 2023.") == ""
    assert notice("They spoke on Monday.") == ""
    assert notice("They spoke yesterday.", path="other.txt") == ""
    assert notice("They spoke yesterday.", question="Who spoke with Dr Nair?") == ""
    thread = "Date: 7 Mar 2023\nThey spoke yesterday.\nDate: 9 Mar 2023\nThanks."
    assert notice("They spoke yesterday.", whole=thread) == ""
    assert relative_notice(ASKED, [], lambda: DATES, lambda _: "") == ""


@pytest.mark.parametrize(
    ("text", "heading", "told"),
    [
        ("2 February: Ostrander sues.", "2024", "“2 February” stands under the heading “2024”."),
        ("On March 3 it sued.", "In 2024", "“March 3” stands under the heading “In 2024”."),
        ("2 February 2023: Ostrander sues.", "2024", ""),
        ("Ostrander sues in the spring.", "2024", ""),
        ("2 February: Ostrander sues.", "The trial", ""),
    ],
)
def test_a_day_without_its_year_comes_with_the_year_it_stands_under(
    text: str, heading: str, told: str
) -> None:
    day = paragraph(text, path="timeline.md", headings=("Timeline", heading))
    checked = [(text, verbatim(Span(day, day.start, day.end)))]
    asked = "When did Ostrander sue?"
    assert relative_notice(asked, checked, lambda: DATES, lambda _: text) == told

import pytest

from index.types import Paragraph
from index.year_series import OTHER_YEAR, YearSeries

SERIES = YearSeries(
    [
        ("report-2021.md", "Annual Report 2021"),
        ("report-2022.md", "Annual Report 2022"),
        ("2021/plan.txt", "plan.txt"),
        ("2022/plan.txt", "plan.txt"),
        ("minutes_2021-03-14.txt", "Minutes"),
        ("law-1998.txt", "law-1998.txt"),
        ("id-00691-2021-8668.txt", "id-00691-2021-8668.txt"),
        ("id-00692-2022-8669.txt", "id-00692-2022-8669.txt"),
        ("lease.txt", "lease.txt"),
    ]
)


def paragraph(path: str, text: str = "Leakage rose.") -> Paragraph:
    return Paragraph(f"{path}#1", path, 1, 0, len(text), text, ())


@pytest.mark.parametrize(
    ("question", "path", "told"),
    [
        ("What did the report of 2021 say?", "report-2021.md", 1),
        ("What was lost in 2021?", "report-2021.md", 0),
        ("What was lost in 2021?", "report-2022.md", OTHER_YEAR),
        ("What was lost in 2021?", "2022/plan.txt", OTHER_YEAR),
        ("What was lost in 2021?", "lease.txt", 0),
        ("What was lost in 2021?", "law-1998.txt", 0),
        ("What was lost in 2021?", "id-00692-2022-8669.txt", 0),
    ],
)
def test_a_document_of_another_year_is_told_from_that_of_the_year_asked_of(
    question: str, path: str, told: int
) -> None:
    tells = SERIES.told_of(question)
    assert tells is not None
    assert tells(paragraph(path)) == told


def test_what_has_the_year_itself_may_tell_of_it() -> None:
    tells = SERIES.told_of("What was lost in 2021?")
    assert tells is not None
    assert tells(paragraph("report-2022.md", "In 2021 it was less.")) == 0


@pytest.mark.parametrize(
    "question", ["And in 2023?", "Since 2021?", "In 12021?", "Was 2022 wetter than 2021?"]
)
def test_where_no_document_is_of_the_year_or_years_are_compared_none_is_told_apart(
    question: str,
) -> None:
    assert SERIES.told_of(question) is None


@pytest.mark.parametrize(
    ("question", "path", "text", "year"),
    [
        ("What was lost in 2023?", "report-2022.md", "Leakage rose.", "2023"),
        ("What is planned for 2023?", "report-2022.md", "In 2023 it will fall.", ""),
        ("What was lost in 2021?", "report-2022.md", "Leakage rose.", ""),
        ("What was lost in 2023?", "lease.txt", "Leakage rose.", ""),
        ("What was lost in 2023?", "law-1998.txt", "Leakage rose.", ""),
        ("What was lost in 2023 and 2024?", "report-2022.md", "Leakage rose.", ""),
    ],
)
def test_a_year_that_no_document_of_a_series_is_of_is_lacking(
    question: str, path: str, text: str, year: str
) -> None:
    assert SERIES.lacking(question, [paragraph(path, text)]) == year

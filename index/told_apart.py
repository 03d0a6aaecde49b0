"""What tells apart paragraphs near each other by words and by meaning: numbers and years."""

from collections.abc import Callable

from index.numbered import asked_for, tells_of
from index.types import Paragraph
from index.year_series import YearSeries


def told_apart(question: str, series: YearSeries) -> Callable[[Paragraph], int] | None:
    """What a paragraph tells of a number, or else of a year, that is asked of; None without one.

    As ``tells_of`` and ``YearSeries.told_of``.
    """
    asked, of_year = asked_for(question), series.told_of(question)
    if not asked and of_year is None:
        return None

    def tells(paragraph: Paragraph) -> int:
        return tells_of(asked, paragraph) or (of_year(paragraph) if of_year else 0)

    return tells

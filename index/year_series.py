"""Documents that have one name but for the year: the reports of 2021 and of 2022.

Each says in the same words what another says of its own year, and seldom writes which that is. Who
asks what was paid in 2021 does not ask the report of 2022.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable
from pathlib import PurePosixPath

from index.types import Paragraph, file_name, has_title
from index.words import content_stems

_YEAR = re.compile(r"(?<!\d)(?:1[89]|20)\d\d(?!\d)")
_LONG = re.compile(r"\d{3,}")
_COMPARED = re.compile(
    rf"\b(?:after|before|since|until|till|than|between|to|with) {_YEAR.pattern}", re.IGNORECASE
)
"""What is asked of the time before or after a year, or besides, a report of another may tell."""


OTHER_YEAR = -2
"""Told of a paragraph of a document on another year, where there is one on the year asked of."""


class YearSeries:
    """The series among the documents; ``named`` gives path and title of each."""

    def __init__(self, named: Iterable[tuple[str, str]]) -> None:
        self._years: dict[str, set[str]] = defaultdict(set)
        self._series: dict[frozenset[str], list[str]] = defaultdict(list)
        for path, title in named:
            for name in (f"{PurePosixPath(path).parent}/{file_name(path)}", title):
                years = set(_YEAR.findall(name))
                # Among long numbers it is part of an identifier.
                if (
                    len(years) == 1
                    and years == {*_LONG.findall(name)}
                    and (name != title or has_title(path, title))
                ):
                    self._years[path] |= years
                    words = content_stems(name)
                    key = frozenset(word for word in words if not word[0].isdigit())
                    self._series[key].append(path)
        self._around: dict[str, set[str]] = defaultdict(set)
        for paths in self._series.values():
            every = set[str]().union(*(self._years[path] for path in paths))
            if len(every) > 1:
                for path in paths:
                    self._around[path] |= every

    def told_of(self, question: str) -> Callable[[Paragraph], int] | None:
        """What a paragraph tells of a year that is asked of; None where no series has that.

        ``OTHER_YEAR`` where its document is of another and neither it nor its document has that, 1
        where its document is of that year and the question has a word of its name, else 0.
        """
        asked = years_asked(question)
        if not asked:
            return None
        words = set(content_stems(question))
        told: dict[str, int] = {}
        for name, paths in self._series.items():
            if any(asked & self._years[path] for path in paths):
                named = not words.isdisjoint(name)
                for path in paths:
                    of_it = asked & self._years[path]
                    told[path] = max(int(named), told.get(path, 0)) if of_it else OTHER_YEAR
        if OTHER_YEAR not in told.values():
            return None

        def tells(paragraph: Paragraph) -> int:
            value = told.get(paragraph.path, 0)
            return 0 if value < 0 and asked & set(_YEAR.findall(paragraph.text)) else value

        return tells

    def lacking(self, question: str, paragraphs: Collection[Paragraph]) -> str:
        """The year asked of, where all paragraphs are of series that have none of it; else ""."""
        asked = years_asked(question)
        told = [self._around.get(p.path, set()) for p in paragraphs]
        if len(asked) != 1 or not told or not all(told):
            return ""
        texts = (set(_YEAR.findall(p.text)) for p in paragraphs)
        return "" if asked & set().union(*told, *texts) else asked.pop()


def years_asked(question: str) -> set[str]:
    """The years that are asked of, and not compared with."""
    return set() if _COMPARED.search(question) else set(_YEAR.findall(question))

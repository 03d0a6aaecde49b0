"""How well the names of documents, their titles and file names, fit a question.

Who asks about "the Apache License" or "the report of 2019" names a document, and its paragraphs
seldom repeat that name. A word tells more the fewer documents have it in their names: where all
are called reports, "report" tells nothing. A number counts only beside a word, since file names
are full of numbers that mean nothing.
"""

import math
from collections.abc import Iterable, Iterator
from pathlib import PurePosixPath

from index.words import content_stems

NAMED_FROM = 0.5
"""Of less than half of a name a question is seldom about the document."""
COMMON = 1000
"""A word in more names than this makes none of them likely: it tells little, and takes time."""
WITH_NUMBER = 0.5
"""What a number that fits adds to the share of a name's words that do."""


class DocumentNames:
    """The names of all documents of an index; ``named`` gives path and title of each."""

    def __init__(self, named: Iterable[tuple[str, str]]) -> None:
        self._names = {path: list(_names(path, title)) for path, title in named}
        self._paths: dict[str, list[str]] = {}
        for path in self._names:
            for word in self.words(path):
                self._paths.setdefault(word, []).append(path)
        self._telling = {
            word: math.log(len(self._names) / len(paths)) for word, paths in self._paths.items()
        }

    def fits(self, question: str) -> dict[str, float]:
        """path -> the share of its title's or file name's words that the question has.

        From ``NAMED_FROM`` to 1, and ``WITH_NUMBER`` more; other documents are left out.
        """
        asked = set(content_stems(question))
        likely = {path for word in asked if self._tells(word) for path in self._paths[word]}
        fits = {path: max(self._fit(name, asked) for name in self._names[path]) for path in likely}
        return {path: fit for path, fit in fits.items() if fit >= NAMED_FROM}

    def words(self, path: str) -> frozenset[str]:
        """The stems of a document's title and file name."""
        return frozenset().union(*self._names.get(path, ()))

    def _tells(self, word: str) -> bool:
        rare = len(self._paths.get(word, ())) <= COMMON
        return _is_word(word) and rare and self._telling.get(word, 0.0) > 0

    def _fit(self, name: frozenset[str], asked: set[str]) -> float:
        weights = {word: self._telling[word] for word in name if _is_word(word)}
        shared = math.fsum(weight for word, weight in weights.items() if word in asked)
        if not shared:
            return 0.0
        number = any(word in asked for word in name - weights.keys())
        return shared / math.fsum(weights.values()) + WITH_NUMBER * number


def _names(path: str, title: str) -> Iterator[frozenset[str]]:
    file = PurePosixPath(path)
    yield frozenset(content_stems(file.stem.replace("_", " ")))
    # A document without a title has its file's name for one.
    if title != file.name:
        yield frozenset(content_stems(title))


def _is_word(stem: str) -> bool:
    return not stem[0].isdigit()

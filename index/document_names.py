"""How well the names of documents, their titles and file names, fit a question.

Who asks about "the Apache License" or "the report of 2019" names a document, and its paragraphs
seldom repeat that name. A word tells more the fewer documents have it in their names: where all
are called reports, "report" tells nothing. A number counts only beside a word, since file names
are full of numbers that mean nothing. And a word must stand for itself in the question: neither
"Josh Norman" nor a "project leader" is a document of Normans or leaders.
"""

import math
import re
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence, Set
from dataclasses import dataclass

from index.types import file_name, has_title
from index.words import STOP_WORDS, WORD, content_stems, stem
from index.year_series import YearSeries

Named = Callable[[str], Collection[str]]
"""The stems of a document's names, by its path."""

NAMED_FROM = 0.5
"""Of less than half of a name a question is seldom about the document."""
COMMON = 1000
"""A word in more names than this makes none of them likely: it tells little, and takes time."""
_COUNTED = frozenset(map(stem, ("version", "edition", "revision")))
"""The number behind these tells, and they do not."""
WITH_NUMBER = 0.5
"""What a number that fits adds to the share of a name's words that do."""


_Word = tuple[str, re.Match[str]]
"""A stem, and the word of a question that has it."""


@dataclass(frozen=True, slots=True)
class _Name:
    """A title or file name: the stems of its words, and the words as they are written, in small."""

    stems: frozenset[str]
    written: frozenset[str]


class DocumentNames:
    """The names of all documents of an index; ``named`` gives path and title of each."""

    def __init__(self, named: Iterable[tuple[str, str]]) -> None:
        named = list(named)
        self.series = YearSeries(named)
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

        From ``NAMED_FROM`` to 1, and ``WITH_NUMBER`` more. Other documents are left out, and those
        of whose names the question has less than of another that fits better: who asks about
        version 2 does not ask about version 3.
        """
        asked = set(content_stems(question))
        words = [(stem(word.group()), word) for word in WORD.finditer(question)]
        likely = {path for word in asked if self._tells(word) for path in self._paths[word]}
        fits = {path: fit for path in likely if (fit := self._fit(path, words, asked))}
        shared = {path: self.words(path) & asked for path in fits}
        best: dict[Set[str], float] = {}
        for path, fit in fits.items():
            best[shared[path]] = max(fit, best.get(shared[path], 0.0))
        return {
            path: fit
            for path, fit in fits.items()
            if not any(shared[path] <= words and fit < most for words, most in best.items())
        }

    def words(self, path: str) -> frozenset[str]:
        """The stems of a document's title and file name."""
        return frozenset().union(*(name.stems for name in self._names.get(path, ())))

    def bearing(self, word: str) -> Collection[str]:
        """Paths of the documents that have the stem in a name."""
        return self._paths.get(word, ())

    def _tells(self, word: str) -> bool:
        rare = len(self._paths.get(word, ())) <= COMMON
        return _is_word(word) and rare and self._telling.get(word, 0.0) > 0

    def _fit(self, path: str, words: Sequence[_Word], asked: set[str]) -> float:
        """From ``NAMED_FROM`` on, else 0; a number may be that of the other name."""
        names = [n for n in self._names[path] if self._share(n.stems, asked) >= NAMED_FROM]
        if not names:
            return 0.0
        every = self.words(path)
        runs = ((name, run) for name in names for run in _runs(words, name, every))
        share = max(self._share(name.stems, run) for name, run in runs)
        if share < NAMED_FROM:
            return 0.0
        number = any(word in asked for word in every if not _is_word(word))
        return share + WITH_NUMBER * number

    def _share(self, name: frozenset[str], asked: set[str]) -> float:
        weights = {word: self._telling[word] for word in name - _COUNTED if _is_word(word)}
        shared = math.fsum(weight for word, weight in weights.items() if word in asked)
        return shared / math.fsum(weights.values()) if shared else 0.0


def _runs(words: Sequence[_Word], name: _Name, every: Set[str]) -> Iterator[set[str]]:
    """The words of the name that stand together in the question and not in a longer name.

    Words that join, and numbers, may stand between them. Behind another word only small ones make a
    name, as it has them: "makes mv" may be the file mv, a "bug report" is no bug-reporting.txt.
    ``every``: stems of all names of the document, which may stand before.
    """
    run: set[str] = set()
    freely = False
    before: _Word | None = None
    for found, word in words:
        if _is_word(found) and found in name.stems:
            named = before is not None and before[0] in every and before[0] not in name.stems
            freely = named or _begins(before, word) or (bool(run) and freely)
            if freely or word.group() in name.written:
                run.add(found)
        elif run and _is_word(found) and word.group().lower() not in STOP_WORDS:
            yield run
            run = set()
        before = found, word
    yield run


def _begins(before: _Word | None, word: re.Match[str]) -> bool:
    """The word before joins words, or is written small where this is not."""
    if before is None or before[1].group().lower() in STOP_WORDS:
        return True
    parted = bool(set(word.string[before[1].end() : word.start()]) - {" ", "-"})
    return parted or (before[1].group()[0].islower() and not word.group()[0].islower())


def _names(path: str, title: str) -> Iterator[_Name]:
    yield _name(file_name(path))
    if has_title(path, title):
        yield _name(title)


def _name(written: str) -> _Name:
    return _Name(frozenset(content_stems(written)), frozenset(WORD.findall(written.lower())))


def _is_word(stem: str) -> bool:
    return not stem[0].isdigit()

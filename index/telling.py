"""What tells of a question in one catalog: how rare its words are, and who has them."""

from collections.abc import Iterable, Mapping, Sequence

import numpy as np

from index.catalog import Catalog
from index.fusion import Floats
from index.leads import leads
from index.query import full_text_words
from index.rarity import Weights, covered, telling_words, weighed
from index.types import Paragraph

COMMON = 1000
"""A word in no more paragraphs than this is never left out of the full-text query,"""
COMMON_SHARE = 20
"""nor one that at most every so-manieth paragraph holds."""

Counts = Mapping[str, int]


class Telling:
    """Of the questions to one catalog. Safe to share between threads."""

    def __init__(self, catalog: Catalog) -> None:
        self._catalog = catalog
        self._kept: tuple[tuple[int, int], dict[str, str]] = ((-1, -1), {})

    def counts(self, query: str) -> Counts:
        """In how many paragraphs each word is that is looked for or weighed, as far as that tells.

        Words that a great many hold tell little apart, and counting them to the end takes time.
        """
        words = dict.fromkeys([*full_text_words(query), *telling_words(query)])
        return self._catalog.full_text.counted(words, self._common())

    def rarer(self, query: str, counts: Counts) -> list[str]:
        """The words to look for without those that a great many hold, unless all of them do."""
        words, common = full_text_words(query), self._common()
        return [word for word in words if counts[word] <= common] or words

    def weights(self, query: str, counts: Counts) -> Weights:
        """How much each word of the question tells."""
        telling = {word: counts[word] for word in telling_words(query)}
        return weighed(telling, self._catalog.paragraph_count())

    def covered(self, query: str, counts: Counts, paragraphs: Sequence[Paragraph]) -> Floats:
        """Shape (paragraphs,): how much each has of what tells, from 0 to 1."""
        weights, about = self.weights(query, counts), self.leads(paragraphs)
        return np.array([covered(weights, p, about.get(p.path, "")) for p in paragraphs]).round(6)

    def leads(self, paragraphs: Iterable[Paragraph]) -> Mapping[str, str]:
        """path -> what the documents of these paragraphs, and maybe of others, are about."""
        version, known = self._kept
        if version != (version := self._catalog.version()):
            known = {}
        paths = {paragraph.path for paragraph in paragraphs} - known.keys()
        if paths:
            known = known | leads(self._catalog, paths)
            self._kept = version, known
        return known

    def _common(self) -> int:
        return max(COMMON, self._catalog.paragraph_count() // COMMON_SHARE)

"""What tells of a question in one catalog: how rare its words are, and who has them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from index.catalog import Catalog
from index.fusion import Floats
from index.leads import leads
from index.query import doers, full_text_words
from index.rarity import Weights, covered, telling_words, weighed
from index.types import Paragraph

COMMON = 1000
"""A word in no more paragraphs than this is never left out of the full-text query,"""
COMMON_SHARE = 20
"""nor one that at most every so-manieth paragraph holds."""


@dataclass(frozen=True, slots=True)
class AskedWords:
    """The words of a question: ``looked_for`` in full text, and how much each of them tells."""

    looked_for: tuple[str, ...]
    weights: Weights


class Telling:
    """Of the questions to one catalog. Safe to share between threads."""

    def __init__(self, catalog: Catalog) -> None:
        self._catalog = catalog
        self._kept: tuple[tuple[int, int], dict[str, str]] = ((-1, -1), {})

    def asked(self, query: str) -> AskedWords:
        """Its words; looked for are not those that a great many paragraphs hold, unless all are.

        Such words tell little apart, and counting them to the end takes time.
        """
        words = list(dict.fromkeys([*full_text_words(query), *doers(query)]))
        telling = telling_words(query)
        paragraphs = self._catalog.paragraph_count()
        common = max(COMMON, paragraphs // COMMON_SHARE)
        counts = self._catalog.full_text.counted(dict.fromkeys([*words, *telling]), common)
        rarer = [word for word in words if counts[word] <= common]
        weights = weighed({word: counts[word] for word in telling}, paragraphs)
        return AskedWords(tuple(rarer or words), weights)

    def covered(self, weights: Weights, paragraphs: Sequence[Paragraph]) -> Floats:
        """Shape (paragraphs,): how much each has of what tells, from 0 to 1."""
        about = self.leads(paragraphs)
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

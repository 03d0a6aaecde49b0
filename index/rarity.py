"""How much each word of a question tells: the fewer paragraphs hold it, the more.

In a folder about one bridge nearly every paragraph is about the bridge, and many do not say so:
"The final cost was ..." stands under its name. Of "How much did the bridge cost?" the last word is
the one that finds it.
"""

import math
import re
from collections.abc import Mapping, Sequence, Set
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from index.abroad import joining_words
from index.numbered import plain
from index.types import Paragraph
from index.words import STOP_WORDS, WORD, content_stems, stem

_KEPT = 4096
"""The stems of so many texts are kept: one question after another finds the same."""
_PLAIN = 1.0
"""Of words that join, and of marks: a little more than of a word that all paragraphs hold."""

_DOERS = tuple(
    (re.compile(called), did)
    for called, did in (
        (r"(\w{3,}?)[eo]r", r"\1"),
        (r"(\w{3,}?)er(?:in)?", r"ge\1et"),
        (r"(\w{2,}?)at(?:eur|rice?)", r"\1é"),
        (r"(\w{2,}?)adora?", r"\1ó"),
    )
)
"""A founder is one who founded something, a Gründer one who has done so in German. What is left of
"tower" is no word that is asked for."""

Weights = Mapping[str, float]
"""The stem of a word of a question -> how much it tells, from 0.7 of one that all have up."""


def telling_words(question: str) -> list[str]:
    """The words that are weighed, in small, each once."""
    words = (word.lower() for word in WORD.findall(question))
    joining = STOP_WORDS | joining_words(question)
    return list(dict.fromkeys(word for word in words if word not in joining))


def weighed(counts: Mapping[str, int], paragraphs: int) -> Weights:
    """From how many of all ``paragraphs`` hold each word."""
    return {
        plain(stem(word)): math.log1p(max(paragraphs, 1) / max(count, 0.5))
        for word, count in counts.items()
    }


def covered(weights: Weights, paragraph: Paragraph, about: str) -> float:
    """The share of what tells that a paragraph has, with its headings and what it is about."""
    held = _stems(paragraph.text) | _stems(" / ".join(paragraph.heading_path)) | _stems(about)
    every = math.fsum(weights.values())
    return math.fsum(w for word, w in weights.items() if word in held) / every if every else 0.0


def of_tokens(
    weights: Weights, question: str, spans: Sequence[Sequence[int]] | NDArray[np.integer]
) -> NDArray[np.float64]:
    """Shape (tokens,): what each token of a question tells, a part of its word as its share.

    ``spans``: shape (tokens, 2), the characters of each.
    """
    words = [
        (m.start(), m.end(), weights.get(plain(stem(m.group())))) for m in WORD.finditer(question)
    ]
    within = [
        next((i for i, (begin, end, _) in enumerate(words) if begin <= start and stop <= end), None)
        for start, stop in spans
    ]
    return np.array([_share(words, within, i) for i in within])


def _share(
    words: Sequence[tuple[int, int, float | None]], within: Sequence[int | None], i: int | None
) -> float:
    weight = None if i is None else words[i][2]
    return _PLAIN if weight is None else weight / within.count(i)


@lru_cache(maxsize=_KEPT)
def _stems(text: str) -> Set[str]:
    said = {plain(word) for word in content_stems(text)}
    done = (
        called.sub(did, word) for word in said for called, did in _DOERS if called.fullmatch(word)
    )
    return frozenset(said.union(done))

"""Several signals of the same paragraphs on one scale, added."""

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import accumulate

import numpy as np
from numpy.typing import NDArray

from index.types import path_of, text_of

NAME = "name"
"""The signal of a document that the question names: how well, from .5 to 1.5, else 0."""
NAME_WEIGHT = 3.0
NUMBERED = "numbered"
"""The signal of a paragraph on what the question gives a number, or on its year in a series of
documents: 1, on another of its kind -1, of another year's document ``OTHER_YEAR``.

2 of the clause that has the number itself."""
NUMBERED_WEIGHT = 2.0
COVERED = "covered"
"""The signal of a paragraph that has what tells of the question: the share, from 0 to 1."""

COPIES = 2
"""Of the same text in several documents so many are found before anything else is left out."""

_WEIGHTS = {NAME: NAME_WEIGHT, NUMBERED: NUMBERED_WEIGHT}
Floats = NDArray[np.floating]


def fuse(signals: Mapping[str, NDArray[np.floating]]) -> NDArray[np.floating]:
    """Sum of each signal's standard scores over the candidates; a constant signal adds nothing.

    ``NAME`` and ``NUMBERED`` are added as they are, times their weights: how much they tell does
    not depend on how many of the candidates share them.
    """
    standard = [
        _WEIGHTS[name] * values if name in _WEIGHTS else standard_scores(values)
        for name, values in signals.items()
    ]
    # fsum is exact, so that the order of the signals cannot decide between two candidates.
    return np.array([math.fsum(scores) for scores in zip(*standard, strict=True)])


def name_fits(ids: Sequence[str], fits: Mapping[str, float]) -> Floats:
    """For each paragraph how well its document's name fits."""
    return np.array([fits.get(path_of(id_), 0.0) for id_ in ids])


def in_order(scores: Floats, ids: Sequence[str]) -> list[tuple[int, float]]:
    """Places of the paragraphs and their scores, the best first, ties broken by id.

    All but the first ``COPIES`` of a text are behind everything else, and score no better: ten
    versions of a document would leave room for nothing that they do not say.
    """
    copies: Counter[str] = Counter()
    first: list[int] = []
    behind: list[int] = []
    for i in sorted(range(len(ids)), key=lambda i: (-scores[i], ids[i])):
        text = text_of(ids[i])
        copies[text] += 1
        (first if copies[text] <= COPIES else behind).append(i)
    order = first + behind
    falling = accumulate((float(scores[i]) for i in order), min)
    return list(zip(order, falling, strict=True))


def standard_scores(values: NDArray[np.floating]) -> NDArray[np.floating]:
    """Distance from the mean in standard deviations; zeros when all values are the same."""
    spread = values.std()
    return np.zeros_like(values) if spread < 1e-9 else (values - values.mean()) / spread

"""Several signals of the same paragraphs on one scale, added."""

import math
from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from index.types import path_of

NAME = "name"
"""The signal of a document that the question names: how well, from .5 to 1.5, else 0."""
NAME_WEIGHT = 3.0

Floats = NDArray[np.floating]


def fuse(signals: Mapping[str, NDArray[np.floating]]) -> NDArray[np.floating]:
    """Sum of each signal's standard scores over the candidates; a constant signal adds nothing.

    ``NAME`` is added as it is, times ``NAME_WEIGHT``: how much it tells does not depend on how many
    of the candidates are in the document.
    """
    standard = [
        NAME_WEIGHT * values if name == NAME else standard_scores(values)
        for name, values in signals.items()
    ]
    # fsum is exact, so that the order of the signals cannot decide between two candidates.
    return np.array([math.fsum(scores) for scores in zip(*standard, strict=True)])


def name_fits(ids: Sequence[str], fits: Mapping[str, float]) -> Floats:
    """For each paragraph how well its document's name fits."""
    return np.array([fits.get(path_of(id_), 0.0) for id_ in ids])


def standard_scores(values: NDArray[np.floating]) -> NDArray[np.floating]:
    """Distance from the mean in standard deviations; zeros when all values are the same."""
    spread = values.std()
    return np.zeros_like(values) if spread < 1e-9 else (values - values.mean()) / spread

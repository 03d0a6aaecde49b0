"""Figures of a whole run from rows of items, each item counted as often as its weight says.

An estimate takes ``rows`` (items x columns) and ``weights`` (resamples x items, whole numbers) and
returns one figure a resample; with weights of one it is the figure itself. So the same function
gives the value and, on bootstrap weights, its interval. NaN where a resample defines no figure.
The estimates that are measures of their own stand in ``eval/metrics/``.
"""

from collections.abc import Callable

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Estimate = Callable[[Floats, Floats], Floats]


def mean(rows: Floats, weights: Floats) -> Floats:
    """The mean of the only column."""
    return ratio(weights @ rows[:, 0], weights.sum(axis=1))


def median(rows: Floats, weights: Floats) -> Floats:
    """The median of the only column; between two middle values, their mean."""
    order = np.argsort(rows[:, 0], kind="stable")
    values = rows[order, 0]
    reached = np.cumsum(weights[:, order], axis=1)
    half = reached[:, -1:] / 2
    low = values[np.argmax(reached >= half, axis=1)]
    high = values[np.argmax(reached > half, axis=1)]
    middle: Floats = (low + high) / 2
    return middle


def ratio(top: Floats, bottom: Floats) -> Floats:
    """The quotients; NaN where the divisor is 0."""
    quotient: Floats = np.divide(top, bottom, out=np.full(len(top), np.nan), where=bottom != 0)
    return quotient

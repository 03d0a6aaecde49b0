"""Figures of a whole run from rows of items, each item counted as often as its weight says.

An estimate takes ``rows`` (items x columns) and ``weights`` (resamples x items, whole numbers) and
returns one figure a resample; with weights of one it is the figure itself. So the same function
gives the value and, on bootstrap weights, its interval. NaN where a resample defines no figure.
"""

from collections.abc import Callable

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Estimate = Callable[[Floats, Floats], Floats]


def mean(rows: Floats, weights: Floats) -> Floats:
    """The mean of the only column."""
    return _ratio(weights @ rows[:, 0], weights.sum(axis=1))


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


def refusal_precision(rows: Floats, weights: Floats) -> Floats:
    """Of what was refused, the share that is unanswerable. Columns: refused, unanswerable."""
    return _ratio(weights @ (rows[:, 0] * rows[:, 1]), weights @ rows[:, 0])


def refusal_recall(rows: Floats, weights: Floats) -> Floats:
    """Of what is unanswerable, the share that was refused. Columns: refused, unanswerable."""
    return _ratio(weights @ (rows[:, 0] * rows[:, 1]), weights @ rows[:, 1])


def refusal_f1(rows: Floats, weights: Floats) -> Floats:
    """The harmonic mean of the two (TRUST-Score's F1 of refusing, Song et al. 2024).

    2 |refused and unanswerable| / (|refused| + |unanswerable|); NaN where nothing is unanswerable,
    because there is nothing then that refusing could get right.
    """
    both = weights @ (rows[:, 0] * rows[:, 1])
    unanswerable = weights @ rows[:, 1]
    refused = weights @ rows[:, 0]
    return _ratio(2 * both, np.where(unanswerable > 0, refused + unanswerable, 0))


def confidence_auc(rows: Floats, weights: Floats) -> Floats:
    """The chance that an answerable item has more confidence than an unanswerable one.

    The area under the ROC curve as Mann and Whitney's U / (n1 n2), ties counting half. Columns:
    confidence, answerable (1 or 0). NaN unless there are items of both kinds.
    """
    _, group = np.unique(rows[:, 0], return_inverse=True)
    in_group = np.eye(group.max() + 1)[group]
    positive = (weights * rows[:, 1]) @ in_group
    negative = (weights * (1 - rows[:, 1])) @ in_group
    below = np.cumsum(negative, axis=1) - negative
    wins = (positive * (below + negative / 2)).sum(axis=1)
    return _ratio(wins, positive.sum(axis=1) * negative.sum(axis=1))


def aurc(rows: Floats, weights: Floats) -> Floats:
    """The area under the risk-coverage curve: the mean, over items, of the risk at their coverage.

    Answering everything down to an item's confidence has a coverage and a risk (the mean loss of
    what is answered); items of equal confidence come in together, so their order is of no account.
    Geifman, Uziel, El-Yaniv 2019. 0 to 1, lower is better. Columns: confidence, loss.
    """
    covered, lost = _cumulative(rows, weights)
    risk = np.divide(lost, covered, out=np.zeros_like(lost), where=covered > 0)
    new = np.diff(covered, axis=1, prepend=0)
    return _ratio((risk * new).sum(axis=1), covered[:, -1])


def risk_coverage(rows: Floats) -> list[tuple[float, float]]:
    """The curve as (coverage, risk) pairs, coverage rising to 1. Columns as for ``aurc``."""
    if not len(rows):
        return []
    covered, lost = _cumulative(rows, np.ones((1, len(rows))))
    shares, risks = covered[0] / len(rows), lost[0] / covered[0]
    return [(float(share), float(risk)) for share, risk in zip(shares, risks, strict=True)]


def _cumulative(rows: Floats, weights: Floats) -> tuple[Floats, Floats]:
    """Items and their loss, added up from the most confident group of equals to the least."""
    order = np.argsort(-rows[:, 0], kind="stable")
    confidence = rows[order, 0]
    last_of_group = np.append(np.flatnonzero(np.diff(confidence)), len(confidence) - 1)
    sorted_weights = weights[:, order]
    covered = np.cumsum(sorted_weights, axis=1)[:, last_of_group]
    lost = np.cumsum(sorted_weights * rows[order, 1], axis=1)[:, last_of_group]
    return covered, lost


def _ratio(top: Floats, bottom: Floats) -> Floats:
    quotient: Floats = np.divide(top, bottom, out=np.full(len(top), np.nan), where=bottom != 0)
    return quotient

"""The risk-coverage curve and the area under it (AURC; Geifman, Uziel, El-Yaniv 2019).

    coverage(t) = share of items with confidence >= t
    risk(t)     = mean loss of those items
    AURC        = mean, over items, of the risk at their coverage

Items of equal confidence come in together, so their order is of no account. Rows are (confidence,
loss from 0 to 1). 0 to 1, lower is better.
"""

import numpy as np

from eval.estimates import Floats, ratio


def aurc(rows: Floats, weights: Floats) -> Floats:
    """The area under the curve."""
    covered, lost = _cumulative(rows, weights)
    risk = np.divide(lost, covered, out=np.zeros_like(lost), where=covered > 0)
    new = np.diff(covered, axis=1, prepend=0)
    return ratio((risk * new).sum(axis=1), covered[:, -1])


def risk_coverage(rows: Floats) -> list[tuple[float, float]]:
    """The curve as (coverage, risk) pairs, coverage rising to 1."""
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

"""Confidence AUC: the chance that an answerable item has more confidence than an unanswerable one.

    U / (n1 n2), Mann and Whitney's U: pairs in the right order count 1, ties a half

The area under the ROC curve of telling answerable from unanswerable by the engine's confidence,
whatever the threshold. Rows are (confidence, answerable: 1 or 0). .5 is chance, 1 is perfect. Not
defined unless there are items of both kinds.
"""

import numpy as np

from eval.estimates import Floats, ratio


def auc(rows: Floats, weights: Floats) -> Floats:
    """The area under the ROC curve."""
    order = np.argsort(rows[:, 0], kind="stable")
    confidence, answerable = rows[order].T
    first_of_group = np.append(0, np.flatnonzero(np.diff(confidence)) + 1)
    sorted_weights = weights[:, order]
    positive = np.add.reduceat(sorted_weights * answerable, first_of_group, axis=1)
    negative = np.add.reduceat(sorted_weights * (1 - answerable), first_of_group, axis=1)
    below = np.cumsum(negative, axis=1) - negative
    wins = (positive * (below + negative / 2)).sum(axis=1)
    return ratio(wins, positive.sum(axis=1) * negative.sum(axis=1))

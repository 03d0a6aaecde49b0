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
    _, group = np.unique(rows[:, 0], return_inverse=True)
    in_group = np.eye(group.max() + 1)[group]
    positive = (weights * rows[:, 1]) @ in_group
    negative = (weights * (1 - rows[:, 1])) @ in_group
    below = np.cumsum(negative, axis=1) - negative
    wins = (positive * (below + negative / 2)).sum(axis=1)
    return ratio(wins, positive.sum(axis=1) * negative.sum(axis=1))

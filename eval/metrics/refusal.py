"""Refusal precision, recall and F1: is what is refused unanswerable, and the other way round?

    P = |refused and unanswerable| / |refused|
    R = |refused and unanswerable| / |unanswerable|
    F1 = 2 |refused and unanswerable| / (|refused| + |unanswerable|)

TRUST-Score's side of refusing (Song et al. 2024). Rows are (refused, unanswerable), each 1 or 0; a
failed item counts as refused when it is answerable and as answered when it is not. 0 to 1, higher
is better. Not defined, rather than 0: P where nothing is refused, R and F1 where nothing is
unanswerable, because there is nothing then that refusing could get right.
"""

import numpy as np

from eval.estimates import Floats, ratio


def precision(rows: Floats, weights: Floats) -> Floats:
    """Of what was refused, the share that is unanswerable."""
    return ratio(weights @ (rows[:, 0] * rows[:, 1]), weights @ rows[:, 0])


def recall(rows: Floats, weights: Floats) -> Floats:
    """Of what is unanswerable, the share that was refused."""
    return ratio(weights @ (rows[:, 0] * rows[:, 1]), weights @ rows[:, 1])


def f1(rows: Floats, weights: Floats) -> Floats:
    """The harmonic mean of the two."""
    both = weights @ (rows[:, 0] * rows[:, 1])
    unanswerable = weights @ rows[:, 1]
    refused = weights @ rows[:, 0]
    return ratio(2 * both, np.where(unanswerable > 0, refused + unanswerable, 0))

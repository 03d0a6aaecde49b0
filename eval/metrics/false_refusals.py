"""False refusals: the share of answerable questions that were refused.

1 or 0 for each answerable item; lower is better. A failed item counts as refused: it was not
answered. Read it beside false answers, since answering everything scores 0 here.
"""

from eval.metrics.case import Case


def score(case: Case) -> float | None:
    """1 when an answerable question was not answered."""
    return float(not case.answered) if case.answerable else None

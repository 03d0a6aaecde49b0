"""False answers: the share of unanswerable questions that were answered all the same.

1 or 0 for each unanswerable item; lower is better. A failed item counts as answered: it was not
refused. Read it beside false refusals, since refusing everything scores 0 here (AbstentionBench,
Kirichenko et al. 2025, reports both sides for that reason).
"""

from eval.metrics.case import Case


def score(case: Case) -> float | None:
    """1 when an unanswerable question was not refused."""
    return None if case.answerable else float(case.answered or case.failed)

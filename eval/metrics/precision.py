"""Precision at k: the share of the first k paragraphs found that are relevant.

    precision@k = |{relevant paragraphs among rank 1..k}| / k

trec_eval's ``P_k``: k stays the divisor when fewer were found, so with one relevant paragraph an
item scores at most 1 / k. 0 to 1, higher is better. Eligible: as for recall.
"""

from eval.metrics.case import Case

CUTOFFS = (1, 3, 5, 10)


def score(case: Case, k: int) -> float | None:
    """Precision within the first ``k`` ranks."""
    if not case.answerable or not case.gold:
        return None
    if case.failed:
        return 0.0
    return sum(id_ in case.relevant for id_ in case.retrieved[:k]) / k

"""Reciprocal rank: 1 / (rank of the first relevant paragraph), 0 when none of the ten is.

The mean over items is MRR@10 (Voorhees 1999; trec_eval's ``recip_rank`` on runs of ten). 0 to 1,
higher is better. Eligible: answerable items with evidence.
"""

from eval.metrics.case import Case


def score(case: Case) -> float | None:
    """The reciprocal rank within the ten ranks kept."""
    if not case.answerable or not case.gold:
        return None
    if case.failed:
        return 0.0
    ranks = (rank for rank, id_ in enumerate(case.retrieved[:10], 1) if id_ in case.relevant)
    first = next(ranks, None)
    return 0.0 if first is None else 1 / first

"""Citation F1: the harmonic mean of an item's citation precision and citation recall.

    2PR / (P + R);  0 when either is 0

As LongBench-Cite joins the two (Zhang et al. 2024), item by item. 0 to 1, higher is better.
Eligible: every answerable item with evidence. Refused and failed items score 0.
"""

from eval.metrics import citation_precision, citation_recall
from eval.metrics.case import Case


def score(case: Case) -> float | None:
    """F1 of the item's citations."""
    recall = citation_recall.score(case)
    if recall is None:
        return None
    precision = citation_precision.score(case)
    # A refused item has no precision, and nothing recalled.
    if not precision or not recall:
        return 0.0
    return 2 * precision * recall / (precision + recall)

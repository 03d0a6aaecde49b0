"""Recall at k: the share of an item's gold quotes held by the first k paragraphs found.

    recall@k = |{quotes held by rank 1..k}| / |quotes|;  tagged "any": 1 if at least one is held

Recall over labelled quotes rather than documents, so that one paragraph holding two quotes counts
for both. With one relevant paragraph per quote it equals trec_eval's ``recall_k``. 0 to 1, higher
is better. Eligible: answerable items with evidence, refused ones too (search ran all the same).
"""

from eval.metrics.case import Case, share_found

CUTOFFS = (1, 3, 5, 10)


def score(case: Case, k: int) -> float | None:
    """Recall within the first ``k`` ranks."""
    if not case.answerable or not case.gold:
        return None
    if case.failed:
        return 0.0
    return share_found(case.gold, frozenset(case.retrieved[:k]), case.any_suffices)

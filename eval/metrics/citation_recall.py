"""Citation recall: the share of an item's gold quotes whose paragraph the answer cites.

    |{gold quotes held by a cited paragraph}| / |gold quotes|;  tagged "any": one suffices

The label-based counterpart of ALCE's recall (Gao et al. 2023). 0 to 1, higher is better. Eligible:
every answerable item with evidence. Refused and failed items and answers without citations score 0.
"""

from eval.metrics.case import Case, share_found


def score(case: Case) -> float | None:
    """The share of gold quotes cited."""
    if not case.answerable or not case.gold:
        return None
    if not case.answered:
        return 0.0
    cited = frozenset(quote.paragraph for quote in case.cited)
    return share_found(case.gold, cited, case.any_suffices)

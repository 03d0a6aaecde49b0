"""Citation precision: the share of an answer's citations whose paragraph is relevant.

    |{citations of a paragraph holding a gold quote}| / |citations|

The label-based counterpart of ALCE's precision (Gao et al. 2023), judged by gold quotes instead of
a language model; a true citation the labels do not know counts as wrong. 0 to 1, higher is better.

Eligible: answerable items that were answered or failed. An answer without citations scores 0, as
in ALCE; a refusal has nothing to be precise about and is left out, as is every unanswerable item.
"""

from eval.metrics.case import Case


def score(case: Case) -> float | None:
    """The share of citations that are relevant."""
    if not case.answerable or not case.gold or not (case.answered or case.failed):
        return None
    if case.failed or not case.cited:
        return 0.0
    return sum(cited.paragraph in case.relevant for cited in case.cited) / len(case.cited)

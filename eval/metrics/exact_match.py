"""Exact match: the whole answer equals an accepted one after SQuAD normalisation.

SQuAD's official measure (Rajpurkar et al. 2016): the best over the accepted answers. 1 or 0.
Answers in whole sentences score 0 here and are still right: read it beside ``correct``. Eligible:
as for ``correct``. Refused and failed items score 0.
"""

from eval.metrics.case import Case
from eval.normalise import normalise


def score(case: Case) -> float | None:
    """1 when the answer is exactly an accepted one."""
    if not case.has_short_answer:
        return None
    if not case.answered:
        return 0.0
    return float(any(normalise(case.text) == normalise(answer) for answer in case.answers))

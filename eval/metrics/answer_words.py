"""Answer words: how many blank-separated words an answer has, ``[n]`` marks left out.

The figure of a run is the median. Neither higher nor lower is better: it stands beside ``correct``
and the citation measures because long answers can buy both. Eligible: answered items.
"""

from eval.metrics.case import Case


def score(case: Case) -> float | None:
    """The number of words."""
    return float(len(case.text.split())) if case.answered else None

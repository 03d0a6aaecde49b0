"""The engine's confidence that the documents answer the question, 0 to 1, kept with the scores.

Not a figure of a run by itself: the risk-coverage curve and the confidence AUC are made of it. A
failed item counts as wrong there too: no confidence where the answer exists, full where not.
"""

from eval.metrics.case import Case


def score(case: Case) -> float | None:
    """The confidence of the item's answer or refusal."""
    return float(not case.answerable) if case.failed else case.confidence

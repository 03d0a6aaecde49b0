"""Unsupported: the share of an answer's sentences whose verdict is "unsupported".

Rag's own verdicts, so it says how much the reader is warned about, not how much is untrue. The
figure of a run is the mean over items. 0 to 1, lower is better. Eligible: answered items, also the
unanswerable ones, and failed ones, which score 1; so does an answer without a judged sentence.
"""

from eval.metrics.case import Case
from rag.types import Verdict


def score(case: Case) -> float | None:
    """The share of sentences without support."""
    if case.failed:
        return 1.0
    if not case.answered:
        return None
    if not case.verdicts:
        return 1.0
    return sum(verdict is Verdict.UNSUPPORTED for verdict in case.verdicts) / len(case.verdicts)

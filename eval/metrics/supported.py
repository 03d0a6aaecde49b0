"""Supported: the share of an answer's sentences whose verdict is "supported".

    |{sentences with verdict supported}| / |sentences|

Rag's own verdicts; with ``unsupported`` and the sentences borne out in part it adds up to 1. 0 to
1, higher is better. Eligible: answered items, also the unanswerable ones, and failed ones, which
score 0; so does an answer without a judged sentence, since nothing in it was borne out.
"""

from eval.metrics.case import Case
from rag.types import Verdict


def score(case: Case) -> float | None:
    """The share of sentences borne out in full."""
    if case.failed:
        return 0.0
    if not case.answered:
        return None
    if not case.verdicts:
        return 0.0
    return sum(verdict is Verdict.SUPPORTED for verdict in case.verdicts) / len(case.verdicts)

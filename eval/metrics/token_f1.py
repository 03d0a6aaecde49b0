"""Token F1: words shared by the answer and the accepted answer it is closest to.

    P = shared / words of the answer;  R = shared / words of the accepted answer;  2PR / (P + R)

SQuAD's official measure (Rajpurkar et al. 2016): words after normalisation, as a multiset, the
best over the accepted answers; two texts without words are equal. 0 to 1, higher is better.
Eligible: answerable items with accepted answers. Refused and failed items score 0.
"""

from collections import Counter

from eval.metrics.case import Case
from eval.normalise import tokens


def token_f1(text: str, reference: str) -> float:
    """F1 of the words of two texts."""
    ours, theirs = tokens(text), tokens(reference)
    if not ours or not theirs:
        return float(ours == theirs)
    shared = (Counter(ours) & Counter(theirs)).total()
    return 2 * shared / (len(ours) + len(theirs))


def score(case: Case) -> float | None:
    """The best token F1 over the accepted answers."""
    if not case.answerable or not case.answers:
        return None
    if not case.answered:
        return 0.0
    return max(token_f1(case.text, answer) for answer in case.answers)

"""ROUGE-L: F1 of the longest common subsequence of words (Lin 2004).

    P = LCS / words of the answer;  R = LCS / words of the accepted answer;  2PR / (P + R)

Words after SQuAD normalisation, without stemming, the best over the accepted answers; so figures
are comparable between runs of Pincite and only roughly with those of other scorers. 0 to 1,
higher is better. The measure of long-answer items; computed for every answerable item with
accepted answers. Refused and failed items score 0.
"""

from collections.abc import Sequence

from eval.metrics.case import Case
from eval.normalise import tokens


def common_subsequence(left: Sequence[str], right: Sequence[str]) -> int:
    """The length of the longest common subsequence."""
    row = [0] * (len(right) + 1)
    for word in left:
        diagonal = 0
        for column, other in enumerate(right, 1):
            above = row[column]
            row[column] = diagonal + 1 if word == other else max(above, row[column - 1])
            diagonal = above
    return row[-1]


def rouge_l(text: str, reference: str) -> float:
    """ROUGE-L F1 of two texts."""
    ours, theirs = tokens(text), tokens(reference)
    if not ours or not theirs:
        return float(ours == theirs)
    return 2 * common_subsequence(ours, theirs) / (len(ours) + len(theirs))


def score(case: Case) -> float | None:
    """The best ROUGE-L over the accepted answers."""
    if not case.answerable or not case.answers:
        return None
    if not case.answered:
        return 0.0
    return max(rouge_l(case.text, answer) for answer in case.answers)

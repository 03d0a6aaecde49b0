"""Citations per sentence: how many marks the sentences of an answer carry on average.

    sum over sentences of |citations of the sentence| / |sentences|

Neither higher nor lower is better: it stands beside citation precision and recall, because citing
everything buys the one and citing little the other. Eligible: answered items with a sentence.
"""

from eval.metrics.case import Case


def score(case: Case) -> float | None:
    """The mean number of citations of the answer's sentences."""
    if not case.answered or not case.sentence_citations:
        return None
    return sum(case.sentence_citations) / len(case.sentence_citations)

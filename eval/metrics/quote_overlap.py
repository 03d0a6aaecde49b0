"""Quote overlap: how well the highlighted words coincide with the gold quotes.

    for each gold quote: the best token F1 of a quote cited from a paragraph that holds it, else 0
    item: their mean;  tagged "any": the best

Words as in SQuAD's F1. Highlights from another paragraph score 0 however alike their words are,
so the measure is at most citation recall. 0 to 1, higher is better. Eligible: as for citation
recall.
"""

from eval.metrics.case import Case, GoldQuote
from eval.metrics.token_f1 import token_f1


def score(case: Case) -> float | None:
    """The mean overlap over the gold quotes."""
    if not case.answerable or not case.gold:
        return None
    if not case.answered:
        return 0.0
    overlaps = [_best(case, quote) for quote in case.gold]
    return max(overlaps) if case.any_suffices else sum(overlaps) / len(overlaps)


def _best(case: Case, gold: GoldQuote) -> float:
    rivals = (cited.text for cited in case.cited if cited.paragraph in gold.paragraphs)
    return max((token_f1(text, gold.text) for text in rivals), default=0.0)

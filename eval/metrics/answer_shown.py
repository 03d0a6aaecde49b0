"""Answer shown: an accepted answer is in what the reader is given, be it answered or refused.

A refusal may quote the sentence that comes nearest. Who reads it has the answer where that is the
one, though ``correct`` and ``false_refusals`` count the item as refused. Of an answer all words
count, up to twice those of ``correct``; of a refusal its quotes alone, since its notice repeats the
question. Containment is that of ``correct``.

1 or 0; higher is better. Eligible: the same items as for ``correct``. Failed items score 0.
"""

from eval.metrics.case import Case
from eval.metrics.correct import WORD_LIMIT, contains_answer

MOST_WORDS = 2 * WORD_LIMIT


def score(case: Case) -> float | None:
    """1 when the answer, or what a refusal quotes, is short enough and has an accepted one."""
    if not case.has_short_answer:
        return None
    if case.failed:
        return 0.0
    text = case.text if case.answered else " ".join(quote.text for quote in case.cited)
    return float(len(text.split()) <= MOST_WORDS and contains_answer(text, case.answers))

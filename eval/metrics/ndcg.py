"""nDCG at 10 with binary relevance by paragraph (Järvelin and Kekäläinen 2002).

    DCG  = sum over ranks i = 1..k with a relevant paragraph of 1 / log2(i + 1)
    nDCG = DCG / (DCG of a ranking that has all R relevant paragraphs first)

The same as trec_eval's ``ndcg_cut_k``. R counts every relevant paragraph of the corpus, also for
items tagged "any". 0 to 1, higher is better. Eligible: answerable items with evidence.
"""

import math
from collections.abc import Sequence

from eval.metrics.case import Case


def ndcg(relevant: frozenset[str], ranked: Sequence[str], k: int) -> float:
    """nDCG of paragraph ids, best first and without repeats; 0 when nothing is relevant."""
    ideal = sum(1 / math.log2(i + 1) for i in range(1, min(k, len(relevant)) + 1))
    gain = sum(1 / math.log2(i + 1) for i, id_ in enumerate(ranked[:k], 1) if id_ in relevant)
    return gain / ideal if ideal else 0.0


def score(case: Case) -> float | None:
    """nDCG at 10."""
    if not case.answerable or not case.gold:
        return None
    return 0.0 if case.failed else ndcg(case.relevant, case.retrieved, 10)

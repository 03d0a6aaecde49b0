"""What speaks for the documents holding the answer, as numbers for ``rag.abstain``.

Tried and left out, because they added nothing on held-out items of the development sets: the
paragraph's cosine, the lead of the first hit over the second, whether the draft holds the type of
thing asked for, and the share of its words that are new.
"""

import math
from collections.abc import Mapping, Sequence

from index.types import Hit
from index.words import content_stems, names, numbers, stems
from rag.types import Source, Verdict
from rag.verify import Match


def evidence_signals(
    question: str, hits: Sequence[Hit], sources: Sequence[Source]
) -> dict[str, float]:
    """Signals that need no model, each from 0 to 1 (``sentence`` is a cosine).

    ``sentence``: the best sentence's cosine with the question; ``coverage``: share of the
    question's content words in the sources; ``asked_names``: share of its names and numbers in
    them (1 when it has none).
    """
    found = {
        word
        for source in sources
        for part in (*source.paragraph.heading_path, source.paragraph.text)
        for word in stems(part)
    }
    asked = names(question) | numbers(question)
    return {
        "sentence": max((max(hit.sentence_scores) for hit in hits[:3]), default=0.0),
        "coverage": _share(set(content_stems(question)), found, of_none=0.0),
        "asked_names": _share(asked, found, of_none=1.0),
    }


def draft_signals(question: str, matches: Sequence[Match], holds: float | None) -> dict[str, float]:
    """Signals from the model and from what bears its draft out.

    ``holds``: log-odds of its yes to "do the passages state the answer?", 0 when not told;
    ``support``: of the best borne out sentence; ``cited_coverage``: share of the question's
    content words in the cited words.
    """
    borne = [m for m in matches if m.verdict is not Verdict.UNSUPPORTED]
    cited = {word for m in borne for span in m.spans for word in stems(span.text)}
    return {
        "holds": 0.0 if holds is None else _log_odds(holds),
        "support": max((m.support for m in borne), default=0.0),
        "cited_coverage": _share(set(content_stems(question)), cited, of_none=0.0),
    }


def logistic(signals: Mapping[str, float], weights: Mapping[str, float], bias: float) -> float:
    """Probability from a weighted sum; a signal without a weight counts nothing."""
    total = bias + math.fsum(weight * signals.get(name, 0.0) for name, weight in weights.items())
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, total))))


def _share(wanted: set[str], found: set[str], *, of_none: float) -> float:
    return len(wanted & found) / len(wanted) if wanted else of_none


def _log_odds(probability: float) -> float:
    clipped = min(max(probability, 1e-4), 1 - 1e-4)
    return math.log(clipped / (1 - clipped))

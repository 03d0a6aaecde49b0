"""What speaks for and against the documents holding the answer, as numbers."""

import math
from collections.abc import Mapping, Sequence

from index.types import Hit
from index.words import STOP_WORDS, WORD, content_stems, names, numbers, stems
from rag.types import Source, Verdict
from rag.verify import Match

_WHEN_TEXT = (
    "monday tuesday wednesday thursday friday saturday sunday january february march april "
    "may june july august september october november december today yesterday tomorrow week "
    "month year decade century day night morning evening before after during since until ago"
)
_WHEN = frozenset(_WHEN_TEXT.split())


def evidence_signals(
    question: str, hits: Sequence[Hit], sources: Sequence[Source]
) -> dict[str, float]:
    """Signals that need no model: how near, how clearly ahead, how much of the question is there.

    ``coverage``: share of the question's content words in the sources; ``asked_names``: share of
    its names and numbers in them (1 when it has none).
    """
    if not hits:
        return {"sentence": 0.0, "dense": 0.0, "margin": 0.0, "coverage": 0.0, "asked_names": 0.0}
    text = " ".join(
        part
        for source in sources
        for part in (*source.paragraph.heading_path, source.paragraph.text)
    )
    found = set(stems(text))
    wanted = set(content_stems(question))
    must = names(question) | numbers(question)
    second = hits[1].score if len(hits) > 1 else 0.0
    return {
        "sentence": max(max(hit.sentence_scores) for hit in hits[:3]),
        "dense": max(hit.signals["dense"] for hit in hits[:3]),
        "margin": hits[0].score - second,
        "coverage": len(wanted & found) / len(wanted) if wanted else 0.0,
        "asked_names": len(must & found) / len(must) if must else 1.0,
    }


def draft_signals(
    question: str, draft: str, matches: Sequence[Match], holds: float | None
) -> dict[str, float]:
    """Signals from the model's draft and what bears it out.

    ``holds``: log-odds of the model's yes, 0 when not told. ``support``: of the best borne out
    sentence. ``cited_coverage``: share of the question's content words in the cited words.
    ``new_words``: share of the draft's content words that the question does not have.
    ``type_found``: does the draft hold the kind of thing that was asked for?
    """
    said = content_stems(draft)
    asked = set(stems(question))
    new = [word for word in said if word not in asked]
    borne = [m for m in matches if m.verdict is not Verdict.UNSUPPORTED]
    cited = {word for m in borne for span in m.spans for word in stems(span.text)}
    wanted = set(content_stems(question))
    return {
        "holds": 0.0 if holds is None else _log_odds(holds),
        "support": max((m.support for m in borne), default=0.0),
        "cited_coverage": len(wanted & cited) / len(wanted) if wanted else 0.0,
        "new_words": len(new) / len(said) if said else 0.0,
        "type_found": float(type_found(question, draft)),
    }


def type_found(question: str, draft: str) -> bool:
    """Does the draft name a number, a time or a name, where the question asks for one?"""
    words = [word.lower() for word in WORD.findall(question)]
    asked = set(stems(question))
    if "how" in words and {"many", "much", "old", "long", "far"} & set(words):
        return bool(numbers(draft) - asked) or "hundred" in draft.lower()
    if "when" in words or {"year", "date"} & set(words):
        times = {word.lower() for word in WORD.findall(draft)} & _WHEN
        return bool(numbers(draft) - asked) or bool(times - asked)
    if {"who", "whom", "whose", "where"} & set(words):
        return bool(names(draft) - asked) or bool(
            {word for word in stems(draft) if word not in asked and word not in STOP_WORDS}
        )
    return True


def _log_odds(probability: float) -> float:
    clipped = min(max(probability, 1e-4), 1 - 1e-4)
    return math.log(clipped / (1 - clipped))


def logistic(signals: Mapping[str, float], weights: Mapping[str, float], bias: float) -> float:
    """Probability from a weighted sum; a signal without a weight counts nothing."""
    total = bias + math.fsum(weights[name] * signals.get(name, 0.0) for name in weights)
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, total))))

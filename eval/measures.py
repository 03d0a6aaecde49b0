"""Every figure of a run by its key: how items score, how their scores make the figure."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Literal

from eval import estimates
from eval.estimates import Estimate
from eval.metrics import (
    answer_shown,
    answer_words,
    aurc,
    citation_f1,
    citation_precision,
    citation_recall,
    citations_per_sentence,
    confidence,
    confidence_auc,
    correct,
    exact_match,
    false_answers,
    false_refusals,
    invalid_citations,
    mrr,
    ndcg,
    precision,
    quote_overlap,
    recall,
    refusal,
    rouge_l,
    supported,
    token_f1,
    unsupported,
)
from eval.metrics.case import Case

Scores = Mapping[str, float | None]
"""What one item scored, by key; None where it is not eligible."""

Row = tuple[float, ...]

Better = Literal["higher", "lower", "neither"]

RETRIEVAL_SCORES: dict[str, Callable[[Case], float | None]] = {
    **{f"recall@{k}": partial(recall.score, k=k) for k in recall.CUTOFFS},
    **{f"precision@{k}": partial(precision.score, k=k) for k in precision.CUTOFFS},
    "ndcg@10": ndcg.score,
    "mrr": mrr.score,
}
ANSWER_SCORES: dict[str, Callable[[Case], float | None]] = {
    "correct": correct.score,
    "exact_match": exact_match.score,
    "token_f1": token_f1.score,
    "rouge_l": rouge_l.score,
    "citation_precision": citation_precision.score,
    "citation_recall": citation_recall.score,
    "citation_f1": citation_f1.score,
    "quote_overlap": quote_overlap.score,
    "invalid_citations": invalid_citations.score,
    "citations_per_sentence": citations_per_sentence.score,
    "false_answers": false_answers.score,
    "false_refusals": false_refusals.score,
    "answer_shown": answer_shown.score,
    "unsupported": unsupported.score,
    "supported": supported.score,
    "answer_words": answer_words.score,
    "confidence": confidence.score,
}


@dataclass(frozen=True, slots=True)
class Measure:
    """A figure of a run. ``row`` turns an item's scores into what ``estimate`` adds up.

    ``row`` gives None for items that are not eligible. ``kind`` names the estimate in reports.
    """

    key: str
    better: Better
    kind: str
    estimate: Estimate
    row: Callable[[Scores], Row | None]


def score_case(case: Case, *, retrieval_only: bool = False) -> dict[str, float | None]:
    """All scores of one item, every key present; those of answers None when only searched."""
    scores = {key: score(case) for key, score in RETRIEVAL_SCORES.items()}
    for key, score in ANSWER_SCORES.items():
        scores[key] = None if retrieval_only else score(case)
    return scores


def _single(key: str, scores: Scores) -> Row | None:
    value = scores.get(key)
    return None if value is None else (value,)


def _refusal(scores: Scores) -> Row | None:
    """Refused and unanswerable, each 1 or 0; a failed item is on the wrong side of either."""
    answered, refused = scores.get("false_answers"), scores.get("false_refusals")
    if answered is not None:
        return (1 - answered, 1.0)
    return None if refused is None else (refused, 0.0)


def _confidence_and_kind(scores: Scores) -> Row | None:
    sureness = scores.get("confidence")
    if sureness is None:
        return None
    return (sureness, 1.0 if scores.get("false_answers") is None else 0.0)


def confidence_and_loss(scores: Scores) -> Row | None:
    """Confidence, and what answering the item costs: 0 when right to 1 when wrong.

    1 for an unanswerable item; else 1 - ``correct``, or 1 - ``rouge_l`` for long answers. A
    refused answerable item costs 1, since its answer is not known: beyond the coverage the engine
    chose, the curve is an upper bound. Items without accepted answers are not eligible.
    """
    sureness = scores.get("confidence")
    if sureness is None:
        return None
    if scores.get("false_answers") is not None:
        return (sureness, 1.0)
    quality = scores.get("correct")
    quality = scores.get("rouge_l") if quality is None else quality
    return None if quality is None else (sureness, 1 - quality)


def _mean(key: str, better: Better = "higher") -> Measure:
    return Measure(key, better, "mean", estimates.mean, partial(_single, key))


MEASURES: dict[str, Measure] = {
    measure.key: measure
    for measure in (
        *(_mean(key) for key in RETRIEVAL_SCORES),
        _mean("correct"),
        _mean("exact_match"),
        _mean("token_f1"),
        _mean("rouge_l"),
        _mean("citation_precision"),
        _mean("citation_recall"),
        _mean("citation_f1"),
        _mean("quote_overlap"),
        _mean("invalid_citations", "lower"),
        _mean("citations_per_sentence", "neither"),
        _mean("false_answers", "lower"),
        _mean("false_refusals", "lower"),
        _mean("answer_shown"),
        Measure("refusal_precision", "higher", "ratio", refusal.precision, _refusal),
        Measure("refusal_recall", "higher", "ratio", refusal.recall, _refusal),
        Measure("refusal_f1", "higher", "ratio", refusal.f1, _refusal),
        _mean("unsupported", "lower"),
        _mean("supported"),
        Measure(
            "answer_words",
            "neither",
            "median",
            estimates.median,
            partial(_single, "answer_words"),
        ),
        Measure("aurc", "lower", "area", aurc.aurc, confidence_and_loss),
        Measure("confidence_auc", "higher", "area", confidence_auc.auc, _confidence_and_kind),
    )
}
"""In the order of reports."""

NO_SHARES = ("answer_words", "citations_per_sentence")
"""The figures that may be over 1; all others go from 0 to 1."""

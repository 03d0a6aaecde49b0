"""How the items of a run ended, and what answering them took in time and tokens."""

from collections.abc import Sequence
from typing import TypedDict

import numpy as np

from eval.gold.items import ResolvedItem
from eval.records import ResultRecord


class Counts(TypedDict):
    """How many items there are and how they ended; ``missing`` have no result."""

    items: int
    answerable: int
    answered: int
    refused: int
    errors: int
    missing: int


class Percentiles(TypedDict):
    """Milliseconds over ``n`` items; null when there are none."""

    n: int
    p50: float | None
    p95: float | None


class Latency(TypedDict):
    """Until the end of the answer, and until the model's first token where one was asked."""

    total: Percentiles
    first_token: Percentiles


class Tokens(TypedDict):
    """Medians over the items a model was asked about; null when there are none."""

    prompt: float | None
    cached: float | None
    completion: float | None


def searched_only(result: ResultRecord) -> bool:
    """Whether the item was only searched for, not answered."""
    # Answering always scores one of the two, by whether the item is answerable.
    scores = result["scores"]
    return scores.get("false_answers") is None and scores.get("false_refusals") is None


def count_ends(items: Sequence[ResolvedItem], results: Sequence[ResultRecord]) -> Counts:
    """How the items ended; a run that only searches has no answered and no refused ones."""
    ends = [result["status"] for result in results if not searched_only(result)]
    return {
        "items": len(items),
        "answerable": sum(gold.item.answerable for gold in items),
        "answered": ends.count("answered"),
        "refused": ends.count("refused"),
        "errors": sum(result["status"] == "error" for result in results),
        "missing": len(items) - len(results),
    }


def latency(results: Sequence[ResultRecord]) -> Latency:
    """Medians and 95th percentiles of the items that did not fail."""
    timings = [result["timings_ms"] for result in results if result["status"] != "error"]
    firsts = [timing["first_token"] for timing in timings]
    return {
        "total": _percentiles([timing["total"] for timing in timings]),
        "first_token": _percentiles([first for first in firsts if first is not None]),
    }


def _percentiles(values: Sequence[float]) -> Percentiles:
    if not values:
        return {"n": 0, "p50": None, "p95": None}
    p50, p95 = np.percentile(values, [50, 95])
    return {"n": len(values), "p50": round(float(p50), 1), "p95": round(float(p95), 1)}


def token_medians(results: Sequence[ResultRecord]) -> Tokens:
    """Medians of the items a model was asked about."""
    counts = [result["tokens"] for result in results if result["tokens"]["prompt"] > 0]
    return {
        "prompt": _median([count["prompt"] for count in counts]),
        "cached": _median([count["cached"] for count in counts]),
        "completion": _median([count["completion"] for count in counts]),
    }


def _median(values: Sequence[float]) -> float | None:
    return float(np.median(values)) if values else None


def model_share(results: Sequence[ResultRecord]) -> float | None:
    """The share of the answers that a model wrote; None when there are no answers."""
    written = [not result["extractive"] for result in results if result["status"] == "answered"]
    return round(sum(written) / len(written), 6) if written else None

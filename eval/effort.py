"""How the items of a run ended, and what answering them took in time and tokens."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypedDict

import numpy as np

from eval.gold.items import ResolvedItem
from eval.records import ResultRecord, TimingsRecord
from index.errors import UsageError


class Counts(TypedDict):
    """How many items there are and how they ended.

    ``missing`` have no result; ``cached`` were taken from an earlier run's answers.
    """

    items: int
    answerable: int
    answered: int
    refused: int
    errors: int
    missing: int
    cached: int


class Percentiles(TypedDict):
    """Milliseconds over ``n`` items, between ranks interpolated; null when there are none."""

    n: int
    p50: float | None
    p90: float | None
    p95: float | None
    p99: float | None


class Latency(TypedDict):
    """Until the end of the answer, and until the model's first token where one was asked."""

    total: Percentiles
    first_token: Percentiles


class Tokens(TypedDict):
    """Medians over the items a model was asked about, null when there are none, and the sums."""

    prompt: float | None
    cached: float | None
    completion: float | None
    total_prompt: int
    total_completion: int


@dataclass(frozen=True, slots=True)
class Prices:
    """What a million tokens cost, in any currency; a local model's are 0."""

    prompt: float = 0.0
    completion: float = 0.0


FREE = Prices()


class Cost(TypedDict):
    """What answering cost at the prices given, in their currency: all items, and one on average.

        (prompt tokens x prompt price + completion tokens x completion price) / 1,000,000

    Answers from the cache count with what they cost when they were asked for.
    """

    total: float
    per_item: float | None
    prompt_price: float
    completion_price: float


def searched_only(result: ResultRecord) -> bool:
    """Whether the item was only searched for, not answered."""
    # Answering always scores one of the two, by whether the item is answerable.
    scores = result["scores"]
    return scores.get("false_answers") is None and scores.get("false_refusals") is None


def from_cache(result: ResultRecord) -> bool:
    """Whether the answer was taken from an earlier run: then there is no time to tell of."""
    return result["status"] != "error" and result["timings_ms"]["total"] == 0


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
        "cached": sum(map(from_cache, results)),
    }


def timings_of(results: Sequence[ResultRecord]) -> list[TimingsRecord]:
    """The times of the items that have some: that did not fail, nor come from the cache."""
    return [
        result["timings_ms"]
        for result in results
        if result["status"] != "error" and not from_cache(result)
    ]


def latency(results: Sequence[ResultRecord]) -> Latency:
    """Percentiles of the items that did not fail and were not taken from the cache."""
    timings = timings_of(results)
    firsts = [timing["first_token"] for timing in timings]
    return {
        "total": _percentiles([timing["total"] for timing in timings]),
        "first_token": _percentiles([first for first in firsts if first is not None]),
    }


def _percentiles(values: Sequence[float]) -> Percentiles:
    if not values:
        return {"n": 0, "p50": None, "p90": None, "p95": None, "p99": None}
    p50, p90, p95, p99 = (
        round(float(found), 1) for found in np.percentile(values, [50, 90, 95, 99])
    )
    return {"n": len(values), "p50": p50, "p90": p90, "p95": p95, "p99": p99}


def count_tokens(results: Sequence[ResultRecord]) -> Tokens:
    """Medians of the items a model was asked about, and sums."""
    counts = [result["tokens"] for result in results if result["tokens"]["prompt"] > 0]
    return {
        "prompt": _median([count["prompt"] for count in counts]),
        "cached": _median([count["cached"] for count in counts]),
        "completion": _median([count["completion"] for count in counts]),
        "total_prompt": sum(count["prompt"] for count in counts),
        "total_completion": sum(count["completion"] for count in counts),
    }


def parse_prices(text: str) -> Prices:
    """The prices of ``PROMPT,COMPLETION``, nothing for ""; ``UsageError`` for anything else."""
    if not text:
        return FREE
    try:
        prompt, completion = (float(part) for part in text.split(","))
    except ValueError:
        prompt = completion = math.nan
    if not (math.isfinite(prompt) and math.isfinite(completion) and min(prompt, completion) >= 0):
        raise UsageError(f'--price "{text}": write PROMPT,COMPLETION, of a million tokens each')
    return Prices(prompt, completion)


def cost(tokens: Tokens, items: int, prices: Prices) -> Cost:
    """The cost of these tokens."""
    total = tokens["total_prompt"] * prices.prompt + tokens["total_completion"] * prices.completion
    total /= 1_000_000
    return {
        "total": round(total, 6),
        "per_item": round(total / items, 8) if items else None,
        "prompt_price": prices.prompt,
        "completion_price": prices.completion,
    }


def _median(values: Sequence[float]) -> float | None:
    return float(np.median(values)) if values else None


def model_share(results: Sequence[ResultRecord]) -> float | None:
    """The share of the answers that a model wrote; None when there are no answers."""
    written = [not result["extractive"] for result in results if result["status"] == "answered"]
    return round(sum(written) / len(written), 6) if written else None

"""The results of a run -> its figures, each with its number of items and a 95 % interval."""

from collections.abc import Mapping, Sequence
from typing import TypedDict

import numpy as np

from eval import estimates
from eval.cases import failed_case
from eval.effort import (
    FREE,
    Cost,
    Counts,
    Latency,
    Prices,
    Tokens,
    cost,
    count_ends,
    count_tokens,
    latency,
    model_share,
    searched_only,
)
from eval.estimates import Floats
from eval.gold.items import ResolvedItem
from eval.judge_figures import Judged, judged
from eval.measures import MEASURES, Measure, Scores, score_case
from eval.records import ResultRecord
from eval.rundir import RunData
from eval.statistics import bootstrap, design_effect, detectable_between_runs, wilson

TAG_KEYS = (
    "recall@1",
    "recall@3",
    "recall@5",
    "ndcg@10",
    "correct",
    "token_f1",
    "rouge_l",
    "citation_precision",
    "citation_recall",
    "citation_f1",
    "false_answers",
    "false_refusals",
    "unsupported",
)
"""The figures also given for each tag."""

_DIGITS = 6
_ROUNDING = 1e-9
"""What equal scores may deviate by: a third is not one to the last digit."""


class Figure(TypedDict):
    """A figure; null where no item is eligible. ``n`` counts the eligible items.

    ``kind``: "proportion" (every score is 0 or 1: Wilson's interval, wider by what items about the
    same paragraph have in common), else "mean", "median", "ratio" or "area" (bootstrap over
    clusters; null ends with fewer than two clusters).
    ``detectable`` is the change between two runs of so many items that would show with 80 % power,
    for means and proportions whose scores vary.
    """

    value: float | None
    n: int
    low: float | None
    high: float | None
    kind: str
    detectable: float | None


class TagSummary(TypedDict):
    """The figures of the items with one tag."""

    items: int
    metrics: dict[str, Figure]


class Summary(TypedDict):
    """``summary.json``. ``from_model`` is the share of answers a model wrote, not quoted.

    ``judge`` is null where no judge was asked.
    """

    metrics: dict[str, Figure]
    counts: Counts
    latency_ms: Latency
    tokens: Tokens
    cost: Cost
    judge: Judged | None
    from_model: float | None
    by_tag: dict[str, TagSummary]


def summarise(data: RunData) -> Summary:
    """The figures of a run. An item without a result counts as failed, never as absent."""
    items, results = data.items, data.results
    scores = scores_of(items, results)
    tokens = count_tokens(results)
    return {
        "metrics": {key: figure(measure, items, scores) for key, measure in MEASURES.items()},
        "counts": count_ends(items, results),
        "latency_ms": latency(results),
        "tokens": tokens,
        "cost": cost(tokens, len(results), _prices(data.run)),
        "judge": judged(items, results, data.judge),
        "from_model": model_share(results),
        "by_tag": _by_tag(items, scores),
    }


def _prices(run: Mapping[str, object]) -> Prices:
    prices = run.get("prices")
    return Prices(**prices) if isinstance(prices, dict) else FREE


def scores_of(items: Sequence[ResolvedItem], results: Sequence[ResultRecord]) -> dict[str, Scores]:
    """Each item's scores by its id, in the order of ``items``."""
    found = {result["id"]: result["scores"] for result in results}
    retrieval_only = any(searched_only(result) for result in results)
    return {
        gold.item.id: found[gold.item.id]
        if gold.item.id in found
        else score_case(failed_case(gold), retrieval_only=retrieval_only)
        for gold in items
    }


def figure(measure: Measure, items: Sequence[ResolvedItem], scores: Mapping[str, Scores]) -> Figure:
    """One figure of these items."""
    rows, clusters = rows_of(measure, items, scores)
    n = len(rows)
    value = float(measure.estimate(rows, np.ones((1, n)))[0]) if n else float("nan")
    if np.isnan(value):
        return {
            "value": None,
            "n": n,
            "low": None,
            "high": None,
            "kind": measure.kind,
            "detectable": None,
        }
    is_mean = measure.estimate is estimates.mean
    binary = is_mean and is_binary(rows)
    effect = design_effect(rows, clusters) if is_mean else 1.0
    interval = (
        wilson(int(rows.sum()), n, effect)
        if binary
        else bootstrap(measure.estimate, rows, clusters)
    )
    deviation = float(rows.std()) if is_mean else 0.0
    return {
        "value": round(value, _DIGITS),
        "n": n,
        "low": round(interval.low, _DIGITS) if interval else None,
        "high": round(interval.high, _DIGITS) if interval else None,
        "kind": "proportion" if binary else measure.kind,
        "detectable": round(detectable_between_runs(n / effect, deviation), _DIGITS)
        if deviation > _ROUNDING
        else None,
    }


def rows_of(
    measure: Measure, items: Sequence[ResolvedItem], scores: Mapping[str, Scores]
) -> tuple[Floats, list[str]]:
    """The rows of the eligible items (items x columns) and their clusters."""
    eligible = [
        (row, gold.cluster)
        for gold in items
        if (row := measure.row(scores[gold.item.id])) is not None
    ]
    rows = np.array([row for row, _ in eligible], dtype=np.float64)
    return rows, [cluster for _, cluster in eligible]


def is_binary(rows: Floats) -> bool:
    """Whether every score is 0 or 1."""
    return bool(np.isin(rows, (0.0, 1.0)).all())


def _by_tag(items: Sequence[ResolvedItem], scores: Mapping[str, Scores]) -> dict[str, TagSummary]:
    tags = sorted({tag for gold in items for tag in gold.item.tags})
    summaries: dict[str, TagSummary] = {}
    for tag in tags:
        tagged = [gold for gold in items if tag in gold.item.tags]
        summaries[tag] = {
            "items": len(tagged),
            "metrics": {key: figure(MEASURES[key], tagged, scores) for key in TAG_KEYS},
        }
    return summaries

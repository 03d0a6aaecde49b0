"""Thresholds that a run must keep: ``--fail-under correct=0.8 --fail-over false_answers=0.1``.

A gate reads the figure's value, not an end of its interval: choose the bound with the interval in
mind. A figure that no item was eligible for keeps no threshold, so an empty run cannot pass.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from eval.measures import MEASURES
from eval.summary import Summary
from index.errors import UsageError


@dataclass(frozen=True, slots=True)
class Threshold:
    """The run fails when the figure is ``side`` the ``bound``; equal to it is kept."""

    metric: str
    side: Literal["under", "over"]
    bound: float


@dataclass(frozen=True, slots=True)
class Failure:
    """A threshold not kept and the figure that broke it, None when there was no figure."""

    threshold: Threshold
    value: float | None

    def __str__(self) -> str:
        kept = self.threshold
        if self.value is None:
            return f"{kept.metric}: no item was eligible, so it cannot keep {kept.bound:g}"
        return f"{kept.metric} is {self.value:g}, {kept.side} {kept.bound:g}"


def parse_threshold(text: str, side: Literal["under", "over"]) -> Threshold:
    """The threshold of ``metric=x``. Raises ``UsageError`` naming the known metrics."""
    metric, equals, bound = text.partition("=")
    option = f'--fail-{side} "{text}"'
    if not equals:
        raise UsageError(f"{option}: write it as metric=number")
    if metric.strip() not in MEASURES:
        known = ", ".join(MEASURES)
        raise UsageError(f'{option}: no metric "{metric.strip()}"; there are {known}')
    try:
        value = float(bound)
    except ValueError:
        value = math.nan
    if not math.isfinite(value):
        raise UsageError(f'{option}: "{bound.strip()}" is not a number')
    return Threshold(metric.strip(), side, value)


def broken(summary: Summary, thresholds: Sequence[Threshold]) -> list[Failure]:
    """The thresholds the run does not keep, in the order given."""
    return [
        Failure(threshold, value)
        for threshold in thresholds
        for value in [summary["metrics"][threshold.metric]["value"]]
        if _breaks(value, threshold)
    ]


def _breaks(value: float | None, threshold: Threshold) -> bool:
    if value is None:
        return True
    return value < threshold.bound if threshold.side == "under" else value > threshold.bound

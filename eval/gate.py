"""What a run must keep: thresholds, and the figures of an earlier run.

``--fail-under correct=0.8 --fail-over false_answers=0.1`` read the figure's value, not an end of
its interval: choose the bound with the interval in mind. A figure that no item was eligible for
keeps no threshold, so an empty run cannot pass; a bound that no run could break is refused.

``--baseline DIR`` fails on a figure that is worse with p below .05 after correction for the number
of figures, so that the few flips between machines, which greedy decoding has, pass;
``--max-regressions n`` fails on more than n items that are worse. It fails as well where it could
not hold the run to the baseline: on a figure of it that the run does not score at all, and when
less than half of its items, or of the sample asked for, were compared.
"""

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from eval.compare import Comparison, Delta, compare
from eval.measures import MEASURES, NO_SHARES
from eval.rundir import read_run
from eval.runs import load_summary
from eval.summary import Summary
from index.errors import UsageError
from index.eval_runs import run_record


@dataclass(frozen=True, slots=True)
class Threshold:
    """The run fails when the figure is ``side`` the ``bound``; equal to it is kept."""

    metric: str
    side: Literal["under", "over"]
    bound: float


@dataclass(frozen=True, slots=True)
class Gate:
    """What a run is held to; without a ``baseline``, to no earlier run.

    ``most_regressions``: how many items may be worse than in the baseline, None for any number.
    """

    thresholds: Sequence[Threshold] = ()
    baseline: Path | None = None
    most_regressions: int | None = None


@dataclass(frozen=True, slots=True)
class Failure:
    """A threshold not kept and the figure of ``n`` items that broke it, None if there was none."""

    threshold: Threshold
    value: float | None
    n: int = 0

    def __str__(self) -> str:
        kept = self.threshold
        if self.value is None:
            why = f" is not defined on these {self.n} items" if self.n else ": no item was eligible"
            return f"{kept.metric}{why}, so it cannot keep {kept.bound:g}"
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
    if metric.strip() not in NO_SHARES and (value > 1 if side == "over" else value < 0):
        raise UsageError(
            f"{option}: {metric.strip()} goes from 0 to 1, so that this could never fail;"
            " write 40 % as 0.4"
        )
    return Threshold(metric.strip(), side, value)


def broken(summary: Summary, thresholds: Sequence[Threshold]) -> list[Failure]:
    """The thresholds the run does not keep, in the order given."""
    return [
        Failure(threshold, found["value"], found["n"])
        for threshold in thresholds
        for found in [summary["metrics"][threshold.metric]]
        if _breaks(found["value"], threshold)
    ]


def _breaks(value: float | None, threshold: Threshold) -> bool:
    if value is None:
        return True
    return value < threshold.bound if threshold.side == "under" else value > threshold.bound


def regressions(comparison: Comparison, most: int | None = None) -> list[str]:
    """What is worse in B than in A beyond doubt, and more than ``most`` items if a number is given.

    One line each, with the change of the items that count in both: each run's own figure may be
    over others, and move the other way.
    """
    lines = [
        f"{key} changed by {_change(delta)} over the {delta['n']} items scored in both"
        f" (p {_shown(delta['p'])}, adjusted {_shown(delta['p_adjusted'])})"
        for key, delta in comparison["metrics"].items()
        if delta["verdict"] == "worse"
    ]
    worse = comparison["regressed"]
    if most is not None and len(worse) > most:
        lines.append(f"{len(worse)} items are worse, over {most}: {', '.join(worse)}")
    return lines


def parse_gate(
    under: Sequence[str],
    over: Sequence[str],
    baseline: Path | None,
    most_regressions: int | None,
    *,
    out: Path,
) -> Gate:
    """The gate of a command's options, for a run into ``out``.

    Raises ``UsageError`` where one of them cannot be meant.
    """
    thresholds = [parse_threshold(text, "under") for text in under]
    thresholds += [parse_threshold(text, "over") for text in over]
    if most_regressions is not None and baseline is None:
        raise UsageError("--max-regressions counts against an earlier run: add --baseline")
    if baseline is not None:
        read_run(baseline)
        if baseline.resolve() == out.resolve():
            raise UsageError(f"{out} is the baseline itself: give the new run another --out")
    return Gate(tuple(thresholds), baseline, most_regressions)


def check_run(
    folder: Path, gate: Gate, tell: Callable[[str], None] = lambda line: None
) -> list[str]:
    """Everything a finished run does not keep, one line each.

    ``tell`` is called with how much of the baseline it was held to.
    """
    lines = [str(failure) for failure in broken(load_summary(folder), gate.thresholds)]
    if gate.baseline is not None:
        comparison = compare(gate.baseline, folder, common_only=True)
        tell(_compared(comparison))
        lines += _not_compared(comparison, (run_record(folder) or {}).get("sample"))
        lines += regressions(comparison, gate.most_regressions)
    return lines


def _compared(comparison: Comparison) -> str:
    line = f"compared {comparison['items']} of {comparison['items_a']} baseline items"
    relabelled = len(comparison["relabelled"])
    more = f"; {relabelled} are asked or labelled otherwise now" if relabelled else ""
    return f"{line}{more}"


def _not_compared(comparison: Comparison, sample: object) -> Iterator[str]:
    """What the baseline has and the run could not be held to; ``sample`` is that of the run."""
    expected = comparison["items_a"]
    if isinstance(sample, int):
        expected = min(expected, sample)
    if 2 * comparison["items"] < expected:
        yield f"{_compared(comparison)}, too few to tell: make a new baseline of such a run"
    unscored = [
        k for k, delta in comparison["metrics"].items() if delta["n_a"] and not delta["n_b"]
    ]
    if unscored:
        yield f"in the baseline and not scored in this run: {', '.join(unscored)}"


def _change(delta: Delta) -> str:
    change, low, high = delta["delta"] or 0.0, delta["low"], delta["high"]
    return f"{change:+g}" if low is None or high is None else f"{change:+g} [{low:+g}, {high:+g}]"


def _shown(p: float | None) -> str:
    return "unknown" if p is None else "< 0.001" if p < 0.001 else f"{p:.3f}"

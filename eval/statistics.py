"""How sure a figure is, and whether two runs differ.

- Items about the same paragraph stand or fall together (Miller 2024, arXiv 2411.00640): they are a
  cluster.
- Proportions of binary items: Wilson's score interval, sound near 0 and 1, of as many items as they
  are worth: divided by the design effect of their clusters (Kish 1965; Franco et al. 2019).
- Anything else: percentile bootstrap over clusters, 10,000 resamples, seeded.
- Two runs on the same items: for means the sign-flip test over clusters (Fisher 1935), which is
  McNemar's exact test where scores are binary and each cluster has one item; for other figures the
  paired bootstrap. From k clusters that differ neither gives a p below 2^(1 - k): so often all of
  them change in one direction by chance.
- Many figures tested at once: Holm's correction, so that one of twenty does not differ by chance.

All intervals are 95 %. Pure functions; the same input always gives the same figures.
"""

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import product

import numpy as np
import numpy.typing as npt
import scipy

from eval.estimates import Estimate, Floats

RESAMPLES = 10_000
LEVEL = 0.95
SEED = 20_240_411

_CHUNK = 500
_EXACT_CLUSTERS = 12
"""Up to so many clusters every choice of signs is counted (4,096), beyond that some are drawn."""
_ROUNDING = 1e-9


@dataclass(frozen=True, slots=True)
class Interval:
    """The two ends of a 95 % interval."""

    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Difference:
    """B minus A: the change, its interval (None when it cannot be told) and a two-sided p."""

    delta: float
    interval: Interval | None
    p: float | None


def wilson(successes: int, n: int, effect: float = 1.0) -> Interval:
    """Wilson's interval of a proportion (Wilson 1927); ``n`` must be at least 1.

        (p + z²/2m -+ z sqrt(p (1 - p)/m + z²/4m²)) / (1 + z²/m),  m = n / effect

    ``effect`` is the design effect of the items' clusters, 1 where each has its own.
    """
    z = float(scipy.stats.norm.ppf((1 + LEVEL) / 2))
    share, worth = successes / n, n / effect
    middle = share + z * z / (2 * worth)
    half = z * math.sqrt(share * (1 - share) / worth + z * z / (4 * worth * worth))
    whole = 1 + z * z / worth
    # Rounding can leave an end a hair outside the figure itself.
    return Interval(
        max(0.0, min((middle - half) / whole, share)), min(1.0, max((middle + half) / whole, share))
    )


def design_effect(rows: Floats, clusters: Sequence[str]) -> float:
    """How many times the variance of a mean is what it were if each item had its own cluster.

        k/(k - 1) * (n - 1)/n * (sum of squares of the clusters' sums) / (sum of squares)

    of the deviations from the mean of the only column, over k clusters of n items. At least 1, as
    clusters are no reason to be surer; 1 where it cannot be told, nothing deviating.
    """
    deviations = rows[:, 0] - rows[:, 0].mean()
    squares = float((deviations**2).sum())
    sums: dict[str, float] = {}
    for name, deviation in zip(clusters, deviations, strict=True):
        sums[name] = sums.get(name, 0.0) + float(deviation)
    n, k = len(rows), len(sums)
    if k < 2 or squares < _ROUNDING:
        return 1.0
    between = sum(total * total for total in sums.values())
    return max(1.0, k / (k - 1) * (n - 1) / n * between / squares)


def bootstrap(estimate: Estimate, rows: Floats, clusters: Sequence[str]) -> Interval | None:
    """The interval of a figure; ``rows`` is items x columns, ``clusters`` names each item's.

    None with fewer than two clusters: one cluster says nothing of how another would come out.
    """
    if len(set(clusters)) < 2:
        return None
    return _percentiles(_figures(clusters, lambda weights: estimate(rows, weights)))


def mcnemar(only_a: int, only_b: int) -> float:
    """The exact two-sided p of McNemar's test, from the items only one of the runs got right."""
    discordant = only_a + only_b
    return float(scipy.stats.binomtest(only_a, discordant).pvalue) if discordant else 1.0


def sign_flip(rows_a: Floats, rows_b: Floats, clusters: Sequence[str]) -> float:
    """The two-sided p of a change of a mean from A to B of the same items.

    If there were no difference, each cluster's sum of changes could as well have the other sign:
    p is the share of choices of signs whose total is as far from 0 as the one found.
    """
    sums: dict[str, float] = {}
    for name, change in zip(clusters, rows_b[:, 0] - rows_a[:, 0], strict=True):
        sums[name] = sums.get(name, 0.0) + float(change)
    changed = np.array([total for total in sums.values() if abs(total) > _ROUNDING])
    sizes = np.abs(changed)
    if not len(changed) or np.ptp(sizes) <= _ROUNDING:
        return mcnemar(int((changed < 0).sum()), int((changed > 0).sum()))
    reached = abs(changed.sum()) - _ROUNDING
    if len(changed) <= _EXACT_CLUSTERS:
        signs = np.array(list(product((-1.0, 1.0), repeat=len(changed))))
        return float(np.mean(np.abs(signs @ changed) >= reached))
    generator = np.random.default_rng(SEED)
    as_far = 0
    for _ in range(RESAMPLES // _CHUNK):
        signs = generator.choice((-1.0, 1.0), (_CHUNK, len(changed)))
        as_far += int(np.sum(np.abs(signs @ changed) >= reached))
    # The one found is a choice as well: without it p could be 0.
    return (as_far + 1) / (RESAMPLES + 1)


def clusters_changed(rows_a: Floats, rows_b: Floats, clusters: Sequence[str]) -> int:
    """How many clusters have an item that differs between the runs."""
    differs = (rows_a != rows_b).any(axis=1)
    return len({name for name, changed in zip(clusters, differs, strict=True) if changed})


def least_p(changed: int) -> float:
    """The p of so many clusters if all of them changed in one direction; none is below it."""
    return min(1.0, 2.0 ** (1 - changed))


def paired_bootstrap(
    estimate: Estimate, rows_a: Floats, rows_b: Floats, clusters: Sequence[str]
) -> Difference:
    """The change from A to B of a figure of the same items, whole pairs being drawn.

    p is twice the smaller share of resamples on one side of no change, counting those at none;
    at least 1 / resamples, because a bootstrap cannot show less, nor less than all of the clusters
    that differ changing in one direction by chance.
    """
    one = np.ones((1, len(rows_a)))
    delta = float(estimate(rows_b, one)[0] - estimate(rows_a, one)[0])
    if len(set(clusters)) < 2:
        return Difference(delta, None, None)
    changes = _figures(clusters, lambda w: estimate(rows_b, w) - estimate(rows_a, w))
    changes = changes[~np.isnan(changes)]
    if not len(changes):
        return Difference(delta, None, None)
    side = min(np.mean(changes <= 0), np.mean(changes >= 0))
    least = least_p(clusters_changed(rows_a, rows_b, clusters))
    p = min(1.0, max(2 * float(side), 1 / RESAMPLES, least))
    return Difference(delta, _percentiles(changes), p)


def smallest_detectable_difference(
    n: float, deviation: float, *, power: float = 0.8, alpha: float = 0.05
) -> float:
    """The change of a mean that ``n`` items would show with this power, in the score's unit.

        (z(1 - alpha/2) + z(power)) * deviation / sqrt(n)

    ``deviation`` is the standard deviation of the item by item differences; for binary scores about
    the square root of the share of items on which the runs differ. Miller 2024, section 5. ``n`` is
    divided by the design effect where items share clusters.
    """
    factor = scipy.stats.norm.ppf(1 - alpha / 2) + scipy.stats.norm.ppf(power)
    return float(factor * deviation / math.sqrt(n))


def detectable_between_runs(n: float, deviation: float) -> float:
    """The change between two runs of ``n`` items each that one figure alone lets expect to show.

    The two runs are taken as independent, so that the differences have twice the variance; runs of
    the same items show less than that. ``deviation`` is that of the item scores.
    """
    return smallest_detectable_difference(n, math.sqrt(2) * deviation)


def holm(p_values: Sequence[float]) -> list[float]:
    """Holm's adjusted p-values (Holm 1979), in the order given.

    Sorted upwards, the i-th of m is multiplied by m - i + 1, never falls and is at most 1.
    Rejecting those below .05 keeps the chance of any false alarm among the m at .05.
    """
    adjusted = [0.0] * len(p_values)
    highest = 0.0
    for position, at in enumerate(sorted(range(len(p_values)), key=lambda i: p_values[i])):
        highest = max(highest, min(1.0, p_values[at] * (len(p_values) - position)))
        adjusted[at] = highest
    return adjusted


def _figures(clusters: Sequence[str], figure: Callable[[Floats], Floats]) -> Floats:
    parts = [figure(weights) for weights in _weights(clusters)]
    joined: Floats = np.concatenate(parts)
    return joined


def _weights(clusters: Sequence[str]) -> Iterator[Floats]:
    """Bootstrap weights in chunks of resamples x items: how often each item's cluster was drawn."""
    names = {name: number for number, name in enumerate(dict.fromkeys(clusters))}
    member = np.array([names[name] for name in clusters])
    counts = _drawn(len(names))
    for start in range(0, RESAMPLES, _CHUNK):
        weights: Floats = counts[start : start + _CHUNK][:, member].astype(np.float64)
        yield weights


# 20 kB a cluster each: two are enough, as figures of the same items follow one another.
@lru_cache(maxsize=2)
def _drawn(clusters: int) -> npt.NDArray[np.uint16]:
    """How often each cluster was drawn: resamples x clusters, the same for all figures."""
    generator = np.random.default_rng(SEED)
    chunks = []
    for _ in range(RESAMPLES // _CHUNK):
        drawn = generator.integers(0, clusters, (_CHUNK, clusters))
        drawn += np.arange(_CHUNK)[:, None] * clusters
        counts = np.bincount(drawn.ravel(), minlength=_CHUNK * clusters)
        chunks.append(counts.reshape(_CHUNK, clusters).astype(np.uint16))
    return np.concatenate(chunks)


def _percentiles(figures: Floats) -> Interval | None:
    if np.isnan(figures).all():
        return None
    tail = 100 * (1 - LEVEL) / 2
    low, high = np.nanpercentile(figures, [tail, 100 - tail])
    return Interval(float(low), float(high))

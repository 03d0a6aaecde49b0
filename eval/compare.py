"""Two runs side by side: which items flipped, which figures moved, and whether that means much.

Items are paired by id; one that asks something else now, or is labelled otherwise, is left out and
named: its scores are of two things. An item that one run lacks counts as failed there, so a run
cannot gain by leaving items out. A figure's change is over the items eligible in both runs, tested
for means by sign flips of clusters (McNemar's test where scores are 0 or 1 and clusters single
items), else by the paired bootstrap. Since many figures are tested at once, a verdict rests on p
after Holm's correction over those of them that could have p below .05 at all (Tarone 1990): most
figures hardly move from one run to the next, and what can raise no false alarm needs no correction.
"""

from collections.abc import Mapping, Sequence, Set
from pathlib import Path
from typing import Literal, TypedDict

import numpy as np

from eval import estimates
from eval.differences import differences
from eval.estimates import Floats
from eval.gold.items import GoldItem, ResolvedItem
from eval.measures import MEASURES, Measure, Scores
from eval.rundir import BASELINE, RunData, read_run
from eval.statistics import (
    clusters_changed,
    design_effect,
    holm,
    least_p,
    paired_bootstrap,
    sign_flip,
    smallest_detectable_difference,
)
from eval.summary import figure, is_binary, scores_of
from index.errors import UsageError

FLIP_KEYS = ("recall@3", "correct", "citation_recall", "false_answers", "false_refusals")
ALPHA = 0.05

_DIGITS = 6
_NO_SETTINGS = ("started", "finished", BASELINE)


Verdict = Literal["better", "worse", "differs", "unclear"]


class Flip(TypedDict):
    """An item whose score changed; ``change`` is "better" or "worse"."""

    id: str
    question: str
    metric: str
    a: float
    b: float
    change: str


class Delta(TypedDict):
    """A figure of both runs. ``delta`` is B minus A over the ``n`` items eligible in both.

    ``a`` and ``b`` are over the ``n_a`` and ``n_b`` items eligible in each.
    ``low`` and ``high`` bound it at 95 %; ``p`` is two-sided, by ``test`` ("mcnemar", "sign flip"
    or "bootstrap"), ``p_adjusted`` the same after Holm's correction, 1 where too few clusters
    changed for p to be below .05 whichever way they did;
    ``detectable`` is the change these items would show with 80 % power. ``verdict`` is "better" or
    "worse" when ``p_adjusted`` is below .05, "differs" where neither direction is better, else
    "unclear".
    """

    a: float | None
    b: float | None
    n_a: int
    n_b: int
    n: int
    delta: float | None
    low: float | None
    high: float | None
    p: float | None
    p_adjusted: float | None
    test: str
    detectable: float | None
    verdict: Verdict


class Comparison(TypedDict):
    """Everything that differs. ``settings`` maps a dotted key to its values in A and B.

    ``items`` are compared, ``items_a`` and ``items_b`` were to be answered by each run.
    ``tested`` is the number of figures the correction is made for, ``regressed`` the ids of the
    items with a flip for the worse, ``relabelled`` those of the items that both runs have and that
    are left out, being asked or labelled otherwise in B.
    """

    a: str
    b: str
    items: int
    items_a: int
    items_b: int
    tested: int
    regressed: list[str]
    relabelled: list[str]
    missing_a: list[str]
    missing_b: list[str]
    settings: dict[str, list[object]]
    metrics: dict[str, Delta]
    flips: list[Flip]


def compare(folder_a: Path, folder_b: Path, *, common_only: bool = False) -> Comparison:
    """What changed from run A to run B.

    ``common_only`` leaves out the items that only one of the runs was to answer: a gold set that
    grew is no regression. Raises ``UsageError`` when a folder is not a run's or the runs have no
    item in common that is labelled alike.
    """
    run_a, run_b = read_run(folder_a), read_run(folder_b)
    relabelled = _relabelled(run_a, run_b)
    items = _items(run_a, run_b, relabelled, common_only)
    if not _ids(run_a) & _ids(run_b) - set(relabelled):
        why = f": {len(relabelled)} are asked or labelled otherwise" if relabelled else ""
        raise UsageError(f"{folder_a} and {folder_b} have no item in common{why}")
    scores_a = scores_of(items, run_a.results)
    scores_b = scores_of(items, run_b.results)
    found = {key: _delta(measure, items, scores_a, scores_b) for key, measure in MEASURES.items()}
    metrics = {key: delta for key, (delta, _) in found.items()}
    flips = _flips(items, scores_a, scores_b)
    return {
        "a": str(folder_a),
        "b": str(folder_b),
        "items": len(items),
        "items_a": len(run_a.items),
        "items_b": len(run_b.items),
        "tested": _judge(metrics, {key for key, (_, able) in found.items() if able}),
        "regressed": list(dict.fromkeys(f["id"] for f in flips if f["change"] == "worse")),
        "relabelled": relabelled,
        "missing_a": _missing(items, run_a),
        "missing_b": _missing(items, run_b),
        "settings": {
            key: list(values)
            for key, values in differences(run_a.run, run_b.run).items()
            if key not in _NO_SETTINGS
        },
        "metrics": metrics,
        "flips": flips,
    }


def _items(
    run_a: RunData, run_b: RunData, relabelled: Sequence[str], common_only: bool
) -> list[ResolvedItem]:
    # B's items last, so that the newer gold counts where both have one.
    both = {gold.item.id: gold for gold in (*run_a.items, *run_b.items)}
    ids = _ids(run_a) & _ids(run_b) if common_only else both.keys()
    return [gold for id_, gold in both.items() if id_ in ids and id_ not in relabelled]


def _ids(run: RunData) -> set[str]:
    return {gold.item.id for gold in run.items}


def _relabelled(run_a: RunData, run_b: RunData) -> list[str]:
    before = {gold.item.id: _scored_by(gold.item) for gold in run_a.items}
    return [
        gold.item.id
        for gold in run_b.items
        if before.get(gold.item.id, _scored_by(gold.item)) != _scored_by(gold.item)
    ]


def _scored_by(item: GoldItem) -> tuple[object, ...]:
    """What an answer to the item is an answer to, and what makes it right."""
    asked = (item.question, item.history)
    return (*asked, item.answerable, item.answers, item.evidence, item.any_suffices)


def _judge(metrics: Mapping[str, Delta], able: Set[str]) -> int:
    """Put the adjusted p and the verdict into the deltas; returns how many were tested.

    Those are the ``able`` ones, of which enough clusters changed.
    """
    with_p = [(key, delta["p"]) for key, delta in metrics.items() if delta["p"] is not None]
    tested = [(key, p) for key, p in with_p if key in able]
    for key, _ in with_p:
        metrics[key]["p_adjusted"] = 1.0
    for (key, _), adjusted in zip(tested, holm([p for _, p in tested]), strict=True):
        delta = metrics[key]
        delta["p_adjusted"] = adjusted
        if adjusted < ALPHA and delta["delta"]:
            delta["verdict"] = _direction(key, delta["delta"])
    return len(tested)


def _direction(key: str, delta: float) -> Verdict:
    better = MEASURES[key].better
    if better == "neither":
        return "differs"
    return "better" if (delta > 0) == (better == "higher") else "worse"


def _missing(items: Sequence[ResolvedItem], run: RunData) -> list[str]:
    present = {result["id"] for result in run.results}
    return [gold.item.id for gold in items if gold.item.id not in present]


def _flips(
    items: Sequence[ResolvedItem], a: Mapping[str, Scores], b: Mapping[str, Scores]
) -> list[Flip]:
    flips: list[Flip] = []
    for gold in items:
        for key in FLIP_KEYS:
            before, after = a[gold.item.id].get(key), b[gold.item.id].get(key)
            if before is None or after is None or before == after:
                continue
            risen = after > before
            better = risen == (MEASURES[key].better == "higher")
            flips.append(
                {
                    "id": gold.item.id,
                    "question": gold.item.question,
                    "metric": key,
                    "a": before,
                    "b": after,
                    "change": "better" if better else "worse",
                }
            )
    return flips


def _delta(
    measure: Measure,
    items: Sequence[ResolvedItem],
    a: Mapping[str, Scores],
    b: Mapping[str, Scores],
) -> tuple[Delta, bool]:
    """The change of a figure, and whether enough clusters changed for p to be below ``ALPHA``."""
    pairs = [
        (row_a, row_b, gold.cluster)
        for gold in items
        if (row_a := measure.row(a[gold.item.id])) is not None
        and (row_b := measure.row(b[gold.item.id])) is not None
    ]
    in_a, in_b = figure(measure, items, a), figure(measure, items, b)
    result: Delta = {
        "a": in_a["value"],
        "b": in_b["value"],
        "n_a": in_a["n"],
        "n_b": in_b["n"],
        "n": len(pairs),
        "delta": None,
        "low": None,
        "high": None,
        "p": None,
        "p_adjusted": None,
        "test": "none",
        "detectable": None,
        "verdict": "unclear",
    }
    if not pairs:
        return result, False
    rows_a = np.array([row for row, _, _ in pairs], dtype=np.float64)
    rows_b = np.array([row for _, row, _ in pairs], dtype=np.float64)
    clusters = [cluster for _, _, cluster in pairs]
    change = paired_bootstrap(measure.estimate, rows_a, rows_b, clusters)
    if np.isnan(change.delta):
        return result, False
    result["delta"] = round(change.delta, _DIGITS)
    if change.interval:
        result["low"] = round(change.interval.low, _DIGITS)
        result["high"] = round(change.interval.high, _DIGITS)
    result["test"], result["p"] = "bootstrap", change.p
    if measure.estimate is estimates.mean:
        result["detectable"] = _detectable(rows_b - rows_a, clusters)
        result["test"] = "mcnemar" if _is_mcnemar(rows_a, rows_b, clusters) else "sign flip"
        result["p"] = sign_flip(rows_a, rows_b, clusters)
    return result, least_p(clusters_changed(rows_a, rows_b, clusters)) < ALPHA


def _is_mcnemar(rows_a: Floats, rows_b: Floats, clusters: Sequence[str]) -> bool:
    """Whether the sign-flip test is McNemar's: of each cluster at most one item has changed."""
    alone = clusters_changed(rows_a, rows_b, clusters) == int((rows_a != rows_b).sum())
    return alone and is_binary(rows_a) and is_binary(rows_b)


def _detectable(changes: Floats, clusters: Sequence[str]) -> float | None:
    """None when no item differs: nothing then says how much items vary between runs."""
    deviation = float(np.std(changes))
    if deviation == 0:
        return None
    worth = len(changes) / design_effect(changes, clusters)
    return round(smallest_detectable_difference(worth, deviation), _DIGITS)

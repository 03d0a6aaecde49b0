"""Finished runs -> the weights of the decision to answer or refuse.

A logistic regression on the signals of each item (standardised, L2), with one fit for answers
drafted by the model and one for quoted ones. Figures come from 5-fold cross-validation, so each
item is judged by a fit that has not seen it. The threshold is the highest that keeps false
refusals at or below the given share of answerable items.

Questions of public sets were written from the paragraph that answers them, and what they do not
answer is about other things, so a fit on them asks for nearness. Give it near misses as well:
questions on what the documents speak of and do not tell.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from eval.rundir import RunData, read_run
from eval.writing import write_whole
from index.errors import UsageError

_PREFIX = "signal_"
_FOLDS = 5
_FEWEST = 20

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Fit:
    """Weights on raw signals. ``auc`` and the two shares are cross-validated, on ``n`` items."""

    weights: Mapping[str, float]
    bias: float
    threshold: float
    n: int
    answerable: int
    auc: float
    false_answers: float
    false_refusals: float


def calibrate(
    folders: Sequence[Path], *, false_refusals: float, signals: Sequence[str] = ()
) -> Fit:
    """Fit on the items of finished runs; ``UsageError`` when they are too few or of one kind.

    ``signals`` names the ones to use, all when empty: with few items, fewer carry over better.
    """
    rows, labels = [], []
    for folder in folders:
        for found, answerable in labelled_signals(read_run(folder)):
            rows.append({k: v for k, v in found.items() if not signals or k in signals})
            labels.append(answerable)
    return fit(rows, labels, false_refusals=false_refusals)


def labelled_signals(run: RunData) -> Iterable[tuple[dict[str, float], bool]]:
    """Each answered or refused item's signals, and whether its documents hold the answer."""
    answerable = {gold.item.id: gold.item.answerable for gold in run.items}
    for result in run.results:
        signals = {
            name.removeprefix(_PREFIX): float(value)
            for name, value in result["scores"].items()
            if name.startswith(_PREFIX) and value is not None
        }
        if signals and result["status"] != "error":
            yield signals, answerable[result["id"]]


def fit(
    rows: Sequence[Mapping[str, float]], labels: Sequence[bool], *, false_refusals: float
) -> Fit:
    """See the module; items without a signal that others have count it as 0."""
    if min(sum(labels), len(labels) - sum(labels)) < _FEWEST:
        raise UsageError(
            f"{sum(labels)} answerable and {len(labels) - sum(labels)} unanswerable items:"
            f" calibrating needs {_FEWEST} of each; give it more runs"
        )
    names = sorted({name for row in rows for name in row})
    features = np.array([[row.get(name, 0.0) for name in names] for row in rows])
    truth = np.array(labels, dtype=bool)
    held_out = _cross_validated(features, truth)
    threshold = _threshold(held_out[truth], false_refusals)
    weights, bias = _logistic(features, truth)
    return Fit(
        weights=dict(zip(names, (round(float(w), 4) for w in weights), strict=True)),
        bias=round(bias, 4),
        threshold=round(threshold, 3),
        n=len(labels),
        answerable=int(truth.sum()),
        auc=round(_auc(held_out, truth), 4),
        false_answers=round(float((held_out[~truth] >= threshold).mean()), 4),
        false_refusals=round(float((held_out[truth] < threshold).mean()), 4),
    )


def write_fit(file: Path, mode: str, fitted: Fit) -> None:
    """Put a fit into the weights file under ``with_model`` or ``extractive``."""
    known = json.loads(file.read_text(encoding="utf-8")) if file.exists() else {}
    known[mode] = {
        "weights": dict(fitted.weights),
        "bias": fitted.bias,
        "threshold": fitted.threshold,
        "cross_validated": {
            "n": fitted.n,
            "answerable": fitted.answerable,
            "auc": fitted.auc,
            "false_answers": fitted.false_answers,
            "false_refusals": fitted.false_refusals,
        },
    }
    write_whole(file, json.dumps(known, indent=1, sort_keys=True) + "\n")


def _logistic(features: Floats, truth: NDArray[np.bool_]) -> tuple[Floats, float]:
    """Weights and bias for raw features of a fit on standardised ones."""
    from sklearn.linear_model import LogisticRegression

    mean, spread = features.mean(axis=0), features.std(axis=0)
    spread[spread < 1e-9] = 1.0
    # Both kinds count the same, however many of each the runs happen to have.
    model = LogisticRegression(C=0.5, class_weight="balanced", max_iter=1000)
    model.fit((features - mean) / spread, truth)
    weights = model.coef_[0] / spread
    return weights, float(model.intercept_[0] - weights @ mean)


def _cross_validated(features: Floats, truth: NDArray[np.bool_]) -> Floats:
    from sklearn.model_selection import StratifiedKFold

    found = np.zeros(len(truth))
    folds = StratifiedKFold(_FOLDS, shuffle=True, random_state=0)
    for train, test in folds.split(features, truth):
        weights, bias = _logistic(features[train], truth[train])
        found[test] = 1 / (1 + np.exp(-(features[test] @ weights + bias)))
    return found


def _threshold(answerable: Floats, false_refusals: float) -> float:
    # Of 100, .29 are 29, though 100 * .29 comes out a little less.
    refused = min(int(false_refusals * len(answerable) + 1e-9), len(answerable) - 1)
    return float(np.sort(answerable)[refused])


def _auc(scores: Floats, truth: NDArray[np.bool_]) -> float:
    from sklearn.metrics import roc_auc_score

    return float(roc_auc_score(truth, scores))

"""Finished runs -> the weights of the decision to answer or refuse.

A logistic regression on the signals of each item (standardised, L2), with one fit for answers
drafted by the model and one for quoted ones. Figures come from 5-fold cross-validation, so each
item is judged by a fit that has not seen it, nor the same question in another run. The threshold
is the highest that keeps false refusals at or below the given share of answerable items.

Questions of public sets were written from the paragraph that answers them, and what they do not
answer is about other things, so a fit on them asks for nearness. Give it near misses as well:
questions on what the documents speak of and do not tell.
"""

import json
from collections.abc import Collection, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal, get_args

import numpy as np
from numpy.typing import NDArray

from eval.gold.items import GoldItem
from eval.plan import Mode
from eval.rundir import RunData, read_run
from eval.writing import write_whole
from index.errors import UsageError

_PREFIX = "signal_"
_FOLDS = 5
_FEWEST = 20

Floats = NDArray[np.float64]
Kind = Literal["with_model", "extractive"]


@dataclass(frozen=True, slots=True)
class Fit:
    """Weights on raw signals, for answers of one ``kind``.

    ``auc`` and the two shares are cross-validated, on ``n`` items; a question in several runs is
    one.
    """

    weights: Mapping[str, float]
    bias: float
    threshold: float
    n: int
    answerable: int
    auc: float
    false_answers: float
    false_refusals: float
    kind: Kind = "with_model"


def calibrate(
    folders: Sequence[Path],
    *,
    false_refusals: float,
    signals: Sequence[str] = (),
    extractive: bool = False,
) -> Fit:
    """Fit on the items of finished runs; ``UsageError`` when they are too few or of one kind.

    ``signals`` names the ones to use, all when empty: with few items, fewer carry over better.
    ``extractive`` says that the runs are meant to be of quoted answers. Runs of another kind, or of
    several, are a ``UsageError``, and so are signals that no run has.
    """
    runs = [read_run(folder) for folder in folders]
    kind = _kind(runs)
    if extractive and kind != "extractive":
        raise UsageError("--extractive: these runs are of answers by a model, not of quoted ones")
    found = [each for run in runs for each in labelled_signals(run)]
    _check_known(signals, {name for row, _ in found for name in row})
    return replace(
        fit(
            [{k: v for k, v in row.items() if not signals or k in signals} for row, _ in found],
            [item.answerable for _, item in found],
            [(item.question, item.history) for _, item in found],
            false_refusals=false_refusals,
        ),
        kind=kind,
    )


def _kind(runs: Iterable[RunData]) -> Kind:
    modes = {str(run.run["mode"]) for run in runs}
    if len(modes) > 1:
        raise UsageError(
            f"these runs are of several modes ({', '.join(sorted(modes))}): each decides by signals"
            " of its own, so fit those of one mode at a time"
        )
    if modes == {Mode.RETRIEVAL}:
        raise UsageError("these runs only searched: nothing was answered or refused in them")
    return "extractive" if modes == {Mode.EXTRACTIVE} else "with_model"


def _check_known(signals: Iterable[str], known: Collection[str]) -> None:
    unknown = [name for name in signals if name not in known]
    if unknown:
        there = ", ".join(sorted(known)) or "none in these runs"
        raise UsageError(f'--signal "{unknown[0]}": no such signal; there are {there}')


def labelled_signals(run: RunData) -> Iterable[tuple[dict[str, float], GoldItem]]:
    """Each answered or refused item's signals, and the item."""
    items = {gold.item.id: gold.item for gold in run.items}
    for result in run.results:
        signals = {
            name.removeprefix(_PREFIX): float(value)
            for name, value in result["scores"].items()
            if name.startswith(_PREFIX) and value is not None
        }
        if signals and result["status"] != "error":
            yield signals, items[result["id"]]


def fit(
    rows: Sequence[Mapping[str, float]],
    labels: Sequence[bool],
    asked: Sequence[Hashable] = (),
    *,
    false_refusals: float,
) -> Fit:
    """See the module; items without a signal that others have count it as 0.

    ``asked``: what was asked in each row, equal for the same question; all differ when empty.
    """
    groups = _numbered(asked or range(len(labels)))
    kinds = set(zip(groups, labels, strict=True))
    answerable = sum(label for _, label in kinds)
    if min(answerable, len(kinds) - answerable) < _FEWEST:
        raise UsageError(
            f"{answerable} answerable and {len(kinds) - answerable} unanswerable items:"
            f" calibrating needs {_FEWEST} of each; give it runs of more questions"
        )
    names = sorted({name for row in rows for name in row})
    features = np.array([[row.get(name, 0.0) for name in names] for row in rows])
    truth = np.array(labels, dtype=bool)
    held_out = _cross_validated(features, truth, groups)
    threshold = _threshold(held_out[truth], false_refusals)
    weights, bias = _logistic(features, truth)
    return Fit(
        weights=dict(zip(names, (round(float(w), 4) for w in weights), strict=True)),
        bias=round(bias, 4),
        threshold=round(threshold, 3),
        n=len(set(groups)),
        answerable=answerable,
        auc=round(_auc(held_out, truth), 4),
        false_answers=round(float((held_out[~truth] >= threshold).mean()), 4),
        false_refusals=round(float((held_out[truth] < threshold).mean()), 4),
    )


def write_fit(file: Path, mode: Kind, fitted: Fit) -> None:
    """Put a fit into the weights file under ``with_model`` or ``extractive``.

    ``UsageError`` when there is a file that is none of weights.
    """
    known = _weights(file) if file.exists() else {}
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


def _weights(file: Path) -> dict[str, object]:
    try:
        known = json.loads(file.read_text(encoding="utf-8"))
        if not isinstance(known, dict) or not known.keys() <= set(get_args(Kind)):
            raise ValueError(f"it has not {' and '.join(get_args(Kind))}, and nothing else")
    except (OSError, ValueError, RecursionError) as error:
        raise UsageError(f"{file} is not a weights file, name another one: {error}") from error
    return known


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


def _numbered(asked: Iterable[Hashable]) -> list[int]:
    numbers: dict[Hashable, int] = {}
    return [numbers.setdefault(each, len(numbers)) for each in asked]


def _cross_validated(features: Floats, truth: NDArray[np.bool_], groups: Sequence[int]) -> Floats:
    from sklearn.model_selection import StratifiedGroupKFold

    found = np.zeros(len(truth))
    folds = StratifiedGroupKFold(_FOLDS, shuffle=True, random_state=0)
    for train, test in folds.split(features, truth, groups):
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

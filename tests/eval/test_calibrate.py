import json
from pathlib import Path

import numpy as np
import pytest

from eval.calibrate import Fit, fit, write_fit
from index.errors import UsageError
from rag.abstain import load_refusal


def items(n: int, gap: float, seed: int = 0) -> tuple[list[dict[str, float]], list[bool]]:
    """Half answerable; ``gap`` standard deviations lie between the kinds on signal a, 0 on b."""
    random = np.random.default_rng(seed)
    labels = [i % 2 == 0 for i in range(n)]
    rows = [
        {"a": float(random.normal(gap if label else 0.0)), "b": float(random.normal())}
        for label in labels
    ]
    return rows, labels


def test_a_signal_that_tells_gets_the_weight_and_noise_does_not() -> None:
    fitted = fit(*items(400, gap=3.0), false_refusals=0.05)
    assert fitted.weights["a"] > 5 * abs(fitted.weights["b"])
    assert fitted.auc > 0.95


def test_signals_that_tell_nothing_have_an_area_near_one_half() -> None:
    # Cross-validated: a fit judged on its own items would look better than chance.
    fitted = fit(*items(400, gap=0.0), false_refusals=0.05)
    assert 0.35 < fitted.auc < 0.6


def test_the_threshold_keeps_false_refusals_at_the_share_asked_for() -> None:
    rows, labels = items(400, gap=2.0)
    strict = fit(rows, labels, false_refusals=0.02)
    loose = fit(rows, labels, false_refusals=0.2)
    assert strict.false_refusals <= 0.02
    assert 0.15 <= loose.false_refusals <= 0.2
    assert loose.false_answers < strict.false_answers


def test_too_few_items_of_one_kind_are_refused_with_both_counts() -> None:
    rows, _ = items(40, gap=1.0)
    with pytest.raises(UsageError, match="39 answerable and 1 unanswerable"):
        fit(rows, [True] * 39 + [False], false_refusals=0.05)


def test_a_written_fit_decides_as_it_was_fitted_and_keeps_the_other_fit(tmp_path: Path) -> None:
    file = tmp_path / "refusal.json"
    other = Fit({"sentence": 2.0}, -1.0, 0.4, 50, 25, 0.9, 0.1, 0.05)
    write_fit(file, "extractive", other)
    fitted = fit(*items(200, gap=3.0), false_refusals=0.05)
    write_fit(file, "with_model", fitted)
    refusal = load_refusal(file=file)
    assert refusal.decide({"a": 5.0}, extractive=False)[0] is False
    assert refusal.decide({"a": -3.0}, extractive=False)[0] is True
    # 1 / (1 + e^(1 - 2 * 0.5)) = 0.5, above the threshold of 0.4
    assert refusal.decide({"sentence": 0.5}, extractive=True) == (False, 0.5)
    assert json.loads(file.read_text())["extractive"]["cross_validated"]["n"] == 50


def test_beside_the_models_own_signals_evidence_gets_a_small_part_of_the_weight() -> None:
    rows, labels = items(400, gap=2.0)
    both = [{"sentence": row["a"], "holds": row["a"] + 0.5 * row["b"]} for row in rows]
    fitted = fit(both, labels, false_refusals=0.05)
    alone = fit([{"holds": row["holds"]} for row in both], labels, false_refusals=0.05)
    assert 0 < fitted.weights["sentence"] < 0.5 * fitted.weights["holds"]
    assert fitted.weights["holds"] < alone.weights["holds"]

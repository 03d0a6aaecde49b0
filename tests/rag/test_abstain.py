import json
import math
from pathlib import Path

import pytest

from rag.abstain import WEIGHTS_FILE, Logistic, Refusal, load_refusal


def test_a_logistic_is_as_worked_by_hand() -> None:
    # 0.5 + 2 * 0.25 - 1 * 1 = 0, of which the logistic is one half.
    fitted = Logistic({"near": 2.0, "far": -1.0}, 0.5, 0.5)
    assert fitted.probability({"near": 0.25, "far": 1.0}) == pytest.approx(0.5)
    # Without "far" the sum is 1: 1 / (1 + e^-1) = .7311. What has no weight counts nothing.
    assert fitted.probability({"near": 0.25, "other": 99.0}) == pytest.approx(0.7311, abs=1e-4)


def test_signals_however_large_give_a_probability() -> None:
    fitted = Logistic({"near": 1e9}, 0.0, 0.5)
    assert fitted.probability({"near": 1e9}) == pytest.approx(1)
    assert fitted.probability({"near": -1e9}) == pytest.approx(0)


def test_the_fitted_decision_that_is_shipped_can_be_read() -> None:
    shipped = load_refusal()
    for extractive in (True, False):
        refuse, probability = shipped.decide({}, extractive=extractive)
        assert isinstance(refuse, bool)
        assert 0 <= probability <= 1


@pytest.mark.parametrize(
    ("extractive", "beside", "refuse"),
    [(False, False, True), (False, True, False), (True, True, True)],
)
def test_a_model_answers_what_has_its_question_beside_it_in_more_doubt(
    extractive: bool, beside: bool, refuse: bool
) -> None:
    fit = Logistic({}, math.log(0.3 / 0.7), 0.5)
    refusal = Refusal(fit, fit)
    assert refusal.decide({}, extractive=extractive, beside=beside)[0] is refuse
    assert refusal.may_quote(0.3, beside=beside) is beside


@pytest.mark.parametrize("extractive", [True, False])
def test_a_threshold_of_the_settings_replaces_the_fitted_one(extractive: bool) -> None:
    for beside in (True, False):
        assert not load_refusal(0.0).decide({}, extractive=extractive, beside=beside)[0]
        assert load_refusal(1.0).decide({}, extractive=extractive, beside=beside)[0]
        assert load_refusal(0.0).may_quote(0.0, beside=beside)


def test_answers_with_and_without_the_model_are_decided_apart(tmp_path: Path) -> None:
    file = tmp_path / WEIGHTS_FILE.name
    sure = {"weights": {}, "bias": 9.0, "threshold": 0.5}
    file.write_text(json.dumps({"with_model": sure, "extractive": {**sure, "bias": -9.0}}))
    refusal = load_refusal(file=file)
    assert refusal.decide({}, extractive=False)[0] is False
    assert refusal.decide({}, extractive=True)[0] is True

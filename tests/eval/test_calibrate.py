import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from eval.calibrate import Fit, calibrate, fit, write_fit
from eval.gold.load import load_gold
from eval.plan import Mode, plan_run
from eval.run import run
from index.errors import UsageError
from rag.abstain import load_refusal
from rag.types import Answer, Status
from tests.eval.fakes import (
    GOLD_LINES,
    TEXTS,
    ScriptedEngine,
    corpus_of,
    right_answer,
    small_gold,
    write_lines,
)


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


def test_runs_are_fitted_by_what_their_answers_recorded(tmp_path: Path) -> None:
    def sure_of_what_is_there(question: str) -> Answer:
        answer = right_answer(question)
        held = answer.status is Status.ANSWERED
        # A signal that tells, with one exception on either side, and one that never does.
        near = 0.3 if question in ("How many lanes has it?", "How tall is it?") else 0.8 * held
        return replace(answer, signals={"sentence": near, "lead": 0.5})

    names = [f"run {n}" for n in range(5)]
    for name in names:
        # Each asks after something else said before, so that no item is in two of them.
        before = [{"role": "user", "content": name}]
        lines = [{**line, "history": before} for line in GOLD_LINES]
        gold = load_gold(write_lines(tmp_path / "gold.jsonl", lines), corpus_of(TEXTS))
        run(plan_run(gold, {}), ScriptedEngine(sure_of_what_is_there), tmp_path / name)
    fitted = calibrate([tmp_path / name for name in names], false_refusals=0.2)
    assert (fitted.n, fitted.answerable) == (50, 30)
    assert fitted.auc > 0.9
    assert fitted.weights["sentence"] > 0
    assert fitted.false_refusals <= 0.2
    only = calibrate([tmp_path / name for name in names], false_refusals=0.2, signals=["lead"])
    assert set(only.weights) == {"lead"}
    assert only.auc < 0.7
    with pytest.raises(UsageError, match="6 answerable and 4 unanswerable"):
        calibrate([tmp_path / names[0]] * 5, false_refusals=0.2)


def test_a_question_in_several_runs_is_one_item_and_never_judged_by_a_fit_that_has_seen_it() -> (
    None
):
    # Each question has a signal of its own, by which nothing but itself can be told.
    labels = [n % 2 == 0 for n in range(40)]
    rows = [{f"own {n}": 1.0} for n in range(40)]
    fitted = fit(rows * 5, labels * 5, list(range(40)) * 5, false_refusals=0.05)
    assert (fitted.n, fitted.answerable) == (40, 20)
    assert fitted.auc < 0.7


@pytest.mark.parametrize(
    ("share", "refused"), [(0.0, 0), (0.1, 2), (0.14, 2), (0.15, 3), (1.0, 19)]
)
def test_the_threshold_refuses_as_many_as_the_share_allows(share: float, refused: int) -> None:
    # Of 20 that can be answered.
    fitted = fit(*items(40, gap=1.0), false_refusals=share)
    assert fitted.false_refusals == refused / 20


def hesitant(question: str) -> Answer:
    return replace(right_answer(question), signals={"sentence": 0.5})


def test_a_signal_that_no_run_has_is_named_with_those_there_are(tmp_path: Path) -> None:
    run(plan_run(small_gold(tmp_path), {}), ScriptedEngine(hesitant), tmp_path / "out")
    with pytest.raises(UsageError, match='"sentense": no such signal; there are sentence'):
        calibrate([tmp_path / "out"], false_refusals=0.05, signals=["sentense"])


def test_runs_of_several_modes_are_not_fitted_together(tmp_path: Path) -> None:
    gold = small_gold(tmp_path)
    for mode in Mode:
        run(plan_run(gold, {}, mode=mode), ScriptedEngine(hesitant), tmp_path / mode.value)
    with pytest.raises(UsageError, match=r"several modes \(answers, extractive\)"):
        calibrate([tmp_path / "answers", tmp_path / "extractive"], false_refusals=0.05)
    with pytest.raises(UsageError, match="not of quoted ones"):
        calibrate([tmp_path / "answers"], false_refusals=0.05, extractive=True)
    with pytest.raises(UsageError, match="only searched"):
        calibrate([tmp_path / "retrieval"], false_refusals=0.05)


def test_a_fit_is_of_the_kind_of_answers_that_its_runs_have(tmp_path: Path) -> None:
    folders = []
    for number in range(5):
        before = [{"role": "user", "content": f"run {number}"}]
        lines = [{**line, "history": before} for line in GOLD_LINES]
        gold = load_gold(write_lines(tmp_path / "gold.jsonl", lines), corpus_of(TEXTS))
        folders.append(tmp_path / f"run {number}")
        run(plan_run(gold, {}, mode=Mode.EXTRACTIVE), ScriptedEngine(hesitant), folders[-1])
    assert calibrate(folders, false_refusals=0.2).kind == "extractive"


@pytest.mark.parametrize("content", ["{", "[]", '{"weights": {}}'])
def test_a_file_that_is_none_of_weights_is_not_written_into(tmp_path: Path, content: str) -> None:
    file = tmp_path / "some.json"
    file.write_text(content)
    with pytest.raises(UsageError, match="is not a weights file"):
        write_fit(file, "extractive", Fit({"sentence": 2.0}, -1.0, 0.4, 50, 25, 0.9, 0.1, 0.05))
    assert file.read_text() == content

from pathlib import Path

import pytest

from eval.compare import Delta, compare
from eval.gate import Gate, Threshold, broken, check_run, parse_threshold, regressions
from eval.gold.load import load_gold
from eval.plan import Mode, plan_run
from eval.run import run
from index.errors import UsageError
from tests.eval.fakes import (
    GOLD_LINES,
    TEXTS,
    ScriptedEngine,
    answered,
    corpus_of,
    small_gold,
    write_lines,
)


def test_threshold_is_metric_and_number() -> None:
    assert parse_threshold("recall@5=0.9", "under") == Threshold("recall@5", "under", 0.9)
    assert parse_threshold(" mrr = 1 ", "over") == Threshold("mrr", "over", 1.0)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("recall@7=0.9", 'no metric "recall@7"; there are recall@1, recall@3'),
        ("correct", "write it as metric=number"),
        ("correct=high", '"high" is not a number'),
        ("correct=", '"" is not a number'),
        ("correct=nan", '"nan" is not a number'),
        ("correct=inf", '"inf" is not a number'),
        ("correct=-0.1", "correct goes from 0 to 1, so that this could never fail"),
    ],
)
def test_threshold_that_cannot_be_meant_is_a_usage_error(text: str, reason: str) -> None:
    with pytest.raises(UsageError) as caught:
        parse_threshold(text, "under")
    assert reason in str(caught.value)


def test_a_bound_in_per_cent_that_no_run_could_break_is_a_usage_error() -> None:
    with pytest.raises(UsageError, match=r"could never fail; write 40 % as 0\.4"):
        parse_threshold("false_answers=40", "over")
    assert parse_threshold("answer_words=40", "over").bound == 40
    assert parse_threshold("false_answers=1", "over").bound == 1


def test_gate_names_what_is_broken_and_keeps_what_is_equal(tmp_path: Path) -> None:
    summary = run(plan_run(small_gold(tmp_path), {}), ScriptedEngine(), tmp_path / "out")
    kept = [Threshold("correct", "under", 1.0), Threshold("false_answers", "over", 0.0)]
    lost = [Threshold("exact_match", "under", 0.5), Threshold("answer_words", "over", 2.0)]
    assert broken(summary, kept) == []
    assert [str(failure) for failure in broken(summary, kept + lost)] == [
        "exact_match is 0, under 0.5",
        "answer_words is 3.5, over 2",
    ]


def test_figure_without_items_keeps_no_threshold(tmp_path: Path) -> None:
    plan = plan_run(small_gold(tmp_path), {}, mode=Mode.RETRIEVAL)
    summary = run(plan, ScriptedEngine(), tmp_path / "out")
    [failure] = broken(summary, [Threshold("false_answers", "over", 0.5)])
    assert str(failure) == "false_answers: no item was eligible, so it cannot keep 0.5"


def test_figure_that_is_not_defined_on_its_items_says_so(tmp_path: Path) -> None:
    # Nothing is refused, so that there is no share of the refusals that is right.
    engine = ScriptedEngine(lambda question: answered(question, "Nonsense."))
    summary = run(plan_run(small_gold(tmp_path), {}), engine, tmp_path / "out")
    [failure] = broken(summary, [Threshold("refusal_precision", "under", 0.5)])
    assert str(failure) == (
        "refusal_precision is not defined on these 10 items, so it cannot keep 0.5"
    )


def test_a_figure_of_the_baseline_that_is_not_scored_any_more_fails(tmp_path: Path) -> None:
    gold = small_gold(tmp_path)
    run(plan_run(gold, {}), ScriptedEngine(), tmp_path / "base")
    run(plan_run(gold, {}, mode=Mode.RETRIEVAL), ScriptedEngine(), tmp_path / "out")
    [line] = check_run(tmp_path / "out", Gate((), tmp_path / "base", 0))
    assert line.startswith("in the baseline and not scored in this run: correct, exact_match, ")
    assert check_run(tmp_path / "base", Gate((), tmp_path / "out", 0)) == []


def test_a_run_of_which_little_is_in_the_baseline_fails_and_says_how_much(tmp_path: Path) -> None:
    run(plan_run(small_gold(tmp_path), {}), ScriptedEngine(), tmp_path / "base")
    renamed = [{**line, "id": f"new {line['id']}"} for line in GOLD_LINES[4:]]
    lines = [*GOLD_LINES[:4], *renamed]
    gold = load_gold(write_lines(tmp_path / "renamed.jsonl", lines), corpus_of(TEXTS))
    run(plan_run(gold, {}), ScriptedEngine(), tmp_path / "out")
    told: list[str] = []
    found = check_run(tmp_path / "out", Gate((), tmp_path / "base", 0), tell=told.append)
    assert told == ["compared 4 of 10 baseline items"]
    assert found[0] == (
        "compared 4 of 10 baseline items, too few to tell: make a new baseline of such a run"
    )


def test_a_sample_is_held_to_the_items_it_was_to_have(tmp_path: Path) -> None:
    gold = small_gold(tmp_path)
    run(plan_run(gold, {}), ScriptedEngine(), tmp_path / "base")
    run(plan_run(gold, {}, sample=3), ScriptedEngine(), tmp_path / "out")
    assert check_run(tmp_path / "out", Gate((), tmp_path / "base", 0)) == []


def test_gate_tells_the_change_of_the_items_in_both_not_each_runs_own_figure(
    tmp_path: Path,
) -> None:
    run(plan_run(small_gold(tmp_path), {}), ScriptedEngine(), tmp_path / "out")
    comparison = compare(tmp_path / "out", tmp_path / "out")
    changed: Delta = {
        **comparison["metrics"]["correct"],
        # Each run's own figure has risen, and what both were asked is worse.
        "a": 0.5,
        "b": 0.6,
        "n": 40,
        "delta": -0.2,
        "low": -0.3,
        "high": -0.1,
        "p": 0.0001,
        "p_adjusted": 0.002,
        "verdict": "worse",
    }
    lines = regressions({**comparison, "metrics": {"correct": changed}})
    assert lines == [
        "correct changed by -0.2 [-0.3, -0.1] over the 40 items scored in both"
        " (p < 0.001, adjusted 0.002)"
    ]

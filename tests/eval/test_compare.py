import json
from pathlib import Path

import pytest

from eval.compare import compare
from eval.comparison_page import render_comparison
from eval.gold.load import load_gold
from eval.plan import RunPlan, plan_run
from eval.run import run
from eval.table import comparison_table
from index.errors import UsageError
from rag.types import Answer
from tests.eval.fakes import (
    GOLD_LINES,
    TEXTS,
    ScriptedEngine,
    answered,
    corpus_of,
    right_answer,
    small_gold,
    write_lines,
)
from tests.eval.fakes import refused as refuses


def worse(question: str) -> Answer:
    """One false refusal, one wrong answer, one false answer."""
    if question == "When was the Alder bridge opened?":
        return refuses(question)
    if question == "How many lanes has it?":
        return answered(question, "Six.")
    if question == "And owls?":
        return answered(question, "Owls too.")
    return right_answer(question)


@pytest.fixture
def runs(tmp_path: Path) -> tuple[Path, Path]:
    gold = small_gold(tmp_path)
    run(plan_run(gold, {"top": {"k": 5}}), ScriptedEngine(), tmp_path / "a")
    run(plan_run(gold, {"top": {"k": 9}}), ScriptedEngine(worse), tmp_path / "b")
    return tmp_path / "a", tmp_path / "b"


def test_flips_are_listed_with_their_direction(runs: tuple[Path, Path]) -> None:
    flips = compare(*runs)["flips"]
    assert [(flip["id"], flip["metric"], flip["a"], flip["b"]) for flip in flips] == [
        ("a1", "recall@3", 1, 0),
        ("a1", "correct", 1, 0),
        ("a1", "citation_recall", 1, 0),
        ("a1", "false_refusals", 0, 1),
        ("a2", "recall@3", 1, 0),
        ("a2", "correct", 1, 0),
        ("a2", "citation_recall", 1, 0),
        ("u4", "false_answers", 0, 1),
    ]
    assert compare(*runs)["regressed"] == ["a1", "a2", "u4"]
    assert {flip["change"] for flip in flips} == {"worse"}
    assert {flip["change"] for flip in compare(*runs[::-1])["flips"]} == {"better"}


def test_deltas_are_paired_and_tested(runs: tuple[Path, Path]) -> None:
    delta = compare(*runs)["metrics"]["correct"]
    assert (delta["a"], delta["n"]) == (1.0, 6)
    assert delta["b"] == pytest.approx(4 / 6, abs=1e-6)
    assert delta["delta"] == pytest.approx(-2 / 6, abs=1e-6)
    assert delta["test"] == "mcnemar"
    # two items flipped, both one way: 2 * (1/2)^2
    assert delta["p"] == pytest.approx(0.5)
    # differences -1, -1, 0, 0, 0, 0: deviation sqrt(2/6 - 4/36) = .471405;
    # 2.801585 * .471405 / sqrt(6)
    assert delta["detectable"] == pytest.approx(0.539165, abs=1e-5)


def test_questions_on_one_paragraph_that_is_lost_are_no_proof(tmp_path: Path) -> None:
    lines = [{**GOLD_LINES[0], "id": f"same{n}"} for n in range(14)]
    path = write_lines(tmp_path / "gold.jsonl", [*lines, *GOLD_LINES[1:]])
    plan = plan_run(load_gold(path, corpus_of(TEXTS)), {})
    run(plan, ScriptedEngine(), tmp_path / "a")
    lost = "When was the Alder bridge opened?"
    engine = ScriptedEngine(lambda q: refuses(q) if q == lost else right_answer(q))
    run(plan, engine, tmp_path / "b")
    delta = compare(tmp_path / "a", tmp_path / "b")["metrics"]["correct"]
    assert (delta["test"], delta["p"], delta["verdict"]) == ("sign flip", 1.0, "unclear")


def test_figures_that_did_not_move_make_no_change_less_sure(tmp_path: Path) -> None:
    names = ("Ann", "Bob", "Cy", "Dee", "Eve", "Flo", "Guy", "Hal", "Ida")
    texts = {
        "facts.txt": "\n\n".join(f"{name} was born in {1901 + n}." for n, name in enumerate(names))
    }
    parts = corpus_of(texts)
    lines = [
        {
            **GOLD_LINES[0],
            "id": name,
            "question": f"When was {name} born?",
            "answers": [str(1901 + n)],
            "evidence": [{"path": "facts.txt", "quote": str(1901 + n)}],
        }
        for n, name in enumerate(names)
    ]
    plan = plan_run(load_gold(write_lines(tmp_path / "gold.jsonl", lines), parts), {})
    by_question = dict(
        zip([str(line["question"]) for line in lines], enumerate(names), strict=True)
    )

    def says(question: str, year: int) -> Answer:
        number, _ = by_question[question]
        part = parts.paragraphs["facts.txt"][number]
        return answered(question, f"In {year + number}.", [(part, str(1901 + number))])

    run(plan, ScriptedEngine(lambda q: says(q, 1901), texts), tmp_path / "a")
    run(plan, ScriptedEngine(lambda q: says(q, 2001), texts), tmp_path / "b")
    found = compare(tmp_path / "a", tmp_path / "b")
    # All nine wrong: 2 * (1/2)^9. Of the figures only those of what an answer says can have moved.
    assert found["metrics"]["correct"]["p"] == pytest.approx(2 / 512)
    assert found["tested"] < 12
    assert found["metrics"]["correct"]["verdict"] == "worse"
    assert found["metrics"]["recall@3"]["p_adjusted"] == 1.0
    assert "as before: recall@1, recall@3" in comparison_table(found)
    assert "As before: recall@1, recall@3" in render_comparison(found)


def test_figure_of_items_eligible_in_both_runs_only(runs: tuple[Path, Path]) -> None:
    # a1 is refused in B: its precision is compared with nothing.
    assert compare(*runs)["metrics"]["citation_precision"]["n"] == 5


def test_ratios_are_compared_by_bootstrap(runs: tuple[Path, Path]) -> None:
    delta = compare(*runs)["metrics"]["refusal_f1"]
    assert delta["test"] == "bootstrap"
    # B refuses 1 answerable and 3 of 4 unanswerable: 2 * 3 / (4 + 4)
    assert delta["delta"] == pytest.approx(0.75 - 1)


def test_setting_differences_are_named(runs: tuple[Path, Path]) -> None:
    assert compare(*runs)["settings"] == {"settings.top.k": [5, 9]}


def test_run_against_itself_has_no_differences(runs: tuple[Path, Path]) -> None:
    same = compare(runs[0], runs[0])
    assert not same["flips"]
    assert {delta["delta"] for delta in same["metrics"].values()} == {0.0}


def sampled(folder: Path) -> RunPlan:
    return plan_run(small_gold(folder), {}, sample=5)


def test_missing_items_count_as_failed(runs: tuple[Path, Path], tmp_path: Path) -> None:
    run(sampled(tmp_path), ScriptedEngine(), tmp_path / "part")
    found = compare(runs[0], tmp_path / "part")
    assert len(found["missing_b"]) == 5
    assert found["missing_a"] == []
    assert found["metrics"]["correct"]["b"] == 0.5
    assert found["metrics"]["false_answers"]["b"] == 0.5
    assert "5 of them have no result in B" in comparison_table(found)


def test_runs_of_different_items_are_not_compared(runs: tuple[Path, Path], tmp_path: Path) -> None:
    for file in (runs[0] / "items.jsonl", runs[0] / "results.jsonl"):
        data = file.read_text()
        for line in GOLD_LINES:
            data = data.replace(f'"id": "{line["id"]}"', f'"id": "other-{line["id"]}"')
        file.write_text(data)
    with pytest.raises(UsageError, match="no item in common"):
        compare(*runs)


def test_items_that_ask_or_are_labelled_otherwise_are_left_out_and_named(
    runs: tuple[Path, Path], tmp_path: Path
) -> None:
    changed = [
        {**GOLD_LINES[0], "question": "When was it opened?"},
        {**GOLD_LINES[1], "answers": ["seven"]},
        {**GOLD_LINES[2], "evidence": GOLD_LINES[3]["evidence"]},
        {**GOLD_LINES[3], "answers": [], "evidence": [], "answerable": False},
        {**GOLD_LINES[4], "history": [{"role": "user", "content": "Hm."}]},
        {**GOLD_LINES[5], "tags": ["new"]},
        *GOLD_LINES[6:],
    ]
    path = write_lines(tmp_path / "changed.jsonl", changed)
    plan = plan_run(load_gold(path, corpus_of(TEXTS)), {})
    run(plan, ScriptedEngine(), tmp_path / "after")
    found = compare(runs[0], tmp_path / "after")
    assert found["relabelled"] == ["a1", "a2", "a3", "a4", "a5"]
    assert (found["items"], found["flips"]) == (5, [])
    assert found["metrics"]["correct"]["n"] == 1
    told = "5 more are left out, being asked or labelled otherwise in B: a1, a2, a3, a4, a5"
    assert told in comparison_table(found)
    assert told in render_comparison(found)


def test_runs_that_are_labelled_otherwise_throughout_are_not_compared(
    runs: tuple[Path, Path], tmp_path: Path
) -> None:
    lines = [{**line, "question": f"{line['question']} Really?"} for line in GOLD_LINES]
    path = write_lines(tmp_path / "changed.jsonl", lines)
    run(plan_run(load_gold(path, corpus_of(TEXTS)), {}), ScriptedEngine(), tmp_path / "after")
    with pytest.raises(UsageError, match="no item in common: 10 are asked or labelled otherwise"):
        compare(runs[0], tmp_path / "after")


def test_comparison_is_json_and_text(runs: tuple[Path, Path]) -> None:
    found = compare(*runs)
    assert json.loads(json.dumps(found, allow_nan=False)) == found
    text = comparison_table(found)
    assert "worse   false_answers    u4  And owls?" in text
    assert "settings.top.k" in text

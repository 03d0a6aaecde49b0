import json
from pathlib import Path

import pytest

from eval.baseline import write_baseline
from eval.compare import compare
from eval.gate import Gate, check_run
from eval.plan import plan_run
from eval.run import run
from eval.rundir import BASELINE, read_run
from eval.runs import list_runs, load_summary, summary_so_far
from index.errors import UsageError
from tests.conftest import ROOT
from tests.eval.fakes import ScriptedEngine, small_gold
from tests.eval.many import many_engine, many_gold


@pytest.fixture
def finished(tmp_path: Path) -> Path:
    run(plan_run(many_gold(tmp_path, 30, 9), {}), many_engine(30), tmp_path / "runs" / "one")
    return tmp_path / "runs" / "one"


def test_baseline_compares_as_the_run_does(finished: Path, tmp_path: Path) -> None:
    write_baseline(finished, tmp_path / "kept")
    found = compare(tmp_path / "kept", finished)
    assert found["flips"] == []
    assert {delta["delta"] for delta in found["metrics"].values() if delta["n"]} == {0.0}
    assert check_run(finished, Gate((), tmp_path / "kept", 0)) == []
    sizes = [sum(f.stat().st_size for f in d.iterdir()) for d in (finished, tmp_path / "kept")]
    assert sizes[1] < sizes[0] / 2


def test_baseline_is_replaced_by_a_later_one(finished: Path, tmp_path: Path) -> None:
    write_baseline(finished, tmp_path / "kept")
    write_baseline(finished, tmp_path / "kept")
    assert json.loads((tmp_path / "kept" / "run.json").read_text())["items"] == 39


def test_baseline_never_replaces_a_folder_of_something_else(finished: Path, tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "letter.txt").write_text("Dear")
    with pytest.raises(UsageError, match="not a baseline"):
        write_baseline(finished, tmp_path / "mine")
    assert (tmp_path / "mine" / "letter.txt").exists()


def test_baseline_never_replaces_a_run_json_of_something_else(
    finished: Path, tmp_path: Path
) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "run.json").write_text('{"speed": 3}')
    with pytest.raises(UsageError, match="not a baseline"):
        write_baseline(finished, tmp_path / "mine")
    assert (tmp_path / "mine" / "run.json").read_text() == '{"speed": 3}'


def test_baseline_replaces_a_finished_run_only_by_force(finished: Path, tmp_path: Path) -> None:
    other = tmp_path / "runs" / "two"
    run(plan_run(small_gold(tmp_path), {}), ScriptedEngine(), other)
    before = {file.name: file.read_bytes() for file in other.iterdir()}
    with pytest.raises(UsageError, match="--force"):
        write_baseline(finished, other)
    assert {file.name: file.read_bytes() for file in other.iterdir()} == before
    write_baseline(finished, other, force=True)
    write_baseline(finished, other)
    assert compare(other, finished)["flips"] == []


def test_baseline_never_replaces_its_own_run(finished: Path, tmp_path: Path) -> None:
    before = {file.name: file.read_bytes() for file in finished.iterdir()}
    (tmp_path / "link").symlink_to(finished)
    for out in (finished, tmp_path / "link", finished / ".." / finished.name):
        with pytest.raises(UsageError, match="is the run itself"):
            write_baseline(finished, out, force=True)
    assert {file.name: file.read_bytes() for file in finished.iterdir()} == before


def test_the_mark_of_a_baseline_is_no_setting_that_differs(finished: Path, tmp_path: Path) -> None:
    write_baseline(finished, tmp_path / "kept")
    assert compare(tmp_path / "kept", finished)["settings"] == {}


def test_unfinished_run_is_no_baseline(finished: Path, tmp_path: Path) -> None:
    (finished / "summary.json").unlink()
    with pytest.raises(UsageError, match="not finished"):
        write_baseline(finished, tmp_path / "kept")
    assert not (tmp_path / "kept").exists()


def test_new_gold_items_are_no_regression(finished: Path, tmp_path: Path) -> None:
    write_baseline(finished, tmp_path / "kept")
    (tmp_path / "more").mkdir()
    plan = plan_run(many_gold(tmp_path / "more", 30, 20), {})
    run(plan, many_engine(30), tmp_path / "grown")
    assert check_run(tmp_path / "grown", Gate((), tmp_path / "kept", 0)) == []


def test_runs_are_listed_latest_first_with_their_state(finished: Path, tmp_path: Path) -> None:
    other = tmp_path / "runs" / "two"
    run(plan_run(small_gold(tmp_path), {}), ScriptedEngine(), other)
    record = json.loads((other / "run.json").read_text())
    (other / "run.json").write_text(json.dumps({**record, "started": "2999-01-01"}))
    (other / "summary.json").unlink()
    (tmp_path / "runs" / "no run").mkdir()
    (tmp_path / "runs" / "damaged").mkdir()
    (tmp_path / "runs" / "damaged" / "run.json").write_text("{")
    (tmp_path / "runs" / "damaged" / "items.jsonl").write_text("")
    latest, first = list_runs(tmp_path / "runs")
    assert (latest.name, latest.finished, latest.done, latest.items) == ("two", False, 10, 10)
    assert (first.gold, first.mode, first.model) == ("many.jsonl", "answers", "scripted")
    assert first.summary == load_summary(finished)
    assert list_runs(tmp_path / "nowhere") == []


@pytest.mark.parametrize("summary", ['{"a": 1}', "[]", '{"metrics": {"correct": {}}}', "[" * 9999])
def test_a_run_whose_figures_are_none_is_damaged(finished: Path, summary: str) -> None:
    (finished / "summary.json").write_text(summary)
    assert list_runs(finished.parent) == []
    with pytest.raises(UsageError, match="holds no finished run"):
        load_summary(finished)


def test_figures_of_an_unfinished_run_are_made_anew_only_when_it_went_on(finished: Path) -> None:
    (finished / "summary.json").unlink()
    results = finished / "results.jsonl"
    lines = results.read_text().splitlines(keepends=True)
    results.write_text("".join(lines[:5]))
    first = summary_so_far(finished)
    assert first["counts"]["missing"] == 34
    assert summary_so_far(finished) is first
    results.write_text("".join(lines[:6]))
    assert summary_so_far(finished)["counts"]["missing"] == 33


def test_figures_of_what_is_no_run_are_a_usage_error(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="holds no finished run"):
        load_summary(tmp_path)


@pytest.mark.parametrize("kept", sorted((ROOT / "eval" / "baseline").glob("*/")), ids=str)
def test_baselines_of_the_repository_can_be_compared_with(kept: Path) -> None:
    found = compare(kept, kept)
    gold = (ROOT / "eval" / "gold" / "seeds.jsonl").read_text(encoding="utf-8").splitlines()
    assert found["items"] == len(gold)
    assert found["flips"] == []
    assert found["missing_a"] == []
    assert sum(file.stat().st_size for file in kept.iterdir()) < 500_000
    assert BASELINE in read_run(kept).run

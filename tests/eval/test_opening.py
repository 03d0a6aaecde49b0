import json
from pathlib import Path

import pytest

from eval.opening import check_folder
from eval.plan import RunPlan, plan_run
from eval.run import run
from index.errors import UsageError
from tests.eval.fakes import ScriptedEngine, small_gold

OWN = ("report.html", "items.jsonl", "results.jsonl", "summary.json")


@pytest.fixture
def plan(tmp_path: Path) -> RunPlan:
    return plan_run(small_gold(tmp_path), {})


@pytest.mark.parametrize("force", [False, True])
@pytest.mark.parametrize("name", OWN)
def test_a_folder_that_holds_no_run_keeps_its_files(
    plan: RunPlan, tmp_path: Path, name: str, force: bool
) -> None:
    out = tmp_path / "out"
    out.mkdir()
    (out / name).write_text("mine")
    with pytest.raises(UsageError, match=rf"holds no run, but a {name}: name a new folder"):
        run(plan, ScriptedEngine(), out, force=force)
    assert [p.name for p in out.iterdir() if not p.name.startswith(".")] == [name]
    assert (out / name).read_text() == "mine"


def test_other_files_stay_beside_a_run(plan: RunPlan, tmp_path: Path) -> None:
    out = tmp_path / "out"
    out.mkdir()
    (out / "log.txt").write_text("mine")
    for force in (False, True):
        assert run(plan, ScriptedEngine(), out, force=force)["counts"]["items"] == 10
        assert (out / "log.txt").read_text() == "mine"


@pytest.mark.parametrize("force", [False, True])
@pytest.mark.parametrize(
    "record", ["", "{", "[]", "[" * 100_000, json.dumps({"gold": "ours", "items": 3})]
)
def test_a_record_that_is_no_runs_or_damaged_is_told_and_nothing_is_deleted(
    plan: RunPlan, tmp_path: Path, record: str, force: bool
) -> None:
    out = tmp_path / "out"
    out.mkdir()
    (out / "run.json").write_text(record)
    (out / "report.html").write_text("mine")
    with pytest.raises(UsageError, match=r"run\.json is not the record of a run, or it is damaged"):
        run(plan, ScriptedEngine(), out, force=force)
    assert (out / "run.json").read_text() == record
    assert (out / "report.html").read_text() == "mine"


def test_results_whose_items_are_missing_are_told_and_replaced_by_force(
    plan: RunPlan, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    run(plan, ScriptedEngine(), out)
    for name in ("items.jsonl", "summary.json"):
        (out / name).unlink()
    with pytest.raises(UsageError, match=r"has results but no items\.jsonl; use --force"):
        run(plan, ScriptedEngine(), out)
    assert run(plan, ScriptedEngine(), out, force=True)["counts"]["items"] == 10


def test_a_folder_with_hidden_files_and_half_a_record_is_as_good_as_new(tmp_path: Path) -> None:
    for name in (".lock", ".DS_Store", "run.json.part"):
        (tmp_path / name).write_text("x")
    check_folder(tmp_path, force=False)
    check_folder(tmp_path / "not" / "there", force=False)


def test_the_place_of_a_finished_run_is_taken_by_force_and_other_files_stay(
    plan: RunPlan, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    run(plan, ScriptedEngine(), out)
    (out / "notes.txt").write_text("mine")
    with pytest.raises(UsageError, match="finished run"):
        check_folder(out, force=False)
    run(plan, ScriptedEngine(), out, force=True)
    assert (out / "notes.txt").read_text() == "mine"

from pathlib import Path

import pytest

from eval.plan import plan_run
from eval.run import run
from eval.rundir import ITEMS, JUDGE, RESULTS, RUN, read_run
from index.errors import UsageError
from tests.eval.fakes import ScriptedEngine, right_answer, small_gold


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    run(plan_run(small_gold(tmp_path), {}), ScriptedEngine(right_answer), tmp_path / "out")
    return tmp_path / "out"


@pytest.mark.parametrize("name", [ITEMS, RESULTS, JUDGE])
@pytest.mark.parametrize(("line", "wrong"), [("{}", ": Field required"), ("{", "Invalid JSON")])
def test_a_damaged_line_of_a_run_is_told_with_its_place_on_one_line(
    folder: Path, name: str, line: str, wrong: str
) -> None:
    content = (folder / name).read_text(encoding="utf-8") if (folder / name).exists() else ""
    (folder / name).write_text(f"{content}{line}\n", encoding="utf-8")
    with pytest.raises(UsageError) as error:
        read_run(folder)
    assert f"damaged: {name}:{content.count(chr(10)) + 1}: " in str(error.value)
    assert wrong in str(error.value)
    assert "\n" not in str(error.value)


@pytest.mark.parametrize(
    ("name", "there", "instead", "wrong"),
    [
        (RESULTS, '"id": "', '"id": "no', "results.jsonl: .* is none of the items"),
        (RESULTS, '"total": ', '"total": Infinity, "was": ', "results.jsonl:1: .*finite number"),
        (RUN, '"gold": ', '"gold": [], "was": ', "run.json is not the record of a run"),
        (RUN, '"mode": ', '"mode": {}, "was": ', "run.json is not the record of a run"),
    ],
)
def test_a_run_from_elsewhere_of_which_no_report_can_be_made_is_damaged(
    folder: Path, name: str, there: str, instead: str, wrong: str
) -> None:
    content = (folder / name).read_text(encoding="utf-8")
    (folder / name).write_text(content.replace(there, instead, 1), encoding="utf-8")
    with pytest.raises(UsageError, match=f"damaged: {wrong}"):
        read_run(folder)


def test_a_torn_last_line_is_no_line_yet(folder: Path) -> None:
    whole = read_run(folder)
    with (folder / RESULTS).open("a", encoding="utf-8") as results:
        results.write('{"id": "no')
    assert read_run(folder) == whole

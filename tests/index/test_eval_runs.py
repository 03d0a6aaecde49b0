import json
from pathlib import Path

import pytest

from index.eval_runs import EVAL_RUN, run_record
from index.scan import FoundFile, scan
from index.types import FileState
from tests.conftest import ROOT

RECORD = (ROOT / "eval" / "baseline" / "seeds-extractive" / "run.json").read_text()


def run_in(folder: Path, record: str = RECORD) -> Path:
    folder.mkdir(parents=True)
    (folder / "run.json").write_text(record)
    (folder / "results.jsonl").write_text('{"answer": "1932"}\n')
    return folder


def test_the_folder_of_a_run_is_listed_with_the_reason_and_nothing_in_it_is_read(
    folder: Path,
) -> None:
    (folder / "a.txt").write_text("One.")
    run_in(folder / "runs" / "first")
    before = scan(folder)
    assert list(before) == ["a.txt", "runs/first"]
    assert before["runs/first"] == FoundFile("runs/first", 0, 0, FileState.SKIPPED, EVAL_RUN)
    (folder / "runs" / "first" / "report.html").write_text("<p>1932")
    assert scan(folder) == before


def test_a_run_in_the_folder_of_documents_itself_hides_its_own_files_alone(
    tmp_path: Path,
) -> None:
    root = run_in(tmp_path / "documents")
    (root / "a.txt").write_text("One.")
    assert list(scan(root)) == ["a.txt"]


def test_a_folder_with_a_run_json_of_its_own_kind_is_read(folder: Path) -> None:
    run_in(folder / "races", json.dumps({"runner": "Ada", "items": 3}))
    assert list(scan(folder)) == ["races/results.jsonl", "races/run.json"]


@pytest.mark.parametrize("record", ["", "[]", "{", "[" * 100_000, '"' + "x" * 2_000_000 + '"'])
def test_a_record_that_is_damaged_is_none(tmp_path: Path, record: str) -> None:
    assert run_record(run_in(tmp_path / "run", record)) is None
    assert run_record(tmp_path) is None


def test_files_apart_are_no_part_of_the_corpus(folder: Path) -> None:
    for name in ("a.txt", "gold.jsonl"):
        (folder / name).write_text("{}")
    assert list(scan(folder, apart={folder / "gold.jsonl"})) == ["a.txt"]

"""``eval`` over some of the gold questions of the seeds with the real embedder."""

import json
from pathlib import Path

import pytest

from tests.conftest import ROOT, SEEDS
from tests.rag.contract import ANSWER_KEYS
from tests.rag.real_models import embedder_folder
from tests.ui.cli_runner import Result, run

pytest_plugins = ["tests.ui.cli_fixtures"]
pytestmark = pytest.mark.model

GOLD = ROOT / "eval" / "gold" / "seeds.jsonl"
FILES = {"results.jsonl", "summary.json", "run.json", "report.html"}
SAMPLE = 6


class Folder:
    """Commands in one folder with one state, whose vectors are computed once."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def pincite(self, *arguments: object, **environment: object) -> Result:
        own = {"PINCITE_HOME": self.folder / "home", "PINCITE_LLM": "none", "PINCITE_THREADS": 1}
        return run(*arguments, folder=self.folder, **{**own, **environment})

    def evaluate(self, out: str, *arguments: object, **environment: object) -> Result:
        return self.pincite(
            *("eval", "run", "--gold", GOLD, "--corpus", SEEDS, "--out", out),
            *("--sample", SAMPLE, *arguments),
            **environment,
        )

    def lines(self, out: str) -> list[str]:
        return (self.folder / out / "results.jsonl").read_text(encoding="utf-8").splitlines()


@pytest.fixture(scope="module")
def work(tmp_path_factory: pytest.TempPathFactory) -> Folder:
    """A folder with a finished search-only run ``found`` and a finished quoting run ``quoted``."""
    embedder_folder()
    folder = Folder(tmp_path_factory.mktemp("eval"))
    found = folder.evaluate("found", "--retrieval-only", "--json")
    assert found.code == 0, found.err
    quoted = folder.evaluate("quoted", "--extractive")
    assert quoted.code == 0, quoted.err
    assert "recall@" in quoted.out
    return folder


@pytest.mark.parametrize("run_name", ["found", "quoted"])
def test_a_run_writes_its_files_and_a_line_an_item_in_gold_order(
    work: Folder, run_name: str
) -> None:
    assert {f.name for f in (work.folder / run_name).iterdir()} >= FILES
    results = [json.loads(line) for line in work.lines(run_name)]
    for result in results:
        assert set(ANSWER_KEYS) | {"id", "scores"} == set(result)
        assert result["status"] != "error"
    gold = [json.loads(line)["id"] for line in GOLD.read_text(encoding="utf-8").splitlines()]
    ids = [result["id"] for result in results]
    assert len(ids) == SAMPLE
    assert ids == [id_ for id_ in gold if id_ in ids]


def test_both_kinds_of_run_took_the_same_sample(work: Folder) -> None:
    ids = [[json.loads(line)["id"] for line in work.lines(run)] for run in ("found", "quoted")]
    assert ids[0] == ids[1]


def test_a_run_records_what_it_was_made_with(work: Folder) -> None:
    record = json.loads((work.folder / "quoted" / "run.json").read_text(encoding="utf-8"))
    assert record["finished"]
    assert "llm_api_key" not in record


def test_a_finished_run_is_refused_without_force(work: Folder) -> None:
    before = work.lines("found")
    result = work.evaluate("found", "--retrieval-only")
    assert result.code == 2
    assert "--force" in result.err
    assert work.lines("found") == before


def test_a_run_under_its_threshold_exits_4_and_names_the_figure(work: Folder) -> None:
    result = work.evaluate("gate", "--retrieval-only", "--fail-under", "recall@3=1.01")
    assert result.code == 4
    assert "recall@3" in result.err
    again = work.evaluate("gate", "--retrieval-only", "--force", "--fail-under", "recall@3=0")
    assert again.code == 0


@pytest.mark.parametrize("threshold", ["recall@3", "nosuch=1", "recall@3=x"])
def test_a_threshold_that_cannot_be_read_exits_2_before_anything_runs(
    work: Folder, threshold: str
) -> None:
    assert work.evaluate("never", "--fail-under", threshold).code == 2
    assert not (work.folder / "never").exists()


def test_an_interrupted_run_goes_on_where_it_was(work: Folder) -> None:
    first = work.evaluate("cut", "--extractive")
    assert first.code == 0
    whole = work.lines("cut")
    folder = work.folder / "cut"
    (folder / "summary.json").unlink()
    # As a kill leaves it: two results, and the third torn.
    (folder / "results.jsonl").write_text("\n".join([*whole[:2], whole[2][:30]]), encoding="utf-8")
    assert work.evaluate("cut", "--extractive").code == 0
    resumed = work.lines("cut")
    # With their times, these two are the old ones to the letter.
    assert resumed[:2] == whole[:2]
    assert [json.loads(line)["id"] for line in resumed] == [
        json.loads(line)["id"] for line in whole
    ]
    assert (folder / "summary.json").exists()


def test_without_its_model_a_run_exits_1_and_names_extractive(
    work: Folder, only_embedder: Path
) -> None:
    result = work.evaluate(
        "answers",
        XDG_CACHE_HOME=only_embedder,
        PINCITE_LLM="Qwen2.5-Coder-1.5B-Instruct-Q4_K_M",
        OPENAI_API_KEY="sk-lying-here",
    )
    assert result.code == 1
    assert "--extractive" in result.err


def test_comparing_two_runs_lists_what_differs(work: Folder) -> None:
    assert work.pincite("eval", "compare", "found", "quoted").code == 0
    compared = work.pincite("eval", "compare", "quoted", "quoted", "--json")
    assert compared.code == 0
    assert isinstance(compared.json, dict)


def test_comparing_what_is_no_run_exits_2(work: Folder) -> None:
    result = work.pincite("eval", "compare", "quoted", "nowhere")
    assert result.code == 2
    assert "nowhere" in result.err


def test_a_report_can_be_written_anew(work: Folder) -> None:
    report = work.folder / "quoted" / "report.html"
    report.unlink()
    assert work.pincite("eval", "report", "quoted").code == 0
    assert report.exists()


def test_the_gold_file_that_is_shipped_is_all_right(work: Folder) -> None:
    result = work.pincite("eval", "gold", "check", "--gold", GOLD, "--corpus", SEEDS)
    assert result.code == 0, result.err
    assert "all right" in result.out


def test_a_bad_gold_file_exits_2_and_names_every_line(work: Folder) -> None:
    bad = work.folder / "bad.jsonl"
    item = json.loads(GOLD.read_text(encoding="utf-8").splitlines()[0])
    lines = [
        item,
        {**item, "id": "b", "evidence": [{**item["evidence"][0], "quote": "nowhere to be found"}]},
        {**item, "id": "c", "colour": "red"},
        {**item, "id": item["id"]},
    ]
    bad.write_text("\n".join(json.dumps(line) for line in lines), encoding="utf-8")
    result = work.pincite("eval", "gold", "check", "--gold", bad, "--corpus", SEEDS)
    assert result.code == 2
    assert all(f"bad.jsonl:{number}" in result.err for number in (2, 3, 4))
    assert "bad.jsonl:1:" not in result.err
    running = work.pincite(
        "eval", "run", "--gold", bad, "--corpus", SEEDS, "--out", "none", "--extractive"
    )
    assert running.code == 2
    assert not (work.folder / "none" / "results.jsonl").exists()


def test_a_gold_file_that_is_not_there_exits_2(work: Folder) -> None:
    result = work.pincite("eval", "gold", "check", "--gold", "nowhere.jsonl", "--corpus", SEEDS)
    assert result.code == 2
    assert "nowhere.jsonl" in result.err

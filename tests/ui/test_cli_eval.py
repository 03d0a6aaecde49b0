"""``eval`` over some of the gold questions of the seeds with the real embedder."""

import json
import os
import signal
import threading
import time
from pathlib import Path

import pytest

from tests.conftest import SEEDS
from tests.rag.contract import ANSWER_KEYS
from tests.rag.real_models import embedder_folder
from tests.ui.eval_folder import GOLD, SAMPLE, Folder

pytest_plugins = ["tests.ui.cli_fixtures"]
pytestmark = pytest.mark.model

FILES = {"results.jsonl", "summary.json", "run.json", "report.html"}


@pytest.fixture(scope="module")
def work(tmp_path_factory: pytest.TempPathFactory) -> Folder:
    """A folder with a finished search-only run ``found`` and a finished quoting run ``quoted``."""
    embedder_folder()
    folder = Folder(tmp_path_factory.mktemp("eval"))
    found = folder.evaluate("found", "--retrieval-only", "--json", "--progress")
    assert found.code == 0, found.err
    assert f"progress: answering {SAMPLE}/{SAMPLE} 100%" in found.err
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


def test_a_folder_that_holds_no_run_is_refused_before_anything_is_indexed(work: Folder) -> None:
    folder = work.folder / "mine"
    folder.mkdir()
    (folder / "report.html").write_text("mine", encoding="utf-8")
    home = work.folder / "unused"
    for more in ((), ("--force",)):
        result = work.evaluate("mine", "--retrieval-only", *more, PINCITE_HOME=home)
        assert result.code == 2
        assert "mine holds no run, but a report.html: name a new folder" in result.err
    assert [(f.name, f.read_text(encoding="utf-8")) for f in folder.iterdir()] == [
        ("report.html", "mine")
    ]
    assert not (home / "eval").exists()


def test_output_that_cannot_be_written_is_named_with_the_reason_and_exits_2(work: Folder) -> None:
    (work.folder / "file").write_text("mine", encoding="utf-8")
    home = work.folder / "unused"
    for out in ("file", "file/x", "/proc/x"):
        result = work.evaluate(out, "--retrieval-only", PINCITE_HOME=home)
        assert (result.code, result.out) == (2, "")
        assert f"{out} cannot be written (" in result.err
    assert not (home / "eval").exists()
    for command in (
        ("report", "found", "--format", "md", "--out", "missing/x.md"),
        ("compare", "found", "quoted", "--html", "file/x"),
        ("baseline", "found", "file/x"),
        ("gold", "add", "Who?", "--gold", "file/x.jsonl"),
        ("gold", "hide", "--gold", GOLD, "--corpus", SEEDS, "--out", "file/x"),
    ):
        result = work.pincite("eval", *command)
        assert result.code == 2, command
        assert "cannot be written (" in result.err


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


@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_a_run_that_is_stopped_says_how_it_goes_on(work: Folder, number: int, code: int) -> None:
    out = f"stopped{code}"
    results = work.folder / out / "results.jsonl"

    def stop() -> None:
        while not (results.exists() and results.read_bytes()):
            time.sleep(0.001)
        os.kill(os.getpid(), number)

    thread = threading.Thread(target=stop)
    thread.start()
    result = work.evaluate(out, "--extractive", "--no-cache")
    thread.join()
    assert result.code == code
    assert f"{out} has what was answered: the same command goes on with it." in result.err
    assert 1 <= len(work.lines(out)) < SAMPLE
    assert not results.with_name("summary.json").exists()


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


def test_without_its_reranker_a_run_exits_1_and_names_it(work: Folder) -> None:
    result = work.evaluate("unranked", "--retrieval-only", PINCITE_RERANKER="someone/no-such")
    assert result.code == 1
    assert "someone/no-such" in result.err
    assert not (work.folder / "unranked").exists()


def test_comparing_two_runs_lists_what_differs(work: Folder) -> None:
    assert work.pincite("eval", "compare", "found", "quoted").code == 0
    gated = work.pincite("eval", "compare", "quoted", "quoted", "--max-regressions", 0)
    assert gated.code == 0
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


@pytest.mark.parametrize(
    ("form", "begins"),
    [
        ("md", "# Evaluation of seeds.jsonl"),
        ("json", "{"),
        ("junit", "<?xml"),
        ("trec", "seeds-"),
        ("qrels", "seeds-"),
        ("ragas", '{"user_input"'),
        ("html", "<!doctype html>"),
    ],
)
def test_a_report_can_be_had_in_other_formats(work: Folder, form: str, begins: str) -> None:
    out = f"report.{form}"
    written = work.pincite("eval", "report", "quoted", "--format", form, "--out", out)
    assert written.code == 0, written.err
    assert (work.folder / out).read_text(encoding="utf-8").startswith(begins)
    if form != "html":
        printed = work.pincite("eval", "report", "quoted", "--format", form)
        assert printed.out == (work.folder / out).read_text(encoding="utf-8")


def test_an_unknown_format_exits_2_and_names_the_known_ones(work: Folder) -> None:
    result = work.pincite("eval", "report", "quoted", "--format", "pdf")
    assert result.code == 2
    assert "junit" in result.err


def test_what_was_asked_before_is_not_asked_again_unless_told_so(work: Folder) -> None:
    again = work.evaluate("again", "--extractive", "--json")
    assert again.code == 0, again.err
    # Answers with a notice are asked again; without a model, every answer may be kept.
    assert again.json["counts"]["cached"] == SAMPLE
    anew = work.evaluate("anew", "--extractive", "--no-cache", "--json", "--price", "1,2")
    assert anew.json["counts"]["cached"] == 0
    assert anew.json["metrics"] == again.json["metrics"]
    assert anew.json["cost"]["prompt_price"] == 1


@pytest.mark.parametrize("price", ["1", "a,b", "-1,2", "nan,1"])
def test_prices_that_cannot_be_meant_exit_2(work: Folder, price: str) -> None:
    result = work.evaluate("never", "--extractive", f"--price={price}")
    assert result.code == 2
    assert "--price" in result.err


def test_several_jobs_give_the_same_results(work: Folder) -> None:
    assert work.evaluate("two", "--extractive", "--jobs", 2, "--no-cache").code == 0
    one, two = (
        [{k: v for k, v in json.loads(line).items() if k != "timings_ms"} for line in lines]
        for lines in (work.lines("quoted"), work.lines("two"))
    )
    assert one == two


def test_a_baseline_gates_later_runs(work: Folder) -> None:
    kept = work.pincite("eval", "baseline", "quoted", "kept")
    assert kept.code == 0, kept.err
    gate = ("--baseline", "kept", "--max-regressions", 0)
    assert work.evaluate("same", "--extractive", *gate).code == 0
    # As if the baseline had answered what this version refuses.
    results = work.folder / "kept" / "results.jsonl"
    lines = [json.loads(line) for line in results.read_text(encoding="utf-8").splitlines()]
    for line in lines:
        line["scores"] |= {k: 1.0 for k, v in line["scores"].items() if v is not None}
        line["scores"] |= {k: 0.0 for k in ("false_answers", "false_refusals") if line["scores"][k]}
    results.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
    worse = work.evaluate("worse", "--extractive", *gate)
    assert worse.code == 4
    assert "gate: " in worse.err
    assert "items are worse, over 0: seeds-" in worse.err


def test_regressions_need_a_baseline(work: Folder) -> None:
    result = work.evaluate("never", "--extractive", "--max-regressions", 1)
    assert result.code == 2
    assert "--baseline" in result.err
    missing = work.evaluate("never", "--extractive", "--baseline", "nowhere")
    assert missing.code == 2
    assert not (work.folder / "never").exists()


def test_a_run_is_not_compared_with_itself(work: Folder) -> None:
    before = work.lines("quoted")
    result = work.evaluate("quoted", "--extractive", "--force", "--baseline", "quoted")
    assert result.code == 2
    assert "quoted is the baseline itself: give the new run another --out" in result.err
    assert work.lines("quoted") == before


def test_a_comparison_can_be_a_page(work: Folder) -> None:
    result = work.pincite("eval", "compare", "found", "quoted", "--html", "both.html")
    assert result.code == 0
    assert "Settings that differ" in (work.folder / "both.html").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "options",
    [
        ("--judge-url", "http://127.0.0.1:9/v1"),
        ("--judge", "m", "--judge-key-env", "NO"),
        ("--judge", "m", "--judge-url", "http://[::1"),
    ],
)
def test_half_a_judge_exits_2(work: Folder, options: tuple[str, ...]) -> None:
    assert work.evaluate("never", "--extractive", *options).code == 2

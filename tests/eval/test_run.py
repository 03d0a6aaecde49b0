import json
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest
from filelock import FileLock

from eval.cache import AnswerCache
from eval.gold.items import ResolvedItem
from eval.gold.load import load_gold
from eval.plan import Mode, RunPlan, plan_run
from eval.run import run, write_report
from index.errors import NoIndexError, StateBusyError, UsageError
from rag.engine import Engine
from rag.types import Answer, Event, Evidence, Turn
from tests.eval.fakes import (
    GOLD_LINES,
    TEXTS,
    ScriptedEngine,
    corpus_of,
    engine_corpus,
    right_answer,
    small_gold,
    write_lines,
)

ASK_KEYS = {
    "question",
    "standalone_question",
    "status",
    "answer",
    "extractive",
    "sentences",
    "citations",
    "retrieved",
    "model",
    "timings_ms",
    "tokens",
    "error",
}


@pytest.fixture
def plan(tmp_path: Path) -> RunPlan:
    return plan_run(small_gold(tmp_path), {"commit": "c0ffee"})


def lines(folder: Path) -> list[dict[str, object]]:
    return [json.loads(line) for line in (folder / "results.jsonl").read_text().splitlines()]


def answers_until(count: int, stop: BaseException) -> Callable[[str], Answer]:
    """The right answer ``count`` times, then ``stop`` is raised once, then the right ones again."""
    asked = 0

    def script(question: str) -> Answer:
        nonlocal asked
        asked += 1
        if asked == count + 1:
            raise stop
        return right_answer(question)

    return script


def test_results_are_in_gold_order_with_the_keys_of_ask(plan: RunPlan, tmp_path: Path) -> None:
    run(plan, ScriptedEngine(), tmp_path / "out")
    results = lines(tmp_path / "out")
    assert [result["id"] for result in results] == [line["id"] for line in GOLD_LINES]
    assert all(set(result) == ASK_KEYS | {"id", "scores"} for result in results)


def test_perfect_engine_gets_perfect_figures(plan: RunPlan, tmp_path: Path) -> None:
    metrics = run(plan, ScriptedEngine(), tmp_path / "out")["metrics"]
    best = {"false_answers": 0, "false_refusals": 0, "unsupported": 0, "answer_words": 3.5}
    best |= {"invalid_citations": 0}
    # One relevant paragraph an item: 1 of k at best.
    best |= {f"precision@{k}": round(1 / k, 6) for k in (3, 5, 10)}
    expected = {key: best.get(key, 1) for key in metrics} | {
        # "It is 1932." holds one word more than the accepted "1932": F1 2 * 1 / (3 + 1) and so on
        "exact_match": 0,
        "token_f1": metrics["token_f1"]["value"],
        "rouge_l": metrics["rouge_l"]["value"],
        # answering the six sure ones costs nothing, the other four, equally unsure, come in
        # together at a risk of 4/10: (6 * 0 + 4 * 0.4) / 10
        "aurc": 0.16,
    }
    assert {key: figure["value"] for key, figure in metrics.items()} == expected


def test_summary_counts_times_and_shares(plan: RunPlan, tmp_path: Path) -> None:
    summary = run(plan, ScriptedEngine(), tmp_path / "out")
    assert summary["counts"] == {
        "items": 10,
        "answerable": 6,
        "answered": 6,
        "refused": 4,
        "errors": 0,
        "missing": 0,
        "cached": 0,
    }
    assert summary["latency_ms"]["first_token"] == {
        "n": 6,
        "p50": 100.0,
        "p90": 100.0,
        "p95": 100.0,
        "p99": 100.0,
    }
    assert summary["latency_ms"]["total"]["n"] == 10
    assert summary["tokens"] == {
        "prompt": 200,
        "cached": 50,
        "completion": 20,
        "total_prompt": 1200,
        "total_completion": 120,
    }
    assert summary["from_model"] == 1.0
    assert {tag: part["items"] for tag, part in summary["by_tag"].items()} == {
        "birds": 3,
        "bridges": 3,
    }


def test_run_record_has_settings_and_times(plan: RunPlan, tmp_path: Path) -> None:
    run(plan, ScriptedEngine(), tmp_path / "out")
    record = json.loads((tmp_path / "out" / "run.json").read_text())
    assert record["settings"] == {"commit": "c0ffee"}
    assert record["gold"]["sha256"] == plan.gold_sha256
    assert record["started"] <= record["finished"]


def test_failed_item_is_recorded_and_the_run_goes_on(plan: RunPlan, tmp_path: Path) -> None:
    engine = ScriptedEngine(answers_until(2, RuntimeError("model fell over")))
    summary = run(plan, engine, tmp_path / "out")
    results = lines(tmp_path / "out")
    assert [result["status"] for result in results[:4]] == [
        "answered",
        "answered",
        "error",
        "answered",
    ]
    assert results[2]["error"] == "RuntimeError: model fell over"
    assert summary["counts"]["errors"] == 1
    assert summary["metrics"]["correct"]["value"] == pytest.approx(5 / 6, abs=1e-6)
    assert summary["metrics"]["correct"]["n"] == 6
    assert summary["metrics"]["false_refusals"]["value"] == pytest.approx(1 / 6, abs=1e-6)


def test_our_own_errors_keep_their_message(plan: RunPlan, tmp_path: Path) -> None:
    engine = ScriptedEngine(answers_until(0, NoIndexError("there is no index yet")))
    run(plan, engine, tmp_path / "out")
    assert lines(tmp_path / "out")[0]["error"] == "there is no index yet"


def test_interrupted_run_resumes_to_the_same_results(plan: RunPlan, tmp_path: Path) -> None:
    whole, parts = tmp_path / "whole", tmp_path / "parts"
    run(plan, ScriptedEngine(), whole)
    with pytest.raises(KeyboardInterrupt):
        run(plan, ScriptedEngine(answers_until(4, KeyboardInterrupt())), parts)
    assert len(lines(parts)) == 4
    assert not (parts / "summary.json").exists()
    engine = ScriptedEngine()
    run(plan, engine, parts)
    assert len(engine.asked) == 6
    for name in ("results.jsonl", "items.jsonl", "summary.json"):
        assert (parts / name).read_bytes() == (whole / name).read_bytes()


@pytest.mark.parametrize("torn", [b'{"id": "a3", "ques', b'{"id": "a3"}\n', b"\0\0\0\n"])
def test_torn_last_line_is_done_again(plan: RunPlan, tmp_path: Path, torn: bytes) -> None:
    whole, parts = tmp_path / "whole", tmp_path / "parts"
    run(plan, ScriptedEngine(), whole)
    with pytest.raises(KeyboardInterrupt):
        run(plan, ScriptedEngine(answers_until(2, KeyboardInterrupt())), parts)
    with (parts / "results.jsonl").open("ab") as results:
        results.write(torn)
    engine = ScriptedEngine()
    run(plan, engine, parts)
    assert engine.asked[0][0] == "How long was it closed?"
    assert (parts / "results.jsonl").read_bytes() == (whole / "results.jsonl").read_bytes()


def test_damage_before_the_last_line_is_not_resumed(plan: RunPlan, tmp_path: Path) -> None:
    with pytest.raises(KeyboardInterrupt):
        run(plan, ScriptedEngine(answers_until(3, KeyboardInterrupt())), tmp_path / "out")
    results = tmp_path / "out" / "results.jsonl"
    first, second, third = results.read_text().splitlines(keepends=True)
    results.write_text(first + "nonsense\n" + third)
    with pytest.raises(UsageError, match=r"results\.jsonl:2: not a result"):
        run(plan, ScriptedEngine(), tmp_path / "out")
    results.write_text(second + first)
    with pytest.raises(UsageError, match=r'results\.jsonl:1: "a2" is not the next item'):
        run(plan, ScriptedEngine(), tmp_path / "out")


def test_interrupted_run_with_other_settings_is_not_resumed(plan: RunPlan, tmp_path: Path) -> None:
    with pytest.raises(KeyboardInterrupt):
        run(plan, ScriptedEngine(answers_until(3, KeyboardInterrupt())), tmp_path / "out")
    other = plan_run(small_gold(tmp_path), {"commit": "decade"})
    with pytest.raises(UsageError, match=r"settings\.commit: 'c0ffee', now 'decade'"):
        run(other, ScriptedEngine(), tmp_path / "out")
    assert len(lines(tmp_path / "out")) == 3
    run(other, ScriptedEngine(), tmp_path / "out", force=True)
    assert len(lines(tmp_path / "out")) == 10


def test_finished_run_is_refused_without_force(plan: RunPlan, tmp_path: Path) -> None:
    run(plan, ScriptedEngine(), tmp_path / "out")
    engine = ScriptedEngine()
    with pytest.raises(UsageError, match="holds a finished run; use --force"):
        run(plan, engine, tmp_path / "out")
    assert not engine.asked
    run(plan, engine, tmp_path / "out", force=True)
    assert len(engine.asked) == len(lines(tmp_path / "out")) == 10


def test_two_runs_into_one_folder_at_once_are_refused(plan: RunPlan, tmp_path: Path) -> None:
    with FileLock(tmp_path / ".lock"), pytest.raises(StateBusyError, match="another run"):
        run(plan, ScriptedEngine(), tmp_path)


def test_what_an_engine_loads_first_counts_in_no_items_time_and_fails_none(
    plan: RunPlan, tmp_path: Path
) -> None:
    engine = ScriptedEngine()
    seen: list[int] = []
    to_come: list[int] = []

    def warm(asked: Engine, items: Sequence[ResolvedItem]) -> None:
        assert asked is engine
        seen.append(len(engine.asked))
        to_come.append(len(items))
        raise RuntimeError("not there yet")

    cache = AnswerCache(tmp_path / "answers.sqlite3")
    run(plan, engine, tmp_path / "out", cache=cache, warm=warm)
    assert seen == [0]
    assert {result["status"] for result in lines(tmp_path / "out")} == {"answered", "refused"}
    run(plan, engine, tmp_path / "again", cache=cache, warm=warm)
    assert seen == [0], "nothing is loaded where nothing is asked"
    more = [
        {**line, "id": f"new {line['id']}", "question": f"So {line['question']}"}
        for line in GOLD_LINES[:2]
    ]
    gold = load_gold(write_lines(tmp_path / "more.jsonl", [*GOLD_LINES, *more]), corpus_of(TEXTS))
    run(plan_run(gold, dict(plan.settings)), engine, tmp_path / "more", cache=cache, warm=warm)
    assert to_come == [len(GOLD_LINES), 2], "what was asked before is not made ready for"
    cache.close()


def test_search_only_stops_the_engine_after_what_was_found(tmp_path: Path) -> None:
    plan = plan_run(small_gold(tmp_path), {}, mode=Mode.RETRIEVAL)
    engine = ScriptedEngine()
    summary = run(plan, engine, tmp_path / "out")
    assert engine.closed_early == 10
    assert all(extractive for _, _, extractive in engine.asked)
    assert summary["metrics"]["recall@1"]["value"] == 1.0
    assert summary["metrics"]["correct"] == {
        "value": None,
        "n": 0,
        "low": None,
        "high": None,
        "kind": "mean",
        "detectable": None,
    }
    assert (summary["counts"]["answered"], summary["counts"]["refused"]) == (0, 0)


class SecondLook(ScriptedEngine):
    """Finds nothing at first sight, and what there is once it has read."""

    def stream(
        self, question: str, history: Sequence[Turn] = (), *, extractive: bool = False
    ) -> Iterator[Event]:
        yield Evidence(question, (), final=False)
        yield from super().stream(question, history, extractive=extractive)


def test_search_only_waits_until_what_was_found_is_read(tmp_path: Path) -> None:
    engine = SecondLook()
    plan = plan_run(small_gold(tmp_path), {}, mode=Mode.RETRIEVAL)
    summary = run(plan, engine, tmp_path / "out")
    assert engine.closed_early == 10
    assert summary["metrics"]["recall@1"]["value"] == 1.0


def test_extractive_runs_say_so_to_the_engine(tmp_path: Path) -> None:
    engine = ScriptedEngine()
    run(plan_run(small_gold(tmp_path), {}, mode=Mode.EXTRACTIVE), engine, tmp_path / "out")
    assert all(extractive for _, _, extractive in engine.asked)
    assert engine.closed_early == 0


def test_progress_is_told_of_each_item(plan: RunPlan, tmp_path: Path) -> None:
    told: list[tuple[int, int, str]] = []
    run(plan, ScriptedEngine(), tmp_path / "out", progress=lambda *each: told.append(each))
    assert told[0] == (1, 10, "answered")
    assert told[-1] == (10, 10, "refused")


def test_history_reaches_the_engine(tmp_path: Path) -> None:
    before = {"role": "user", "content": "Tell me of bridges."}
    path = write_lines(tmp_path / "gold.jsonl", [{**GOLD_LINES[0], "history": [before]}])
    engine = ScriptedEngine()
    run(plan_run(load_gold(path, engine_corpus()), {}), engine, tmp_path / "out")
    assert engine.asked[0][1] == (Turn("user", "Tell me of bridges."),)


def test_report_can_be_written_again_from_the_folder(plan: RunPlan, tmp_path: Path) -> None:
    run(plan, ScriptedEngine(), tmp_path / "out")
    report = tmp_path / "out" / "report.html"
    before = report.read_text()
    report.unlink()
    assert write_report(tmp_path / "out") == report
    assert report.read_text() == before


def test_report_of_a_folder_that_is_no_run_is_a_usage_error(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="is not the folder of a run"):
        write_report(tmp_path)

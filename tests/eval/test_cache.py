from dataclasses import replace
from pathlib import Path

import pytest

from eval.cache import AnswerCache, cache_key
from eval.gold.items import GoldItem
from eval.plan import Mode, RunPlan, plan_run
from eval.run import run
from rag.types import Answer, Turn
from tests.eval.fakes import ScriptedEngine, right_answer, small_gold


@pytest.fixture
def plan(tmp_path: Path) -> RunPlan:
    return plan_run(small_gold(tmp_path), {"commit": "c0ffee"})


@pytest.fixture
def cache(tmp_path: Path) -> AnswerCache:
    return AnswerCache(tmp_path / "answers.sqlite3")


def test_unchanged_item_is_not_asked_again_and_scores_the_same(
    plan: RunPlan, cache: AnswerCache, tmp_path: Path
) -> None:
    first = run(plan, ScriptedEngine(), tmp_path / "a", cache=cache)
    engine = ScriptedEngine()
    second = run(plan, engine, tmp_path / "b", cache=cache)
    assert engine.asked == []
    assert second["metrics"] == first["metrics"]
    assert (first["counts"]["cached"], second["counts"]["cached"]) == (0, 10)


def test_cached_answers_say_nothing_of_latency(
    plan: RunPlan, cache: AnswerCache, tmp_path: Path
) -> None:
    run(plan, ScriptedEngine(), tmp_path / "a", cache=cache)
    times = run(plan, ScriptedEngine(), tmp_path / "b", cache=cache)["latency_ms"]
    assert (times["total"]["n"], times["total"]["p50"], times["first_token"]["n"]) == (0, None, 0)


def test_answers_are_kept_over_processes(plan: RunPlan, tmp_path: Path) -> None:
    for name in ("a", "b"):
        engine = ScriptedEngine()
        cache = AnswerCache(tmp_path / "answers.sqlite3")
        run(plan, engine, tmp_path / name, cache=cache)
        cache.close()
    assert engine.asked == []


ITEM = GoldItem("a", "When?", ("x",), (), answerable=True)


@pytest.mark.parametrize(
    "other",
    [
        cache_key(replace(ITEM, question="Where?"), Mode.ANSWERS, "m", {"code": 1}),
        cache_key(replace(ITEM, history=(Turn("user", "Hm."),)), Mode.ANSWERS, "m", {"code": 1}),
        cache_key(ITEM, Mode.EXTRACTIVE, "m", {"code": 1}),
        cache_key(ITEM, Mode.ANSWERS, "n", {"code": 1}),
        cache_key(ITEM, Mode.ANSWERS, "m", {"code": 2}),
        cache_key(ITEM, Mode.ANSWERS, "m", {"code": 1, "corpus_sha256": "f"}),
    ],
)
def test_whatever_an_answer_depends_on_changes_the_key(other: str) -> None:
    assert other != cache_key(ITEM, Mode.ANSWERS, "m", {"code": 1})


def test_labels_are_no_part_of_the_key() -> None:
    relabelled = replace(ITEM, id="b", answers=("y",), tags=("t",))
    assert cache_key(relabelled, Mode.ANSWERS, "m", {}) == cache_key(ITEM, Mode.ANSWERS, "m", {})


def test_changed_labels_are_scored_on_the_kept_answers(cache: AnswerCache, tmp_path: Path) -> None:
    gold = small_gold(tmp_path)
    run(plan_run(gold, {}), ScriptedEngine(), tmp_path / "a", cache=cache)
    first = replace(gold.items[0], item=replace(gold.items[0].item, answers=("never",)))
    relabelled = replace(gold, items=(first, *gold.items[1:]))
    engine = ScriptedEngine()
    summary = run(plan_run(relabelled, {}), engine, tmp_path / "b", cache=cache)
    assert engine.asked == []
    assert summary["metrics"]["correct"]["value"] == pytest.approx(5 / 6, abs=1e-6)


@pytest.mark.parametrize(
    ("mode", "again"),
    [
        (
            Mode.ANSWERS,
            ["How many lanes has it?", "What are nests built of?", "How long do herons live?"],
        ),
        # No model is asked that could do better the next time.
        (Mode.EXTRACTIVE, ["How many lanes has it?"]),
    ],
)
def test_errors_and_answers_that_the_model_fell_out_of_are_asked_again(
    plan: RunPlan, cache: AnswerCache, tmp_path: Path, mode: Mode, again: list[str]
) -> None:
    plan = replace(plan, mode=mode)

    def shaky(question: str) -> Answer:
        if "lanes" in question:
            raise RuntimeError("model fell over")
        answer = right_answer(question)
        if "herons live" in question:
            return replace(answer, misheard=True)
        return replace(answer, notice="quoted") if "nests" in question else answer

    run(plan, ScriptedEngine(shaky), tmp_path / "a", cache=cache)
    engine = ScriptedEngine()
    run(plan, engine, tmp_path / "b", cache=cache)
    assert [question for question, _, _ in engine.asked] == again


@pytest.mark.parametrize("content", [b"no database at all, but long enough to be read", b""])
def test_damaged_cache_costs_nothing_but_time(
    plan: RunPlan, tmp_path: Path, content: bytes, caplog: pytest.LogCaptureFixture
) -> None:
    file = tmp_path / "answers.sqlite3"
    file.write_bytes(content)
    summary = run(plan, ScriptedEngine(), tmp_path / "a", cache=AnswerCache(file))
    assert summary["counts"]["answered"] == 6
    assert bool(caplog.records) == bool(content)


def test_cache_in_a_folder_that_cannot_be_made_costs_nothing_but_time(
    plan: RunPlan, tmp_path: Path
) -> None:
    (tmp_path / "file").write_text("x")
    cache = AnswerCache(tmp_path / "file" / "answers.sqlite3")
    assert run(plan, ScriptedEngine(), tmp_path / "a", cache=cache)["counts"]["answered"] == 6

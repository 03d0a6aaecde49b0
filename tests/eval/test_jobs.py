"""Several items at once, stopping, and Ctrl-C."""

import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from eval.plan import RunPlan, plan_run
from eval.run import RunStoppedError, run
from rag.types import Answer
from tests.eval.many import many_engine, many_gold, mostly_right

COUNT = 24


@pytest.fixture
def plan(tmp_path: Path) -> RunPlan:
    return plan_run(many_gold(tmp_path, COUNT, 8), {})


def uneven(question: str) -> Answer:
    """The first ones take longest, so that later ones are done before them."""
    time.sleep(0.02 if question.endswith(("0?", "1?", "0 founded?")) else 0.001)
    return mostly_right(COUNT)(question)


def test_results_are_the_same_whatever_the_number_of_jobs(plan: RunPlan, tmp_path: Path) -> None:
    run(plan, many_engine(COUNT, uneven), tmp_path / "one")
    engines = [many_engine(COUNT, uneven) for _ in range(4)]
    run(plan, engines[0], tmp_path / "four", others=engines[1:])
    results = [(tmp_path / name / "results.jsonl").read_bytes() for name in ("one", "four")]
    assert results[0] == results[1]
    assert sum(len(engine.asked) for engine in engines) == COUNT + 8
    assert all(engine.asked for engine in engines)


def test_items_are_answered_at_the_same_time(plan: RunPlan, tmp_path: Path) -> None:
    meeting = threading.Barrier(2, timeout=20)

    def waits_for_another(question: str) -> Answer:
        meeting.wait()
        return mostly_right(COUNT)(question)

    engines = [many_engine(COUNT, waits_for_another) for _ in range(2)]
    summary = run(plan, engines[0], tmp_path / "out", others=engines[1:])
    assert summary["counts"]["errors"] == 0


def stopping_after(count: int) -> tuple[Callable[[], bool], Callable[[int, int, str], None]]:
    """What to give as ``stop`` and ``progress`` so that a run ends after ``count`` items."""
    done = 0

    def progress(at: int, total: int, status: str) -> None:
        nonlocal done
        done = at

    return (lambda: done >= count), progress


@pytest.mark.parametrize("jobs", [1, 3])
def test_stopped_run_keeps_what_is_done_and_goes_on(
    plan: RunPlan, tmp_path: Path, jobs: int
) -> None:
    run(plan, many_engine(COUNT), tmp_path / "whole")
    engines = [many_engine(COUNT) for _ in range(jobs)]
    stop, progress = stopping_after(5)
    with pytest.raises(RunStoppedError, match="goes on with it"):
        run(
            plan,
            engines[0],
            tmp_path / "parts",
            others=engines[1:],
            stop=stop,
            progress=progress,
        )
    parts = tmp_path / "parts" / "results.jsonl"
    kept = parts.read_bytes().count(b"\n")
    assert 5 <= kept <= 5 + 2 * jobs
    assert not (tmp_path / "parts" / "summary.json").exists()
    engine = many_engine(COUNT)
    run(plan, engine, tmp_path / "parts")
    assert len(engine.asked) == COUNT + 8 - kept
    assert parts.read_bytes() == (tmp_path / "whole" / "results.jsonl").read_bytes()


def test_stopping_gives_up_the_answer_in_the_making(plan: RunPlan, tmp_path: Path) -> None:
    stopped = threading.Event()

    def stops_meanwhile(question: str) -> Answer:
        stopped.set()
        return mostly_right(COUNT)(question)

    engine = many_engine(COUNT, stops_meanwhile)
    with pytest.raises(RunStoppedError):
        run(plan, engine, tmp_path / "out", stop=stopped.is_set)
    # The stream was closed, which stops the model, and half an answer is no result.
    assert engine.closed_early == 1
    assert (tmp_path / "out" / "results.jsonl").read_bytes() == b""


def test_interrupt_with_several_jobs_keeps_what_is_done(plan: RunPlan, tmp_path: Path) -> None:
    def interrupted(done: int, total: int, status: str) -> None:
        if done == 6:
            raise KeyboardInterrupt

    engines = [many_engine(COUNT, uneven) for _ in range(3)]
    with pytest.raises(KeyboardInterrupt):
        run(plan, engines[0], tmp_path / "out", others=engines[1:], progress=interrupted)
    assert (tmp_path / "out" / "results.jsonl").read_bytes().count(b"\n") == 6
    assert not any("ThreadPool" in thread.name for thread in threading.enumerate())


def test_error_in_one_of_several_jobs_stays_one_items_error(plan: RunPlan, tmp_path: Path) -> None:
    def fails_once(question: str) -> Answer:
        if question == "When was Alder3 founded?":
            raise RuntimeError("fell over")
        return mostly_right(COUNT)(question)

    engines = [many_engine(COUNT, fails_once) for _ in range(3)]
    summary = run(plan, engines[0], tmp_path / "out", others=engines[1:])
    assert summary["counts"]["errors"] == 1

"""A run killed at random moments and taken up again gives what an undisturbed one gives."""

import json
import random
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import ROOT
from tests.eval.run_process import ANSWERABLE, PAUSE_S, UNANSWERABLE

# Two threads answer; then the figures are made, which is a moment to be killed at as well.
_ANSWERING_S = PAUSE_S * (ANSWERABLE + UNANSWERABLE) / 2
_RUN_S = _ANSWERING_S + 1.5


def start(folder: Path, out: Path) -> subprocess.Popen[bytes]:
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.eval.run_process", str(folder), str(out)],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert process.stdout is not None
    assert process.stdout.readline() == b"ready\n"
    return process


def finish(process: subprocess.Popen[bytes]) -> None:
    _, errors = process.communicate(timeout=120)
    # 2 says that the run is finished already: it was killed after its last word.
    assert process.returncode == 0 or b"holds a finished run" in errors, errors.decode()


def without_times(folder: Path) -> list[dict[str, Any]]:
    lines = (folder / "results.jsonl").read_text(encoding="utf-8").splitlines()
    return [{k: v for k, v in json.loads(line).items() if k != "timings_ms"} for line in lines]


def kill_and_resume(folder: Path, kills: int, seed: int) -> None:
    whole, parts = folder / "whole", folder / "parts"
    moments = random.Random(seed)
    finish(start(folder, whole))
    (folder / "answers.sqlite3").unlink()
    unfinished = 0
    for kill in range(kills):
        process = start(folder, parts)
        # The first surely in the middle: a run that has ended cannot be killed again.
        longest = _RUN_S / (1 if kills < 3 else 2) if kill else 0.9 * _ANSWERING_S
        time.sleep(moments.uniform(0, longest))
        process.send_signal(signal.SIGKILL)
        process.communicate(timeout=60)
        unfinished += not (parts / "summary.json").exists()
    assert unfinished, f"seed {seed}: every kill came too late"
    finish(start(folder, parts))
    assert without_times(parts) == without_times(whole)
    assert (parts / "items.jsonl").read_bytes() == (whole / "items.jsonl").read_bytes()
    figures = [json.loads((run / "summary.json").read_text()) for run in (whole, parts)]
    assert figures[0]["metrics"] == figures[1]["metrics"]
    assert figures[0]["by_tag"] == figures[1]["by_tag"]


@pytest.mark.slow
def test_two_kills_change_no_result(tmp_path: Path) -> None:
    kill_and_resume(tmp_path, 2, seed=random.randrange(10**6))


def test_ctrl_c_ends_a_run_of_two_jobs_with_whole_lines(tmp_path: Path) -> None:
    for attempt in range(5):
        (tmp_path / "answers.sqlite3").unlink(missing_ok=True)
        process = start(tmp_path, tmp_path / f"out{attempt}")
        results = tmp_path / f"out{attempt}" / "results.jsonl"
        until = time.monotonic() + 60
        while not (results.exists() and results.read_bytes().count(b"\n") > 3):
            assert time.monotonic() < until
            time.sleep(0.01)
        process.send_signal(signal.SIGINT)
        process.communicate(timeout=60)
        if process.returncode != 0:
            break  # Else a busy machine let it end first.
    assert process.returncode != 0
    content = results.read_bytes()
    assert content.endswith(b"\n")
    assert content.count(b"\n") < ANSWERABLE + UNANSWERABLE
    assert not results.with_name("summary.json").exists()


@pytest.mark.torture
@pytest.mark.parametrize("seed", range(3))
def test_ten_kills_change_no_result(tmp_path: Path, seed: int) -> None:
    kill_and_resume(tmp_path, 10, seed)

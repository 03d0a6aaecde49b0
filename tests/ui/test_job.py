import json
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from index.errors import StateBusyError
from ui.job import Job, JobSlot, JobState, Stage
from ui.words import speak

SCRIPT = (sys.executable, str(Path(__file__).with_name("job_script.py")))
LONG_S = 20.0


def job(on_end: Callable[[JobState], None] = lambda state: None, **request: object) -> Job:
    return Job(json.dumps({"tell": []} | request) + "\n", on_end, SCRIPT)


def until(holds: Callable[[], bool]) -> None:
    end = time.monotonic() + LONG_S
    while not holds():
        assert time.monotonic() < end, "it never came to pass"
        time.sleep(0.01)


def test_a_job_tells_how_far_it_is_and_how_it_ended() -> None:
    ended: list[JobState] = []
    steps = [{"what": "files", "done": done, "total": 4} for done in range(5)]
    running = job(ended.append, tell=steps, pause=0.2, last={"finished": {"documents": 4}})
    running.join(LONG_S)
    state = running.state
    assert (state.stage, state.what, state.done, state.total) == (Stage.FINISHED, "files", 4, 4)
    assert state.result == {"documents": 4}
    assert state.rate is not None
    # 4 steps in 0.8 s; on a busy machine lines wait to be read, and then come faster.
    assert 0 < state.rate < 4 / 0.08
    assert ended == [state]


def test_the_time_left_follows_from_the_rate() -> None:
    steps = [{"what": "files", "done": done, "total": 100} for done in (0, 1, 2)]
    running = job(tell=steps, pause=0.1, wait=True)
    until(lambda: running.state.done == 2)
    state = running.state
    assert state.rate is not None
    assert state.left_s == pytest.approx(98 / state.rate)
    running.close()


def test_a_failure_is_told_in_its_own_words() -> None:
    running = job(last={"failed": "the folder is gone"})
    running.join(LONG_S)
    assert (running.state.stage, running.state.message) == (Stage.FAILED, "the folder is gone")


def test_a_job_that_dies_without_a_word_has_failed() -> None:
    running = job(code=9)
    running.join(LONG_S)
    assert running.state.stage is Stage.FAILED
    assert "log of the server" in running.state.message


def test_a_job_that_talks_nonsense_has_failed(caplog: pytest.LogCaptureFixture) -> None:
    running = Job("{}\n", command=(sys.executable, "-c", "print('no json'); input()"))
    running.join(LONG_S)
    assert running.state.stage is Stage.FAILED


def test_cancelling_hangs_up_and_the_job_ends() -> None:
    running = job(wait=True)
    running.cancel()
    assert running.state.stage in (Stage.CANCELLING, Stage.CANCELLED)
    running.join(LONG_S)
    assert running.state.stage is Stage.CANCELLED
    running.cancel()
    assert running.state.stage is Stage.CANCELLED


def test_what_a_job_notes_on_the_way_is_told_in_the_language_spoken() -> None:
    slot = JobSlot()
    notes = [
        {"note": "Not read as documents, being files of evals: a.jsonl."},
        {"note": "Not read as documents, being files of evals: a.jsonl, b.jsonl and 3 more."},
    ]
    slot.start(lambda: job(tell=notes, last={"finished": {}}))
    until(lambda: slot.state is not None and slot.state.stage is Stage.FINISHED)
    speak("de")
    try:
        assert slot.state is not None
        assert slot.state.notes == (
            "Nicht als Dokumente gelesen, da Dateien von Bewertungen: a.jsonl.",
            "Nicht als Dokumente gelesen, da Dateien von Bewertungen: a.jsonl, b.jsonl und 3"
            " weitere.",
        )
    finally:
        speak("en")


def test_one_job_at_a_time() -> None:
    slot = JobSlot()
    assert slot.state is None
    slot.start(lambda: job(wait=True))
    with pytest.raises(StateBusyError, match="already under way"):
        slot.start(lambda: job())
    slot.close()
    assert slot.state is not None
    assert slot.state.stage is Stage.CANCELLED
    ended = threading.Event()
    slot.start(lambda: job(lambda state: ended.set(), last={"finished": {}}))
    assert ended.wait(LONG_S)
    assert not slot.busy
    slot.close()

"""One piece of long work as the page sees it: started, followed, cancelled (see ``ui.work``)."""

import json
import logging
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from pathlib import Path

from index.errors import PinciteError, StateBusyError
from ui.messages import told
from ui.words import t
from ui.work import UNEXPECTED

log = logging.getLogger(__name__)

# The very program this is, not one that lies in the current folder (-P) or is installed elsewhere.
_ROOT = str(Path(__file__).parents[1])
_PROGRAM = f"import sys; sys.path.insert(0, {_ROOT!r}); from ui.work import main; main()"
COMMAND = (sys.executable, "-P", "-c", _PROGRAM)
_PATIENCE_S = 20


class Stage(StrEnum):
    """How far a job has come."""

    RUNNING = "running"
    CANCELLING = "cancelling"
    FINISHED = "finished"
    FAILED = "failed"
    CANCELLED = "cancelled"


OVER = (Stage.FINISHED, Stage.FAILED, Stage.CANCELLED)


@dataclass(frozen=True, slots=True)
class JobState:
    """A job as it stands. ``rate`` is steps a second, ``left_s`` seconds, None while unknown.

    ``message`` is why it failed; ``result`` what a finished one has to say. ``notes`` are sentences
    on what it works with, told on the way.
    """

    stage: Stage
    what: str = ""
    done: int = 0
    total: int = 0
    rate: float | None = None
    left_s: float | None = None
    message: str = ""
    result: Mapping[str, object] = field(default_factory=dict)
    notes: tuple[str, ...] = ()


class Job:
    """Runs from its making; ``state`` at any time, ``cancel`` until it is over.

    ``on_end`` is called once, from a thread of the job's own.
    """

    def __init__(
        self,
        request: str,
        on_end: Callable[[JobState], None] = lambda state: None,
        command: Sequence[str] = COMMAND,
    ) -> None:
        self._lock = threading.Lock()
        self._state = JobState(Stage.RUNNING, "starting")
        self._since = (0, time.monotonic())
        self._on_end = on_end
        self._process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, encoding="utf-8"
        )
        self._thread = threading.Thread(target=self._follow, args=[request], daemon=True)
        self._thread.start()

    @property
    def state(self) -> JobState:
        return self._state

    def cancel(self) -> None:
        """Ask for the end, which comes at the next step; what was done is kept."""
        with self._lock:
            if self._state.stage is not Stage.RUNNING:
                return
            self._state = replace(self._state, stage=Stage.CANCELLING)
        self._hang_up()
        threading.Thread(target=self._insist, daemon=True).start()

    def close(self) -> None:
        """Cancel and wait for the end."""
        self.cancel()
        self.join(_PATIENCE_S + 5)

    def join(self, timeout_s: float) -> None:
        self._thread.join(timeout_s)

    def _follow(self, request: str) -> None:
        try:
            assert self._process.stdin is not None
            assert self._process.stdout is not None
            self._process.stdin.write(request)
            self._process.stdin.flush()
            for line in self._process.stdout:
                self._note(json.loads(line))
        except (OSError, ValueError):
            log.exception("a job cannot be followed")
            self._process.kill()
        code = self._process.wait()
        self._hang_up()
        assert self._process.stdout is not None
        self._process.stdout.close()
        with self._lock:
            if self._state.stage not in OVER:
                ended = Stage.CANCELLED if self._state.stage is Stage.CANCELLING else Stage.FAILED
                if ended is Stage.FAILED:
                    log.error("a job ended with code %s and without a word", code)
                message = UNEXPECTED if ended is Stage.FAILED else ""
                self._state = replace(self._state, stage=ended, message=message)
        self._on_end(self._state)

    def _note(self, told: Mapping[str, object]) -> None:
        with self._lock:
            self._state = self._after(told)

    def _after(self, told: Mapping[str, object]) -> JobState:
        state = self._state
        match told:
            case {"what": str(what), "done": int(done), "total": int(total)}:
                return self._moved(what, done, total)
            case {"note": str(line)}:
                return replace(state, notes=(*state.notes, line))
            case {"finished": Mapping() as result}:
                return replace(state, stage=Stage.FINISHED, left_s=0.0, result=dict(result))
            case {"failed": str(message)}:
                return replace(state, stage=Stage.FAILED, message=message)
            case {"cancelled": True}:
                return replace(state, stage=Stage.CANCELLED)
            case _:
                return state

    def _moved(self, what: str, done: int, total: int) -> JobState:
        now = time.monotonic()
        if what != self._state.what:
            self._since = (done, now)
        begun, since = self._since
        gone_s = now - since
        rate = (done - begun) / gone_s if done > begun and gone_s > 0 else None
        left_s = (total - done) / rate if rate else None
        return replace(self._state, what=what, done=done, total=total, rate=rate, left_s=left_s)

    def _hang_up(self) -> None:
        try:
            if self._process.stdin is not None:
                self._process.stdin.close()
        except OSError:
            log.debug("a job had hung up first")

    def _insist(self) -> None:
        self._thread.join(_PATIENCE_S)
        if self._thread.is_alive():
            self._process.kill()


class JobSlot:
    """At most one job at a time, the last one kept so that its end can be read."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._job: Job | None = None

    @property
    def state(self) -> JobState | None:
        """Of the job that runs or ran last; None before the first."""
        state = self._job.state if self._job else None
        return state and replace(
            state, message=told(state.message), notes=tuple(map(told, state.notes))
        )

    @property
    def busy(self) -> bool:
        state = self.state
        return state is not None and state.stage not in OVER

    def start(self, make: Callable[[], Job]) -> JobState:
        """Begin a job; raises ``StateBusyError`` while another one runs."""
        with self._lock:
            if self.busy:
                raise StateBusyError(
                    t("This is already under way: wait for its end, or cancel it.")
                )
            try:
                self._job = make()
            except OSError as error:
                reason = t("no process could be started: {reason}", reason=str(error.strerror))
                raise PinciteError(reason) from error
            return self._job.state

    def cancel(self) -> None:
        if self._job:
            self._job.cancel()

    def close(self) -> None:
        if self._job:
            self._job.close()

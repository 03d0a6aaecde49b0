"""Reading in a process of its own, so that no file can hang, flood or bring down this one.

One child serves all calls, one after the other; it is started at the first and again after it had
to be ended. It gets an ending and the bytes over a pipe and answers with the text, or with why
there is none. A file may take ten seconds of processor time, and more only as it gives text.
"""

import atexit
import os
import pickle
import signal
import struct
import subprocess
import sys
import threading
from typing import Any

from index.readers.extracted import Extracted, PassingError, UnreadableError

TIME_LIMIT_S = 10
TEXT_TIME_S = 3
"""What a file may take for each hundred thousand characters of its text besides."""

WAIT_LIMIT_S = 300
"""How long, of the clock's time, the child may say nothing: it may have to wait for a processor."""

MEMORY_LIMIT_BYTES = 3_000_000_000

_LENGTH = struct.Struct("<Q")
_OUT_OF_TIME = -getattr(signal, "SIGXCPU", 0)
# By the system, where memory is short, or by somebody. Above 0, Python itself could not go on.
_ENDED = tuple(-getattr(signal, name, 0) for name in ("SIGKILL", "SIGTERM", "SIGHUP", "SIGINT"))


class Child:
    """A process that runs ``module``; safe to call from several threads."""

    def __init__(
        self, module: str = "index.readers.child", time_limit_s: int = TIME_LIMIT_S
    ) -> None:
        self._module = module
        self._time_limit_s = time_limit_s
        self._lock = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None

    def call(self, function: str, *arguments: Any) -> Any:
        """The result of one of the child's functions; raises ``UnreadableError``."""
        with self._lock:
            return self._called(pickle.dumps((function, arguments, self._time_limit_s)))

    def close(self) -> None:
        with self._lock:
            self._end()

    def _called(self, request: bytes) -> Any:
        try:
            process = self._running()
        except OSError as error:
            raise PassingError(f"its reader could not be started: {error.strerror}") from error
        late = threading.Event()
        timer = _timer(process, late)
        try:
            send(process.stdin, request)
            while True:
                kind, value = pickle.loads(receive(process.stdout))
                if kind != "more text":
                    break
                timer.cancel()
                timer = _timer(process, late)
        except (EOFError, OSError) as error:
            code = process.wait()
            self._end()
            if late.is_set():
                raise PassingError("reading it takes too long: split it") from error
            if code == _OUT_OF_TIME:
                raise UnreadableError("reading it takes too long: split it") from error
            if code > 0 or code in _ENDED:
                raise PassingError("its reader was ended before it had read it") from error
            raise UnreadableError("it brought its reader down: the file is damaged") from error
        except BaseException:
            # Half an answer may be in the pipe: the next call would take it for its own.
            self._end()
            raise
        finally:
            timer.cancel()
        if kind == "refused":
            raise UnreadableError(*value)
        return value

    def _running(self) -> subprocess.Popen[bytes]:
        if self._process is None or self._process.poll() is not None:
            self._end()
            self._process = subprocess.Popen(
                # Without -P a file named csv.py in the current folder would be run instead.
                [sys.executable, "-P", "-m", self._module],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
                # An interrupt is for the parent; the child ends with it.
                start_new_session=True,
            )
        return self._process

    def _end(self) -> None:
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            for pipe in (self._process.stdin, self._process.stdout):
                if pipe is not None:
                    try:
                        pipe.close()
                    except BrokenPipeError:
                        continue  # what it was still to be sent
            self._process = None


def _timer(process: subprocess.Popen[bytes], late: threading.Event) -> threading.Timer:
    def end() -> None:
        late.set()
        process.kill()

    timer = threading.Timer(WAIT_LIMIT_S, end)
    timer.daemon = True
    timer.start()
    return timer


_child = Child()
atexit.register(_child.close)


def extract_apart(suffix: str, content: bytes) -> Extracted:
    """As ``formats.extract``, in the child."""
    extracted = _child.call("extract", suffix, content)
    if not isinstance(extracted, Extracted):
        raise TypeError(f"a reader gave {type(extracted)}")
    return extracted


def send(stream: Any, message: bytes) -> None:
    stream.write(_LENGTH.pack(len(message)))
    stream.write(message)
    stream.flush()


def receive(stream: Any) -> bytes:
    """One message; raises ``EOFError`` when the other side is gone."""
    head = stream.read(_LENGTH.size)
    if len(head) < _LENGTH.size:
        raise EOFError
    (length,) = _LENGTH.unpack(head)
    message = stream.read(length)
    if len(message) < length:
        raise EOFError
    return bytes(message)

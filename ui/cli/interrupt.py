"""Ctrl-C and a request to end, heeded between two steps of the work instead of inside one."""

import os
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

STOPPING = "pincite: stopping after what is in hand; once more stops at once"
_SIGNALS = (signal.SIGINT, signal.SIGTERM)


class Interrupt:
    """Calling it tells whether to stop; ``exit_code`` is what shells expect after that signal."""

    def __init__(self) -> None:
        self.signal = 0

    def __call__(self) -> bool:
        return self.signal != 0

    @property
    def exit_code(self) -> int:
        return 128 + self.signal


@contextmanager
def interruptible(message: str) -> Iterator[Interrupt]:
    """The first signal is noted, and ``message`` shown; the second interrupts at once."""
    interrupt = Interrupt()

    def note(number: int, frame: FrameType | None) -> None:
        if interrupt():
            raise KeyboardInterrupt
        interrupt.signal = number
        # Unbuffered: a signal may come in the middle of another message.
        os.write(2, f"\n{message}\n".encode())

    if threading.current_thread() is not threading.main_thread():
        yield interrupt
        return
    before = {number: signal.signal(number, note) for number in _SIGNALS}
    try:
        yield interrupt
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)

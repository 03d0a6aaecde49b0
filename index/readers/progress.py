"""Lets a reader tell whoever waits for it that text is coming, so that it is given the time."""

from collections.abc import Callable

STEP_CHARS = 100_000

_Listener = Callable[[], None]


class _Progress:
    def __init__(self) -> None:
        self.listener: _Listener = lambda: None
        self._pending = 0

    def came(self, characters: int) -> None:
        self._pending += characters
        while self._pending >= STEP_CHARS:
            self._pending -= STEP_CHARS
            self.listener()


_progress = _Progress()
text_came = _progress.came
"""Call it with the number of characters that were found."""


def listen(listener: _Listener) -> None:
    """Have ``listener`` called for every hundred thousand characters."""
    _progress.listener = listener

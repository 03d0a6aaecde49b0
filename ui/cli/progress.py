"""How far a long command is: a bar for a person at a terminal, lines for whoever asks for them."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Protocol

import typer

from ui.cli.output import note

PROGRESS = typer.Option(False, "--progress", help="Show progress also where no terminal is.")
_LINE_EVERY_S = 1.0


class ShowProgress(Protocol):
    """Called with what is counted, how many are done, and how many there are."""

    def __call__(self, what: str, done: int, total: int) -> None: ...


@contextmanager
def progress(unit: str, *, scale: bool = False, lines: bool = False) -> Iterator[ShowProgress]:
    """A bar a step on stderr with count, rate and time left; quiet when nobody watches it.

    With ``lines`` it is lines, wherever stderr goes.
    """
    if lines:
        yield ProgressLines()
        return
    from tqdm import tqdm

    bars: dict[str, Any] = {}

    def show(what: str, done: int, total: int) -> None:
        if total == 0:
            return
        if what not in bars:
            for other in list(bars):
                bars.pop(other).close()
            bars[what] = tqdm(
                total=total,
                initial=done,
                desc=what,
                unit=unit,
                unit_scale=scale,
                disable=None,
                leave=False,
            )
        bars[what].total = total
        bars[what].update(done - bars[what].n)

    try:
        yield show
    finally:
        for bar in bars.values():
            bar.close()


class ProgressLines:
    """``progress: files 120/1000 12% 34.5/s 26s left``, at most once a second and at the end."""

    def __init__(self) -> None:
        self._what = ""
        self._began = (0.0, 0)
        self._shown = 0.0

    def __call__(self, what: str, done: int, total: int) -> None:
        now = time.monotonic()
        if total == 0:
            return
        if what != self._what:
            self._what, self._began, self._shown = what, (now, done), 0.0
        if done < total and now - self._shown < _LINE_EVERY_S:
            return
        self._shown = now
        note(progress_line(what, done, total, *self._rate(now, done)))

    def _rate(self, now: float, done: int) -> tuple[int, float]:
        began, at_first = self._began
        return done - at_first, now - began


def progress_line(what: str, done: int, total: int, worked: int, seconds: float) -> str:
    """``worked`` of the ``done`` were done in the last ``seconds``: rate and time left of that."""
    line = f"progress: {what} {done}/{total} {100 * done // total}%"
    if not worked or seconds <= 0:
        return line
    rate = worked / seconds
    # A model takes many seconds an item.
    shown = f"{rate:.1f}" if rate >= 1 else f"{rate:.2g}"
    return f"{line} {shown}/s {(total - done) / rate:.0f}s left"

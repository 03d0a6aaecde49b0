"""Runs one question in a thread of its own, so that the page never waits on a busy model.

A generator cannot be closed while it is computing its next event, and a model may compute for
seconds before its first token. So a thread drains the engine's events into a queue, the page's
handler polls that queue, and Stop ends the handler at once; the thread closes the engine's
iterator (which stops the model) as soon as it gets hold of it again.
"""

import logging
import queue
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from index.errors import PinciteError
from rag.types import Event
from ui.words import phrase

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Failed:
    """The engine raised; ``message`` may be shown to the user."""

    message: str


@dataclass(frozen=True, slots=True)
class Ended:
    """No more events will come."""


Report = Event | Failed | Ended
UNEXPECTED = phrase(
    "Something went wrong while answering. The details are in the log of the server."
)


class Running:
    """One question being answered. ``start`` begins it; ``stop`` may be called at any time."""

    def __init__(self, start: Callable[[], Iterator[Event]]) -> None:
        self._start = start
        self._reports: queue.SimpleQueue[Report] = queue.SimpleQueue()
        self._stopped = threading.Event()
        self._thread = threading.Thread(target=self._drain, name="pincite-answer", daemon=True)
        self._thread.start()

    @property
    def stopped(self) -> bool:
        """``stop`` was called."""
        return self._stopped.is_set()

    def stop(self) -> None:
        """Ask for the end; returns at once."""
        self._stopped.set()

    def join(self, timeout_s: float) -> None:
        """Wait for the engine's iterator to be closed."""
        self._thread.join(timeout_s)

    def poll(self, timeout_s: float) -> list[Report]:
        """All reports that arrived, waiting up to ``timeout_s`` for the first."""
        try:
            reports = [self._reports.get(timeout=timeout_s)]
        except queue.Empty:
            return []
        while not self._reports.empty():
            reports.append(self._reports.get_nowait())
        return reports

    def _drain(self) -> None:
        events: Iterator[Event] | None = None
        try:
            events = self._start()
            for event in events:
                if self.stopped:
                    break
                self._reports.put(event)
        except PinciteError as error:
            self._reports.put(Failed(str(error)))
        except Exception:  # one question must not take the page down
            log.exception("answering failed")
            self._reports.put(Failed(UNEXPECTED))
        finally:
            self._close(events)
            self._reports.put(Ended())

    def _close(self, events: Iterator[Event] | None) -> None:
        close = getattr(events, "close", None)
        if close is None:
            return
        try:
            close()
        except Exception:  # the answer is over either way; say why in the log
            log.exception("closing the answer failed")

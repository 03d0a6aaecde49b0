"""One line of waiting answers for the model: first come, first served, each told its place."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager

HEARTBEAT_S = 0.25
"""A waiting answer speaks up this often, so that whoever gave it up can close it."""


class ModelQueue:
    """Lets ``places`` answers use the model at once; the others wait in the order they came."""

    def __init__(self, places: int = 1) -> None:
        self._places = places
        self._line: list[object] = []
        self._moved = threading.Condition()

    @contextmanager
    def joined(self) -> Iterator["Ticket"]:
        """A place in the line, given up at the end however that comes about."""
        ticket = Ticket(self)
        with self._moved:
            self._line.append(ticket)
        try:
            yield ticket
        finally:
            with self._moved:
                self._line.remove(ticket)
                self._moved.notify_all()

    def _position(self, ticket: object) -> int:
        return max(0, self._line.index(ticket) - self._places + 1)

    def _wait(self, ticket: object, timeout_s: float) -> int:
        with self._moved:
            before = self._position(ticket)
            if before:
                self._moved.wait_for(lambda: self._position(ticket) < before, timeout_s)
            return self._position(ticket)


class Ticket:
    """One place in the line."""

    def __init__(self, queue: ModelQueue) -> None:
        self._queue = queue

    def positions(self) -> Iterator[int]:
        """The place in the line, 1 for the next one, again and again; 0 when it is one's turn.

        Nothing at all when there is nothing to wait for.
        """
        position = self._queue._wait(self, 0)
        waited = position > 0
        while position:
            yield position
            position = self._queue._wait(self, HEARTBEAT_S)
        if waited:
            yield 0

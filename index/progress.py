"""What long work reports while it runs, and how it is asked to stop."""

from collections.abc import Callable

Progress = Callable[[str, int, int], None]
"""Called with what is being counted, how many are done, and how many there are."""

Stop = Callable[[], bool]
"""Asked between two steps; once it says True, the work ends there with what was done kept."""


class Stopped(Exception):
    """The work ended early because it was asked to."""


def silent(what: str, done: int, total: int) -> None:
    """Progress nobody watches."""


def never() -> bool:
    """Asks for no stop."""
    return False

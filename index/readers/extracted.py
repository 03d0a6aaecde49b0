"""What a reader gives: the text of a file and what it is made of; or why there is none."""

from collections.abc import Sequence
from dataclasses import dataclass

from index.blocks import Block
from index.types import FileState, Metadata, Page

MAX_TEXT_CHARS = 20_000_000
"""A whole library of books; what unpacks to more is split by its owner or was made to flood."""

_NOTHING_SAID = Metadata()


class UnreadableError(Exception):
    """There is no text to be had from the file; the message is the reason shown."""

    def __init__(self, reason: str, state: FileState = FileState.FAILED) -> None:
        super().__init__(reason)
        self.state = state


class PassingError(UnreadableError):
    """What kept the file from being read is not its own: it is tried again by the next sync."""


@dataclass(frozen=True, slots=True)
class Extracted:
    """A file's text, the blocks it is made of, and what the file says of itself.

    ``note`` is what a person should know of how the text was obtained. ``pages`` holds those with
    text, of ``page_count``. ``created`` is when the file says that it was made: less than a date
    of publication, more than none.
    """

    text: str
    blocks: Sequence[Block]
    note: str = ""
    metadata: Metadata = _NOTHING_SAID
    pages: tuple[Page, ...] = ()
    page_count: int = 0
    created: str = ""


def too_much_text() -> UnreadableError:
    return UnreadableError(
        f"it holds more than {MAX_TEXT_CHARS:,} characters of text: split it", FileState.TOO_LARGE
    )

"""Files -> text. One small module a format; a file that cannot be read says why.

A small file that is text already is read here. A large one, and everything that libraries take
apart, is read in a process of its own that may fail, or be ended, alone (``apart.py``).
"""

from dataclasses import replace
from pathlib import Path

from index.readers.extracted import Extracted, PassingError, UnreadableError
from index.readers.formats import APART, READERS, extract, kinds, readable, suffixes, verbatim

__all__ = [
    "MAX_BYTES",
    "READER_VERSION",
    "Extracted",
    "PassingError",
    "UnreadableError",
    "kinds",
    "read",
    "readable",
    "suffixes",
    "verbatim",
]

READER_VERSION = "12"
"""Raised whenever the same bytes would give other text; part of the index fingerprint."""

MAX_BYTES = 50_000_000

SMALL_BYTES = 64_000
"""Of fifty kinds of hostile text of this size none took three seconds; beyond it, the limits of
the child are needed. It is not used for all, since the way there and back takes 1.4 ms a file."""


def read(name: str, content: bytes) -> Extracted:
    """The text of a file; raises ``UnreadableError`` with the reason."""
    from index.readers.apart import extract_apart
    from index.readers.stated import stated

    suffix = Path(name).suffix.lower()
    apart = READERS.get(suffix) in APART or len(content) > SMALL_BYTES
    extracted = (extract_apart if apart else extract)(suffix, content)
    return replace(extracted, metadata=stated(name, extracted))

"""Files -> text. One small module a format; a file that cannot be read says why.

What is text already is read here; for everything else, libraries take apart what somebody else
made, and they do so in a process of their own that may fail, or be ended, alone (``apart.py``).
"""

from dataclasses import replace
from pathlib import Path

from index.readers.extracted import Extracted, UnreadableError
from index.readers.formats import APART, READERS, extract, kinds, readable, suffixes

__all__ = [
    "MAX_BYTES",
    "READER_VERSION",
    "Extracted",
    "UnreadableError",
    "kinds",
    "read",
    "readable",
    "suffixes",
]

READER_VERSION = "3"
"""Raised whenever the same bytes would give other text; part of the index fingerprint."""

MAX_BYTES = 50_000_000


def read(name: str, content: bytes) -> Extracted:
    """The text of a file; raises ``UnreadableError`` with the reason."""
    from index.readers.apart import extract_apart
    from index.readers.stated import stated

    suffix = Path(name).suffix.lower()
    extracted = (extract_apart if READERS.get(suffix) in APART else extract)(suffix, content)
    return replace(extracted, metadata=stated(name, extracted))

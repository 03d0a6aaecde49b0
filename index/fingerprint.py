"""What shapes an index apart from the documents, and the key a text's vector is kept under."""

import hashlib
import re

_PARTS = re.compile(
    r"(?P<embedder>.*) chunking (?P<chunking>\S+) reader (?P<reader>\S+)", re.DOTALL
)
_CONSEQUENCES = {
    "embedder": "everything is embedded again",
    "chunking": "everything is read and cut again",
    "reader": "everything is read again",
}


def fingerprint_of(embedder: str, *, chunking: str, reader: str) -> str:
    """One name for the three versions that make an index what it is."""
    return f"{embedder} chunking {chunking} reader {reader}"


def changes(before: str, now: str) -> list[str]:
    """What differs between two fingerprints and what follows from it, one line each."""
    old, new = _PARTS.fullmatch(before), _PARTS.fullmatch(now)
    if old is None or new is None:
        return []
    return [
        f"{part} changed from {old[part]} to {new[part]}: {consequence}"
        for part, consequence in _CONSEQUENCES.items()
        if old[part] != new[part]
    ]


def vector_key(fingerprint: str, text: str) -> bytes:
    """20 bytes from the embedder's fingerprint and the text: equal for equal vectors only."""
    return hashlib.sha256(f"{fingerprint}\0{text}".encode()).digest()[:20]

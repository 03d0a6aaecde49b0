"""The key a text's vector is kept under."""

import hashlib


def vector_key(fingerprint: str, text: str) -> bytes:
    """20 bytes from the embedder's fingerprint and the text: equal for equal vectors only."""
    return hashlib.sha256(f"{fingerprint}\0{text}".encode()).digest()[:20]

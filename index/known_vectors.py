"""Vectors that sentence-transformers gave the default embedder, which lie with the program.

An index that has no vectors yet has none to check the quick way of embedding by
(``index/one_shot.py``). They are of the very weights whose hash is theirs, in float32.
"""

import base64
import json
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

_FILE = Path(__file__).with_suffix(".json")
_STORED = np.dtype("<f4")


def known_vectors(fingerprint: str) -> list[tuple[str, NDArray[np.float32]]]:
    """A few texts and their vectors, for an embedder's fingerprint; none where it is another's."""
    known = json.loads(_FILE.read_text(encoding="utf-8"))
    if not fingerprint.startswith(f"{known['model']}:float32:"):
        return []
    return [
        (each["text"], np.frombuffer(base64.b64decode(each["vector"]), dtype=_STORED))
        for each in known["vectors"]
    ]

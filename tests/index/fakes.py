"""An embedder of ours: fast, deterministic, and near for texts that share words."""

import hashlib
from collections.abc import Sequence

import numpy as np

from index.embedding import Vectors
from index.words import content_stems


class HashEmbedder:
    """Bag of hashed stems; counts the texts it was asked to embed."""

    def __init__(self, dimension: int = 64, fingerprint: str = "hash") -> None:
        self.dimension = dimension
        self.fingerprint = fingerprint
        self.embedded: list[str] = []

    def documents(self, texts: Sequence[str]) -> Vectors:
        self.embedded += texts
        return np.array([self.query(text) for text in texts], dtype=np.float32).reshape(
            len(texts), self.dimension
        )

    def query(self, text: str) -> Vectors:
        vector = np.full(self.dimension, 1e-3, dtype=np.float32)
        for stem in content_stems(text):
            digest = hashlib.sha256(stem.encode()).digest()
            vector[digest[0] % self.dimension] += 1.0
        return np.asarray(vector / np.linalg.norm(vector), dtype=np.float32)

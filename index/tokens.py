"""The tokens an embedder reads of a text, each with a vector and the characters it stands for."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class Tokens:
    """``vectors``: shape (tokens, width), of length 1; ``spans``: shape (tokens, 2), characters.

    Without the marks a model puts around a text, and without its prompt. None of either where a
    model tells of no tokens. Of a text read in windows what two of them share is there twice.
    """

    vectors: NDArray[np.floating]
    spans: NDArray[np.integer]

    def within(self, start: int, end: int) -> NDArray[np.bool_]:
        """Shape (tokens,): which lie between two characters of the text."""
        return np.asarray((self.spans[:, 0] >= start) & (self.spans[:, 1] <= end))


def no_tokens() -> Tokens:
    """Of a text whose model tells of none."""
    return Tokens(np.zeros((0, 1), dtype=np.float32), np.zeros((0, 2), dtype=np.int64))


def joined(text: str, windows: Sequence[str], read: Sequence[Tokens]) -> Tokens:
    """The tokens of a text from those of its windows, which are slices of it in order."""
    spans = []
    begin = -1
    for window, tokens in zip(windows, read, strict=True):
        # Each begins later than the one before, and may say the same.
        begin = text.index(window, begin + 1)
        spans.append(tokens.spans + begin)
    return Tokens(np.concatenate([tokens.vectors for tokens in read]), np.concatenate(spans))


def unit(vectors: NDArray[np.floating]) -> NDArray[np.float32]:
    """Each row, or the one vector, at length 1; what is nothing stays nothing."""
    lengths = np.linalg.norm(vectors, axis=-1, keepdims=True)
    return np.asarray(vectors / np.maximum(lengths, 1e-12), dtype=np.float32)

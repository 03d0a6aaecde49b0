"""A question x the first paragraphs found -> how well each fits, and each of its sentences.

One vector for a whole text says little of the one clause that answers. Here every token of the
question looks for the nearest token of a text, and the mean of these cosines is the score: late
interaction (Khattab and Zaharia, 2020), with the tokens of the embedder as they leave its last
layer. A sentence's tokens are those it has within its paragraph, and a short paragraph's those it
has behind what stands before it (``surroundings.py``), so that "he" has met the name. It needs no
other model; reading a paragraph takes the embedder as long as embedding it once more.
"""

import threading
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from index.embedding import Embedder
from index.surroundings import Passage
from index.tokens import Tokens

_KEPT = 256
_LOWEST = -1.0

Floats = NDArray[np.floating]


@dataclass(frozen=True, slots=True)
class Read:
    """Scores from -1 to 1 of a paragraph and of each of its sentences."""

    paragraph: float
    sentences: tuple[float, ...]


class LateInteraction:
    """Reads paragraphs with one embedder and keeps the last ones read. Safe to share by threads."""

    def __init__(self, embedder: Embedder) -> None:
        self._embedder = embedder
        self._lock = threading.Lock()
        self._kept: OrderedDict[str, Tokens] = OrderedDict()

    def able(self, query: str) -> bool:
        """Whether the embedder tells of the question's tokens."""
        return len(self._embedder.query_tokens([query])[0].vectors) > 0

    def read(self, query: str, passages: Sequence[Passage]) -> tuple[Read, ...]:
        """One for each passage; none at all where the embedder tells of no tokens."""
        [asked] = self._embedder.query_tokens([query])
        tokens = self._tokens(passages) if len(asked.vectors) else []
        if not tokens or not all(len(t.vectors) for t in tokens):
            return ()
        return tuple(
            _read(asked.vectors, passage, of) for passage, of in zip(passages, tokens, strict=True)
        )

    def _tokens(self, passages: Sequence[Passage]) -> list[Tokens]:
        with self._lock:
            known = {p.text: self._kept[p.text] for p in passages if p.text in self._kept}
        new = list(dict.fromkeys(p.text for p in passages if p.text not in known))
        if new:
            read = map(_halved, self._embedder.document_tokens(new))
            known |= zip(new, read, strict=True)
        with self._lock:
            for text in (p.text for p in passages):
                self._kept[text] = known[text]
                self._kept.move_to_end(text)
            while len(self._kept) > _KEPT:
                self._kept.popitem(last=False)
        return [known[p.text] for p in passages]


def _halved(tokens: Tokens) -> Tokens:
    """In half the memory: a cosine moves by less than .001."""
    return Tokens(tokens.vectors.astype(np.float16), tokens.spans)


def _read(asked: Floats, passage: Passage, tokens: Tokens) -> Read:
    cosines = asked @ tokens.vectors.astype(np.float32).T
    begins, paragraph = len(passage.before), passage.paragraph

    def best(start: int, end: int) -> float:
        """Of the tokens between two offsets in the paragraph."""
        within = cosines[:, tokens.within(begins + start, begins + end)]
        return float(within.max(axis=1).mean()) if within.shape[1] else _LOWEST

    return Read(
        best(0, len(paragraph.text)),
        tuple(
            best(s.start - paragraph.start, s.end - paragraph.start) for s in paragraph.sentences
        ),
    )

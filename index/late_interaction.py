"""A question x the first paragraphs found -> how well each fits, and each of its sentences.

One vector for a whole text says little of the one clause that answers. Here every token of the
question looks for the nearest token of a text, and the mean of these cosines is the score: late
interaction (Khattab and Zaharia, 2020), with the tokens of the embedder as they leave its last
layer. A sentence's tokens are those it has within its paragraph, so that "he" has met the name. It
needs no other model; reading a paragraph takes the embedder as long as embedding it once more.
"""

import threading
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from index.embedding import Embedder
from index.tokens import Tokens
from index.types import Paragraph

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

    def read(self, query: str, paragraphs: Sequence[Paragraph]) -> tuple[Read, ...]:
        """One for each paragraph; none at all where the embedder tells of no tokens."""
        [asked] = self._embedder.query_tokens([query])
        tokens = self._tokens(paragraphs) if len(asked.vectors) else []
        if not tokens or not all(len(t.vectors) for t in tokens):
            return ()
        return tuple(
            _read(asked.vectors, paragraph, of)
            for paragraph, of in zip(paragraphs, tokens, strict=True)
        )

    def _tokens(self, paragraphs: Sequence[Paragraph]) -> list[Tokens]:
        with self._lock:
            known = {p.text: self._kept[p.text] for p in paragraphs if p.text in self._kept}
        new = list(dict.fromkeys(p.text for p in paragraphs if p.text not in known))
        if new:
            read = map(_halved, self._embedder.document_tokens(new))
            known |= zip(new, read, strict=True)
        with self._lock:
            for text in (p.text for p in paragraphs):
                self._kept[text] = known[text]
                self._kept.move_to_end(text)
            while len(self._kept) > _KEPT:
                self._kept.popitem(last=False)
        return [known[p.text] for p in paragraphs]


def _halved(tokens: Tokens) -> Tokens:
    """In half the memory: a cosine moves by less than .001."""
    return Tokens(tokens.vectors.astype(np.float16), tokens.spans)


def _read(asked: Floats, paragraph: Paragraph, tokens: Tokens) -> Read:
    cosines = asked @ tokens.vectors.astype(np.float32).T
    return Read(
        float(cosines.max(axis=1).mean()),
        tuple(
            _best(cosines[:, tokens.within(s.start - paragraph.start, s.end - paragraph.start)])
            for s in paragraph.sentences
        ),
    )


def _best(cosines: Floats) -> float:
    return float(cosines.max(axis=1).mean()) if cosines.shape[1] else _LOWEST

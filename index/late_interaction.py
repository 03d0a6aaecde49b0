"""A question x the first paragraphs found -> how well each fits, and each of its sentences.

One vector for a whole text says little of the one clause that answers. Here every token of the
question looks for the nearest token of a text, and the mean of these cosines is the score: late
interaction (Khattab and Zaharia, 2020), with the tokens of the embedder as they leave its last
layer. A sentence's tokens are those it has within its paragraph, and a short paragraph's those it
has behind what stands before it (``surroundings.py``), so that "he" has met the name. A token
counts by how much its word tells (``rarity.py``), and a little less where not the text has it but
the name of its document: paragraphs seldom repeat what all of them are about. It needs no other
model; reading a paragraph takes the embedder as long as embedding it once more. As only the best
are read, a larger one can do it that would be too slow for a whole folder.
"""

import threading
from collections import OrderedDict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from index.rarity import Weights, of_tokens
from index.surroundings import Passage
from index.tokens import Tokens

_KEPT = 512
_LOWEST = -1.0
_ABOUT = 0.85
_BEFORE = 0.6
_AROUND = 0.7
"""What counts of a token that is not in the text itself: in what it is about, in what stands before
it, and in the other sentences of its paragraph."""

Floats = NDArray[np.floating]


@dataclass(frozen=True, slots=True)
class Read:
    """Scores from -1 to 1 of a paragraph and of each of its sentences."""

    paragraph: float
    sentences: tuple[float, ...]

    def lifted(self, by: float) -> "Read":
        """The same that much higher, up to 1; of what no token stands for the lowest still."""

        def score(value: float) -> float:
            return value if value == _LOWEST else min(value + by, 1.0)

        return Read(score(self.paragraph), tuple(map(score, self.sentences)))


class TokenReader(Protocol):
    """Tells of tokens, as an ``Embedder`` does."""

    def document_tokens(self, texts: Sequence[str]) -> Sequence[Tokens]: ...

    def query_tokens(self, texts: Sequence[str]) -> Sequence[Tokens]: ...


class LateInteraction:
    """Reads paragraphs with one embedder and keeps the last ones read. Safe to share by threads.

    ``lift`` is added to each score: by so much the cosines of this embedder are below those of the
    one that what depends on them was fitted with.
    """

    def __init__(self, embedder: TokenReader, lift: float = 0.0) -> None:
        self._embedder = embedder
        self._lift = lift
        self._able = False
        self._lock = threading.Lock()
        self._kept: OrderedDict[str, Tokens] = OrderedDict()

    def able(self, query: str) -> bool:
        """Whether the embedder tells of a question's tokens; what can once, can for all."""
        self._able = self._able or len(self._embedder.query_tokens([query])[0].vectors) > 0
        return self._able

    def read(
        self, query: str, passages: Sequence[Passage], weights: Weights = MappingProxyType({})
    ) -> tuple[Read, ...]:
        """One for each passage; none at all where the embedder tells of no tokens.

        ``weights`` tells how much the words of the question count; without, all tokens do alike.
        """
        [asked] = self._embedder.query_tokens([query])
        if not passages or not len(asked.vectors):
            return ()
        tokens = self._tokens([text for p in passages for text in (p.text, p.about) if text])
        if not all(len(tokens[p.text].vectors) for p in passages):
            return ()
        shares = of_tokens(weights, query, asked.spans)
        question = _Question(asked.vectors, (shares / shares.sum()).astype(np.float32))
        return tuple(_read(question, p, tokens).lifted(self._lift) for p in passages)

    def _tokens(self, texts: Sequence[str]) -> dict[str, Tokens]:
        with self._lock:
            known = {text: self._kept[text] for text in texts if text in self._kept}
        new = list(dict.fromkeys(text for text in texts if text not in known))
        if new:
            read = map(_halved, self._embedder.document_tokens(new))
            known |= zip(new, read, strict=True)
        with self._lock:
            for text in texts:
                self._kept[text] = known[text]
                self._kept.move_to_end(text)
            while len(self._kept) > _KEPT:
                self._kept.popitem(last=False)
        return known


def _halved(tokens: Tokens) -> Tokens:
    """In half the memory: a cosine moves by less than .001."""
    return Tokens(tokens.vectors.astype(np.float16), tokens.spans)


def _read(question: "_Question", passage: Passage, tokens: Mapping[str, Tokens]) -> Read:
    read = tokens[passage.text]
    cosines = question.vectors @ read.vectors.astype(np.float32).T
    begins, paragraph = len(passage.before), passage.paragraph

    def nearest(start: int, end: int) -> Floats:
        """Of each token of the question the nearest between two offsets in the paragraph."""
        return _nearest(cosines[:, read.within(begins + start, begins + end)])

    beside = _BEFORE * nearest(-begins, 0)
    if passage.about:
        vectors = tokens[passage.about].vectors.astype(np.float32)
        beside = np.maximum(beside, _ABOUT * _nearest(question.vectors @ vectors.T))
    own = nearest(0, len(paragraph.text))
    around = np.maximum(beside, _AROUND * own)
    sentences = (
        nearest(s.start - paragraph.start, s.end - paragraph.start) for s in paragraph.sentences
    )
    return Read(
        question.score(own, beside), tuple(question.score(said, around) for said in sentences)
    )


@dataclass(frozen=True, slots=True)
class _Question:
    """``vectors``: shape (tokens, width); ``shares``: shape (tokens,), together 1."""

    vectors: Floats
    shares: Floats

    def score(self, own: Floats, beside: Floats) -> float:
        """Of words that no token stands for the lowest, whatever stands beside them."""
        read = bool((own > _LOWEST).any())
        return float(np.maximum(own, beside) @ self.shares) if read else _LOWEST


def _nearest(cosines: Floats) -> Floats:
    """Of each row the highest; the lowest there is where it has none."""
    return np.asarray(cosines.max(axis=1, initial=_LOWEST))

"""The embedder of commands that ask once, and of small syncs: without torch where that is right.

Importing torch and sentence-transformers takes seconds, a question's vector milliseconds, and so do
those of the few sentences of a small folder, or that were edited since the last sync. So they are
embedded by ``index/bert.py`` from the same weights. Whether that comes to the same is checked every
time, against vectors that sentence-transformers put into this very index, or gave the default
embedder when there is none yet. Where it does not, or cannot be done at all, sentence-transformers
is loaded as always; so it is for many texts, which are sooner done in batches. What only reads has
no such vectors to be checked by, and needs none: no score of it is kept.
"""

import logging
from collections.abc import Callable, Sequence
from functools import cached_property

import numpy as np

from index import precision
from index.bert import Bert, UnknownModelError
from index.embedding import SentenceTransformerEmbedder, Vectors
from index.tokens import Tokens

Sample = Sequence[tuple[str, Vectors]]
"""Short texts of the index, and the vectors it has of them."""

LEAST_COSINE = 0.9999

FEW_CHARACTERS = 20_000
"""Of texts to embed: two seconds of one core, where importing the libraries takes five."""

log = logging.getLogger(__name__)


class OneShotReader:
    """Tells of tokens, and loads the model it ``stands_for`` only when it has to."""

    def __init__(self, stands_for: SentenceTransformerEmbedder) -> None:
        self.stands_for = stands_for

    def document_tokens(self, texts: Sequence[str]) -> Sequence[Tokens]:
        if self._quick is None:
            return self.stands_for.document_tokens(texts)
        return [self._quick.document_tokens(text) for text in texts]

    def query_tokens(self, texts: Sequence[str]) -> Sequence[Tokens]:
        if self._quick is None:
            return self.stands_for.query_tokens(texts)
        return [self._quick.query_tokens(text) for text in texts]

    @cached_property
    def _quick(self) -> Bert | None:
        return self._in_numpy()

    def _in_numpy(self) -> Bert | None:
        """The model in numpy; None for one that cannot be computed so."""
        try:
            return Bert(self.stands_for.folder)
        except UnknownModelError as error:
            log.info("sentence-transformers is needed: %s", error)
            return None


class OneShotEmbedder(OneShotReader):
    """Embeds too, where numpy gives the vectors of the index.

    ``sample`` gives texts of the index with the vectors that the model it ``stands_for`` gave them;
    it is called once, when the first text comes.
    """

    def __init__(
        self, stands_for: SentenceTransformerEmbedder, sample: Callable[[], Sample]
    ) -> None:
        super().__init__(stands_for)
        self._sample = sample
        self._left = FEW_CHARACTERS
        self.fingerprint = stands_for.fingerprint

    @property
    def dimension(self) -> int:
        return self.stands_for.dimension

    def documents(self, texts: Sequence[str]) -> Vectors:
        self._left -= sum(map(len, texts))
        if self._left < 0 or not texts or self.stands_for.is_loaded or self._quick is None:
            return self.stands_for.documents(texts)
        return np.stack([self._quick.document(text) for text in texts])

    def query(self, text: str) -> Vectors:
        return self.stands_for.query(text) if self._quick is None else self._quick.query(text)

    def _in_numpy(self) -> Bert | None:
        """As closely as the precision of the index allows."""
        exact = self.stands_for.precision == "float32"
        least = LEAST_COSINE if exact else precision.LEAST_COSINE
        model = super()._in_numpy()
        if model is None:
            return None
        try:
            cosines = [float(model.document(text) @ vector) for text, vector in self._sample()]
        except (ValueError, KeyError) as error:
            log.info("sentence-transformers is needed: %s", error)
            return None
        return model if cosines and min(cosines) >= least else None

"""The embedder of commands that ask once and end: questions without torch where that is right.

Importing torch and sentence-transformers takes seconds, a question's vector milliseconds. So the
question is embedded by ``index/bert.py`` from the same weights. Whether that comes to the same is
checked at every start, against vectors that sentence-transformers put into this very index. Where
it does not, or cannot be done at all, sentence-transformers is loaded as always.
"""

import logging
from collections.abc import Sequence
from pathlib import Path

from index import precision
from index.bert import Bert, UnknownModelError
from index.embedding import Embedder, SentenceTransformerEmbedder, Vectors
from index.tokens import Tokens

Sample = Sequence[tuple[str, Vectors]]
"""Short texts of the index, and the vectors it has of them."""

LEAST_COSINE = 0.9999

log = logging.getLogger(__name__)


class OneShotEmbedder:
    """Stands for ``full``, the model in ``folder``; loads it only when it has to."""

    def __init__(
        self, full: Embedder, folder: Path, sample: Sample, least_cosine: float = LEAST_COSINE
    ) -> None:
        self._full = full
        self._quick = _quick(folder, sample, least_cosine)
        self.fingerprint = full.fingerprint

    @property
    def is_quick(self) -> bool:
        """Questions need no torch."""
        return self._quick is not None

    @property
    def dimension(self) -> int:
        return self._full.dimension

    def documents(self, texts: Sequence[str]) -> Vectors:
        return self._full.documents(texts)

    def query(self, text: str) -> Vectors:
        return self._full.query(text) if self._quick is None else self._quick.query(text)

    def document_tokens(self, texts: Sequence[str]) -> Sequence[Tokens]:
        if self._quick is None:
            return self._full.document_tokens(texts)
        return [self._quick.document_tokens(text) for text in texts]

    def query_tokens(self, texts: Sequence[str]) -> Sequence[Tokens]:
        if self._quick is None:
            return self._full.query_tokens(texts)
        return [self._quick.query_tokens(text) for text in texts]


def one_shot_embedder(full: SentenceTransformerEmbedder, sample: Sample) -> OneShotEmbedder:
    """``OneShotEmbedder`` for ``full``, as strict as the precision of the index allows."""
    least = LEAST_COSINE if full.precision == "float32" else precision.LEAST_COSINE
    return OneShotEmbedder(full, full.folder, sample, least)


def _quick(folder: Path, sample: Sample, least_cosine: float) -> Bert | None:
    """The model in numpy, if it gives the vectors of ``sample``."""
    try:
        model = Bert(folder)
        cosines = [float(model.document(text) @ vector) for text, vector in sample]
    except (UnknownModelError, ValueError, KeyError) as error:
        log.info("questions need sentence-transformers: %s", error)
        return None
    return model if cosines and min(cosines) >= least_cosine else None

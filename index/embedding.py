"""Texts -> unit vectors."""

import threading
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from index.batches import BATCH_TOKENS, batches
from index.errors import ModelLoadError
from index.loading import ONE_LOADS, libraries
from index.memory import keep_freed_memory
from index.model_tokens import Task, count_tokens, most_tokens, read_question, read_tokens
from index.precision import Embed, Precision, choose, native_bfloat16
from index.tokens import Tokens, joined, no_tokens, unit
from index.windows import WINDOWS_VERSION, windows

Vectors = NDArray[np.float32]

_ASKED = 16
"""Questions kept, so that one is computed once for its vector and its tokens."""

_MEND = "fetch its files again, or correct the setting"


class Embedder(Protocol):
    """Turns texts into vectors of length 1, so that a dot product is a cosine."""

    @property
    def fingerprint(self) -> str:
        """Names everything that could change a vector; vectors of two fingerprints never mix."""

    @property
    def dimension(self) -> int:
        """Components of a vector."""

    def documents(self, texts: Sequence[str]) -> Vectors:
        """Shape (len(texts), dimension), float32."""

    def query(self, text: str) -> Vectors:
        """Shape (dimension,), float32."""

    def document_tokens(self, texts: Sequence[str]) -> Sequence[Tokens]:
        """The tokens of each text, read after the prompt for documents; none of any if unable."""

    def query_tokens(self, texts: Sequence[str]) -> Sequence[Tokens]:
        """The tokens of each question, read after the prompt for questions."""


def embedder_fingerprint(folder: Path, weights_id: str, precision: Precision) -> str:
    """``Embedder.fingerprint`` of a sentence-transformers folder, without loading anything."""
    return f"{folder.name}:{weights_id}:{precision}:windows {WINDOWS_VERSION}"


class SentenceTransformerEmbedder:
    """A sentence-transformers model in a local folder, loaded at first use, with its prompts.

    ``weights_id`` tells this model's files from any other's. A text longer than the model reads is
    embedded window by window; its vector is the mean of theirs, at length 1. Raises
    ``ModelLoadError`` when the folder does not hold a model that works.
    """

    def __init__(
        self, folder: Path, weights_id: str, *, threads: int, precision: Precision = "float32"
    ) -> None:
        self.folder = folder
        self._threads = threads
        self.precision = precision
        self._loading = threading.Lock()
        # The tokenizer is set anew by each call, and one call keeps every core busy.
        self._one_at_a_time = threading.Lock()
        self._model: Any = None
        self._asked = lru_cache(maxsize=_ASKED)(self._ask)
        self.fingerprint = embedder_fingerprint(folder, weights_id, precision)

    @property
    def is_loaded(self) -> bool:
        """Whether the libraries and the weights are there."""
        return self._model is not None

    @property
    def dimension(self) -> int:
        return int(self._loaded().get_embedding_dimension())

    def documents(self, texts: Sequence[str]) -> Vectors:
        # The windows of all texts in one row, so that they fill batches together.
        parts: list[str] = []
        lengths: list[int] = []
        owners: list[int] = []
        for owner, (text, tokens) in enumerate(zip(texts, self._tokens(texts), strict=True)):
            cut = [text] if tokens <= self._limit() else self._windows(text)
            parts += cut
            lengths += [tokens] if len(cut) == 1 else self._tokens(cut)
            owners += [owner] * len(cut)
        vectors = np.zeros((len(texts), self.dimension), dtype=np.float32)
        for places in batches(lengths, BATCH_TOKENS[self.precision]):
            with self._one_at_a_time:
                encoded = self._loaded().encode_document(
                    [parts[i] for i in places], **_options(len(places))
                )
            np.add.at(vectors, [owners[i] for i in places], self._unit(encoded))
        return self._unit(vectors)

    def query(self, text: str) -> Vectors:
        return self._asked(text)[0]

    def document_tokens(self, texts: Sequence[str]) -> list[Tokens]:
        cut = [self._windows(text) for text in texts]
        read = iter(self._read([part for of in cut for part in of], "document"))
        return [
            joined(text, parts, [next(read) for _ in parts])
            for text, parts in zip(texts, cut, strict=True)
        ]

    def query_tokens(self, texts: Sequence[str]) -> list[Tokens]:
        if len(texts) == 1:
            return [self._asked(texts[0])[1]]
        return self._read(texts, "query")

    def _read(self, texts: Sequence[str], task: Task) -> list[Tokens]:
        found = [no_tokens()] * len(texts)
        for places in batches(self._tokens(texts), BATCH_TOKENS[self.precision]):
            with self._one_at_a_time:
                read = read_tokens(self._loaded(), [texts[i] for i in places], task)
            for place, tokens in zip(places, read, strict=True):
                found[place] = tokens
        return found

    def _ask(self, text: str) -> tuple[Vectors, Tokens]:
        with self._one_at_a_time:
            vector, tokens = read_question(self._loaded(), text)
        return self._unit(vector), tokens

    def _windows(self, text: str) -> list[str]:
        return list(windows(text, self._tokens, self._limit()))

    def _tokens(self, texts: Sequence[str]) -> list[int]:
        with self._one_at_a_time:
            return count_tokens(self._loaded(), texts)

    def _limit(self) -> float:
        return most_tokens(self._loaded())

    def _unit(self, vectors: object) -> Vectors:
        array = np.asarray(vectors, dtype=np.float32)
        if not np.isfinite(array).all():
            raise ModelLoadError(
                f"the embedder in {self.folder} gives vectors that are no numbers: {_MEND}"
            )
        return unit(array)

    def _loaded(self) -> Any:
        with self._loading:
            if self._model is None:
                self._model = _load(self.folder, self._threads, self.precision)
            return self._model


def choose_precision(folder: Path, threads: int) -> Precision:
    """The precision to make a new index in, on this machine."""

    def embed(precision: Precision) -> Embed:
        return SentenceTransformerEmbedder(
            folder, "", threads=threads, precision=precision
        ).documents

    return choose(native_bfloat16, embed)


def _options(batch: int) -> dict[str, object]:
    return {"batch_size": batch, "show_progress_bar": False, "convert_to_numpy": True}


def _load(folder: Path, threads: int, precision: Precision) -> Any:
    torch, library = libraries(threads)
    keep_freed_memory()
    try:
        with ONE_LOADS:
            return library.SentenceTransformer(
                str(folder),
                device="cpu",
                local_files_only=True,
                trust_remote_code=False,
                model_kwargs={"dtype": getattr(torch, precision)},
            )
    except Exception as error:  # whatever a foreign folder makes the libraries raise
        raise ModelLoadError(
            f"the embedder in {folder} cannot be loaded ({error}): {_MEND}"
        ) from error

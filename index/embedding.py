"""Texts -> unit vectors."""

import warnings
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

Vectors = NDArray[np.float32]


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


class SentenceTransformerEmbedder:
    """A sentence-transformers model in a local folder, in float32, loaded at first use.

    ``weights_id`` tells this model's weights from any other's (their hash, where it is known).
    """

    def __init__(self, folder: Path, weights_id: str, *, threads: int, batch: int = 32) -> None:
        self._folder = folder
        self._threads = threads
        self._batch = batch
        self._model: Any = None
        self.fingerprint = f"{folder.name}:{weights_id}:float32"

    @property
    def dimension(self) -> int:
        return int(self._loaded().get_embedding_dimension())

    def documents(self, texts: Sequence[str]) -> Vectors:
        if not texts:
            return np.zeros((0, self.dimension), dtype=np.float32)
        return self._unit(self._loaded().encode_document(list(texts), **self._options()))

    def query(self, text: str) -> Vectors:
        vectors = self._unit(self._loaded().encode_query([text], **self._options()))
        return np.asarray(vectors[0], dtype=np.float32)

    def _options(self) -> dict[str, object]:
        return {"batch_size": self._batch, "show_progress_bar": False, "convert_to_numpy": True}

    def _unit(self, vectors: object) -> Vectors:
        array = np.asarray(vectors, dtype=np.float32)
        lengths = np.linalg.norm(array, axis=1, keepdims=True)
        return np.asarray(array / np.maximum(lengths, 1e-12), dtype=np.float32)

    def _loaded(self) -> Any:
        if self._model is None:
            # Seconds and hundreds of megabytes: only those who embed pay for the import.
            with warnings.catch_warnings():
                # Their dependencies deprecate their own modules at import.
                warnings.simplefilter("ignore", DeprecationWarning)
                import torch
                from sentence_transformers import SentenceTransformer
                from transformers.utils import logging

            logging.disable_progress_bar()
            torch.set_num_threads(self._threads)
            self._model = SentenceTransformer(
                str(self._folder), device="cpu", local_files_only=True, trust_remote_code=False
            )
        return self._model

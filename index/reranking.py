"""A question and texts -> how well each text fits, by a model that reads both together."""

import json
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from index.errors import ModelLoadError
from index.loading import ONE_LOADS, libraries
from index.types import Paragraph

_MEND = "fetch its files again, or correct the setting"
# Others have no weights to score with: the library would add some at random, and say nothing.
_SCORING = ("ForSequenceClassification", "ForCausalLM")


class Reranker(Protocol):
    """Says how well texts fit a question. Safe to share between threads."""

    @property
    def name(self) -> str:
        """As the settings name it."""

    def scores(self, query: str, texts: Sequence[str]) -> NDArray[np.floating]:
        """Shape (len(texts),); higher fits better, on a scale of the model's own."""


class CrossEncoderReranker:
    """A sentence-transformers cross-encoder in a local folder, loaded at first use.

    What is longer than the model reads, it reads the beginning of. Raises ``ModelLoadError`` when
    the folder does not hold a reranker that works.
    """

    def __init__(self, name: str, folder: Path, *, threads: int) -> None:
        if not _is_reranker(folder):
            raise ModelLoadError(
                f"the reranker {name!r} in {folder} is no sentence-transformers cross-encoder:"
                f" {_MEND}"
            )
        self.name = name
        self.folder = folder
        self._threads = threads
        self._one_at_a_time = threading.Lock()
        self._model: Any = None

    def scores(self, query: str, texts: Sequence[str]) -> NDArray[np.floating]:
        # The tokenizer is set anew by each call, and one call keeps every core busy.
        with self._one_at_a_time:
            if self._model is None:
                self._model = self._load()
            found = self._predict([(query, text) for text in texts])
        if found.shape != (len(texts),):
            raise ModelLoadError(
                f"the model {self.name!r} in {self.folder} gives several scores for a text, so it"
                " is no reranker: correct the setting"
            )
        if not np.isfinite(found).all():
            raise ModelLoadError(
                f"the reranker {self.name!r} in {self.folder} gives scores that are no numbers:"
                f" {_MEND}"
            )
        return found

    def _predict(self, pairs: list[tuple[str, str]]) -> NDArray[np.floating]:
        return np.asarray(self._model.predict(pairs, show_progress_bar=False), dtype=float)

    def _load(self) -> Any:
        torch, library = libraries(self._threads)
        try:
            with ONE_LOADS:
                return library.CrossEncoder(
                    str(self.folder),
                    device="cpu",
                    local_files_only=True,
                    trust_remote_code=False,
                    model_kwargs={"dtype": torch.float32},
                    # Squeezed into 0 to 1, many scores would be the same to six digits.
                    activation_fn=torch.nn.Identity(),
                )
        except Exception as error:  # whatever a foreign folder makes the libraries raise
            raise ModelLoadError(
                f"the reranker {self.name!r} in {self.folder} cannot be loaded ({error}): {_MEND}"
            ) from error


def passage(paragraph: Paragraph) -> str:
    """What a reranker reads of a paragraph: as in the full-text search, its headings count."""
    headings = " / ".join(paragraph.heading_path)
    return f"{headings}\n{paragraph.text}" if headings else paragraph.text


def _is_reranker(folder: Path) -> bool:
    if (folder / "modules.json").is_file():
        said = _json(folder / "config_sentence_transformers.json")
        return said.get("model_type") == "CrossEncoder"
    architectures = _json(folder / "config.json").get("architectures")
    return any(str(name).endswith(_SCORING) for name in architectures or ())


def _json(file: Path) -> dict[str, Any]:
    try:
        found = json.loads(file.read_bytes())
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}

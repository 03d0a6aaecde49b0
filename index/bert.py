"""A plain BERT or MPNet embedder in numpy: the layers of Devlin et al. (2019), one text at a time.

For a question of a dozen words this takes milliseconds and starts in a fifth of a second, where
importing torch takes seconds. It reads the folder's own files and knows only what the models
commonly used have (absolute positions, exact GELU, mean or first-token pooling, and of an MPNet how
far tokens are apart); ``index/one_shot.py`` checks its vectors before they are used.
"""

import json
import math
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from safetensors.numpy import load_file
from threadpoolctl import ThreadpoolController
from tokenizers import Tokenizer

from index.model_tokens import Task, cleaned, prompt_of
from index.relative_places import attention_bias
from index.tokens import Tokens, joined, unit
from index.windows import windows

Matrix = NDArray[np.float32]

_NOTHING = np.zeros((1, 1), dtype=np.float32)
_MPNET_NAMES = {
    "attention.attn.q": "attention.self.query",
    "attention.attn.k": "attention.self.key",
    "attention.attn.v": "attention.self.value",
    "attention.attn.o": "attention.output.dense",
    "attention.LayerNorm": "attention.output.LayerNorm",
}


class UnknownModelError(Exception):
    """The folder holds another kind of model than is computed here."""


class Bert:
    """The model of one folder. Raises ``UnknownModelError`` for those it cannot compute."""

    def __init__(self, folder: Path) -> None:
        try:
            self._read(folder)
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise UnknownModelError(f"{folder}: {error}") from error

    def query(self, text: str) -> Matrix:
        """The unit vector of a question, after the model's prompt for questions."""
        return self._vector(self._prompt("query") + text)

    def document(self, text: str) -> Matrix:
        """The unit vector of a text, after the model's prompt for documents.

        Of one that is longer than the model reads, the mean of its windows', at length 1.
        """
        prompt = self._prompt("document")
        parts = [self._vector(prompt + part) for part in self._windows(prompt, text)]
        return parts[0] if len(parts) == 1 else unit(np.sum(parts, axis=0))

    def query_tokens(self, text: str) -> Tokens:
        """The tokens of a question, read after the model's prompt for questions."""
        return self._tokens(self._prompt("query"), text)

    def document_tokens(self, text: str) -> Tokens:
        """The tokens of a text, read after the model's prompt for documents, window by window."""
        prompt = self._prompt("document")
        cut = self._windows(prompt, text)
        return joined(text, cut, [self._tokens(prompt, part) for part in cut])

    def _windows(self, prompt: str, text: str) -> Sequence[str]:
        def count(texts: Sequence[str]) -> list[int]:
            read = self._tokenizer.encode_batch([prompt + text for text in texts])
            return [len(of.ids) + sum(len(rest.ids) for rest in of.overflowing) for of in read]

        return windows(text, count, self._longest)

    def _read(self, folder: Path) -> None:
        config = _json(folder / "config.json")
        mpnet = config["model_type"] == "mpnet"
        if not (mpnet or config["model_type"] == "bert") or config["hidden_act"] != "gelu":
            raise UnknownModelError(f"{folder} holds no plain BERT or MPNet")
        # An MPNet counts its places from behind the one that stands for padding.
        self._first_place = int(config["pad_token_id"]) + 1 if mpnet else 0
        self._heads = int(config["num_attention_heads"])
        self._layers = int(config["num_hidden_layers"])
        self._epsilon = float(config["layer_norm_eps"])
        self._first_token = _pools_first_token(folder)
        said = _json(folder / "config_sentence_transformers.json")
        self._prompts: dict[str, str] = said.get("prompts", {})
        self._default_prompt = said.get("default_prompt_name")
        weights = load_file(folder / "model.safetensors")
        self._weights = {
            _named_alike(name): np.asarray(values, dtype=np.float32)
            for name, values in weights.items()
        }
        # These matrices are too small to share: two threads took five times as long as one.
        self._threads = ThreadpoolController()
        self._tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self._tokenizer.no_padding()
        # A question is asked for its vector and for its tokens.
        self._through = lru_cache(maxsize=1)(self._read_through)
        self._longest = _longest(folder, config)
        self._tokenizer.enable_truncation(self._longest)

    def _prompt(self, task: Task) -> str:
        return prompt_of(self._prompts, self._default_prompt, task)

    def _tokens(self, prompt: str, text: str) -> Tokens:
        spans, states = self._through(prompt + text)
        return cleaned(states, spans, len(prompt))

    def _vector(self, text: str) -> Matrix:
        _, states = self._through(text)
        return unit(states[0] if self._first_token else states.mean(axis=0))

    def _read_through(self, text: str) -> tuple[NDArray[np.integer], Matrix]:
        """Of each token the characters it stands for, and its state."""
        read = self._tokenizer.encode(text)
        with self._threads.limit(limits=1):
            return np.array(read.offsets), self._states(read.ids)

    def _states(self, ids: Sequence[int]) -> Matrix:
        """Shape (tokens, width): the last layer's."""
        words = self._weights["embeddings.word_embeddings.weight"][list(ids)]
        first, last = self._first_place, self._first_place + len(ids)
        places = self._weights["embeddings.position_embeddings.weight"][first:last]
        segments = self._weights.get("embeddings.token_type_embeddings.weight", _NOTHING)
        states = self._normed("embeddings.LayerNorm", words + places + segments[0])
        apart = self._weights.get("encoder.relative_attention_bias.weight")
        bias = _NOTHING if apart is None else attention_bias(apart, len(ids))
        for number in range(self._layers):
            layer = f"encoder.layer.{number}"
            attended = self._linear(
                f"{layer}.attention.output.dense",
                self._attended(f"{layer}.attention.self", states, bias),
            )
            states = self._normed(f"{layer}.attention.output.LayerNorm", states + attended)
            inner = _gelu(self._linear(f"{layer}.intermediate.dense", states))
            outer = self._linear(f"{layer}.output.dense", inner)
            states = self._normed(f"{layer}.output.LayerNorm", states + outer)
        return states

    def _attended(self, name: str, states: Matrix, bias: Matrix) -> Matrix:
        query, key, value = (
            self._linear(f"{name}.{part}", states)
            .reshape(len(states), self._heads, -1)
            .transpose(1, 0, 2)
            for part in ("query", "key", "value")
        )
        scores = query @ key.transpose(0, 2, 1) / math.sqrt(query.shape[-1]) + bias
        shares = np.exp(scores - scores.max(axis=-1, keepdims=True))
        shares /= shares.sum(axis=-1, keepdims=True)
        return np.asarray((shares @ value).transpose(1, 0, 2).reshape(states.shape))

    def _linear(self, name: str, states: Matrix) -> Matrix:
        return states @ self._weights[f"{name}.weight"].T + self._weights[f"{name}.bias"]

    def _normed(self, name: str, states: Matrix) -> Matrix:
        centred = states - states.mean(axis=-1, keepdims=True)
        spread = np.sqrt(np.square(centred).mean(axis=-1, keepdims=True) + self._epsilon)
        return np.asarray(
            centred / spread * self._weights[f"{name}.weight"] + self._weights[f"{name}.bias"]
        )


def _named_alike(weights: str) -> str:
    """The name that the weights have in a BERT."""
    name = weights.removeprefix("bert.")
    layer, dot, last = name.rpartition(".")
    for theirs, ours in _MPNET_NAMES.items():
        if layer.endswith(theirs):
            return f"{layer.removesuffix(theirs)}{ours}{dot}{last}"
    return name


def _gelu(values: Matrix) -> Matrix:
    """x * P(X <= x) of the normal distribution.

    The error function by Abramowitz and Stegun 7.1.26, right to 1.5e-7.
    """
    scaled = np.abs(values) / np.float32(math.sqrt(2))
    t = 1 / (1 + np.float32(0.3275911) * scaled)
    series = np.zeros_like(t)
    for factor in (1.061405429, -1.453152027, 1.421413741, -0.284496736, 0.254829592):
        series = (series + np.float32(factor)) * t
    error = np.copysign(1 - series * np.exp(-scaled * scaled), values)
    return np.asarray(values * (1 + error) / 2, dtype=np.float32)


def _longest(folder: Path, config: dict[str, Any]) -> int:
    """Tokens the model reads; folders say it in one of two places."""
    limit = _json(folder / "sentence_bert_config.json").get("max_seq_length")
    limit = limit or _json(folder / "tokenizer_config.json")["model_max_length"]
    return int(min(limit, config["max_position_embeddings"]))


def _pools_first_token(folder: Path) -> bool:
    """Whether the text's vector is its first token's; else it is the mean of all tokens'."""
    modules = [module["type"].rpartition(".")[2] for module in _json(folder / "modules.json")]
    if modules not in (["Transformer", "Pooling"], ["Transformer", "Pooling", "Normalize"]):
        raise UnknownModelError(f"{folder} has layers of its own: {', '.join(modules)}")
    pooling = _json(folder / "1_Pooling" / "config.json")
    modes = {key for key, value in pooling.items() if key.startswith("pooling_mode_") and value}
    mode = pooling.get("pooling_mode") or "+".join(sorted(modes)).removeprefix("pooling_mode_")
    if mode not in ("cls", "mean", "cls_token", "mean_tokens") or not pooling.get(
        "include_prompt", True
    ):
        raise UnknownModelError(f"{folder} pools its tokens in another way: {mode}")
    return mode in ("cls", "cls_token")


def _json(file: Path) -> Any:
    return json.loads(file.read_text(encoding="utf-8"))

"""What a loaded sentence-transformers model reads of texts: prompts, how many tokens, and which."""

import math
from collections.abc import Mapping, Sequence
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from index.tokens import Tokens, no_tokens, unit

Task = Literal["query", "document"]

_PROMPTS: dict[Task, tuple[str, ...]] = {
    "query": ("query",),
    "document": ("document", "passage", "corpus"),
}


def count_tokens(model: Any, texts: Sequence[str]) -> list[int]:
    """How many tokens the model would read of each document, were there no limit."""
    prompted = [_prompt(model, "document") + text for text in texts]
    if not prompted:
        return []
    if hasattr(model.tokenizer, "encode_batch"):  # of models that are no transformers
        return [len(encoding.ids) for encoding in model.tokenizer.encode_batch(prompted)]
    return [len(ids) for ids in model.tokenizer(prompted, verbose=False)["input_ids"]]


def most_tokens(model: Any) -> float:
    """Tokens the model reads of a text; infinite where it reads all of it."""
    limit = model.max_seq_length
    return math.inf if limit is None else float(limit)


def read_tokens(model: Any, texts: Sequence[str], task: Task) -> list[Tokens]:
    """The tokens of each text of a batch, up to the model's limit; none where it tells of none."""
    if not texts or not _tells_of_tokens(model):
        return [no_tokens() for _ in texts]
    encode = model.encode_query if task == "query" else model.encode_document
    states = encode(list(texts), output_value="token_embeddings", **_options(len(texts)))
    return [_tokens(model, of, text, task) for of, text in zip(states, texts, strict=True)]


def read_question(model: Any, text: str) -> tuple[NDArray[np.float32], Tokens]:
    """A question's vector as the model gives it, and its tokens, from one reading."""
    if not _tells_of_tokens(model):
        [vector] = model.encode_query([text], **_options(1))
        return vector.float().numpy(), no_tokens()
    [read] = model.encode_query([text], output_value=None, **_options(1))
    tokens = _tokens(model, read["token_embeddings"], text, "query")
    return read["sentence_embedding"].float().numpy(), tokens


def _tells_of_tokens(model: Any) -> bool:
    return bool(getattr(model.tokenizer, "is_fast", False))


def _options(batch: int) -> dict[str, object]:
    return {"batch_size": batch, "show_progress_bar": False, "convert_to_numpy": False}


def _tokens(model: Any, states: Any, text: str, task: Task) -> Tokens:
    prompt = _prompt(model, task)
    spans = model.tokenizer(
        prompt + text,
        truncation=True,
        max_length=model.max_seq_length,
        return_offsets_mapping=True,
    )["offset_mapping"]
    return cleaned(states.float().numpy(), np.array(spans), len(prompt))


def cleaned(states: NDArray[np.floating], spans: NDArray[np.integer], prompt: int) -> Tokens:
    """Without marks, which stand for no characters, and a prompt of so many characters.

    None at all when states and spans do not fit: the model reads other tokens than it tells of.
    """
    if len(states) != len(spans) or not np.isfinite(states).all():
        return no_tokens()
    of_text = (spans[:, 1] > spans[:, 0]) & (spans[:, 0] >= prompt)
    return Tokens(unit(states[of_text]), spans[of_text] - prompt)


def prompt_of(prompts: Mapping[str, str], default: str | None, task: Task) -> str:
    """What a model with these prompts puts before every text of a kind."""
    names = (*_PROMPTS[task], default or "")
    return next((str(prompts[name]) for name in names if name in prompts), "")


def _prompt(model: Any, task: Task) -> str:
    return prompt_of(model.prompts, model.default_prompt_name, task)

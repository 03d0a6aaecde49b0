"""sentence-transformers folders of random weights: another size, other limits, with prompts."""

import json
import warnings
from pathlib import Path
from typing import Any

DIMENSION = 32
LONGEST = 24
QUERY_PROMPT = "question : "
DOCUMENT_PROMPT = "passage : "

_WORDS = (
    "[PAD] [UNK] [CLS] [SEP] [MASK] . , : ? the is a it of in and when where who what passage "
    "question ships carry timber sail may ice gone fish salted sold june grain stored milled july "
    "harbour built river wool spun white eyes coast"
)


def save_tiny_model(folder: Path, *, seed: int = 0, pooling: str = "mean") -> Path:
    """Write it as sentence-transformers saves one; the same seed gives the same weights."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        from sentence_transformers import SentenceTransformer
        from sentence_transformers.models import Normalize, Pooling, Transformer
        from transformers import BertModel

    folder.mkdir(parents=True)
    base = _save_bert(folder / "base", BertModel, seed)
    transformer = Transformer(str(base), max_seq_length=LONGEST)
    model = SentenceTransformer(
        modules=[transformer, Pooling(DIMENSION, pooling_mode=pooling), Normalize()],
        prompts={"query": QUERY_PROMPT, "document": DOCUMENT_PROMPT},
        device="cpu",
    )
    saved = folder / "model"
    model.save(str(saved), create_model_card=False)
    return saved


def save_tiny_reranker(folder: Path, *, seed: int = 0, labels: int = 1) -> Path:
    """A cross-encoder as most on the Hub are: the model's and the tokenizer's files, no more."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        from transformers import BertForSequenceClassification

    return _save_bert(folder, BertForSequenceClassification, seed, num_labels=labels)


def _save_bert(base: Path, kind: Any, seed: int, **more: int) -> Path:
    import torch
    from transformers import BertConfig, BertTokenizerFast

    base.mkdir(parents=True)
    letters = "abcdefghijklmnopqrstuvwxyz0123456789"
    vocabulary = [*_WORDS.split(), *letters, *(f"##{letter}" for letter in letters)]
    (base / "vocab.txt").write_text("\n".join(dict.fromkeys(vocabulary)), encoding="utf-8")
    torch.manual_seed(seed)
    config = BertConfig(
        vocab_size=len(set(vocabulary)),
        hidden_size=DIMENSION,
        num_hidden_layers=2,
        num_attention_heads=4,
        intermediate_size=64,
        max_position_embeddings=64,
        # Larger than usual, else all texts of a random model look alike.
        initializer_range=0.4,
        **more,
    )
    kind(config).save_pretrained(base)
    BertTokenizerFast(str(base / "vocab.txt")).save_pretrained(base)
    return base


def set_prompt(model: Path, name: str, prompt: str) -> None:
    file = model / "config_sentence_transformers.json"
    said = json.loads(file.read_text(encoding="utf-8"))
    said["prompts"][name] = prompt
    file.write_text(json.dumps(said), encoding="utf-8")

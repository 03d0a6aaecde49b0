"""Corpora of any size from real text, without embedding every paragraph of them.

A scaled paragraph has the shape of a real one: some of its sentences stay, the others come from
anywhere in the real corpus, and every number and one name in each is changed. Texts are thus all
different, and written by people but for the changes.

The real sentences are embedded by the model, each once. A changed sentence gets its original's
vector turned at random by 14 degrees (cosine .97), a paragraph the mean of its sentences' vectors,
so turned, at length 1. So 100,000 paragraphs need minutes instead of an hour, and their vectors lie
as text's vectors lie, which decides how hard they are to find.
"""

import hashlib
import random
import re
from bisect import bisect
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import accumulate
from pathlib import Path

import numpy as np

from index.embedding import Embedder, Vectors
from index.paragraphs import prose_spans
from index.tokens import Tokens
from index.types import Paragraph

_TURN = 0.25
_KEPT = 0.5
_NUMBER = re.compile(r"\d+")
_NAME = re.compile(r"(?<=[a-z,] )[A-Z][a-z]{2,}")


@dataclass(frozen=True, slots=True)
class Original:
    """The real text: paragraphs as lists of places in ``sentences``, and names to swap."""

    sentences: tuple[str, ...]
    paragraphs: tuple[tuple[int, ...], ...]
    names: tuple[str, ...]


@dataclass(slots=True)
class Recipe:
    """Which originals a text was made of, by a hash of the text."""

    parts: dict[int, tuple[int, ...]] = field(default_factory=dict)

    def note(self, text: str, parts: Sequence[int]) -> None:
        self.parts[_hash(text)] = tuple(parts)

    def of(self, text: str) -> tuple[int, ...] | None:
        """Places in ``Original.sentences``; None for a text that was not made here."""
        return self.parts.get(_hash(text))


def original(paragraphs: Sequence[Paragraph]) -> Original:
    """The real text of ``paragraphs``."""
    places: dict[str, int] = {}
    shapes = [
        tuple(places.setdefault(" ".join(s.text.split()), len(places)) for s in p.sentences)
        for p in paragraphs
    ]
    names = sorted({name for text in places for name in _NAME.findall(text)})
    return Original(tuple(places), tuple(shapes), tuple(names))


def scaled(source: Original, count: int, recipe: Recipe, seed: int = 0) -> Iterator[str]:
    """``count`` paragraphs; ``recipe`` is told what each and its sentences were made of."""
    chance = random.Random(seed)
    for _ in range(count):
        shape = chance.choice(source.paragraphs)
        parts = [
            place if chance.random() < _KEPT else chance.randrange(len(source.sentences))
            for place in shape
        ]
        sentences = [_changed(source.sentences[place], source.names, chance) for place in parts]
        text = " ".join(sentences)
        recipe.note(text, parts)
        ends = list(accumulate(len(sentence) + 1 for sentence in sentences))
        # Cut as the index will cut it: a changed name may have moved the end of a sentence.
        for start, end in prose_spans(text):
            recipe.note(text[start:end], parts[bisect(ends, start) : bisect(ends, end - 1) + 1])
        yield text


def write_scaled(folder: Path, source: Original, count: int, *, per_file: int = 50) -> Recipe:
    """Write them as text files of ``per_file`` paragraphs each."""
    recipe = Recipe()
    folder.mkdir(parents=True)
    paragraphs = scaled(source, count, recipe)
    for number in range(0, count, per_file):
        texts = [next(paragraphs) for _ in range(min(per_file, count - number))]
        file = folder / f"{number // per_file:05}.txt"
        file.write_text("\n\n".join(texts) + "\n", encoding="utf-8")
    return recipe


class ScaledEmbedder:
    """The vectors described above; texts it knows no recipe of are embedded by ``full``."""

    def __init__(self, full: Embedder, originals: Vectors, recipe: Recipe) -> None:
        self._full = full
        self._originals = originals
        self._recipe = recipe
        self.fingerprint = full.fingerprint
        self.by_the_model = 0

    @property
    def dimension(self) -> int:
        return self._full.dimension

    def documents(self, texts: Sequence[str]) -> Vectors:
        vectors = np.zeros((len(texts), self._originals.shape[1]), dtype=np.float32)
        unknown = []
        for i, text in enumerate(texts):
            parts = self._recipe.of(text)
            if parts is None:
                unknown.append(i)
            else:
                vectors[i] = _unit(self._originals[list(parts)].mean(axis=0) + _turn(text, self))
        if unknown:
            vectors[unknown] = self._full.documents([texts[i] for i in unknown])
            self.by_the_model += len(unknown)
        return vectors

    def query(self, text: str) -> Vectors:
        return self._full.query(text)

    def document_tokens(self, texts: Sequence[str]) -> Sequence[Tokens]:
        return self._full.document_tokens(texts)

    def query_tokens(self, texts: Sequence[str]) -> Sequence[Tokens]:
        return self._full.query_tokens(texts)


def _changed(sentence: str, names: Sequence[str], chance: random.Random) -> str:
    changed = _NUMBER.sub(lambda m: str(chance.randrange(10 ** len(m.group()))), sentence)
    if names:
        changed = _NAME.sub(lambda m: chance.choice(names), changed, count=1)
    return changed


def _turn(text: str, embedder: ScaledEmbedder) -> Vectors:
    noise = np.random.default_rng(_hash(text)).standard_normal(embedder.dimension)
    return np.asarray(_TURN * noise / np.linalg.norm(noise), dtype=np.float32)


def _unit(vector: Vectors) -> Vectors:
    return np.asarray(vector / np.linalg.norm(vector), dtype=np.float32)


def _hash(text: str) -> int:
    return int.from_bytes(hashlib.sha256(text.encode()).digest()[:8])

"""Is the evidence enough? A calibrated decision, never a line in the prompt.

The weights come from gold questions with and without an answer in their documents
(``pincite eval calibrate``) and lie in refusal.json beside this file.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from index.types import Hit
from index.words import WORD, names, numbers, stem, stems
from rag.signals import logistic

WEIGHTS_FILE = Path(__file__).with_name("refusal.json")


@dataclass(frozen=True, slots=True)
class Logistic:
    """A logistic regression on raw signals."""

    weights: Mapping[str, float]
    bias: float

    def probability(self, signals: Mapping[str, float]) -> float:
        """How likely the documents hold the answer."""
        return logistic(signals, self.weights, self.bias)


@dataclass(frozen=True, slots=True)
class Refusal:
    """Two fits: with the model's signals, and for answers quoted without it."""

    with_model: Logistic
    extractive: Logistic
    refuse_below: float

    def confidence(self, signals: Mapping[str, float], *, extractive: bool) -> float:
        return (self.extractive if extractive else self.with_model).probability(signals)


def load_refusal(refuse_below: float, file: Path = WEIGHTS_FILE) -> Refusal:
    """The fitted decision, with the threshold from the settings."""
    fitted = json.loads(file.read_text(encoding="utf-8"))
    return Refusal(
        Logistic(fitted["with_model"]["weights"], fitted["with_model"]["bias"]),
        Logistic(fitted["extractive"]["weights"], fitted["extractive"]["bias"]),
        refuse_below,
    )


def refusal_text(question: str, hits: Sequence[Hit]) -> str:
    """Says that the documents do not hold the answer, and what of the question they lack."""
    if not hits:
        return "The documents hold nothing to answer from."
    found = {s for hit in hits for s in stems(hit.paragraph.text)}
    must = names(question) | numbers(question)
    missing = [word for word in WORD.findall(question) if stem(word) in must - found]
    if missing:
        listed = ", ".join(f"“{word}”" for word in dict.fromkeys(missing))
        return f"The documents do not answer this: they do not mention {listed}."
    return "The documents do not answer this. The nearest paragraphs are shown."

"""Is the evidence enough? A calibrated decision, never a line in the prompt.

The weights come from gold questions with and without an answer in their documents
(``pincite eval calibrate``) and lie in refusal.json beside this file.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from rag.signals import logistic

WEIGHTS_FILE = Path(__file__).with_name("refusal.json")

QUOTE_FROM = 0.7
"""Of 40 development items whose draft fell, 10 had an answer in the documents, 9 of them with a
probability from here on; of the 30 others one had."""


@dataclass(frozen=True, slots=True)
class Logistic:
    """A logistic regression on raw signals; below ``threshold`` the answer is refused."""

    weights: Mapping[str, float]
    bias: float
    threshold: float

    def probability(self, signals: Mapping[str, float]) -> float:
        """How likely the documents hold the answer."""
        return logistic(signals, self.weights, self.bias)


@dataclass(frozen=True, slots=True)
class Refusal:
    """Two fits: with the model's signals, and for answers quoted without it.

    ``quote_from``: the probability from which a draft that fell is replaced by a quotation.
    """

    with_model: Logistic
    extractive: Logistic
    quote_from: float = QUOTE_FROM

    def decide(self, signals: Mapping[str, float], *, extractive: bool) -> tuple[bool, float]:
        """Whether to refuse, and the probability that the documents hold the answer."""
        fitted = self.extractive if extractive else self.with_model
        probability = fitted.probability(signals)
        return probability < fitted.threshold, probability


def load_refusal(refuse_below: float | None = None, file: Path = WEIGHTS_FILE) -> Refusal:
    """The fitted decisions; ``refuse_below`` replaces all their thresholds."""
    fitted = json.loads(file.read_text(encoding="utf-8"))

    def read(mode: str) -> Logistic:
        part = fitted[mode]
        threshold = part["threshold"] if refuse_below is None else refuse_below
        return Logistic(part["weights"], part["bias"], threshold)

    quote_from = QUOTE_FROM if refuse_below is None else refuse_below
    return Refusal(read("with_model"), read("extractive"), quote_from)

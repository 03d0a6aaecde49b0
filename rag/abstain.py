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

BESIDE_FROM = 0.2
"""For a follow-up beside which, in brackets, stands what it is asked of: its words fit no sentence
as closely as those of a question that says it (docs/experiments.md)."""


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
    ``beside_from``: the one from which a question with another beside it is answered by a model.
    """

    with_model: Logistic
    extractive: Logistic
    quote_from: float = QUOTE_FROM
    beside_from: float = BESIDE_FROM

    def decide(
        self, signals: Mapping[str, float], *, extractive: bool, beside: bool = False
    ) -> tuple[bool, float]:
        """Whether to refuse, and the probability that the documents hold the answer."""
        fitted = self.extractive if extractive else self.with_model
        threshold = self.beside_from if beside and not extractive else fitted.threshold
        probability = fitted.probability(signals)
        return probability < threshold, probability

    def may_quote(self, probability: float, *, beside: bool) -> bool:
        """Whether a draft that fell is replaced by any quotation, not only one that agrees."""
        return probability >= (self.beside_from if beside else self.quote_from)


def load_refusal(refuse_below: float | None = None, file: Path = WEIGHTS_FILE) -> Refusal:
    """The fitted decisions; ``refuse_below`` replaces all their thresholds."""
    fitted = json.loads(file.read_text(encoding="utf-8"))

    def read(mode: str) -> Logistic:
        part = fitted[mode]
        threshold = part["threshold"] if refuse_below is None else refuse_below
        return Logistic(part["weights"], part["bias"], threshold)

    fits = read("with_model"), read("extractive")
    return Refusal(*fits) if refuse_below is None else Refusal(*fits, refuse_below, refuse_below)

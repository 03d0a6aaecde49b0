"""How many tokens the sources, the answer and the model's whole window may take."""

from collections.abc import Sequence
from dataclasses import dataclass

from rag.context import estimate_tokens
from rag.models.chat_model import Message

_SPARE = 1024
"""Tokens of the window for the instructions, the question and a conversation."""


@dataclass(frozen=True, slots=True)
class Limits:
    """Hard limits in tokens: of sources shown to the model, and of its answer."""

    context_tokens: int
    answer_tokens: int

    @property
    def window(self) -> int:
        """What a model must hold at once: sources, answer, and what is said around them."""
        return self.context_tokens + self.answer_tokens + _SPARE

    def of_answer(self, told: int, prompt: Sequence[Message]) -> int:
        """Most tokens of an answer to ``prompt`` that repeats ``told`` answers and goes on.

        It has the room of each of them again, as far as the window goes.
        """
        left = self.window - sum(estimate_tokens(content) for _, content in prompt)
        return max(self.answer_tokens, min(self.answer_tokens * (1 + told), left))

    def has_room(self, told: int, prompt: Sequence[Message]) -> bool:
        """Whether going on from the answer to ``prompt`` could bring more than it had room for."""
        return self.of_answer(told + 1, prompt) > self.of_answer(told, prompt)

"""What the answer chain asks of a language model, and what it gets back.

Apart from ``rag/llm.py``, which brings libraries along that take seconds to import: whoever only
searches or quotes the documents does not pay for them.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

from index.errors import PinciteError
from rag.types import NO_TOKENS, TokenCounts

Message = tuple[str, str]
"""(role, content); roles are system, user and assistant."""


class ModelCallError(PinciteError):
    """The model server could not be reached, refused, or broke off."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of a reply; the last one of a call carries the token counts and why it ended.

    ``logprob``: the lowest log-probability of its tokens, None when the server does not tell.
    """

    text: str
    tokens: TokenCounts = NO_TOKENS
    cut: bool = False
    logprob: float | None = None


@dataclass(frozen=True, slots=True)
class Choice:
    """Probability of ``yes`` among yes and no as the first token; None when it is not told."""

    yes: float | None
    tokens: TokenCounts = NO_TOKENS


class ChatModel(Protocol):
    """What the answer chain asks of a model."""

    @property
    def name(self) -> str:
        """The model and where it runs."""

    def stream(self, messages: Sequence[Message], *, max_tokens: int) -> Iterator[Piece]:
        """The reply in pieces; raises ``ModelCallError``. Closing it stops the model."""

    def choose(self, messages: Sequence[Message], *, continues: bool = False) -> Choice:
        """How sure the model is that the answer is yes; raises ``ModelCallError``.

        ``continues`` says that the call before had the same beginning.
        """

"""The language model: any OpenAI-compatible server, spoken to through LlamaIndex's OpenAILike.

The local model is one too (rag/local_server.py), so there is one way to talk to all of them.
"""

import math
import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

import httpx
from llama_index.core.llms import LLM, ChatMessage
from llama_index.llms.openai_like import OpenAILike

from index.errors import PinciteError
from rag.types import NO_TOKENS, TokenCounts

Message = tuple[str, str]
"""(role, content); roles are system, user and assistant."""

_TOP_LOGPROBS = 20
_HEADER_NAMES = (
    "host accept accept-encoding connection user-agent content-type content-length"
    " transfer-encoding authorization"
)
_HEADERS = frozenset(_HEADER_NAMES.split())


class ModelCallError(PinciteError):
    """The model server could not be reached, refused, or broke off."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of a reply; the last one of a call carries the token counts and why it ended."""

    text: str
    tokens: TokenCounts = NO_TOKENS
    cut: bool = False


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

    def stream(
        self, messages: Sequence[Message], *, max_tokens: int, continues: bool = False
    ) -> Iterator[Piece]:
        """The reply in pieces; raises ``ModelCallError``. Closing it stops the model.

        ``continues`` says that the call before had the same beginning.
        """

    def choose(self, messages: Sequence[Message]) -> Choice:
        """How sure the model is that the answer is yes; raises ``ModelCallError``."""


class OpenAICompatibleModel:
    """A chat model behind an OpenAI-compatible base URL. Greedy: temperature 0, fixed seed.

    Without ``prompt_cache`` nothing of earlier questions is reused, so that the same question gets
    the same reply whatever came before; only a call that ``continues`` another reuses that one's.
    """

    def __init__(
        self,
        name: str,
        *,
        model: str,
        base_url: str,
        api_key: str,
        timeout_s: float,
        is_llama_cpp: bool,
        prompt_cache: bool = True,
    ) -> None:
        self.name = name
        self._is_llama_cpp = is_llama_cpp
        self._prompt_cache = prompt_cache
        # Closing LlamaIndex's generator leaves the HTTP response open and the model running on:
        # the response is kept here, a thread each, to be closed with our own generator.
        self._open = threading.local()
        self._client = httpx.Client(
            timeout=timeout_s,
            # A proxy in the environment would be handed the documents, and our loopback key.
            trust_env=False,
            event_hooks={"request": [_only_ours], "response": [self._opened]},
        )
        self.llm: LLM = OpenAILike(
            model=model,
            api_base=base_url,
            # The client insists on some key; the environment's must never be taken for it.
            api_key=api_key or "none",
            is_chat_model=True,
            temperature=0.0,
            timeout=timeout_s,
            max_retries=0,
            http_client=self._client,
            context_window=4096,
        )

    def stream(
        self, messages: Sequence[Message], *, max_tokens: int, continues: bool = False
    ) -> Iterator[Piece]:
        opened: httpx.Response | None = None
        ended = ""
        try:
            for response in self.llm.stream_chat(
                _chat(messages),
                max_tokens=max_tokens,
                seed=0,
                stream_options={"include_usage": True},
                **self._caching(continues),
            ):
                opened = opened or self._open.response
                reason = _finish_reason(response.raw)
                ended = ended or reason
                yield Piece(response.delta or "", _tokens(response.raw), reason == "length")
        except Exception as error:  # every client library raises its own kinds
            raise _call_error(self.name, error) from error
        finally:
            if opened is not None:
                opened.close()
        if not ended:
            raise ModelCallError(f"{self.name} broke off: the reply has no end")

    def close(self) -> None:
        """Close the connections to the server."""
        self._client.close()

    def _caching(self, continues: bool) -> dict[str, Any]:
        # llama.cpp's own switch: another server might refuse a key it does not know.
        if not self._is_llama_cpp:
            return {}
        return {"extra_body": {"cache_prompt": self._prompt_cache or continues}}

    def _opened(self, response: httpx.Response) -> None:
        self._open.response = response

    def choose(self, messages: Sequence[Message]) -> Choice:
        try:
            response = self.llm.chat(
                _chat(messages),
                max_tokens=1,
                seed=0,
                logprobs=True,
                top_logprobs=_TOP_LOGPROBS,
                **self._caching(False),
            )
            return Choice(_yes_share(response.raw), _tokens(response.raw))
        except Exception as error:  # every client library raises its own kinds
            raise _call_error(self.name, error) from error


def _only_ours(request: httpx.Request) -> None:
    """Take out the headers the OpenAI client makes of an account in the environment."""
    for name in list(request.headers):
        if name.lower() not in _HEADERS and not name.lower().startswith("x-stainless-"):
            del request.headers[name]


def _chat(messages: Sequence[Message]) -> list[ChatMessage]:
    return [ChatMessage(role=role, content=content) for role, content in messages]


def _call_error(name: str, error: Exception) -> ModelCallError:
    return ModelCallError(f"{name} did not answer: {type(error).__name__}: {error}")


def _finish_reason(raw: Any) -> str:
    choices = getattr(raw, "choices", None) or []
    return str(choices[0].finish_reason or "") if choices else ""


def _tokens(raw: Any) -> TokenCounts:
    usage = getattr(raw, "usage", None)
    if usage is None:
        return NO_TOKENS
    details = getattr(usage, "prompt_tokens_details", None)
    cached = getattr(details, "cached_tokens", None) or 0
    return TokenCounts(usage.prompt_tokens or 0, cached, usage.completion_tokens or 0)


def _yes_share(raw: Any) -> float | None:
    choices = getattr(raw, "choices", None) or []
    content = getattr(getattr(choices[0], "logprobs", None), "content", None) if choices else None
    if not content:
        return None
    mass = {"yes": 0.0, "no": 0.0}
    for token in content[0].top_logprobs or []:
        word = token.token.strip().lower()
        if word in mass:
            mass[word] += math.exp(token.logprob)
    total = mass["yes"] + mass["no"]
    return mass["yes"] / total if total > 0 else None

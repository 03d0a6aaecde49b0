"""The language model: any OpenAI-compatible server, spoken to through LlamaIndex's OpenAILike.

The local model is one too (rag/models/local_server.py), so there is one way to talk to all of them.
"""

import math
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import openai
from llama_index.core.llms import LLM, ChatMessage, ChatResponse
from llama_index.llms.openai_like import OpenAILike

from rag.models.chat_model import Choice, Message, ModelCallError, Piece
from rag.models.dialect import Dialect, Keys, fewer
from rag.models.model_client import ModelClient, Patience
from rag.models.server_errors import CallProblem, explained, no_sign
from rag.types import NO_TOKENS, TokenCounts

_TOP_LOGPROBS = 20


class OpenAICompatibleModel:
    """A chat model behind an OpenAI-compatible base URL. Greedy: temperature 0, fixed seed.

    Without ``prompt_cache`` nothing of earlier questions is reused, so that the same question gets
    the same reply whatever came before; only a call that ``continues`` another reuses that one's.
    ``timeout_s`` limits a whole reply, ``first_token_s`` (unset: the same) its beginning.
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
        first_token_s: float | None = None,
        prompt_cache: bool = True,
    ) -> None:
        self.name = name
        self._is_llama_cpp = is_llama_cpp
        self._prompt_cache = prompt_cache
        self._base_url = base_url
        self._api_key = api_key
        self._dialect = Dialect()
        patience = Patience(min(first_token_s or timeout_s, timeout_s), timeout_s)
        self._patience = patience
        self._client = ModelClient(patience)
        self.llm: LLM = OpenAILike(
            model=model,
            api_base=base_url,
            # The client insists on some key; the environment's must never be taken for it.
            api_key=api_key or "none",
            is_chat_model=True,
            timeout=patience.first_token_s,
            max_retries=0,
            http_client=self._client.http,
            context_window=4096,
        )

    def stream(self, messages: Sequence[Message], *, max_tokens: int) -> Iterator[Piece]:
        wanted = {
            "max_tokens": max_tokens,
            "stream_options": {"include_usage": True},
            "logprobs": True,
        }
        call = self._client.begin()
        ended, characters, came = "", 0, False
        try:
            responses = self._responses(messages, wanted, continues=False)
            for count, response in enumerate(responses):
                call.check()
                came = True
                text = response.delta or ""
                call.begun = call.begun or bool(text)
                characters += len(text)
                reason = _finish_reason(response.raw)
                ended = ended or reason
                cut = reason == "length"
                yield Piece(text, _tokens(response.raw), cut, _lowest_logprob(response.raw))
                if _endless(count, characters, max_tokens):
                    ended = ended or "length"
                    yield Piece("", cut=True)
                    break
            if not came:
                raise CallProblem(
                    "broke off before its first word: ask again, look at its log, or check"
                    " llm_base_url in the settings"
                )
            if not ended:
                raise CallProblem("broke off: its reply has no end. Ask again, or look at its log")
        except Exception as error:  # every client library raises its own kinds
            raise self._call_error(error) from error
        finally:
            call.close()

    def choose(self, messages: Sequence[Message], *, continues: bool = False) -> Choice:
        wanted = {"max_tokens": 1, "logprobs": True, "top_logprobs": _TOP_LOGPROBS}
        if self._dialect.refuses("logprobs"):
            return Choice(None)
        call = self._client.begin()
        try:
            response = next(self._responses(messages, wanted, continues=continues, streamed=False))
            if not _first_logprobs(response.raw):
                self._dialect.refuse("logprobs")
            return Choice(_yes_share(response.raw), _tokens(response.raw))
        except Exception as error:  # every client library raises its own kinds
            raise self._call_error(error) from error
        finally:
            call.close()

    def problem(self, within_s: float = 5.0) -> str:
        """Why the server cannot be used, or "" when it answers; asks it for its models only."""
        call = self._client.begin()
        try:
            # The client itself would wait as long as for an answer.
            response = self._client.http.get(
                f"{self._base_url.rstrip('/')}/models",
                headers={"Authorization": f"Bearer {self._api_key or 'none'}"},
                timeout=within_s,
            )
            response.raise_for_status()
        except Exception as error:  # noqa: BLE001  # a key that is no ASCII, a page for a list
            return str(self._call_error(error, slow=no_sign(within_s)))
        finally:
            call.close()
        return ""

    def close(self) -> None:
        """Close the connections to the server."""
        self._client.http.close()

    def _responses(
        self,
        messages: Sequence[Message],
        keys: Mapping[str, Any],
        *,
        continues: bool,
        streamed: bool = True,
    ) -> Iterator[ChatResponse]:
        """The server's reply; a request it refuses is sent again with fewer optional keys."""
        wanted = {**keys, "temperature": 0.0, "seed": 0}
        chat = [ChatMessage(role=role, content=content) for role, content in messages]
        sent: Keys | None = self._dialect.spoken(wanted)
        while sent is not None:
            # LlamaIndex adds a temperature of its own to a call without one.
            arguments = {"temperature": openai.omit, **sent, **self._caching(continues)}
            try:
                if streamed:
                    for response in self.llm.stream_chat(chat, **arguments):
                        self._dialect.worked(wanted, sent)
                        yield response
                else:
                    response = self.llm.chat(chat, **arguments)
                    self._dialect.worked(wanted, sent)
                    yield response
                return
            except openai.APIStatusError as error:
                sent = fewer(sent, error.status_code, str(error))
                if sent is None:
                    raise

    def _caching(self, continues: bool) -> dict[str, Any]:
        # llama.cpp's own switch: another server might refuse a key it does not know.
        if not self._is_llama_cpp:
            return {}
        return {"extra_body": {"cache_prompt": self._prompt_cache or continues}}

    def _call_error(self, error: Exception, *, slow: str = "") -> ModelCallError:
        slow = slow or self._patience.passed
        return ModelCallError(f"{self.name} {explained(error, slow=slow, secret=self._api_key)}")


def _endless(pieces: int, characters: int, max_tokens: int) -> bool:
    """Does a server not keep to the limit it was given? A piece is a token, or several."""
    return pieces > 2 * max_tokens + 64 or characters > 40 * max_tokens + 400


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


def _logprobs(raw: Any) -> list[Any]:
    choices = getattr(raw, "choices", None) or []
    content = getattr(getattr(choices[0], "logprobs", None), "content", None) if choices else None
    return list(content or [])


def _first_logprobs(raw: Any) -> Any:
    return next(iter(_logprobs(raw)), None)


def _lowest_logprob(raw: Any) -> float | None:
    return min((token.logprob for token in _logprobs(raw)), default=None)


def _yes_share(raw: Any) -> float | None:
    first = _first_logprobs(raw)
    mass = {"yes": 0.0, "no": 0.0}
    for token in getattr(first, "top_logprobs", None) or []:
        word = token.token.strip().lower()
        if word in mass:
            mass[word] += math.exp(token.logprob)
    total = mass["yes"] + mass["no"]
    return mass["yes"] / total if total > 0 else None

"""A llama.cpp server of our own, inside this process: one model, on a loopback port, with a key."""

import secrets
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType

import httpx
import xllamacpp

from index.errors import PinciteError

_WARM_UP_S = 120.0
_PREFIXES_MIB = 128
"""Of memory for prompts that were read before; one of 400 tokens takes 11 of the default model."""


class ModelStartError(PinciteError):
    """The local model file could not be loaded."""


@dataclass
class LocalServer:
    """Loads a GGUF file and serves the OpenAI API at ``base_url`` until closed.

    The port is chosen by the system; requests need ``api_key``, and no web page may call it.
    """

    gguf: Path
    threads: int
    context_tokens: int
    api_key: str = field(default_factory=lambda: secrets.token_urlsafe(24), repr=False)

    def __post_init__(self) -> None:
        parameters = xllamacpp.CommonParams()
        parameters.model.path = str(self.gguf)
        parameters.n_ctx = self.context_tokens
        parameters.n_parallel = 1
        parameters.cpuparams.n_threads = self.threads
        parameters.cpuparams_batch.n_threads = self.threads
        parameters.api_keys = [self.api_key]
        parameters.cors_origins = ""
        parameters.ui = False
        parameters.endpoint_slots = False
        parameters.verbosity = -1
        # A follow-up is rewritten between two answers, both with long beginnings that stay.
        parameters.cache_ram_mib = _PREFIXES_MIB
        try:
            self._server: xllamacpp.Server | None = xllamacpp.Server(parameters)
        except RuntimeError as error:
            raise ModelStartError(
                f"{self.gguf} could not be loaded ({error}): check it with"
                ' "pincite models check", or name another model in the settings'
            ) from error
        self.base_url = f"{self._server.listening_address}/v1"
        self._warm_up()

    def _warm_up(self) -> None:
        """One token. A server that is closed before its loop has run was seen to hang for ever."""
        try:
            httpx.post(
                f"{self.base_url}/completions",
                json={"prompt": "a", "max_tokens": 1},
                headers={"Authorization": f"Bearer {self.api_key}"},
                timeout=_WARM_UP_S,
                trust_env=False,
            ).raise_for_status()
        except httpx.HTTPError as error:
            self.close()
            raise ModelStartError(f"{self.gguf} was loaded but does not answer: {error}") from error

    def close(self) -> None:
        """Free the model's memory. Calling it again does nothing."""
        self._server = None

    def __enter__(self) -> "LocalServer":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

"""The HTTP client under the model: what leaves the machine, and how long and how much may come.

httpx limits each read alone, so a server that sends a comment every second would never be given
up. Here the whole call has its time and its bytes, checked as they arrive.
"""

import ssl
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field

import httpx

from rag.models.server_errors import CallProblem, too_slow
from rag.models.whole_reply import AsEvents, came_whole

MAX_BYTES = 16_000_000
"""Of one reply: 4,096 tokens come in about two million."""

_CONNECT_S = 10.0
_HEADER_NAMES = (
    "host accept accept-encoding connection user-agent content-type content-length"
    " transfer-encoding authorization"
)
_HEADERS = frozenset(_HEADER_NAMES.split())


def trusted() -> ssl.SSLContext:
    """What may sign a server's certificate: SSL_CERT_FILE and SSL_CERT_DIR, as elsewhere, decide.

    One that cannot be read counts as not set: who speaks no HTTPS need not care.
    """
    try:
        return httpx.create_ssl_context()
    except OSError:  # An ssl.SSLError is one, too.
        return httpx.create_ssl_context(trust_env=False)


@dataclass(frozen=True, slots=True)
class Patience:
    """Seconds until a reply begins (and between two pieces of it), and until it must be whole."""

    first_token_s: float
    total_s: float

    @property
    def passed(self) -> str:
        """The words for a reply that did not begin in time, or stopped coming."""
        sooner = self.first_token_s < self.total_s
        return too_slow(self.first_token_s, "llm_first_token_s" if sooner else "llm_timeout_s")


@dataclass
class Call:
    """One call: its open response, and what of its limits is used up."""

    patience: Patience
    begun: bool = False
    response: httpx.Response | None = None
    _bytes: int = 0
    _started: float = field(default_factory=time.monotonic)

    def start(self) -> None:
        """A request leaves now: what the client libraries load before it does not count."""
        self._started = time.monotonic()

    def check(self, more_bytes: int = 0) -> None:
        """Raise ``CallProblem`` when the call took too long or sent too much."""
        self._bytes += more_bytes
        elapsed = time.monotonic() - self._started
        if self._bytes > MAX_BYTES:
            raise CallProblem("sends without end: ask again, or look at its log")
        if elapsed > self.patience.total_s:
            raise CallProblem(too_slow(self.patience.total_s, "llm_timeout_s"))
        if not self.begun and elapsed > self.patience.first_token_s:
            raise CallProblem(self.patience.passed)

    def close(self) -> None:
        """Hang up. LlamaIndex's generator alone would leave the model running on."""
        if self.response is not None:
            self.response.close()


class ModelClient:
    """An ``httpx.Client`` whose responses keep to the limits of the call of their thread."""

    def __init__(self, patience: Patience) -> None:
        self._patience = patience
        self._local = threading.local()
        self.http = httpx.Client(
            # A proxy in the environment would be handed the documents, and our loopback key.
            trust_env=False,
            verify=trusted(),
            # Another address than the one set must not get the documents either.
            follow_redirects=False,
            event_hooks={"request": [self._leaving], "response": [self._opened]},
        )

    def begin(self) -> Call:
        """The call this thread makes next."""
        call = Call(self._patience)
        self._local.call = call
        return call

    def _leaving(self, request: httpx.Request) -> None:
        _only_ours(request)
        limits = request.extensions.get("timeout", {})
        limits["connect"] = min(_CONNECT_S, limits.get("connect") or _CONNECT_S)
        self._local.call.start()

    def _opened(self, response: httpx.Response) -> None:
        call: Call = self._local.call
        call.response = response
        if response.is_success and "html" in response.headers.get("content-type", ""):
            raise CallProblem(
                "sent a web page, not an answer: correct llm_base_url in the settings; it usually"
                " ends in /v1"
            )
        if isinstance(response.stream, httpx.SyncByteStream):
            limited = _Limited(response.stream, call)
            response.stream = AsEvents(limited) if came_whole(response) else limited


class _Limited(httpx.SyncByteStream):
    def __init__(self, stream: httpx.SyncByteStream, call: Call) -> None:
        self._stream = stream
        self._call = call

    def __iter__(self) -> Iterator[bytes]:
        for data in self._stream:
            self._call.check(len(data))
            yield data

    def close(self) -> None:
        self._stream.close()


def _only_ours(request: httpx.Request) -> None:
    """Take out the headers the OpenAI client makes of an account in the environment."""
    for name in list(request.headers):
        if name.lower() not in _HEADERS and not name.lower().startswith("x-stainless-"):
            del request.headers[name]

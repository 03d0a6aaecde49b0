"""A server of ours that speaks as much of the OpenAI API as a chat model needs, and misbehaves."""

import json
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

Respond = Callable[["Connection"], None]

USAGE = {
    "prompt_tokens": 120,
    "completion_tokens": 5,
    "total_tokens": 125,
    "prompt_tokens_details": {"cached_tokens": 80},
}


@dataclass(frozen=True)
class Request:
    """What a client sent. Header names are in lower case."""

    path: str
    headers: Mapping[str, str]
    body: dict[str, Any]


class Connection(BaseHTTPRequestHandler):
    """One connection; ``respond`` of the server decides what it answers."""

    protocol_version = "HTTP/1.1"
    server: "_Server"

    def do_POST(self) -> None:
        length = int(self.headers["content-length"])
        headers = {name.lower(): value for name, value in self.headers.items()}
        fake = self.server.fake
        fake.requests.append(Request(self.path, headers, json.loads(self.rfile.read(length))))
        try:
            fake.respond(self)
        except (BrokenPipeError, ConnectionResetError):
            self.close_connection = True
            fake.client_gone.set()

    def do_GET(self) -> None:
        headers = {name.lower(): value for name, value in self.headers.items()}
        self.server.fake.requests.append(Request(self.path, headers, {}))
        time.sleep(self.server.fake.models_pause_s)
        fake = self.server.fake
        self.whole(fake.models_body, status=fake.models_status, kind=fake.models_kind)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  # the base's name
        """Nobody reads it."""

    def whole(
        self, body: bytes, *, status: int = 200, kind: str = "application/json", wait: str = ""
    ) -> None:
        """Answer with ``body``, and when to ask again."""
        self.send_response(status)
        if wait:
            self.send_header("retry-after", wait)
        self.send_header("content-type", kind)
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def start_events(self, *, chunked: bool = True) -> None:
        """Begin a stream of events."""
        self.send_response(200)
        self.send_header("content-type", "text/event-stream")
        if chunked:
            self.send_header("transfer-encoding", "chunked")
        else:
            self.send_header("connection", "close")
        self.end_headers()
        self._chunked = chunked

    def event(self, data: str) -> None:
        """Send one event of the stream."""
        self.raw(f"data: {data}\n\n".encode())

    def raw(self, line: bytes) -> None:
        """Send these bytes of the stream."""
        self.wfile.write(b"%x\r\n%s\r\n" % (len(line), line) if self._chunked else line)
        self.wfile.flush()

    def end_events(self) -> None:
        """End the stream as the protocol wants it."""
        self.event("[DONE]")
        if self._chunked:
            self.wfile.write(b"0\r\n\r\n")


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False
    fake: "FakeServer"

    def handle_error(self, request: object, client_address: object) -> None:
        """A client that hangs up is what some tests are about."""


@dataclass
class FakeServer:
    """``respond`` answers every request but GET, which has ``models_`` of its own.

    ``client_gone`` is set when a client hung up on it.
    """

    base_url: str
    respond: Respond
    models_status: int = 200
    models_body: bytes = b'{"data": []}'
    models_kind: str = "application/json"
    models_pause_s: float = 0.0
    requests: list[Request] = field(default_factory=list)
    client_gone: threading.Event = field(default_factory=threading.Event)


@contextmanager
def running() -> Iterator[FakeServer]:
    """A server on a free loopback port that streams ``Hello``."""
    server = _Server(("127.0.0.1", 0), Connection)
    server.fake = FakeServer(f"http://127.0.0.1:{server.server_port}/v1", streams(["Hello"]))
    thread = threading.Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    try:
        yield server.fake
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def chunk(text: str | None = None, **more: object) -> str:
    """One event of a chat completion: a piece of text, or other keys."""
    choices = [{"index": 0, "delta": {"content": text}, "finish_reason": None}]
    return json.dumps(_completion("chat.completion.chunk", choices) | more)


def end_chunk(reason: str = "stop") -> str:
    """The event that says why the reply ended."""
    return chunk(choices=[{"index": 0, "delta": {}, "finish_reason": reason}])


def streams(
    pieces: Sequence[str],
    *,
    reason: str = "stop",
    usage: Mapping[str, object] | None = USAGE,
    pause_s: float = 0.0,
) -> Respond:
    """A whole reply in pieces."""

    def respond(connection: Connection) -> None:
        connection.start_events()
        for piece in pieces:
            connection.event(chunk(piece))
            time.sleep(pause_s)
        connection.event(end_chunk(reason))
        if usage is not None:
            connection.event(chunk(choices=[], usage=usage))
        connection.end_events()

    return respond


def breaks_off(pieces: Sequence[str], *, chunked: bool = True, last: str = "") -> Respond:
    """A reply that ends without an end, perhaps after one ``last`` event."""

    def respond(connection: Connection) -> None:
        connection.start_events(chunked=chunked)
        for piece in pieces:
            connection.event(chunk(piece))
        if last:
            connection.event(last)
        connection.close_connection = True

    return respond


def endless(piece: str) -> Respond:
    """A stream without an end; ``piece`` is a whole event's data."""

    def respond(connection: Connection) -> None:
        connection.start_events()
        while True:
            connection.event(piece)

    return respond


def keeps_alive(line: bytes = b": still here\n\n", pause_s: float = 0.05) -> Respond:
    """A stream of comments, so that no read ever takes long."""

    def respond(connection: Connection) -> None:
        connection.start_events()
        while True:
            connection.raw(line)
            time.sleep(pause_s)

    return respond


def sends_raw(*lines: bytes) -> Respond:
    """A stream of these bytes, then its end."""

    def respond(connection: Connection) -> None:
        connection.start_events()
        for line in lines:
            connection.raw(line)
        connection.end_events()

    return respond


def refusing(keys: Sequence[str], then: Respond, *, status: int = 400, says: str = "") -> Respond:
    """Refuses requests with one of these keys, as servers that do not know them do."""

    def respond(connection: Connection) -> None:
        body = connection.server.fake.requests[-1].body
        found = [key for key in keys if key in body]
        if not found:
            return then(connection)
        message = says or f"Unrecognized request argument supplied: {found[0]}"
        return connection.whole(json.dumps({"error": {"message": message}}).encode(), status=status)

    return respond


def by_kind(stream: Respond, choice: Respond) -> Respond:
    """Streams and single replies answered each in their way."""
    return lambda c: (stream if c.server.fake.requests[-1].body.get("stream") else choice)(c)


def replies(
    body: bytes, *, status: int = 200, kind: str = "application/json", wait: str = ""
) -> Respond:
    """A reply in one."""
    return lambda connection: connection.whole(body, status=status, kind=kind, wait=wait)


def says(text: str) -> Respond:
    """A whole reply in one, whether a stream was asked for or not."""
    message = {"role": "assistant", "content": text}
    choices = [{"index": 0, "message": message, "finish_reason": "stop"}]
    return replies(json.dumps(_completion("chat.completion", choices) | {"usage": USAGE}).encode())


def chooses(logprobs: object) -> Respond:
    """A one-token reply with these log-probabilities."""
    message = {"role": "assistant", "content": "Yes"}
    choices = [{"index": 0, "message": message, "finish_reason": "length", "logprobs": logprobs}]
    body = _completion("chat.completion", choices) | {"usage": USAGE}
    return replies(json.dumps(body).encode())


def first_token(*tokens: tuple[str, float]) -> dict[str, object]:
    """Log-probabilities of the first token, as (token, log-probability)."""
    top = [{"token": token, "logprob": logprob, "bytes": None} for token, logprob in tokens]
    return {"content": [{**top[0], "top_logprobs": top}]}


def _completion(kind: str, choices: object) -> dict[str, object]:
    return {"id": "1", "object": kind, "created": 1, "model": "fake", "choices": choices}

"""A reply that came whole, though a stream was asked for -> the stream it would have been.

Some servers and gateways know of no streams and leave the key that asks for one unread.
"""

import json
from collections.abc import Iterator
from contextlib import suppress

import httpx


def came_whole(response: httpx.Response) -> bool:
    """Was a stream asked for, and JSON is what comes?"""
    kind = response.headers.get("content-type", "")
    return response.is_success and "application/json" in kind and _wants_stream(response.request)


def _wants_stream(request: httpx.Request) -> bool:
    with suppress(ValueError, httpx.RequestNotRead):
        body = json.loads(request.content)
        return isinstance(body, dict) and body.get("stream") is True
    return False


class AsEvents(httpx.SyncByteStream):
    """The bytes of a whole reply as those of a stream with one event."""

    def __init__(self, whole: httpx.SyncByteStream) -> None:
        self._whole = whole

    def __iter__(self) -> Iterator[bytes]:
        yield b"data: " + _as_chunk(b"".join(self._whole)) + b"\n\ndata: [DONE]\n\n"

    def close(self) -> None:
        self._whole.close()


def _as_chunk(reply: bytes) -> bytes:
    """Its message as what is added to nothing; what is no reply stays what it is, on one line."""
    try:
        body = json.loads(reply)
    except ValueError:
        return b" ".join(reply.split())
    if isinstance(body, dict) and isinstance(body.get("choices"), list):
        body["object"] = "chat.completion.chunk"
        for choice in body["choices"]:
            if isinstance(choice, dict) and "message" in choice:
                choice["delta"] = choice.pop("message")
    return json.dumps(body).encode()

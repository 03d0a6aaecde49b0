"""A script that runs before any of Gradio's: what Gradio is given as ``head`` runs after them."""

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from ui.security import PAGE_PATHS
from ui.static_files import static

_HEAD = b"<head>"


class Early:
    """ASGI middleware: ``static/idle.js`` stands first in the head of each page."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app
        self._with_script = _HEAD + f"<script>{static('idle.js')}</script>".encode()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["path"] not in PAGE_PATHS:
            await self._app(scope, receive, send)
            return
        start: Message = {}
        body = b""

        async def send_with_script(message: Message) -> None:
            nonlocal start, body
            if message["type"] == "http.response.start":
                start = message
                return
            # How long it is stands before it, so all of it has to be there first.
            body += message.get("body", b"")
            if not message.get("more_body"):
                whole = body.replace(_HEAD, self._with_script, 1)
                MutableHeaders(scope=start)["Content-Length"] = str(len(whole))
                await send(start)
                await send({"type": "http.response.body", "body": whole})

        await self._app(scope, receive, send_with_script)

"""What keeps the page to itself: headers on every answer, known hosts, few of Gradio's routes."""

import hashlib
import ipaddress
import secrets
import socket
from collections.abc import Mapping

from fastapi import FastAPI
from starlette.datastructures import Headers, MutableHeaders
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.requests import cookie_parser
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from ui.shell import PAGES

# Gradio needs inline styles and scripts, and eval for gr.HTML. Nothing may come from or go to
# another host: an image address in a document or an answer cannot carry anything away.
CONTENT_SECURITY_POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self' 'unsafe-inline' 'unsafe-eval'",
        "style-src 'self' 'unsafe-inline'",
        "img-src 'self' data:",
        "font-src 'self' data:",
        "connect-src 'self'",
        "manifest-src 'self'",
        "base-uri 'self'",
        "form-action 'self'",
        "frame-ancestors 'none'",
    )
)
HEADERS = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "X-Content-Type-Options": "nosniff",
    # With "no-referrer" the login form would hide its origin from us too.
    "Referrer-Policy": "same-origin",
    "X-Frame-Options": "DENY",
}
NOT_SHARED = "private, no-cache"
"""What a proxy must not give to others; the program's own files have an ETag, and are all alike."""
LOCAL_HOSTS = ("localhost", "127.0.0.1", "[::1]", "::1")
SAFE_METHODS = ("GET", "HEAD", "OPTIONS")

MOST_BODY = 4_000_000
"""Bytes of a request. Gradio holds the whole of it several times over; a piece of a file that is
being added takes 700,000."""

OWNER_COOKIE = "pincite-owner"
MIN_COOKIE = 24
PAGE_PATHS = tuple(page.path for page in PAGES)

GRADIO_API = "/gradio_api/"
# There are no files, no remote spaces, no stored runs: only what the pages call is open.
GRADIO_OPEN = (
    "app_id",
    "cancel",
    "component_server",
    "info",
    "queue/data",
    "queue/join",
    "reset",
    "run/predict",
    "startup-events",
    "theme.css",
    "token",
    "user",
)
CLOSED = ("/monitoring", "/custom_component/", "/svelte/")


def is_loopback(host: str) -> bool:
    """Whether only this machine can reach a server bound to ``host``."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


def allowed_hosts(host: str) -> list[str]:
    """The ``Host`` headers to answer when bound to ``host``.

    A page of another name that resolves to this machine is thereby refused (DNS rebinding). Bound
    to all addresses there is no telling which names are right; then the password, whose cookie a
    browser sends to the right name only, keeps such a page out.
    """
    bare = host.strip("[]")
    if bare in ("0.0.0.0", "::", ""):
        return ["*"]
    bracketed = f"[{bare}]" if ":" in bare else bare
    return [*LOCAL_HOSTS, bare, bracketed, *([] if is_loopback(host) else [socket.gethostname()])]


def is_open(path: str) -> bool:
    """Whether a path may be reached. Gradio brings routes for files, proxying and monitoring."""
    if not path.startswith(GRADIO_API):
        return not path.startswith(CLOSED)
    rest = path.removeprefix(GRADIO_API).rstrip("/")
    return rest in GRADIO_OPEN or rest.startswith("heartbeat/")


def is_foreign(headers: Headers) -> bool:
    """Whether a page of another origin sent the request, by what the browser says of it."""
    site = headers.get("sec-fetch-site")
    if site in ("cross-site", "same-origin"):
        # The browser has compared them itself; a proxy in between may have changed the host.
        return site == "cross-site"
    origin = headers.get("origin")
    return origin is not None and origin.partition("://")[2] != headers.get("host", "")


def too_much(headers: Headers) -> int:
    """The status for a body that is too large, or that does not tell how large it is; else 0."""
    if "transfer-encoding" in headers:
        return 411
    return 413 if int(headers.get("content-length", "0")) > MOST_BODY else 0


def owner_of(cookies: Mapping[str, str]) -> str:
    """Whose conversations a request may see: the hash of the browser's cookie.

    A client without the cookie is nobody's: it gets a new name each time.
    """
    cookie = cookies.get(OWNER_COOKIE, "")
    value = cookie if len(cookie) >= MIN_COOKIE else secrets.token_urlsafe()
    return hashlib.sha256(value.encode()).hexdigest()


def _new_owner(scope: Scope) -> str:
    """The cookie for a browser that opens a page without one, else ""."""
    if scope["method"] != "GET" or scope["path"] not in PAGE_PATHS:
        return ""
    sent = cookie_parser(Headers(scope=scope).get("cookie", ""))
    if len(sent.get(OWNER_COOKIE, "")) >= MIN_COOKIE:
        return ""
    value = secrets.token_urlsafe(24)
    # Behind a proxy that speaks HTTPS, which tells so.
    secure = "; Secure" if scope["scheme"] == "https" else ""
    return f"{OWNER_COOKIE}={value}; Path=/; HttpOnly; SameSite=Lax; Max-Age=31536000{secure}"


class Guard:
    """ASGI middleware: closed routes, foreign writes and large ones refused; ``HEADERS`` on all."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers.update(HEADERS)
                if "etag" not in headers:
                    headers.setdefault("Cache-Control", NOT_SHARED)
                if cookie := _new_owner(scope):
                    headers.append("Set-Cookie", cookie)
            await send(message)

        refusal = _refusal(scope)
        await (refusal or self._app)(scope, receive, send_with_headers)


def _refusal(scope: Scope) -> PlainTextResponse | None:
    if not is_open(scope["path"]):
        return PlainTextResponse("Not found", status_code=404)
    if scope["method"] in SAFE_METHODS:
        return None
    headers = Headers(scope=scope)
    if is_foreign(headers):
        return PlainTextResponse("Requests from other pages are refused", status_code=403)
    if status := too_much(headers):
        return PlainTextResponse("The request is too large", status_code=status)
    return None


def secure(app: FastAPI, host: str) -> None:
    """Put the guard and the host check before everything the app answers."""
    app.add_middleware(TrustedHostMiddleware, allowed_hosts=allowed_hosts(host), www_redirect=False)
    app.add_middleware(Guard)

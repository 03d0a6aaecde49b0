"""The password: one page to give it on, one cookie that says it was given, and slow guessing.

Gradio's own login leaves its pages open and does not count failed tries.
"""

import hashlib
import hmac
import secrets
import time
from collections import OrderedDict, deque
from collections.abc import Callable
from urllib.parse import parse_qs

from fastapi import FastAPI, Request
from starlette.datastructures import Headers
from starlette.requests import cookie_parser
from starlette.responses import HTMLResponse, PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from ui.render import inert
from ui.words import counted, language, t

SESSION_S = 30 * 24 * 3600
MAX_SESSIONS = 1000
MAX_BODY = 4096
FREE_TRIES = 5
LONGEST_WAIT_S = 900.0
ADDRESSES = 1000
OVERALL_TRIES = 60
OVERALL_S = 60.0
OPEN = ("/login", "/health")


class Tries:
    """Failed tries, by address and over all; memory is bounded however many addresses try."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._failed: OrderedDict[str, tuple[int, float]] = OrderedDict()
        self._all: deque[float] = deque(maxlen=OVERALL_TRIES)

    def wait_s(self, address: str) -> float:
        """Seconds until this address may try again; 0 when it may now."""
        now = self._clock()
        count, last = self._failed.get(address, (0, 0.0))
        own = last + _pause_s(count) - now if count >= FREE_TRIES else 0.0
        full = len(self._all) == OVERALL_TRIES
        overall = self._all[0] + OVERALL_S - now if full else 0.0
        return max(0.0, own, overall)

    def failed(self, address: str) -> None:
        """Note a wrong password."""
        now = self._clock()
        count, _ = self._failed.pop(address, (0, 0.0))
        self._failed[address] = (count + 1, now)
        if len(self._failed) > ADDRESSES:
            self._failed.popitem(last=False)
        self._all.append(now)

    def succeeded(self, address: str) -> None:
        """Forget the failed tries of an address."""
        self._failed.pop(address, None)


def _pause_s(count: int) -> float:
    return min(LONGEST_WAIT_S, 2.0 ** min(count - FREE_TRIES, 10))


class Sessions:
    """The browsers that gave the password; only hashes of their cookies are kept."""

    def __init__(self) -> None:
        self._until: OrderedDict[str, float] = OrderedDict()

    def new(self) -> str:
        """The cookie of one more browser; the oldest session ends when there are too many."""
        token = secrets.token_urlsafe(32)
        self._until[_hash(token)] = time.monotonic() + SESSION_S
        if len(self._until) > MAX_SESSIONS:
            self._until.popitem(last=False)
        return token

    def knows(self, token: str) -> bool:
        """Whether the cookie was given out and is still good."""
        return self._until.get(_hash(token), 0.0) > time.monotonic()


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


class Door:
    """ASGI middleware: nothing but the login and the health check without the cookie."""

    def __init__(self, app: ASGIApp, sessions: Sessions, cookie: str) -> None:
        self._app = app
        self._sessions = sessions
        self._cookie = cookie

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        refusal = _refusal(scope, self._sessions, self._cookie)
        await (refusal or self._app)(scope, receive, send)


def cookie_of(port: int) -> str:
    """The name of the cookie on a port: a browser keeps one set of them for a whole host."""
    return f"pincite-session-{port}"


def _refusal(scope: Scope, sessions: Sessions, cookie: str) -> Response | None:
    if scope["type"] == "lifespan" or scope["path"] in OPEN:
        return None
    headers = Headers(scope=scope)
    if sessions.knows(cookie_parser(headers.get("cookie", "")).get(cookie, "")):
        return None
    if "text/html" in headers.get("accept", ""):
        return RedirectResponse("/login", status_code=303)
    return PlainTextResponse(t("Log in first"), status_code=401)


def add_login(app: FastAPI, password: str, port: int) -> None:
    """Put the door before everything the app answers, and the login page beside it."""
    sessions, tries, cookie = Sessions(), Tries(), cookie_of(port)
    app.add_middleware(Door, sessions=sessions, cookie=cookie)

    @app.get("/login")
    async def form() -> HTMLResponse:
        return HTMLResponse(_page(""))

    @app.post("/login")
    async def login(request: Request) -> Response:
        address = request.client.host if request.client else ""
        given = await _given(request)
        # Nothing is awaited from here on: tries that come at once are counted one after the other.
        wait_s = tries.wait_s(address)
        if wait_s > 0:
            text = counted(
                "Too many wrong passwords. Try again in {count} second.",
                "Too many wrong passwords. Try again in {count} seconds.",
                round(wait_s),
            )
            return HTMLResponse(_page(text), 429, {"Retry-After": f"{wait_s:.0f}"})
        if not hmac.compare_digest(given.encode(), password.encode()):
            tries.failed(address)
            return HTMLResponse(_page(t("That is not the password.")), 401)
        tries.succeeded(address)
        answer = RedirectResponse("/", status_code=303)
        answer.set_cookie(
            cookie,
            sessions.new(),
            max_age=SESSION_S,
            httponly=True,
            samesite="lax",
            path="/",
            # Behind a proxy that speaks HTTPS, which tells so.
            secure=request.url.scheme == "https",
        )
        return answer


async def _given(request: Request) -> str:
    body = b""
    async for chunk in request.stream():
        body += chunk
        if len(body) > MAX_BODY:
            return ""
    fields = parse_qs(body.decode("utf-8", "replace"), max_num_fields=10)
    return fields.get("password", [""])[0]


def _page(message: str) -> str:
    """The login page, which says ``message`` if there is one.

    The form names no address: sent to the page's own, a browser keeps what follows its "#", and a
    link to a paragraph still leads there after the password.
    """
    said = f'<p role="alert">{inert(message)}</p>' if message else ""
    return f"""<!doctype html><html lang="{language()}"><head>
<meta charset="utf-8"><title>Pincite</title>
<meta name="viewport" content="width=device-width, initial-scale=1"><style>
:root {{ color-scheme: light dark; }}
body {{ font: 16px/1.5 system-ui, sans-serif; margin: 18vh auto; max-width: 20rem; }}
label, input, button {{ box-sizing: border-box; display: block; font: inherit; width: 100%; }}
input {{ margin: .3rem 0 1rem; padding: .5rem; }}
button {{ background: #24509e; border: 0; border-radius: 8px; color: #fff; padding: .6rem; }}
</style></head><body><main><h1>Pincite</h1>{said}<form method="post">
<label for="password">{inert(t("Password"))}</label>
<input id="password" name="password" type="password" autocomplete="current-password" autofocus>
<button>{inert(t("Log in"))}</button></form></main></body></html>"""

"""Which language a request is answered in: that of its page, else one the browser asks for."""

from collections.abc import Mapping

from starlette.datastructures import Headers
from starlette.requests import cookie_parser
from starlette.types import ASGIApp, Receive, Scope, Send

from ui.catalogue import ENGLISH, LANGUAGES
from ui.words import speak

COOKIE = "pincite-language"
"""Set by ``static/words.js`` to the language its page is in; read by nothing else."""


def language_of(headers: Mapping[str, str]) -> str:
    """One of ``LANGUAGES``; English when none of them is wanted."""
    page = cookie_parser(headers.get("cookie", "")).get(COOKIE, "")
    return page if page in LANGUAGES else _asked_for(headers.get("accept-language", ""))


def _asked_for(accepted: str) -> str:
    """The best of ``de-CH, de;q=0.9, en;q=0.8`` that there is."""
    wanted = [
        (weight, code)
        for code, weight in map(_weighed, accepted.split(","))
        if code in LANGUAGES and weight > 0
    ]
    return max(wanted, key=lambda one: one[0])[1] if wanted else ENGLISH


def _weighed(part: str) -> tuple[str, float]:
    tag, _, parameter = part.partition(";")
    name, _, value = parameter.strip().partition("=")
    try:
        weight = float(value) if name.strip() == "q" else 1.0
    except ValueError:
        weight = 0.0
    return tag.strip().lower().partition("-")[0], weight


class Speaking:
    """ASGI middleware: whatever answers a request does so in its language."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            speak(language_of(Headers(scope=scope)))
        await self._app(scope, receive, send)

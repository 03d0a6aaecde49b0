"""What went wrong with a model server -> one plain sentence that says how to mend it."""

import json
import re
import socket
import ssl
import unicodedata
from collections.abc import Iterator
from contextlib import suppress

import httpx
import openai

MAX_SAID = 160
_SECONDS = re.compile(r"[1-9]\d{0,4}")


class CallProblem(Exception):
    """Trouble we noticed ourselves; the message continues "<model> "."""


def explained(error: Exception, *, slow: str, secret: str = "") -> str:
    """What to put after the model's name.

    ``slow`` are the words for a time that passed; ``secret`` is masked in what the server said.
    """
    chain = list(_causes(error))
    for cause in chain:
        if isinstance(cause, CallProblem):
            return str(cause)
    for cause in chain:
        if isinstance(cause, openai.APIStatusError):
            said, again = _said(cause, secret), _again(cause.response)
            return _status(cause.status_code, said, again, has_key=bool(secret))
        if isinstance(cause, httpx.HTTPStatusError):
            said, again = _flat(_body(cause.response), secret), _again(cause.response)
            return _status(cause.response.status_code, said, again, has_key=bool(secret))
    return _transport(chain, _said(error, secret), slow)


def no_sign(limit_s: float) -> str:
    """The words for a server that did not even tell its models in time."""
    return (
        f"did not answer within {limit_s:g} s: it may be busy or still loading. Check again later,"
        " or look at its log"
    )


def too_slow(limit_s: float, setting: str) -> str:
    """The words for a limit that passed."""
    return (
        f"did not answer within {limit_s:g} s: it may be busy or still loading. Ask again, or"
        f" raise {setting} in the settings"
    )


def _again(response: httpx.Response) -> str:
    """When to ask again, as the server says in seconds."""
    seconds = response.headers.get("retry-after", "")
    return f"ask again in {seconds} s" if _SECONDS.fullmatch(seconds) else "ask again later"


def _status(code: int, said: str, again: str, *, has_key: bool) -> str:
    told = f", saying “{said}”" if said else ""
    if code == 401 and not has_key:
        return f"wants a key (HTTP {code}{told}): set llm_api_key in the settings"
    if code in (401, 403):
        return f"refused the key (HTTP {code}{told}): correct llm_api_key in the settings"
    if code == 404:
        return (
            f"knows no such model or address (HTTP 404{told}): check llm and llm_base_url in the"
            " settings; the base URL usually ends in /v1"
        )
    if code == 429:
        return f"takes no more requests now (HTTP 429{told}): {again}, or check its quota"
    if code == 503:
        return f"is not ready (HTTP 503{told}): {again}, or look at its log"
    if code in (300, 301, 302, 303, 307, 308):
        return (
            f"sends requests to another address (HTTP {code}): set llm_base_url to that address,"
            " if you trust it"
        )
    if code >= 500:
        return f"failed (HTTP {code}{told}): ask again, or look at its log"
    return (
        f"refused the request (HTTP {code}{told}): check llm in the settings, or lower"
        " context_tokens if its window is small"
    )


def _transport(chain: list[BaseException], said: str, slow: str) -> str:
    kinds = tuple(type(cause) for cause in chain)

    def has(*wanted: type[BaseException]) -> bool:
        return any(issubclass(kind, wanted) for kind in kinds)

    if any(isinstance(cause, UnicodeEncodeError) and cause.encoding == "ascii" for cause in chain):
        return (
            "cannot be sent the key, which has characters that no key has: correct llm_api_key in"
            " the settings"
        )
    if has(ssl.SSLCertVerificationError):
        return (
            "has a certificate that is not trusted here: name the file of the authority that"
            " signed it in SSL_CERT_FILE, or correct llm_base_url in the settings"
        )
    if has(ssl.SSLError):
        return "does not speak HTTPS there: begin llm_base_url in the settings with http://"
    if has(socket.gaierror):
        return "could not be reached, its name is not known: correct llm_base_url in the settings"
    if has(httpx.ConnectError, httpx.ConnectTimeout, httpx.UnsupportedProtocol, httpx.InvalidURL):
        return "could not be reached: start it, or correct llm_base_url in the settings"
    if has(openai.APITimeoutError, httpx.TimeoutException):
        return slow
    if has(UnicodeDecodeError, json.JSONDecodeError, openai.APIResponseValidationError):
        return f"sent something that cannot be read ({said}): check llm_base_url in the settings"
    if has(httpx.NetworkError, httpx.ProtocolError):
        return "broke off in the middle of its reply: ask again, or look at its log"
    if has(openai.APIError):
        return f"reported an error, saying “{said}”: ask again, or look at its log"
    return f"sent something that is no answer ({said}): check llm_base_url in the settings"


def _causes(error: BaseException | None) -> Iterator[BaseException]:
    while error is not None:
        yield error
        error = error.__cause__ or error.__context__


def _said(error: BaseException, secret: str) -> str:
    """One short line of what the server said, without control characters or our key."""
    body = getattr(error, "body", None)
    message = body.get("message") if isinstance(body, dict) else None
    return _flat(message if isinstance(message, str) else str(error), secret)


def _body(response: httpx.Response) -> str:
    """What a response says is wrong: its error's message, else its text."""
    with suppress(ValueError, KeyError, TypeError):
        return str(response.json()["error"]["message"])
    return response.text


def _flat(text: str, secret: str) -> str:
    if secret:
        text = text.replace(secret, "***")
    flat = " ".join("".join(" " if unicodedata.category(c)[0] == "C" else c for c in text).split())
    return flat if len(flat) <= MAX_SAID else f"{flat[: MAX_SAID - 1]}…"

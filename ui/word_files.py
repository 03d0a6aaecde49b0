"""The words of the pages as browsers get them: a file a language, fetched where it is spoken.

Its address holds a hash of its content, so that a browser asks for it once and again only when the
words have changed. English needs none: its sentences stand in the scripts.
"""

import hashlib
import json
from functools import cache

from fastapi import FastAPI
from starlette.responses import PlainTextResponse, Response

from ui.catalogue import ENGLISH, LANGUAGES, catalogue
from ui.script_json import inside_script
from ui.words import phrase, t

KEPT = {"Cache-Control": "private, max-age=31536000, immutable"}
NOT_FOUND = phrase("There is no such language, or its words have changed: load the page again.")


@cache
def word_file(language: str) -> str:
    """What the pages say in a language, by the English sentences, as JSON."""
    return json.dumps(dict(catalogue(language).words), ensure_ascii=False, separators=(",", ":"))


@cache
def address(language: str) -> str:
    """Where a browser finds the file of a language."""
    return f"/words/{language}-{hashlib.sha256(word_file(language).encode()).hexdigest()[:16]}.json"


def for_pages() -> str:
    """The languages there are and where their words lie, as JSON for a script element."""
    value = {
        "names": {code: catalogue(code).name for code in LANGUAGES},
        "files": {code: address(code) for code in LANGUAGES if code != ENGLISH},
    }
    return inside_script(json.dumps(value, ensure_ascii=False, separators=(",", ":")))


def add_words(app: FastAPI) -> None:
    """Add the route of the files."""
    files = {address(code): word_file(code) for code in LANGUAGES if code != ENGLISH}

    @app.get("/words/{name}")
    def words(name: str) -> Response:
        found = files.get(f"/words/{name}")
        if found is None:
            return PlainTextResponse(t(NOT_FOUND), 404)
        return Response(found, media_type="application/json", headers=KEPT)

"""The translations of the interface, one JSON file a language in ``ui/languages``.

Keys are the English sentences, so that English needs no file and what is missing is shown in
English. ``words`` are the sentences of the pages, ``messages`` those that the layers below say of
documents, models and settings, their values numbered: ``"{0} does not exist: ..."``.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from ui.script_json import inside_script

ENGLISH = "en"
LANGUAGES = (ENGLISH, "de", "fr", "es")
"""ISO 639-1 codes; all but English have a file."""


@dataclass(frozen=True, slots=True)
class Catalogue:
    """One language: its own name for itself, and what it says for each English sentence.

    A sentence with a number has two forms under its singular: for one, and for all others.
    """

    name: str
    words: Mapping[str, str | Sequence[str]]
    messages: Mapping[str, str]


@cache
def catalogue(language: str) -> Catalogue:
    """The catalogue of one of ``LANGUAGES``."""
    if language == ENGLISH:
        return Catalogue("English", {}, {})
    found = files("ui").joinpath("languages", f"{language}.json").read_text(encoding="utf-8")
    return Catalogue(**json.loads(found))


def for_browsers() -> str:
    """All languages as one JSON object, in a form that may stand inside a script element."""
    translated = [catalogue(code).words for code in LANGUAGES if code != ENGLISH]
    sentences = sorted({sentence for words in translated for sentence in words})
    value = {
        "names": {code: catalogue(code).name for code in LANGUAGES},
        # Each sentence once, then what the languages say, in their order.
        "words": {s: [words.get(s, s) for words in translated] for s in sentences},
    }
    return inside_script(json.dumps(value, ensure_ascii=False, separators=(",", ":")))

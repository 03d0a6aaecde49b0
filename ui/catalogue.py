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

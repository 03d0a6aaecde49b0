"""Sentences the server makes, in the language of whoever asked; ``static/words.js`` is its twin.

The language belongs to the request, not to a value that every view would have to carry: it is set
where a request comes in (``ui/language.py``) and read here. Elsewhere, on the command line or in
the desk's thread, it is English.
"""

import re
from contextvars import ContextVar

from ui.catalogue import ENGLISH, catalogue

_spoken: ContextVar[str] = ContextVar("language", default=ENGLISH)
_PLACEHOLDER = re.compile(r"\{(\w+)\}")
_GROUPS = {"en": ",", "de": ".", "fr": "\u202f", "es": "."}
_POINTS = {"en": ".", "de": ",", "fr": ",", "es": ","}


def language() -> str:
    """The language spoken now."""
    return _spoken.get()


def speak(code: str) -> None:
    """Speak this language from now on, in the request or task this is called in."""
    _spoken.set(code)


def phrase(sentence: str) -> str:
    """Marks a sentence as one of the catalogues' that is translated where it is shown."""
    return sentence


def t(sentence: str, **values: str | int) -> str:
    """The sentence in the language spoken, its ``{name}`` replaced; in English where it is missing.

    Whole numbers are grouped as the language does it.
    """
    found = catalogue(language()).words.get(sentence)
    return filled(found if isinstance(found, str) else sentence, values)


def counted(one: str, more: str, count: int, **values: str | int) -> str:
    """The form of a sentence that fits ``count``, which also replaces its ``{count}``."""
    found = catalogue(language()).words.get(one)
    forms = (one, more) if found is None or isinstance(found, str) else tuple(found)
    return filled(forms[not is_one(count)], {"count": count, **values})


def is_one(count: int) -> bool:
    """Whether a number takes the singular: French counts none as one."""
    return count in (0, 1) if language() == "fr" else count == 1


def filled(sentence: str, values: dict[str, str | int]) -> str:
    """A sentence with its placeholders replaced; one without a value stays as it is."""

    def value(found: re.Match[str]) -> str:
        given = values.get(found[1], found[0])
        return whole(given) if isinstance(given, int) else given

    return _PLACEHOLDER.sub(value, sentence)


def whole(number: int) -> str:
    """A whole number with its thousands grouped; Spanish leaves four digits together."""
    if language() == "es" and abs(number) < 10_000:
        return str(number)
    return f"{number:,}".replace(",", _GROUPS[language()])


def decimal(number: float, digits: int, *, sign: bool = False) -> str:
    """A number with so many digits after the point."""
    shown = f"{number:+.{digits}f}" if sign else f"{number:.{digits}f}"
    return shown.replace(".", _POINTS[language()])

"""What the layers below say of documents, models and settings -> the language spoken.

Such a message is a finished English sentence: it is raised far from any page, crosses from one
process to another, or was written into the catalog. So its sentence is found by its fixed words,
and what stands between them is taken over. A message no catalogue knows stays English.
"""

import re
from collections.abc import Sequence
from functools import cache, lru_cache
from itertools import islice

from ui.catalogue import ENGLISH, catalogue
from ui.words import filled, language

_PLACEHOLDER = re.compile(r"\{\d+\}")
_SENTENCE_END = re.compile(r"(?<=[.:]) ")
LONGEST = 1000
"""Characters of a message that is looked for; longer ones hold more foreign text than ours."""
_MOST_ENDS = 12
"""Where the first sentence of a message may end: ours hold a few, those of values among them."""


def told(message: str) -> str:
    """A message in the language spoken; several sentences are translated one by one."""
    if language() == ENGLISH or not message or len(message) > LONGEST:
        return message
    return _told(language(), message)


@lru_cache(maxsize=2000)
def _told(code: str, message: str) -> str:
    known = _known(code, message)
    if known is not None:
        return known
    for end in islice(_SENTENCE_END.finditer(message), _MOST_ENDS):
        first = _known(code, message[: end.start()])
        if first is not None:
            return f"{first} {_told(code, message[end.end() :])}"
    return message


def _known(code: str, message: str) -> str | None:
    word = catalogue(code).words.get(message)
    return word if isinstance(word, str) else _of_below(code, message)


def _of_below(code: str, message: str) -> str | None:
    exact = catalogue(code).messages.get(message)
    if exact is not None:
        return exact
    for fixed, translation in _patterns(code):
        values = values_between(fixed, message)
        if values is not None:
            # What a message tells may be another message: why a model cannot be asked, say.
            spoken = (_of_below(code, value) or value for value in values)
            return filled(translation, {str(i): value for i, value in enumerate(spoken)})
    return None


@cache
def _patterns(code: str) -> list[tuple[list[str], str]]:
    """The sentences with values in them; those with the most fixed words are tried first."""
    messages = [(k, t) for k, t in catalogue(code).messages.items() if _PLACEHOLDER.search(k)]
    messages.sort(key=lambda message: -len(_PLACEHOLDER.sub("", message[0])))
    return [(_PLACEHOLDER.split(sentence), translation) for sentence, translation in messages]


def values_between(fixed: Sequence[str], message: str) -> list[str] | None:
    """What stands between the fixed words of a sentence, at least a character each, or None.

    Each is as short as can be, so one pass finds them whatever a message repeats.
    """
    first, *inner, last = fixed
    if not (message.startswith(first) and message.endswith(last)):
        return None
    values: list[str] = []
    begin, end = len(first), len(message) - len(last)
    for words in inner:
        at = message.find(words, begin + 1, end)
        if at < 0:
            return None
        values.append(message[begin:at])
        begin = at + len(words)
    return [*values, message[begin:end]] if begin < end else None

"""What the layers below say of documents, models and settings -> the language spoken.

Such a message is a finished English sentence: it is raised far from any page, crosses from one
process to another, or was written into the catalog. So its sentence is found by its fixed words,
and what stands between them is taken over. A message no catalogue knows stays English.
"""

import re
from functools import cache, lru_cache

from ui.catalogue import ENGLISH, catalogue
from ui.words import filled, language

_PLACEHOLDER = re.compile(r"\{\d+\}")
_SENTENCE_END = re.compile(r"(?<=[.:]) ")
LONGEST = 1000
"""Characters of a message that is looked for; longer ones hold more foreign text than ours."""


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
    for end in _SENTENCE_END.finditer(message):
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
    for pattern, translation in _patterns(code):
        if match := pattern.fullmatch(message):
            # What a message tells may be another message: why a model cannot be asked, say.
            values = (_of_below(code, value) or value for value in match.groups())
            return filled(translation, {str(i): value for i, value in enumerate(values)})
    return None


@cache
def _patterns(code: str) -> list[tuple[re.Pattern[str], str]]:
    """The sentences with values in them; those with the most fixed words are tried first."""
    messages = [(k, t) for k, t in catalogue(code).messages.items() if _PLACEHOLDER.search(k)]
    messages.sort(key=lambda message: -len(_PLACEHOLDER.sub("", message[0])))
    return [(_pattern(sentence), translation) for sentence, translation in messages]


def _pattern(sentence: str) -> re.Pattern[str]:
    fixed = map(re.escape, _PLACEHOLDER.split(sentence))
    return re.compile("(.+?)".join(fixed), re.DOTALL)

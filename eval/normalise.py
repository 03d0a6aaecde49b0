"""Text made comparable: whitespace collapsed, SQuAD normalisation, citation marks removed.

SQuAD normalisation is that of the official scorer (Rajpurkar et al. 2016, ``evaluate-v1.1.py``,
unchanged in v2.0): lower case, drop ASCII punctuation, drop the words a, an, the, collapse
whitespace. One addition: curly quotes count as the straight ones, because documents have them
and models type the others. On text without curly quotes the two are the same function.
"""

import re
import string

_ARTICLES = re.compile(r"\b(?:a|an|the)\b")
# As those of the engine are: a year in brackets is none.
_MARK = re.compile(r"\s*\[(\d{1,3})\]")
STRAIGHT = str.maketrans({"“": '"', "”": '"', "‘": "'", "’": "'"})
_NO_PUNCTUATION = str.maketrans("", "", string.punctuation)


def collapse(text: str) -> str:
    """The text with every run of whitespace as one space, and none at the ends."""
    return " ".join(text.split())


def normalise(text: str) -> str:
    """The text as the SQuAD scorer compares it."""
    return collapse(_ARTICLES.sub(" ", bare(text)))


def bare(text: str) -> str:
    """The same with its articles and blanks."""
    return text.lower().translate(STRAIGHT).translate(_NO_PUNCTUATION)


def tokens(text: str) -> list[str]:
    """The words of the text after SQuAD normalisation."""
    return normalise(text).split()


def without_marks(text: str) -> str:
    """An answer's text without its ``[n]`` marks, whitespace collapsed."""
    return collapse(_MARK.sub("", text))


def marks(text: str) -> tuple[int, ...]:
    """The numbers of the ``[n]`` marks of an answer, in order."""
    return tuple(map(int, _MARK.findall(text)))

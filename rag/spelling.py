"""A question with typing errors -> the question as it was meant.

Only a word that neither the documents nor an English dictionary hold is taken for an error. What it
was meant to be is a word of the documents spelt like it, else a common English one. The corrected
question is shown, so that a wrong correction is seen.
"""

import re
from collections.abc import Iterator
from contextlib import suppress
from functools import cache
from importlib.resources import files
from threading import Lock, Thread, main_thread
from typing import IO, Protocol, cast

from rapidfuzz.distance import OSA
from symspellpy import SymSpell, Verbosity

from index.words import CALENDAR, STOP_WORDS, WORD
from rag.language import looks_english

_QUOTED = re.compile(
    r"[\"“”„«»].*?[\"“”„«»]|`[^`]*`|(?<!\w)['‘].*?['’](?!\w)",
    re.DOTALL,  # questions before this one may have several lines
)
_PLAIN = re.compile(r"[^\W\d_]+\Z")
_TWO_WAYS = (
    ("our", "or"), ("([iy])s(?=e|ing|ation)", r"\1z"), (r"(?<=[bct])re(?=s?\b)", "er"), ("ll", "l"),
    ("ogue", "og"), ("[ao]e", "e"), (r"ence\b", "ense"),
)  # fmt: skip
_SHARED_TEXT = "a am an as do her in me on so was will"
_SHARED = frozenset(_SHARED_TEXT.split())
"""Little words that other languages spell like English ones."""
_SURE_CALENDAR = CALENDAR - {"March", "May", "August"}
"""Names of the calendar that are no other words."""
_ASKING = ("who", "whom", "whose", "what", "which", "when", "where", "why", "how")
_SHORTEST = 4
_SHORTEST_NAME = 5
# From so many letters on two errors leave enough of a word to know it by.
_LONG = 8
_LINES_AT_ONCE = 500
_LOADING = Lock()


class Words(Protocol):
    """The words of the documents, as ``index.vocabulary.Vocabulary`` has them."""

    def holds(self, word: str) -> bool:
        """Does any paragraph hold it?"""

    def nearest(self, word: str, most: int) -> str:
        """The word at most so many changes away, as it is written there; "" if there is none."""

    def name(self, word: str) -> str:
        """The word with its capital, where it is written with one wherever that tells; else ""."""


class Dictionary(Protocol):
    """Words of a language."""

    def holds(self, word: str) -> bool:
        """Is it one of its words?"""

    def nearest(self, word: str) -> str:
        """The most common word one change away, first letter kept; "" if there is none."""


class English:
    """The words of symspellpy, British and American: loaded beside other work, or when asked."""

    def load(self) -> None:
        """Begin to load them, which takes half a second, and do not wait."""
        # No daemon: one that still runs while the interpreter is taken down can abort the process.
        Thread(target=_load, name="pincite-dictionary").start()

    def holds(self, word: str) -> bool:
        return word.lower() in _english().words

    def nearest(self, word: str) -> str:
        word = word.lower()
        found = _english().lookup(word, Verbosity.ALL, max_edit_distance=1)
        return next((str(near.term) for near in found if near.term[0] == word[0]), "")


class Spelling:
    """Corrects questions by the words of one index."""

    def __init__(self, words: Words, dictionary: Dictionary) -> None:
        self._words = words
        self._dictionary = dictionary

    def corrected(self, text: str) -> str:
        """``text``, with its typing errors mended; quoted words stay, and other languages."""
        little = STOP_WORDS.intersection(word.lower() for word in WORD.findall(text))
        if little <= _SHARED or not looks_english(text):
            return text
        quoted = [m.span() for m in _QUOTED.finditer(text)]
        parts, done = [], 0
        for match in WORD.finditer(text):
            inside = any(start <= match.start() < end for start, end in quoted)
            word, ending = _without_possessive(match.group())
            kept = word if inside else self._word(word, first=match.start() == 0)
            parts += [text[done : match.start()], kept, ending]
            done = match.end()
        return "".join([*parts, text[done:]])

    def in_conversation(self, text: str) -> str:
        """As ``corrected``; and typed without a capital, with those that names have in documents.

        What a follow-up exchanges or is asked of is told by the names.
        """
        text = self.corrected(text)
        if any(character.isupper() for character in text[1:]):
            return text
        return WORD.sub(self._as_name, text)

    def _as_name(self, found: re.Match[str]) -> str:
        word, ending = _without_possessive(found.group())
        if word.removesuffix("s").capitalize() in _SURE_CALENDAR:
            return f"{word.capitalize()}{ending}"
        plain = word.lower() not in STOP_WORDS and _PLAIN.match(word)
        return f"{(plain and self._words.name(word)) or word}{ending}"

    def _word(self, word: str, *, first: bool) -> str:
        # Whoever writes a sentence with a capital in it names something, of whose spelling less
        # is known than of a common word's.
        name = word[0].isupper() and not first
        if (
            len(word) < (_SHORTEST_NAME if name else _SHORTEST)
            or not _PLAIN.match(word)
            or word.isupper()
            or word.lower() in STOP_WORDS
            or self._words.holds(word)
            or self._dictionary.holds(word)
        ):
            return word
        meant = _asking(word) if first else ""
        meant = meant or self._words.nearest(word, 1)
        if not meant and not name:
            meant = self._dictionary.nearest(word)
            if not meant and len(word) >= _LONG:
                meant = self._words.nearest(word, 2)
        if not meant or _folded(meant) == _folded(word):
            return word
        return meant[0].upper() + meant[1:] if word[0].isupper() else meant


def _without_possessive(word: str) -> tuple[str, str]:
    """The word and its "'s", if it has one."""
    at = len(word) - 2
    return (word[:at], word[at:]) if word.lower().endswith(("'s", "’s")) else (word, "")


def _folded(word: str) -> str:
    """One form for what British and American English spell in two ways."""
    word = word.lower()
    for pattern, one in _TWO_WAYS:
        word = re.sub(pattern, one, word)
    return word


def _asking(word: str) -> str:
    """The one word questions begin with that is one change away, else ""."""
    near = [w for w in _ASKING if OSA.distance(word.lower(), w, score_cutoff=1) <= 1]
    return near[0] if len(near) == 1 else ""


class _ProgramEndsError(Exception):
    """Nobody will ask for the dictionary any more."""


def _load() -> None:
    with suppress(_ProgramEndsError):
        _english()


def _english() -> SymSpell:
    # A cache alone lets whoever asks during the loading begin another one.
    with _LOADING:
        return _dictionary()


@cache
def _dictionary() -> SymSpell:
    words = SymSpell(max_dictionary_edit_distance=1)
    file = files("symspellpy") / "frequency_dictionary_en_82_765.txt"
    with file.open(encoding="utf-8") as lines:
        wanted = cast(IO[str], _while_wanted(lines))
        words.load_dictionary(wanted, term_index=0, count_index=1)
    return words


def _while_wanted(lines: IO[str]) -> Iterator[str]:
    """The lines, as long as the program goes on: its end waits for this thread."""
    for number, line in enumerate(lines):
        if number % _LINES_AT_ONCE == 0 and not main_thread().is_alive():
            raise _ProgramEndsError
        yield line

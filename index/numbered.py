"""What a number belongs to, "release 4.0" or "the third season", and texts that tell of another.

Paragraphs of the fourth and of the sixth release are near each other by words and by meaning, and
only one of them is asked for.
"""

import re
from collections.abc import Collection
from itertools import pairwise

from index.types import Paragraph
from index.words import MONTHS, STOP_WORDS, WORD, ordinal, stem

_MONTHS = frozenset(month.lower() for month in MONTHS)
_WHOLE = ".0"
_YEAR = 4
"""A number of so many digits is taken for a year, which says when and not which."""
_WORD = re.compile(rf"\d+(?:st|nd|rd|th)\b|{WORD.pattern}", re.IGNORECASE)
_FIRST = re.compile(r"first\b", re.IGNORECASE)
_APART = frozenset([" ", "-", "\n"])

Numbered = tuple[str, str]
"""The stem of a word and the number that stands with it."""


def numbered(text: str) -> dict[Numbered, str]:
    """Each word of ``text`` that a number follows, or an ordinal goes before, as it is written."""
    found: dict[Numbered, str] = {}
    for left, right in pairwise(_WORD.finditer(text)):
        if text[left.end() : right.start()] not in _APART:
            continue
        number = _number(right.group())
        word, number = (left.group(), number) if number else (right.group(), ordinal(left.group()))
        if number and _is_kind(word):
            found.setdefault((stem(word), number), text[left.start() : right.end()])
    return found


def asked_for(question: str) -> dict[Numbered, str]:
    """Those of a question that tell what it is about, as it writes them.

    "When did they first win?" does not ask about wins by their number.
    """
    return {
        one: as_written
        for one, as_written in numbered(question).items()
        if not _FIRST.match(as_written)
    }


def numbered_in(paragraph: Paragraph) -> set[Numbered]:
    """Those of a paragraph and its headings."""
    return {one for text in (paragraph.text, *paragraph.heading_path) for one in numbered(text)}


def tells_of(asked: Collection[Numbered], paragraph: Paragraph) -> int:
    """1 where a paragraph tells of something asked for, -1 where of another of its kind, else 0."""
    told = numbered_in(paragraph)
    if another_of_its_kind(asked, told):
        return -1
    return int(not told.isdisjoint(asked))


def another_of_its_kind(asked: Collection[Numbered], told: Collection[Numbered]) -> Numbered | None:
    """What of ``asked`` is missing in a text that tells of others of its kind; None where nothing.

    Of several of one kind that are asked for, one is enough.
    """
    held = {kind for kind, _ in {*asked} & {*told}}
    others = {kind for kind, _ in told} - held
    return next((one for one in asked if one[0] in others), None)


def plain(number: str) -> str:
    """Release 4.0 is also called 4."""
    return number.removesuffix(_WHOLE)


def _number(word: str) -> str:
    """In digits, "" where it is none or a year."""
    number = plain(stem(word))
    return number if number[0].isdigit() and not (number.isdigit() and len(number) >= _YEAR) else ""


def _is_kind(word: str) -> bool:
    lower = word.lower()
    return not (stem(word)[0].isdigit() or lower in STOP_WORDS or lower in _MONTHS)

"""What a number belongs to, "release 4.0" or "the third season", and texts that tell of another.

Capitals count like numbers: "Annex B", "World War II".

Paragraphs of the fourth and of the sixth release are near each other by words and by meaning, and
only one of them is asked for.
"""

import re
from collections.abc import Collection, Iterator, Sequence
from functools import lru_cache
from itertools import pairwise

from index.types import Paragraph, file_name
from index.words import COUNTED, MONTHS, STOP_WORDS, ordinal, stem

_MONTHS = frozenset(month.lower() for month in MONTHS)
_WHOLE = ".0"
_YEAR = 4
"""A number of so many digits is taken for a year, which says when and not which."""
_ROMAN = re.compile(r"(?=..)(?:XL|L?X{0,3})(?:IX|IV|V?I{0,3})")
"""To 89: "CLI" and "MD" are abbreviations."""
_LETTER = re.compile(r"[A-HJ-Z]")
"""Not "I", who is somebody."""
_INITIAL = re.compile(r"[A-Z]\.(?!\s*$)")
_CENTURY = stem("century")
_IN_CENTURY = re.compile(r"\b(1\d|20)\d\d\b")
_FIRST = re.compile(r"first\b", re.IGNORECASE)
# Of what lies before or after something a source may well give another time or number.
_COMPARING_TEXT = (
    "after before since until till than by from between to through over under above below least"
    " most about around nearly almost besides except following prior"
)
COMPARING = frozenset(_COMPARING_TEXT.split())
_APART = frozenset([" ", "-", "\n"])
_PARTS_TEXT = "article clause item note paragraph point rule section sub-clause"
_PARTS = frozenset(map(stem, _PARTS_TEXT.split()))
_OWN = re.compile(r"^[ \t]*\(?(\d{1,3}(?:\.\d{1,3})*)[.)]?[ \t]+(?=\D)", re.MULTILINE)

_KEPT = 4096
"""What is numbered is kept of so many texts: one question after another finds the same."""

Numbered = tuple[str, str]
"""The stem of a word and the number that stands with it."""


@lru_cache(maxsize=_KEPT)
def numbered(text: str) -> frozenset[Numbered]:
    """Each word of ``text`` that a number follows, or an ordinal goes before."""
    return frozenset(one for one, _ in _numbered(text, list(COUNTED.finditer(text))))


def asked_for(question: str) -> dict[Numbered, str]:
    """Those of a question that tell what it is about, as it writes them: "Super Bowl 50".

    "When did they first win?" does not ask about wins by their number.
    """
    words = list(COUNTED.finditer(question))
    return {
        one: question[_begin(question, words, i) : words[i + 1].end()]
        for one, i in _numbered(question, words)
        if not _FIRST.match(question, words[i].start())
    }


def numbered_in(paragraph: Paragraph) -> set[Numbered]:
    """Those of a paragraph, its headings and the name of its file.

    One that names centuries tells of those of its years as well, one that begins with a number, as
    clauses do, of the part of a document that has it.
    """
    texts = (paragraph.text, *paragraph.heading_path, file_name(paragraph.path))
    found = set[Numbered]().union(*map(numbered, texts))
    if any(kind == _CENTURY for kind, _ in found):
        years = _IN_CENTURY.finditer(paragraph.text)
        found |= {(_CENTURY, str(int(year[1]) + 1)) for year in years}
    return found | {(part, number) for number in own_numbers(paragraph) for part in _PARTS}


def own_numbers(paragraph: Paragraph) -> set[str]:
    """The numbers that it, its items or its headings begin with: of 5.1 also 5."""
    texts = (paragraph.text, *paragraph.heading_path)
    whole = {match[1] for text in texts for match in _OWN.finditer(text)}
    return {
        ".".join(number.split(".")[: i + 1])
        for number in whole
        for i in range(number.count(".") + 1)
    }


def tells_of(asked: Collection[Numbered], paragraph: Paragraph) -> int:
    """1 where a paragraph tells of something asked for, -1 where of another of its kind, else 0.

    2 where it is that itself: "clause 5.1" and not what changes it.
    """
    told = numbered_in(paragraph)
    if another_of_its_kind(asked, told):
        return -1
    parts = {number for kind, number in asked if kind in _PARTS}
    if parts and not parts.isdisjoint(own_numbers(paragraph)):
        return 2
    return int(not told.isdisjoint(asked))


def another_of_its_kind(asked: Collection[Numbered], told: Collection[Numbered]) -> Numbered | None:
    """What of ``asked`` is missing in a text that tells of others of its kind; None where nothing.

    Of several of one kind that are asked for, one is enough.
    """
    held = {kind for kind, _ in {*asked} & {*told}}
    others = {kind for kind, _ in told} - held
    return next((one for one in asked if one[0] in others), None)


def label(word: str) -> str:
    """What tells one thing from another of its kind: a number in digits, a capital, in small.

    "" of all other words, and of what may be a year.
    """
    if _LETTER.fullmatch(word) or _ROMAN.fullmatch(word):
        return word.lower()
    number = plain(stem(word))
    return number if number[0].isdigit() and not (number.isdigit() and len(number) >= _YEAR) else ""


def plain(number: str) -> str:
    """Release 4.0 is also called 4."""
    return number.removesuffix(_WHOLE)


def name_start(text: str, words: Sequence[re.Match[str]], i: int) -> int:
    """Where the name that word ``i`` ends begins; at the word itself where there is none."""
    while i and adjoin(text, words[i - 1], words[i]) and _is_name(words[i - 1]):
        i -= 1
    return words[i].start()


def adjoin(text: str, left: re.Match[str], right: re.Match[str]) -> bool:
    """Is there but a blank or a hyphen between two words?"""
    return text[left.end() : right.start()] in {" ", "-"}


def tells(match: re.Match[str]) -> bool:
    """Does a word say what is spoken of? No number does, nor what joins or compares."""
    word = match.group().lower()
    return word not in STOP_WORDS and word not in COMPARING and not word[0].isdigit()


def _numbered(text: str, words: Sequence[re.Match[str]]) -> Iterator[tuple[Numbered, int]]:
    """With which of the words is the first of the two."""
    for i, (left, right) in enumerate(pairwise(words)):
        if text[left.end() : right.start()] not in _APART or _INITIAL.match(text, right.start()):
            continue
        number = label(right.group())
        word, number = (left.group(), number) if number else (right.group(), ordinal(left.group()))
        if number and _is_kind(word):
            yield (stem(word), number), i


def _begin(text: str, words: Sequence[re.Match[str]], i: int) -> int:
    """Where word ``i`` begins, or the name that it ends."""
    capital = words[i].group()[0].isupper()
    return name_start(text, words, i) if capital else words[i].start()


def _is_name(match: re.Match[str]) -> bool:
    return tells(match) and match.group()[0].isupper()


def _is_kind(word: str) -> bool:
    lower = word.lower()
    return not (label(word) or stem(word)[0].isdigit() or lower in STOP_WORDS or lower in _MONTHS)

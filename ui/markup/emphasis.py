"""Runs of ``*``, ``_`` and ``~~`` -> emphasis, by the rules of CommonMark 0.31, section 6.2."""

import string
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from ui.markup.parts import Mark, Style

_PUNCTUATION = frozenset(string.punctuation)


@dataclass(slots=True)
class Delimiter:
    """A run of one mark; ``left`` to ``right`` is what of it is still unused."""

    character: str
    left: int
    right: int
    opens: bool
    closes: bool
    length: int


def delimiter(text: str, start: int, end: int) -> Delimiter:
    """The run from ``start`` to ``end``: can it open, or close, by what stands beside it?"""
    before = text[start - 1] if start else " "
    after = text[end] if end < len(text) else " "
    mark = text[start]
    left = not after.isspace() and (
        not _is_punctuation(after) or before.isspace() or _is_punctuation(before)
    )
    right = not before.isspace() and (
        not _is_punctuation(before) or after.isspace() or _is_punctuation(after)
    )
    if mark == "_":  # Inside a word it marks nothing: snake_case.
        opens = left and (not right or _is_punctuation(before))
        closes = right and (not left or _is_punctuation(after))
    else:
        opens, closes = left, right
    if mark == "~" and end - start != 2:
        opens = closes = False
    return Delimiter(mark, start, end, opens, closes, end - start)


def emphasis(delimiters: Sequence[Delimiter]) -> list[Mark]:
    """The marks that the runs make between them, and the marks' own characters as markup."""
    marks: list[Mark] = []
    open_: list[Delimiter] = []
    # Below these places no opener was found for a run of this kind: without them many runs that
    # find none would take the square of their number.
    floors: dict[tuple[str, bool, int], int] = {}
    for closer in delimiters:
        kind = (closer.character, closer.opens, closer.length % 3)
        while closer.closes and closer.left < closer.right:
            found = _opener(open_, floors.get(kind, 0), closer)
            if found is None:
                floors[kind] = len(open_)
                break
            opener = open_[found]
            del open_[found + 1 :]
            marks += _between(opener, closer)
            if opener.left == opener.right:
                open_.pop()
            floors = {key: min(floor, len(open_)) for key, floor in floors.items()}
        if closer.opens and closer.left < closer.right:
            open_.append(closer)
    return marks


def _opener(open_: Sequence[Delimiter], floor: int, closer: Delimiter) -> int | None:
    places = range(len(open_) - 1, floor - 1, -1)
    return next((i for i in places if _fit(open_[i], closer)), None)


def _fit(opener: Delimiter, closer: Delimiter) -> bool:
    if opener.character != closer.character:
        return False
    both_ways = opener.closes or closer.opens
    of_three = (opener.length + closer.length) % 3 == 0
    return not (both_ways and of_three and (opener.length % 3 or closer.length % 3))


def _between(opener: Delimiter, closer: Delimiter) -> list[Mark]:
    size = 2 if min(opener.right - opener.left, closer.right - closer.left) > 1 else 1
    style = Style.STRONG if size == 2 else Style.EMPHASIS
    inner = (opener.right, closer.left, Style.STRUCK if opener.character == "~" else style)
    marks = (
        (opener.right - size, opener.right, Style.MARKUP),
        inner,
        (closer.left, closer.left + size, Style.MARKUP),
    )
    opener.right -= size
    closer.left += size
    return list(marks)


def _is_punctuation(character: str) -> bool:
    return character in _PUNCTUATION or unicodedata.category(character)[0] in "PS"

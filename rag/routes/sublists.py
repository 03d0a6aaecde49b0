"""Lists within a list: the items (a), (b) of a clause that is an item itself, "(2) It must show—".

Statutes and contracts number clauses and what is under them alike, so that all of it looks like
one list, whose lead-in would stand among its items.
"""

import re
from collections.abc import Sequence
from itertools import pairwise

from index.lines import ENUMERATOR

_MARK = re.compile(rf"\s*(?P<mark>{ENUMERATOR}|\S)")
_UNFINISHED = re.compile(r"(?:[:—–]|:\s*[-—–])\s*$")
_ROMAN = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii")
_NEXT_ROMAN = frozenset(pairwise(_ROMAN))
_FIRST = frozenset(["1", "a", "i"])


def leads_in(text: str) -> bool:
    """Does it end where what it says begins: with a colon or a dash?"""
    return _UNFINISHED.search(text) is not None


def sublists(texts: Sequence[str]) -> list[tuple[int, int]]:
    """Of the items of a list those that lead in to others: which, and the first after these."""
    levels = _levels(texts)
    found = []
    for at, level in enumerate(levels):
        end = next((k for k in range(at + 1, len(levels)) if levels[k] <= level), len(levels))
        if end > at + 1:
            found.append((at, end))
    return found


def _levels(texts: Sequence[str]) -> list[int]:
    """How deep each item is: one deeper than an item that leads in to it, and begins anew."""
    open_marks: list[str] = []
    levels: list[int] = []
    for at, text in enumerate(texts):
        mark = _mark(text)
        above = next(
            (k for k in reversed(range(len(open_marks))) if _follows(open_marks[k], mark)), None
        )
        if above is None:
            deeper = at > 0 and leads_in(texts[at - 1]) and _begins(mark)
            above = len(open_marks) if deeper else max(0, len(open_marks) - 1)
        open_marks[above:] = [mark]
        levels.append(above)
    return levels


def _mark(text: str) -> str:
    """The mark of an item, in small: a bullet, or its number or letter without brackets."""
    found = _MARK.match(text)
    mark = found["mark"].lower() if found else ""
    return mark.strip("().") or mark


def _begins(mark: str) -> bool:
    return mark in _FIRST or not mark.isalnum()


def _follows(before: str, mark: str) -> bool:
    if not mark.isalnum():
        return before == mark
    if mark.isdecimal() and before.isdecimal():
        return int(mark) == int(before) + 1
    letters = len(before) == len(mark) == 1 and ord(mark) == ord(before) + 1
    return letters or (before, mark) in _NEXT_ROMAN

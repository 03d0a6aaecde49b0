"""On which side of a small word things stand: "from A to B", "A is larger than B", "A if B".

The same words on the other side tell the contrary, and no count of them shows it.
"""

import re
from collections.abc import Iterator, Set
from itertools import islice

from index.words import WORD, content_stems, stem
from rag.checking.opposites import OPPOSITES
from rag.checking.places import CLAUSE_END, sentences_of

_FROM_OR_TO = re.compile(
    r"\b(from|to|until|till)\s+(?:(?:the|about|nearly|only)\s+)?[$€£¥]?([A-Z0-9][\w.,]*)"
)
_THAN = re.compile(r"\bthan\b(?!\s+[$€£¥]?\d)", re.IGNORECASE)
_CONDITION = re.compile(r"\b(?:if|unless|because)\b", re.IGNORECASE)
_END = re.compile(r"[,;:.](?:\s+|$)|\s(?:and|but)\s")

Parts = tuple[set[str], set[str]]
"""The stems on the one and on the other side."""


def on_the_other_side(claim: str, source: str) -> bool:
    """Do words of the source stand on the other side of the same small word in the claim?"""
    return any(
        _comes_from_where_it_goes(claim, sentence)
        or _crossed(_compared(claim), _compared(sentence), turned_by=OPPOSITES.keys())
        or _crossed(_conditions(claim), _conditions(sentence))
        for sentence in sentences_of(source)
    )


def _comes_from_where_it_goes(claim: str, sentence: str) -> bool:
    """Only of a source that has both ends, as names or numbers."""
    starts, ends = _ends(sentence)
    from_, to = _ends(claim)
    return bool(starts and ends and ((to & starts - ends) or (from_ & ends - starts)))


def _ends(text: str) -> Parts:
    found: Parts = (set(), set())
    for word, end in _FROM_OR_TO.findall(text):
        held = WORD.search(end)
        found[word != "from"].update([stem(held.group())] if held else [])
    return found


def _crossed(
    claimed: Iterator[Parts], told: Iterator[Parts], turned_by: Set[str] = frozenset()
) -> bool:
    """Have two things changed places beside a word that kept its own?

    Words of ``turned_by`` turn the sense round themselves.
    """
    said, given = list(islice(claimed, 2)), list(islice(told, 2))
    if len(said) != 1 or len(given) != 1:
        return False
    [(left, right)], [(first, second)] = said, given
    one, two = first - second, second - first
    turned = any(OPPOSITES[word] & (one | two) for word in (left | right) & turned_by)
    return bool(left & two and right & one and left & one) and not turned


def _compared(text: str) -> Iterator[Parts]:
    for found in _THAN.finditer(text):
        before = CLAUSE_END.split(text[: found.start()])[-1]
        yield set(content_stems(before)), set(content_stems(_END.split(text[found.end() :])[0]))


def _conditions(text: str) -> Iterator[Parts]:
    """The condition, and what holds under it, before or behind it."""
    for found in _CONDITION.finditer(text):
        case, *rest = CLAUSE_END.split(text[found.end() :], maxsplit=1)
        main = f"{text[: found.start()]} {' '.join(rest)}"
        yield set(content_stems(case)), set(content_stems(main))

"""A name that the claim adds, and that its source has far from all else the claim says.

"Gegeen appointed Confucian as grand chancellor", of reforms on Confucian principles "with the help
of his newly appointed grand chancellor Baiju": the words stand about Baiju, who is not named.
"""

import re
from collections.abc import Sequence, Set

from index.words import CALENDAR, stem, stems
from rag.checking.places import Kind, Token, around, parts_of

_CALENDAR = frozenset(map(stem, CALENDAR))
_BEFORE_ALL = re.compile(
    r"(?:\A|[.!?]\s+)(?:It was )?(?:in|at|on|from|near|under|during|after|before|since)\s([^,]*),",
    re.IGNORECASE,
)
"""Where and when something was: "In Norland, once the war was over, Kim Fox rebuilt it"."""
_NEAR = 4
"""Words on either side that are about a name: a title and what is done, not the next thing told."""
_FAR = 1
"""One word in common may stand near any name."""
_AMONG = 3
"""So many of the claim's words about another name are no chance."""


def stands_apart(
    said: Sequence[Token], given: Sequence[Token], asked: Set[str], source: str
) -> bool:
    """Does another name stand in the source where the words of the claim are?

    ``given`` are the tokens of ``source``; ``asked`` the stems of the question, whose names are not
    what the claim adds.
    """
    words = parts_of([token for token in said if token.kind is not Kind.NAME])
    about = [(t, _beside(given, k)) for k, t in enumerate(given) if t.kind is Kind.NAME]
    before_all = (word for found in _BEFORE_ALL.finditer(source) for word in stems(found[1]))
    passed_over = asked | _CALENDAR | set(before_all)
    added = [t.parts for t in said if t.kind is Kind.NAME and not t.parts & passed_over]
    known = parts_of(said) | asked
    return any(_is_apart(name, words, about, known) for name in added)


def _beside(tokens: Sequence[Token], i: int) -> Set[str]:
    """What stands next to a token in its own clause."""
    before, after = around(tokens, i, _NEAR)
    return parts_of([t for t in (*before, *after) if t.clause == tokens[i].clause])


def _is_apart(
    name: Set[str],
    words: Set[str],
    about: Sequence[tuple[Token, Set[str]]],
    known: Set[str],
) -> bool:
    own = [len(words & near) for token, near in about if token.parts & name]
    others = [len(words & near) for token, near in about if not token.parts & known]
    return bool(own and others) and max(own) <= _FAR and max(others) >= _AMONG

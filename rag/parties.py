"""Whom a document calls by a role: all of the lease of "Elm Ltd (the "Tenant")" is about Elm.

Its clauses speak of the Tenant and none repeats the name that a question has.
"""

import re
from collections.abc import Iterable, Mapping

from index.store import Store
from index.words import names, stems

_FIRST = 8
"""So many paragraphs may stand before the last party is told."""
_BEFORE = 300
"""Characters in which the name of a party stands before its role."""
_CALLED = re.compile(r"\((?:[^()\"“‘']{1,30} )?[\"“‘'][^()\"”]{2,40}[\"”’']\s*\)")

Parties = Mapping[str, frozenset[str]]
"""path -> the stems of the names of a question whom the document calls by a role."""


def parties_of(store: Store, paths: Iterable[str], question: str) -> Parties:
    """The parties that the question names, of the documents that have one."""
    asked = names(question)
    if not asked:
        return {}
    found: dict[str, frozenset[str]] = {}
    with store.reading():
        for path in dict.fromkeys(paths):
            first = store.catalog.paragraphs(path, 1, _FIRST)
            called = [text for p in first for text in _called(p.text)]
            if held := asked & {*stems(" ".join(called))}:
                found[path] = frozenset(held)
    return found


def _called(text: str) -> list[str]:
    """What stands before each role, from the one before on."""
    roles = list(_CALLED.finditer(text))
    begins = [0, *(role.end() for role in roles)]
    return [
        text[max(begin, role.start() - _BEFORE) : role.start()]
        for begin, role in zip(begins, roles, strict=False)
    ]

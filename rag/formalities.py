"""The lines of a contract that say who the parties are, and who signed, and nothing else.

They have the names that a question has ("May Northgate subcontract?"), and all else calls a party
by its role: so they fit such questions best and answer none of them.
"""

import re

from index.words import content_stems, names, stem, stems

_DEFINED = re.compile(r"\([^()\n]{0,40}[\"“‘'][^()\"”]{2,40}[\"”’']\s*\)")
_PARTY = re.compile(
    r"\b(?:company (?:number|registered)|(?:registered|incorporated) (?:office|number|in)"
    r"|made (?:\w+ ){0,4}between|(?:residing|resident) at|of \d{1,4}\w? [A-Z])",
    re.IGNORECASE,
)
_AGREES = re.compile(r"\b(?:shall|must|may|will|agrees?|undertakes?|means|lets?)\b")
"""Not "May", the month."""
_SIGNED = re.compile(
    r"\W*(?:signed|executed|witnessed)\b(?=.{0,200}\b(?:by|for|behalf|deed|presence)\b)",
    re.IGNORECASE | re.DOTALL,
)
_SIGNING = frozenset(map(stem, ("sign", "signature", "signatory", "execute", "witness")))
_OF_PARTIES = re.compile(
    r"\b(?:who|whom|whose|where|part(?:y|ies)|sign\w*|execut\w*|witness\w*|address|offices?"
    r"|registered|number|names?|dated?|between|behalf|capacity|positions?|roles?|titles?|directors?|compan(?:y|ies))\b",
    re.IGNORECASE,
)


def only_names_parties(question: str, text: str) -> bool:
    """Is it such a line, where neither the parties nor who signed is asked for?"""
    signs = _SIGNED.match(text) is not None
    if not (signs or _introduces(text)):
        return False
    asked, said = set(content_stems(question)), set(stems(text))
    if asked <= said:
        return False
    if _OF_PARTIES.search(question) is None or (asked & _SIGNING and not signs):
        return True
    # "Who is the guarantor of Elm Ltd?" is answered by the line of the guarantor alone.
    roles = asked - names(question) - (_SIGNING if signs else set())
    return bool(roles) and not signs and not roles & said


def _introduces(text: str) -> bool:
    party = _DEFINED.search(text) and _PARTY.search(text)
    return party is not None and _AGREES.search(text) is None

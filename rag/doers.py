"""Who does what is asked, where a text calls that one by a role: "the buyer bears the cost"."""

import re

from index.words import stem
from rag.checking.verb_forms import base_of
from rag.helping_verbs import HELPING_VERB

_MODAL = r"(?:(?:must|shall|may|can|will|should|is to|has to|are to|have to|must not) )"
_WHO_DOES = re.compile(rf"(?:(?:and|but|so) )?who {_MODAL}?(?P<verb>(?!{HELPING_VERB})\w+)", re.I)
_ROLE = (
    r"\b(?:the|an?|each|every|either|neither|no|both|any) (?:[a-z-]+ )?"
    r"[a-z-]+(?:er|or|ee|ant|ent|ist|ian|ord|ty)s?"
)
"""Tenant, buyer, employee, landlord, party."""
_ROLE_DOES = re.compile(rf"{_ROLE} {_MODAL}?(?P<verb>\w+)", re.IGNORECASE)
_DONE_BY_ROLE = re.compile(rf"\b(?P<verb>\w+) by {_ROLE}\b", re.IGNORECASE)


def tells_who_by_role(question: str, text: str) -> bool:
    """Does somebody do what is asked, who is called by a role: "the buyer bears the cost"?"""
    asked = _WHO_DOES.match(question.strip())
    if asked is None:
        return False
    verb = base_of(stem(asked["verb"]))
    does = {base_of(stem(found["verb"])) for found in _ROLE_DOES.finditer(text)}
    done_by = {base_of(stem(found["verb"])) for found in _DONE_BY_ROLE.finditer(text)}
    return verb in does | done_by

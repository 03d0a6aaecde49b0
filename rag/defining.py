"""Who somebody is, or what something is: told by "X is a ..." and "X, the ...", not by any sentence
with X in it.
"""

import re

_ASKED = re.compile(
    r"(?:(?:and|but|so) )?(?:who|what)(?:['’]s| is| are| was| were) (?:an? )?"
    r"(?P<named>(?!(?:the|an?|his|her|its|their|my|your|our)\b)[\w'’.-]+"
    r"(?: [\w'’.-]+){0,3}?)\s*\??",
    re.IGNORECASE,
)
"""Without "the": of "the rent" a figure is asked for, of "the mayor" a name."""
_ONE = r"(?:an?|the|one|\w+(?:er|or|ist|ian|ent|ant|man))"


def lacks_what_it_is(question: str, text: str) -> bool:
    """Is it asked who or what something is, and the text does not say it is any such thing?"""
    asked = _ASKED.fullmatch(question.strip())
    if asked is None:
        return False
    named = rf"\b{re.escape(asked['named'])}(?: \([^)]*\))?"
    told = (
        rf"{named}(?:, [^,]{{2,60}},)? (?:is|are|was|were) {_ONE}\b"
        rf"|{named}, (?:then |formerly |now )?{_ONE} "
    )
    return re.search(told, text, re.IGNORECASE) is None

"""Who somebody is, or what something is: told by "X is a ..." and "X, the ...", not by any sentence
with X in it.
"""

import re

from index.words import stems

_ASKED = re.compile(
    r"(?:(?:and|but|so) )?(?:who|what)(?:['’]s| is| are| was| were) (?:an? )?"
    r"(?P<named>(?!(?:the|an?|his|her|its|their|my|your|our)\b)[\w'’.-]+"
    r"(?: [\w'’.-]+){0,3}?)\s*\??",
    re.IGNORECASE,
)
"""Without "the": of "the rent" a figure is asked for, of "the mayor" a name."""
_TERM = r"\b(?:term|word|phrase|expression|slogan|nickname)s?"
_ASKED_TERM = re.compile(
    rf"{_TERM} (?!(?:for|of|that|to|is|was|in|used|which|mean|come)\b)"
    r"(?:[\"“'‘](?P<quoted>[^\"”’]+)[\"”’]|(?P<bare>[\w-]+))",
    re.IGNORECASE,
)
_TOLD_TERM = re.compile(rf"{_TERM},? [\"“'‘](?P<told>[^\"”’]{{2,60}})[\"”’]", re.IGNORECASE)
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


def tells_of_another_term(question: str, text: str) -> bool:
    """Is it asked of one term, and the text says so of others alone?"""
    asked = _ASKED_TERM.search(question)
    told = [stems(one["told"]) for one in _TOLD_TERM.finditer(text)]
    if asked is None or not told:
        return False
    term = set(stems(asked["quoted"] or asked["bare"]))
    return not any(term & {*words} and len(words) <= len(term) + 1 for words in told)

"""Active and passive: who does it, and to whom it is done.

"The town was built by monks" tells as much as "monks built the town", with the names on other
sides; "the judges approve" is not what "the judges were approved" says.
"""

import re

from index.words import content_stems, stem, stems

_BEING = r"\b(?:is|are|was|were|be|been|being)\s+(?:\w+\s+)?"
# They end like participles: "must be at least", "was different", "are open".
_NO_PARTICIPLE = (
    "(?!(?:least|most|almost|first|last|best|worst|just|past|about|out|without|around|but|old|even"
    "|then|when|often|open|seven|eleven|children|eight|right|night|light|side|inside|outside"
    r"|wide|different|important|significant|independent|recent|current|present|sufficient)\b)"
)
_PARTICIPLE = rf"\b{_NO_PARTICIPLE}(\w+(?:ed|en|wn|ght|de|ld|und|ut|st|lt|pt|nt|ft))\b"
# Nobody does it in "by default", "by 6 %" and "by holding it".
_BY_SOMEBODY = (
    r"by\b(?!\s+(?:default|hand|law|nature|mistake|accident|far|contrast|comparison|means|then|now"
    r"|mail|email|post|phone|[\d$€£]|(?-i:[a-z]+ing)\b))"
)
_BY = re.compile(
    rf"{_BEING}{_PARTICIPLE}\s+(?:\w+\s+){{0,4}}{_BY_SOMEBODY}|{_PARTICIPLE}\s+{_BY_SOMEBODY}",
    re.IGNORECASE,
)
_DONE = re.compile(rf"{_BEING}{_PARTICIPLE}", re.IGNORECASE)
_RIGHT_BEFORE_BY = re.compile(
    rf"(?P<being>{_BEING})?(?P<verb>{_PARTICIPLE})\s+{_BY_SOMEBODY}", re.IGNORECASE
)
_ASIDE = re.compile(r"\([^()]*\)")
_TO_SOMETHING = re.compile(
    r"\b(\w+)(?=\s+(?:(?:the|an?|his|her|its|their|this|these|those)\b|[A-Z0-9]))"
)
_CLAUSE = re.compile(r"[,;:.]\s")
_SUBJECT_WORDS = 3


def turned(claim: str, source: str) -> bool:
    """Is a verb passive in one of the two and not in the other?

    Where nobody is named by whom, only if the source has the verb with what it is done to.
    """
    ours, theirs = _by_somebody(claim), _by_somebody(source)
    if ours - theirs or (theirs - ours) & set(stems(claim)):
        return True
    return bool(_done(claim).keys() & _does(source).keys() - _done(source).keys())


def does_what_was_done(claim: str, source: str) -> bool:
    """Does somebody in the claim do to something what the source says was done to them?"""
    does, done = _does(claim), _done(source)
    verbs = does.keys() & done.keys() - _done(claim).keys() - _does(source).keys()
    return any(does[verb] & done[verb] for verb in verbs)


def done_to_another(claim: str, source: str) -> bool:
    """Does the claim say of one thing what the source says somebody did to another?

    "An organization controlled by members of it" is not what "areas controlled by members of the
    organization" says. Only where all the claim names there is named in the source.
    """
    ours, theirs, said = _done_by(claim), _done_by(source), set(stems(source))
    return any(
        ours[verb] and theirs[verb] and not ours[verb] & theirs[verb] and ours[verb] <= said
        for verb in ours.keys() & theirs.keys()
    )


def _by_somebody(text: str) -> set[str]:
    return {stem(verb) for match in _BY.finditer(text) for verb in match.groups() if verb}


def _done_by(text: str) -> dict[str, set[str]]:
    """The stem of each verb right before "by", and those of the words that tell of what it is."""
    found: dict[str, set[str]] = {}
    for match in _RIGHT_BEFORE_BY.finditer(text):
        # "A bridge built by monks": the clause's first word may do something else.
        whom = _subject(_ASIDE.sub(" ", text[: match.start()]), first=bool(match["being"]))
        found.setdefault(stem(match["verb"]), set()).update(whom)
    return found


def _done(text: str) -> dict[str, set[str]]:
    """The stem of each passive verb, and those of the words before it that tell of whom."""
    return {stem(match[1]): _subject(text[: match.start()]) for match in _DONE.finditer(text)}


def _does(text: str) -> dict[str, set[str]]:
    """As ``_done``, of verbs (and other words) that what is done to stands right behind."""
    passive = {match.end() for match in _DONE.finditer(text)}
    return {
        stem(match[1]): _subject(text[: match.start()])
        for match in _TO_SOMETHING.finditer(text)
        if match.end() not in passive
    }


def _subject(before: str, *, first: bool = True) -> set[str]:
    """The clause's first word, which names who "in the court of the town" does it, and its last."""
    words = content_stems(_CLAUSE.split(before)[-1])
    return {*(words[:1] if first else ()), *words[-_SUBJECT_WORDS:]}

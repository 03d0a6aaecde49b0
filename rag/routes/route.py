"""What the best few paragraphs cannot answer: counting, listing, summarising, and small talk.

Recognised by fixed patterns only, because a false alarm would take an ordinary question away from
the ordinary way: "how many people died" asks for a fact, "how many times are the talks mentioned"
for a count. Each pattern must account for the whole question.
"""

import re
from dataclasses import dataclass
from enum import StrEnum

from index.abroad import in_english
from index.words import content_stems


class Route(StrEnum):
    """What is asked of the documents as a whole."""

    COUNT = "count"
    MENTIONS = "mentions"
    LIST = "list"
    SUMMARY = "summary"
    COMPARE = "compare"
    STANDS_FOR = "stands for"
    KINDS = "kinds"
    GREETING = "greeting"


@dataclass(frozen=True, slots=True)
class Asked:
    """``subject`` is the term to count, the thing to list, or what to summarise ("" for all)."""

    route: Route
    subject: str


_PLACES = (
    r"(?:documents?|texts?|files?|corpus|collection|folder|paragraphs?|passages?|sources?"
    r"|articles?)"
)
_SCOPE = rf"(?:\s+(?:in|across|throughout)\s+(?:all\s+)?(?:(?:the|these|this|my|our)\s+)?{_PLACES})"
_LEAD = r"(?:please\s+)?(?:(?:can|could|would|will) you (?:please )?)?"
_TERM = r"(?:(?:the\s+)?(?:word|words|term|name|phrase)\s+)?(?P<subject>.+?)"
_NAMED_TERM = (
    r"(?:(?:the\s+)?(?:word|words|term|name|phrase)\s+(?P<word>.+?)"
    r"|(?P<quoted>[\"“‘'][^\"”]+[\"”’']))"
)
_POINTS = (
    r"(?:key|main|most important|central) (?:points?|takeaways?|facts|findings|messages?|ideas?)"
)
_KINDS = (
    r"(?:people|persons?|names?|individuals|places?|locations?|cities|countries|organi[sz]ations?"
    r"|companies|events?|dates?|years|numbers?|figures|amounts?)"
)
_LETTERS = (
    r"(?:the |an? )?(?:(?:abbreviation|acronym|letters|initials) )?"
    r"(?P<subject>[\"“‘']?[^\W\d_][\w&./-]{0,11}[\"”’']?)"
)
_MENTION = r"(?:mention|name|contain|refer to|talk about)s?"

_PATTERNS: tuple[tuple[Route, str], ...] = (
    (
        Route.COUNT,
        rf"how (?:many times|often) (?:is|are|was|were) {_TERM} (?:mentioned|named){_SCOPE}?",
    ),
    (
        Route.COUNT,
        rf"how (?:many times|often) (?:do|does|did|is|are) {_TERM}"
        rf" (?:appear|occur|come up|used|found|get mentioned|mentioned){_SCOPE}",
    ),
    (
        Route.COUNT,
        rf"how (?:many times|often) (?:do|does|is|are) {_NAMED_TERM}"
        rf" (?:appear|occur|come up|used|found|mentioned){_SCOPE}?",
    ),
    (
        Route.COUNT,
        rf"how (?:many times|often) do (?:the|these) {_PLACES} {_MENTION} {_TERM}",
    ),
    (Route.COUNT, rf"(?:in )?how many (?:of the )?{_PLACES} {_MENTION} {_TERM}"),
    (Route.COUNT, rf"in how many {_PLACES} (?:is|are) {_TERM} mentioned"),
    (
        Route.COUNT,
        rf"(?:how many|{_LEAD}count (?:all )?(?:the )?|(?:what is )?the number of )\s*"
        rf"(?:mentions|occurrences|appearances) of {_TERM}(?: are there)?{_SCOPE}?",
    ),
    (
        Route.MENTIONS,
        rf"{_LEAD}(?:list|show(?: me)?|find|give me|quote) (?:all |every )(?:the )?"
        rf"(?:mentions?|occurrences?) of {_TERM}{_SCOPE}?",
    ),
    (
        Route.MENTIONS,
        rf"(?:{_LEAD}(?:list|show(?: me)?|find|give me|quote) (?:all |every |each )?(?:the )?"
        rf"|which |what )(?:sentences?|{_PLACES})(?: that| which)? {_MENTION} {_TERM}",
    ),
    (Route.MENTIONS, rf"where (?:is|are) {_TERM} mentioned{_SCOPE}?"),
    (
        Route.STANDS_FOR,
        rf"what (?:do|does|did) {_LETTERS} (?:stand for|mean|abbreviate)",
    ),
    (
        Route.STANDS_FOR,
        rf"what (?:is|are) {_LETTERS} (?:short|an? (?:abbreviation|acronym))(?: for| of)?",
    ),
    (
        Route.STANDS_FOR,
        r"what (?:is|are) the (?:(?:full|long) (?:name|form)|meaning) (?:of|for)"
        rf" {_LETTERS}",
    ),
    (Route.STANDS_FOR, rf"{_LETTERS} stands for(?: what)?"),
    # What is a person or a date is told by no word that could be looked for.
    (
        Route.KINDS,
        rf"{_LEAD}(?:list|enumerate|name|give me|show me|tell me) (?:all |every |each )?(?:of )?"
        rf"(?:the )?(?P<subject>{_KINDS})(?: (?:that are |which are )?(?:mentioned|named){_SCOPE}?"
        rf"|{_SCOPE})",
    ),
    (
        Route.KINDS,
        rf"(?:what|which|who) (?:are |is )?(?:all )?(?:the )?(?P<subject>{_KINDS})"
        rf" (?:are |is )?(?:mentioned|named){_SCOPE}?",
    ),
    (
        Route.LIST,
        rf"{_LEAD}(?:list|enumerate|name|give me|show me|tell me) (?:all|every|each)(?: of)?"
        rf"(?: the)? (?P<subject>.+?){_SCOPE}?",
    ),
    (
        Route.SUMMARY,
        rf"what (?:is|are|does|do) (?:(?:this|the|these|all the) )?(?:whole |entire )?"
        rf"(?P<subject>{_PLACES}) (?:all )?(?:about|say|cover|contain)",
    ),
    (
        Route.SUMMARY,
        r"what (?:is|does) (?P<subject>\S+\.\w{2,5}) (?:all )?(?:about|say|cover|contain)",
    ),
    (
        Route.SUMMARY,
        rf"{_LEAD}(?:summari[sz]e|sum up|outline|(?:give(?: me)?|write|provide)(?: me)?"
        r" (?:a |an )?(?:short |brief |quick )?(?:summary|overview|outline) of)(?P<subject>.*?)",
    ),
    (
        Route.SUMMARY,
        r"(?:a |an )?(?:short |brief |quick )?(?:summary|overview) of (?P<subject>.+?)",
    ),
    (
        Route.SUMMARY,
        rf"(?:{_LEAD}(?:give|show|tell|list|extract)(?: me| us)? |what (?:are|is) )?(?:the )?"
        rf"{_POINTS}(?: (?:of|in|from) (?P<subject>.+?))?",
    ),
    (Route.SUMMARY, r"tl;?dr"),
    (
        Route.GREETING,
        r"(?:hello|hi|hey|good (?:morning|afternoon|evening)|thanks|thank you|bye|goodbye)"
        r"(?: (?:there|again|pincite|so much|very much|a lot))?",
    ),
    (
        Route.GREETING,
        r"(?:help|what can (?:you do|i ask)(?: (?:here|you))?"
        r"|how do (?:you work|i use (?:this|you))|(?:who|what) are you)",
    ),
    (Route.COMPARE, rf"{_LEAD}compare (?:all|every|each)(?: of)?(?: the)? (?P<subject>.+?)"),
)
_COMPILED = [
    (route, re.compile(rf"\s*{pattern}(?:,? please)?\s*[?.!]*\s*", re.IGNORECASE))
    for route, pattern in _PATTERNS
]
_GREETED = re.compile(r"(?P<greeting>[^.!?,]{2,40})[.!,]+ (?P<rest>.+)", re.DOTALL)
_AROUND = "\"'“”‘’«» ?!."
_MAX_WORDS = 12


def route_of(question: str) -> Asked | None:
    """The way a question must go, or None for the ordinary one."""
    for route, pattern in _COMPILED:
        if found := pattern.fullmatch(question):
            groups = found.groupdict()
            subject = (
                next((text for text in groups.values() if text), "")
                .strip(_AROUND)
                .removeprefix("the ")
            )
            if _can_be_meant(route, subject):
                return Asked(route, subject)
    return None


def without_greeting(question: str) -> str:
    """ "Hello! When is the fair?" asks when the fair is: no document has to mention the hello."""
    found = _GREETED.fullmatch(question)
    asked = route_of(in_english(found["greeting"])) if found else None
    return found["rest"] if found and asked and asked.route is Route.GREETING else question


def _can_be_meant(route: Route, subject: str) -> bool:
    """A pronoun names nothing to look for, and half a page is no term."""
    if route is Route.GREETING or (route is Route.SUMMARY and not subject):
        return True
    return bool(content_stems(subject)) and len(subject.split()) <= _MAX_WORDS

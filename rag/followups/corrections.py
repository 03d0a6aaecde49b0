"""A message that says that the question before was misunderstood: "no, the upper mill".

Where one of its words shows what it takes the place of ("the lower mill"), it is put there. What
takes more than that is left to a model (``rewriting.py``).
"""

import re

from index.words import STOP_WORDS, WORD, names, stem, stems
from rag.asked import is_yes_or_no
from rag.followups.alike import (
    ARTICLES,
    MOST_WORDS,
    PRONOUNS,
    bare_noun,
    begins_a_noun,
    counterpart,
    of_its_kind,
    put,
)
from rag.followups.exchange import exchanged

_PAUSE = r"(?:(?:oh|ah|hmm*|uh|um+|er|well|ok(?:ay)?|but|and|so|please)\b\W*)*"
_DENIAL = (
    r"(?:(?:no|nope|nah)\b(?! (?:one|longer|more)\b)|wrong\b|incorrect\b|actually\b|sorry\b|oops\b"
    r"|hold on\b|hang on\b|my mistake\b"
    # "Wait times" and "Correction factor" are topics.
    r"|(?:rather|wait|correction)\b(?=\W*$| ?[,;:.!–—-]| (?:the|a|an|no|not|i|his|her|its|that)\b))"
)
_SAID = (
    r"\bi(?:['’]m| am| was)? ?(?:mean|meant|wanted|said|ask|asked|asking|talking|thinking"
    r"|did ?n[o'’]t (?:mean|ask))\b(?: (?:about|of|for))?"
)
_LEAD = re.compile(rf"^\W*{_PAUSE}(?:{_DENIAL}\W*)*{_PAUSE}", re.IGNORECASE)
_AT_FIRST = re.compile(
    rf"^\W*{_PAUSE}(?:{_DENIAL}|not\b(?! only\b)|{_SAID}"
    r"|(?:that|this|it)(?:['’]s| is| was) (?:not|wrong|the wrong)\b"
    r"|(?:(?:the|that|his|her|its|their) other\b|other \S+(?:,? please)?\W*$)(?! than\b))",
    re.IGNORECASE,
)
_LATER = re.compile(rf"[,;:.–—-]\s*(?:but )?(?:{_SAID}|not\b)|\binstead\W*$", re.IGNORECASE)
_ASKING = re.compile(
    r"(?:(?:in|on|at|by|for|to|of|with|from) )?"
    r"(?:who|whom|whose|what|which|when|where|why|how)\b",
    re.IGNORECASE,
)
_GAP = r"(?:\s*[,;:.–—]\s*|\s+-+\s*)"
_FORMS = tuple(
    re.compile(rf"{form}(?:,? (?:please|instead|i mean|i meant|then))?\W*", re.IGNORECASE)
    for form in (
        rf"not (?P<wrong>.+?)(?:{_GAP}(?:but )?|\s+but )(?:{_SAID} )?(?P<meant>.+?)",
        rf"(?:{_SAID} )?(?P<meant>.+?)(?:{_GAP}| )(?:and )?not (?P<wrong>.+?)",
        rf"(?:{_SAID} )?(?P<meant>.+?)",
    )
)
_OF_SOMEBODY = re.compile(r"(?:his|her|its|their)\b", re.IGNORECASE)
_PLACED = re.compile(
    r"(?P<where>for|of|in|at|on|to|with|from|by|under) (?P<meant>.+)", re.IGNORECASE
)
_LONGEST = 200
"""Characters of a message that is read for what it puts in the place of what."""


def corrects(message: str) -> bool:
    """Does it say that the question before was misunderstood, or answered with something else?

    What asks a question of its own does not, whatever excuse it begins with.
    """
    rest = _without_lead(message)
    if (_ASKING.match(rest) and rest.split()[1:]) or is_yes_or_no(rest):
        return False
    return (_AT_FIRST.match(message) or _LATER.search(message)) is not None


def corrected(message: str, earlier: str) -> str:
    """``earlier`` with what a correction says in place of what was wrong; "" where that is unsure.

    "The ferry, not the bridge" tells both; "the upper mill" takes the place of another mill, "the
    second one" of a first, "for the ferry" of what else "for" stands before, and a year, a name or
    a question word that of the only other one.
    """
    rest = _without_lead(message)
    if not rest or len(message) > _LONGEST or not corrects(message):
        return ""
    if stem(rest.split()[0]) not in names(message):
        rest = rest[0].lower() + rest[1:]
    for form in _FORMS:
        if found := form.fullmatch(rest):
            told = found.groupdict()
            meant = told["meant"]
            if _ASKING.match(meant):
                return exchanged(meant, earlier)
            if len(meant.split()) > MOST_WORDS or _OF_SOMEBODY.match(meant):
                return ""
            if wrong := told.get("wrong"):
                return _instead(wrong, meant, earlier)
            return (
                of_its_kind(meant, earlier)
                or counterpart(meant, earlier)
                or exchanged(f"and {meant}", earlier)
                or _behind_the_same(meant, earlier)
            )
    return ""


def _without_lead(message: str) -> str:
    lead = _LEAD.match(message)
    return message[lead.end() :] if lead else message


def _instead(wrong: str, meant: str, earlier: str) -> str:
    """Where the wrong words stand, once, and as all of a name or noun."""
    words = list(WORD.finditer(earlier))
    known, sought = [stem(w.group()) for w in words], stems(bare_noun(wrong))
    places = [i for i in range(len(known)) if sought and known[i : i + len(sought)] == sought]
    if len(places) != 1:
        return ""
    first, last = words[places[0]], words[places[0] + len(sought) - 1]
    if not (begins_a_noun(words, places[0]) or first.group()[0].isupper()):
        return ""
    return put(earlier, first.start(), last.end(), _named(meant, wrong))


def _named(meant: str, wrong: str) -> str:
    """With its noun in place of "one": the upper one, not the lower mill."""
    *told, last = meant.split()
    if last.lower() not in PRONOUNS:
        return meant
    nouns = bare_noun(wrong).split()[1:]
    return " ".join([*told, *nouns[-1:]])


def _behind_the_same(meant: str, earlier: str) -> str:
    """ "For the boiler" in place of what else "for" stands before, the only one."""
    if not (placed := _PLACED.fullmatch(meant)):
        return ""
    words = list(WORD.finditer(earlier))
    places = [i for i, w in enumerate(words) if w.group().lower() == placed["where"].lower()]
    if len(places) != 1 or places[0] + 1 == len(words):
        return ""
    first = last = places[0] + 1
    while words[last].group().lower() in ARTICLES and last + 1 < len(words):
        last += 1
    while last + 1 < len(words) and words[last + 1].group().lower() not in STOP_WORDS:
        last += 1
    return earlier[: words[first].start()] + placed["meant"] + earlier[words[last].end() :]

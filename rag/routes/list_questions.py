"""Does a question ask for what a list has, all of it?

"What must the tenant do?" is answered by every item under "The tenant must:", "How often may the
landlord inspect the workshop?" by the one that tells it. A question that has a word of its own that
some items have and others have not asks for these.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from index.document_names import Named
from index.types import file_name
from index.words import content_stems, names, negated, numbers, stem, stems
from rag.asked import is_yes_or_no
from rag.checking.opposites import COUNTERPARTS
from rag.helping_verbs import HELPING_VERB
from rag.routes.lists import Listing

_STEPS = r"(?:steps|procedure|instructions) (?:to|for|of|in)"
_ASKS = re.compile(
    r"^(?:(?:and|but|so|in|on|by|under|for|to|with|from|at|of|please) )*"
    r"(?:what|which|who|whom|why|how|when|where|list|name|give|tell|show|enumerate"
    rf"|(?:the )?{_STEPS})\b",
    re.IGNORECASE,
)
_ASKS_FOR_ONE = re.compile(
    r"\bhow (?:many|much|long|old|often|far|soon|big|large|high|tall|late|early|likely)\b"
    r"|\b(?:what|which) (?:year|date|day|time|percentage|number|share|price|age|city|country)\b"
    r"|^(?:and |but |so )?(?:when|where) (?:did|was|were|is|are|will|has|have)\b",
    re.IGNORECASE,
)
_ASKING_WORD = re.compile(r"\b(?:what|which|who|whom|why|how|when|where)\b", re.IGNORECASE)
_CAUSES = re.compile(r"\b(?:why|causes?|reasons?|because|grounds)\b", re.IGNORECASE)
_TO_DO = re.compile(
    rf"\bhow (?:to|(?:do|does|can|could|should|must|would) (?:i|you|we|one))\b|\b{_STEPS}\b",
    re.IGNORECASE,
)
"""What is answered by steps; "how is the deposit returned" by no clauses, if numbered."""
_CASES = re.compile(r"\b(?:if|when|whenever|where|cases?|event|circumstances|conditions)\b", re.I)
_PEOPLE = re.compile(
    r"\b(?:who|present|absent|apologies|attend(?:ed|ing|ance|ees)|members|participants|signatories"
    r"|witnesses|delegates|guests|staff|crew|authors)\b",
    re.IGNORECASE,
)
_ASKING_TEXT = (
    "list name give tell show enumerate following thing things item items point points kind kinds"
    " type types different various several certain main key done happen happens all each every"
    " get gets not must may shall need needs required obliged allowed entitled permitted"
    " step steps procedure instructions"
)
_ASKING = frozenset(map(stem, _ASKING_TEXT.split()))
_KIND_ASKED = re.compile(
    rf"\b(?:what|which) (?!{HELPING_VERB}|of\b)"
    rf"(?:[\w'’-]+ ){{0,3}}?(?P<kind>[\w'’-]+)(?= {HELPING_VERB})"
    rf"|\b(?:what|which) (?!{HELPING_VERB}|of\b)(?P<first>[\w'’-]+)",
    re.IGNORECASE,
)
_PLURALS = frozenset(["people", "children", "men", "women", "fish", "species", "criteria", "data"])
_THERE_TEXT = "present attended attending attendance attendees"
_AWAY_TEXT = "absent absence apologies"
_THERE, _AWAY = (frozenset(map(stem, text.split())) for text in (_THERE_TEXT, _AWAY_TEXT))
_OF_MEETINGS_TEXT = "meeting session hearing send sent gave given received"
_OF_MEETINGS = frozenset(map(stem, _OF_MEETINGS_TEXT.split()))
"""What is asked of those who were there or sent apologies, and stands beside no list of them."""
_HALF, _THIRD = 0.5, 0.33
_ADDED = re.compile(r"\([^()]*\)")
_DUTIES = frozenset(
    ["must", "shall", "should", "required", "obliged", "has to", "have to", "need", "needs"]
)
_DUTY = "must"
_MODALS = re.compile(
    rf"\b(?:{'|'.join(sorted(_DUTIES))}|may|can|allowed|entitled|permitted)\b", re.IGNORECASE
)
_EXCLUDES = re.compile(r"\b(?:exclu(?:ded?|des|sions?)|excepted|exceptions?)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Fit:
    """``said`` and ``lacking`` are shares of a question's words: those that stand over a list, and
    those that stand neither there nor in the headings and the name of its document.

    ``told`` is the share of the words that lead in to the list, or head it, that the question has.
    """

    said: float
    lacking: float
    told: float


def asks_for_several(question: str) -> bool:
    """May it be answered by the items of a list, as far as its form tells?"""
    asked = question.strip()
    return bool(_ASKS.search(asked)) and not (_ASKS_FOR_ONE.search(asked) or is_yes_or_no(asked))


def asked_for(
    question: str, lists: Sequence[Listing], named: Named = lambda path: ()
) -> list[Listing]:
    """Those of ``lists`` that answer it for sure: what stands over them is what is asked for.

    Several where they stand in one document and say it alike ("side effects"). ``named`` gives the
    stems of a document's names by its path.
    """
    fits = [(listing, _fit(question, listing, named)) for listing in lists]
    return _best([(one, fit) for one, fit in fits if fit and _is_sure(question, one, fit)])


def maybe_asked_for(question: str, lists: Sequence[Listing]) -> list[Listing]:
    """Those that may answer it, to be read by a model."""
    fits = [(listing, _fit(question, listing)) for listing in lists if not listing.in_clauses]
    return _best([(listing, fit) for listing, fit in fits if fit and _is_possible(fit)])


def may_be_of(question: str, listing: Listing, *, led_in: bool = False) -> bool:
    """May the question ask for what this list has, all of it?

    ``led_in``: the answer rests on what leads in to it, and is none without what follows.
    """
    # One clause of a contract may be all that was asked for.
    possible = asks_for_several(question) and not listing.in_clauses
    fit = _fit(question, listing) if possible else None
    return fit is not None and (fit.lacking <= _HALF if led_in else _is_possible(fit))


def _best(fits: Sequence[tuple[Listing, Fit]]) -> list[Listing]:
    if not fits:
        return []
    best = max((fit.said, fit.told) for _, fit in fits)
    found = [listing for listing, fit in fits if (fit.said, fit.told) == best]
    return found if len({listing.paragraph.path for listing in found}) == 1 else []


def _is_sure(question: str, listing: Listing, fit: Fit) -> bool:
    """Is nothing asked but what stands over the list, and most of that?

    "What is the Trust?" does not ask for what stands under "The Trust is paid for by:".
    """
    if (_modals(listing.over) and not _modals(question)) or _asks_which_one(question):
        return False
    enough = fit.said >= (_THIRD if fit.told == 1 else _HALF)
    # What more is asked there names the meeting, as the title does.
    enough = enough or bool(fit.told == 1 and _PEOPLE.search(listing.over))
    return enough and not fit.lacking and fit.told > _HALF and _of_its_kind(question, listing)


def _asks_which_one(question: str) -> bool:
    """ "Which committee has resolved it?" asks for one, "which measures has it taken?" does not."""
    named = _KIND_ASKED.search(question.strip())
    if named is None:
        return False
    kind = (named["kind"] or named["first"]).lower()
    return kind not in _PLURALS and (not kind.endswith("s") or kind.endswith(("ss", "us", "is")))


def _is_possible(fit: Fit) -> bool:
    return fit.said >= _THIRD and fit.lacking <= _HALF


def _fit(question: str, listing: Listing, named: Named = lambda path: ()) -> Fit | None:
    """None where it asks for something else for sure."""
    if listing.in_clauses and not _TO_DO.search(question):
        return None
    asked = _telling(question)
    # What stands above all of a document is not of one of its lists, but of its only steps.
    own = len(listing.paragraph.heading_path) > 1 or listing.in_steps
    heading = listing.heading if own else ""
    if listing.intro is None or heading.endswith(":"):
        heading = ""
    parts = [_telling(part) for part in (listing.over, heading)]
    for alike in (_THERE, _AWAY):
        if parts[0] & alike and asked & alike:
            # Who attended is told under "Present", and who was absent under "Apologies".
            parts[0] = parts[0] - alike | (asked & alike)
            asked -= _OF_MEETINGS
    over = parts[0] | parts[1]
    above = (*listing.paragraph.heading_path, file_name(listing.paragraph.path))
    lacking = asked - over - set(stems(" ".join(above))) - set(named(listing.paragraph.path))
    items = [frozenset(stems(item.text)) for item in listing.items]
    of_some = frozenset().union(*items) - frozenset.intersection(*items)
    if not asked & over or _of_another_kind(question, listing.over):
        return None
    around = {*stems(" ".join((listing.over, *above))), str(len(listing.items))}
    around.update(named(listing.paragraph.path))
    if lacking & names(question) or numbers(question) - around or lacking & of_some:
        return None
    if any(over & COUNTERPARTS.get(word, set()) for word in asked - over):
        return None
    told = max(len(asked & part) / len(part) for part in parts if part)
    return Fit(len(asked & over) / len(asked), len(lacking) / len(asked), told)


def _telling(text: str) -> frozenset[str]:
    """The stems of its words that tell what is asked for: not how many, and not what is added."""
    words = set(content_stems(_ADDED.sub(" ", text))) - _ASKING
    return frozenset(word for word in words if not word[0].isdigit()) or frozenset(words)


def _of_another_kind(question: str, over: str) -> bool:
    """What must be done is not what may be, nor what must not."""
    if _denies(question) or _denies(over):
        return _denies(question) != _denies(over)
    asked, said = _modals(question), _modals(over)
    return bool(asked and said and not asked & said)


def _denies(text: str) -> bool:
    """Does it deny, or exclude? "We will not pay for:" stands over the exclusions of a policy."""
    return negated(text) != (_EXCLUDES.search(text) is not None)


def _modals(text: str) -> set[str]:
    found = {match[0].lower() for match in _MODALS.finditer(text)}
    return {_DUTY if modal in _DUTIES else modal for modal in found}


def _of_its_kind(question: str, listing: Listing) -> bool:
    """Who, why, how and when are answered by a list only where its words say so."""
    asks = _ASKING_WORD.search(question)
    word = asks[0].lower() if asks else "what"
    if word in ("what", "which"):
        return True
    text = f"{listing.heading} {listing.over}"
    if word == "when":
        text = listing.items[0].text
    if listing.in_steps and _TO_DO.search(question):
        return True
    kinds = {"why": _CAUSES, "when": _CASES, "who": _PEOPLE}
    return bool(kinds.get(word, re.compile(rf"\b{word}\b", re.IGNORECASE)).search(text))

"""The question before with another number, name or question word in it.

"And in 2008?" after "Who led it in 2005?", "And Texas?" after "How urban is Ohio?", "Why?" after
"When did he resign?", and what else of that name is asked for: "And its capital?". Small models
seldom see it: they give the fragment back, or the answer.
"""

import re
from dataclasses import dataclass

from index.numbered import label
from index.words import CALENDAR, STOP_WORDS, WORD, content_stems, stems
from rag.helping_verbs import HELPING_VERB
from rag.quantities import YEAR
from rag.terms import bare, runs_of_words

_FRAGMENT = re.compile(
    r"^\s*(?P<lead>(?:(?:and|but|so|then|or|ok(?:ay)?)\b,?\s*)*(?:(?:what|how) about\b"
    r"|(?:the )?same(?: (?:thing|question))?(?: for| with)?(?= (?!year|one)))?)(?P<rest>.*?)"
    r"(?:,? (?:then|please|too|as well))?[\s.?!]*$",
    re.IGNORECASE | re.DOTALL,
)
_TIME = r"(?:what|which) (?:year|month|day|date|time)"
_PLACE = r"(?:what|which) (?:place|city|town|country|street|room|building)"
_ASKS = re.compile(
    r"^(?P<asks>when|where|why|how)(?: (?:so|then|exactly)|,? (?:was|is) (?:that|this|it))?$",
    re.IGNORECASE,
)
_ASKS_FOR = re.compile(
    rf"^(?P<before>(?:in|on|at|from|since|until|by) )?(?:(?P<time>{_TIME})|(?P<place>{_PLACE}))"
    r"(?:,? was (?:that|it))?$",
    re.IGNORECASE,
)
_PASSIVE = re.compile(r" (?:was|were|is|are)\b", re.IGNORECASE)
_ASKED = re.compile(
    r"^(?:(?:and|but|so) )?(?:(?:in|on|at|by|to|from|since|until) )?"
    rf"(?P<for>{_TIME}|{_PLACE}|when|where|why|how(?: (?:long|often|far|soon))?)"
    rf"(?= {HELPING_VERB})",
    re.IGNORECASE,
)
_OWNED = re.compile(
    r"^\s*(?:its|his|her|their)\s+(?P<what>[\w-]+(?:\s+[\w-]+){0,3})\s*$", re.IGNORECASE
)
_RELATED = re.compile(
    r"\b(?:sons?|daughters?|child(?:ren)?|(?:grand)?(?:fathers?|mothers?|parents?)|brothers?|sisters?"
    r"|twins?|wi(?:fe|ves)|husbands?|widow(?:er)?|uncles?|aunts?|nephews?|nieces?|cousins?|partners?"
    r"|friends?|colleagues?|rivals?|competitors?|neighbours?|successors?|predecessors?|deputy)$",
    re.IGNORECASE,
)
_SEVERAL = re.compile(r"(?<![isu])(?<!\bnew)s$", re.IGNORECASE)
"""Exports and sons, but no status and no press."""
_ARTICLES = frozenset(["the", "a", "an"])
_PLACING = frozenset(["in", "of", "for", "on", "at", "by", "under", "with"])
_JOINING = _ARTICLES | _PLACING


@dataclass(frozen=True, slots=True)
class _Term:
    """A number or name of a question. ``sort`` tells what it may take the place of."""

    start: int
    end: int
    text: str
    sort: str


def parts_of_fragment(question: str) -> tuple[str, str]:
    """How it begins ("and", "the same for"; "" where with nothing such), and what it names."""
    fragment = _FRAGMENT.match(question)
    return (fragment["lead"], fragment["rest"].strip()) if fragment else ("", question)


def exchanged(question: str, earlier: str) -> str:
    """``earlier`` with the one number, name or question word of ``question``; "" otherwise.

    Where a fragment is no more than that: all its other words are in ``earlier``, and what stands
    before a number, or joins a name, stands there too.
    """
    lead, rest = parts_of_fragment(question)
    asked = _ASKED.match(earlier)
    if asked and (asks := _asks(rest, asked)):
        return f"{asks.capitalize()}{earlier[asked.end() :]}"
    owned = _OWNED.match(rest) if lead else None
    if owned:
        return _of_the_owner(owned["what"], earlier)
    joining = {word.lower() for word in WORD.findall(rest)} & STOP_WORDS
    # A capital alone ("Thanks!") names nothing; "in Leeds" does.
    first, _, behind = rest.partition(" ")
    if placed := first.lower() in _PLACING:
        rest = f"{first.lower()} {behind}"
    if not (lead or placed or rest != question) or not joining <= _JOINING:
        return ""
    given = _numbers(rest) or (_names(rest, from_first=True) if lead or placed else [])
    if len(given) != 1:
        return ""
    [new] = given
    alike = [term for term in (*_numbers(earlier), *_names(earlier)) if term.sort == new.sort]
    if len(alike) > 1:  # "And Calder Bridge?" is not asked of the town that Weir Bridge is in.
        alike = [term for term in alike if set(stems(term.text)) & set(stems(new.text))]
    if len(alike) != 1 or not _same_place(rest, new, earlier, alike[0]):
        return ""
    [old] = alike
    return earlier[: old.start] + new.text + earlier[old.end :]


def _asks(rest: str, asked: re.Match[str]) -> str:
    """What takes the place of "when" and the like; "" for what does not fit there."""
    if asks := _ASKS.match(rest):
        return asks["asks"].lower()
    if rest.lower() == "by whom":
        return "by whom" if _PASSIVE.match(asked.string, asked.end()) else ""
    asked_for = asked["for"].lower()
    sort = _ASKS_FOR.match(rest)
    if sort is None or asked_for == "how":
        return ""
    before = (sort["before"] or "").lower()
    if sort["place"]:
        fits = asked_for in {"where", "when"}
        return f"{before or 'in '}{sort['place'].lower()}" if fits else ""
    return f"{before}{sort['time'].lower()}" if before or asked_for == "when" else ""


def _of_the_owner(what: str, earlier: str) -> str:
    """Of what belongs to the name it is asked what it is, of somebody else the question before."""
    owners = [term for term in _names(earlier) if term.sort != "time"]
    if len(owners) != 1:
        return ""
    [owner] = owners
    if not _RELATED.search(what):
        return f"What {'are' if _SEVERAL.search(what) else 'is'} {owner.text}'s {what}?"
    said = [word.lower() for word in WORD.findall(earlier[: owner.start])]
    if said and said[-1] in _ARTICLES:  # "the Hartwell company" is not called by its name alone
        return ""
    return f"{earlier[: owner.start]}{owner.text}'s {what}{earlier[owner.end :]}"


def _same_place(rest: str, new: _Term, earlier: str, old: _Term) -> bool:
    others = set(content_stems(rest)) - set(stems(new.text))
    if new.sort in {"year", "number"}:
        before = _before(rest, new) == _before(earlier, old)
        return others <= set(stems(earlier)) and (not others or before)
    prepositions = {word.lower() for word in WORD.findall(rest[: new.start])} - _ARTICLES
    said = [w.lower() for w in WORD.findall(earlier[: old.start]) if w.lower() not in _ARTICLES]
    after = WORD.search(earlier, old.end)
    # "World War II" is no World War.
    counted = after is not None and bool(label(after.group()))
    return not others and not counted and prepositions <= set(said[-1:])


def _numbers(text: str) -> list[_Term]:
    return [
        _Term(*match.span(), match.group(), "year" if YEAR.fullmatch(match.group()) else "number")
        for match in WORD.finditer(text)
        if YEAR.fullmatch(match.group()) or label(match.group())
    ]


def _names(text: str, *, from_first: bool = False) -> list[_Term]:
    """Runs of capitalised words; a question's first word has a capital anyway."""
    capitals = [
        match
        for match in WORD.finditer(text)
        if match.group()[0].isupper() and (from_first or match.start()) and not label(match.group())
    ]
    found = []
    for start, end in runs_of_words(text, capitals):
        name = bare(text[start:end])
        if name.lower() not in STOP_WORDS:
            found.append(_Term(start, start + len(name), name, _sort(name)))
    return found


def _sort(name: str) -> str:
    if name in CALENDAR or name.removesuffix("s") in CALENDAR:
        return "time"
    return "letters" if name.isupper() else "name"


def _before(text: str, term: _Term) -> str:
    words = stems(text[: term.start])
    return words[-1] if words else ""

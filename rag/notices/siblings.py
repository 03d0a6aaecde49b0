"""What is told of another of the same kind than the question names, in a document of that other.

"How many slept in the shelter in Ipswich?" of a folder with a report on Ipswich, and one on Bristol
that tells how many slept there: its words fit, and it is no answer. It is told by the names of the
documents: one is named as the question says, the one cited is not, does not mention that, and is
named for another. A document that is named for nobody, as a handbook is, may tell of all.
"""

import re
from collections.abc import Callable, Sequence, Set

from index.document_names import DocumentNames
from index.types import Paragraph
from index.words import CALENDAR, WORD, content_stems, names, stem, stems
from index.year_series import years_asked
from rag.match import Span
from rag.notices.premises import Contradiction
from rag.notices.unmentioned import SAME_BEGINNING, is_known, names_of
from rag.quantities import YEAR, in_full, years

_PROSE = re.compile(r"[.!?][\"'”’)]?$")
_READ = 20_000
"""Characters that show of which names a document tells."""
_RANK = "deputy|vice|assistant|associate"
_ROLE = (
    "mayor|chair(?:man|woman|person)?|president|director|head|leader|captain|minister|secretary"
    "|manager|principal|governor|editor|treasurer|coach|chancellor|commissioner|sheriff"
)
_WHO = re.compile(
    rf"\bwho(?: (?:is|was|are|were|became|serve[sd] as)|['’]s) (?:[\w'’]+ )?"
    rf"(?:(?P<rank>{_RANK})[ -])?(?P<role>{_ROLE})\b",
    re.IGNORECASE,
)


def of_a_sibling(
    question: str, spans: Sequence[Span], named: DocumentNames, text_of: Callable[[str], str]
) -> Contradiction | None:
    """The name or year of the question that all of ``spans`` tell another in the place of.

    ``text_of``: path -> text.
    """
    asked = [(name, frozenset(stems(name))) for name in names_of(question)]
    year = years_asked(question)
    others = [
        _other_year(year, span.paragraph, named)
        or _other_name(asked, span.paragraph.path, named, text_of)
        for span in spans
    ]
    return Contradiction(others[0], spans[0]) if others and all(others) else None


def of_another_rank(question: str, spans: Sequence[Span]) -> Contradiction | None:
    """The office asked for, where the sources tell only of who is deputy to it, or the reverse."""
    asked = _WHO.search(question)
    if asked is None:
        return None
    rank, role = (asked["rank"] or "").lower(), asked["role"]
    held = re.compile(rf"\b(?:({_RANK})[ -])?{role}\b", re.IGNORECASE)
    told = [found.lower() for span in spans for found in held.findall(span.text)]
    return Contradiction(f"{rank} {role}".strip(), spans[0]) if told and rank not in told else None


def _other_year(asked: Set[str], paragraph: Paragraph, named: DocumentNames) -> str:
    """The year asked of, where a document is named by it, and this one by another."""
    year = min(asked) if len(asked) == 1 else ""
    own = named.words(paragraph.path)
    around = in_full(" ".join((*paragraph.heading_path, paragraph.text)))
    other = (
        year
        and named.bearing(year)
        and any(map(YEAR.fullmatch, own))
        and own.isdisjoint([year, year[2:]])
        and year not in years(around)
    )
    return year if other else ""


def _other_name(
    asked: Sequence[tuple[str, frozenset[str]]],
    path: str,
    named: DocumentNames,
    text_of: Callable[[str], str],
) -> str:
    """The first name asked of that names other documents, and that this one nowhere has."""
    own = named.words(path)
    telling: dict[str, frozenset[str]] = {}
    for written, words in asked:
        key = frozenset(word for word in words - own if named.bearing(word))
        bearers = {other for word in key for other in named.bearing(word)}
        if any(not all(word in named.words(b) for b in bearers) for word in words & own) or (
            not key and words & own
        ):
            return ""
        if key:
            telling[written] = key
    if not telling:
        return ""
    text = text_of(path)
    words_there = {word.lower() for word in WORD.findall(text)}
    for word in {word for key in telling.values() for word in key}:
        # Of a long text only what may be the word is stemmed.
        alike = {stem(other) for other in words_there if other.startswith(word[:SAME_BEGINNING])}
        if is_known(word, alike | own):
            return ""
    given = {word for _, words in asked for word in words}
    return next(iter(telling)) if own & (_names_told(text) - given) else ""


def _names_told(text: str) -> set[str]:
    """Stems of the words that its sentences write as names, and nowhere in small."""
    parts = re.split(r"\n\s*\n", text[:_READ])
    prose = "\n".join(part for part in map(str.strip, parts) if _PROSE.search(part))
    small = {stem(word) for word in WORD.findall(prose) if word[0].islower()}
    return names(prose) - small - {*content_stems(" ".join(CALENDAR))}

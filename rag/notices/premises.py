"""A question that takes something for granted which its documents have otherwise.

"What did the network begin in 2001?" of documents that say it began that in 2000: to quote them as
the answer would be to answer along. Only what can be told from the words alone is: years, days and
months, and numbers that stand by the same word on both sides. On the development sets no annotated
evidence of the 117 questions with one of these has another in its place.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from index.numbered import (
    COMPARING,
    adjoin,
    another_of_its_kind,
    asked_for,
    name_start,
    numbered_in,
    plain,
    tells,
)
from index.words import DAYS, MONTHS, WORD, content_stems, stem, stems
from rag.extract import RankedSentence
from rag.match import Span
from rag.quantities import YEAR, in_full
from rag.types import Citation

_DECADE = re.compile(r"(\d{3})\d['’]?s")
_ROMAN = re.compile(r"[IVXLC]{1,7}")
_FAR = frozenset(["than", "since", "after", "before", "until"])
"""Those before which a word may stand: "than in 2005", "since last Sunday"."""
_EARLIER = re.compile(
    r"\b(?:from|against|versus|vs\.?) (?:about |around |some |nearly |just |only |over )?"
    r"[$€£¥]?\d[\w.,]*%?(?: [a-z]+){0,3} in (?:[A-Z][a-z]+ )?(?P<year>\d{4})\b"
)
"""“Revenue rose to 5 million, from 4 million in 2019” does not say of which year the first is."""
_COMPARES = re.compile(r"\b(?:compared|unlike|whereas)\b", re.IGNORECASE)
_TIMES = {"twice": "2", "thrice": "3"}
"""As "two times" is; "once" may be "as soon as"."""
_YEARS = "year"
_LEAST_COVERED = 0.5
_FEWEST_SHARED = 2
_NEAR = 3


@dataclass(frozen=True, slots=True)
class Contradiction:
    """``asked``, as the question writes it, is not what the sentence ``span`` has in its place."""

    asked: str
    span: Span


@dataclass(frozen=True, slots=True)
class _Term:
    """A time or number: terms with the same ``place`` exclude each other."""

    place: str
    value: str
    written: str
    compared: bool


def contradicted_by(question: str, citations: Sequence[Citation]) -> Contradiction | None:
    """What of the question the sentences cited for an answer have otherwise."""
    return contradiction(
        question,
        [
            Span(cited.paragraph, sentence.start, sentence.end)
            for cited in citations
            for sentence in cited.paragraph.sentences
            if sentence.start < cited.quote_end and sentence.end > cited.quote_start
        ],
    )


def contradicted_nearby(question: str, ranked: Sequence[RankedSentence]) -> Contradiction | None:
    """What of the question the best sentences found have otherwise, and most else as it is.

    ``ranked`` is best first.
    """
    asked = set(content_stems(question))
    enough = max(_FEWEST_SHARED, _LEAST_COVERED * len(asked))
    near = [r.span for r in ranked[:_NEAR]]
    about = [span for span in near if len(asked & set(stems(span.text))) >= enough]
    return contradiction(question, about)


def contradiction(question: str, spans: Sequence[Span]) -> Contradiction | None:
    """The first thing of the question that the sources have otherwise, and nowhere as it says.

    ``spans`` are sentences that answer the question but for that.
    """
    known = {value for span in spans for value in _values(span)}
    asked = list(_terms(question))
    held = {term.place for term in asked if term.value in known or term.compared}
    for term in asked:
        # Of "in 2011 or 2012?" one is enough.
        if term.place in held:
            continue
        for span in spans:
            others = [other for other in _terms(span.text) if other.place == term.place]
            if others and not _may_hold(term, others) and not _COMPARES.search(span.text):
                return Contradiction(term.written, span)
    return _of_another(question, spans)


def _of_another(question: str, spans: Sequence[Span]) -> Contradiction | None:
    """A numbered thing of the question where all the paragraphs tell of others of its kind."""
    asked = asked_for(question)
    others = [another_of_its_kind(asked, numbered_in(span.paragraph)) for span in spans]
    first = others[0] if others else None
    return Contradiction(asked[first], spans[0]) if first and all(others) else None


def _values(span: Span) -> Iterator[str]:
    # A row's years may stand over its columns.
    for part in (*span.paragraph.heading_path, span.text, span.words):
        yield from map(plain, stems(in_full(part)))
        yield from (times for word, times in _TIMES.items() if word in WORD.findall(part))
        yield from (f"{m[1]}0s" for m in _DECADE.finditer(part))


def _may_hold(term: _Term, others: Sequence[_Term]) -> bool:
    """May a source with these others still be of this one: do they bound it?"""
    bounds = sorted(int(o.value) for o in others if term.place == _YEARS)
    return any(o.compared for o in others) or (
        bool(bounds) and bounds[0] < int(term.value) < bounds[-1]
    )


def _terms(text: str) -> Iterator[_Term]:
    words = list(WORD.finditer(text))
    earlier = {found.start("year") for found in _EARLIER.finditer(text)}
    for i, match in enumerate(words):
        before = [word.group().lower() for word in words[max(0, i - 2) : i]]
        compared = not COMPARING.isdisjoint(before[-1:]) or not _FAR.isdisjoint(before)
        compared = compared or match.start() in earlier
        for place, written in _places(text, words, i):
            value = _TIMES.get(match.group(), "") or plain(stem(match.group()))
            yield _Term(place, value, written, compared)


def _places(text: str, words: Sequence[re.Match[str]], i: int) -> Iterator[tuple[str, str]]:
    """What word ``i`` may stand for, and how that is written."""
    match = words[i]
    word, value = match.group(), stem(match.group())
    if YEAR.fullmatch(value) and "," not in word:
        if not _DECADE.match(text, match.start()):
            yield _YEARS, word
    elif word in DAYS:
        yield "day", word
    elif word in MONTHS:
        yield "month", word
    elif word in _TIMES:
        yield "number of time", word
    elif value[:1].isdigit() or _ROMAN.fullmatch(word):
        after = words[i + 1] if i + 1 < len(words) else match
        if value[:1].isdigit() and adjoin(text, match, after) and _is_plain(after):
            yield f"number of {stem(after.group())}", text[match.start() : after.end()]
        start = name_start(text, words, i)
        if start < match.start():
            yield f"name {stem(words[i - 1].group())}", text[start : match.end()]


def _is_plain(match: re.Match[str]) -> bool:
    """A thing that is counted; a capital makes it part of a name: the Seven Years' War."""
    return tells(match) and match.group().islower()

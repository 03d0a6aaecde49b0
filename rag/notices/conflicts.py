"""Statements among the sources that say the same as a cited one, or contradict it in one value.

Two sentences are taken for the same statement when their words, values apart, nearly agree and
their cosine is high. They contradict each other when they then differ in values of one kind only:
numbers (dates among them) or names, each side with its own, and when the differing value is not
one the question itself gives. Everything else is left alone: a false alarm costs more trust than a
contradiction that was not noticed.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from index.types import Paragraph, Sentence
from index.words import MONTH_STEMS, content_stems, names, negated, numbers, stem, stems
from rag.correspondence import is_header
from rag.match import Match, Span, verbatim
from rag.quantities import in_full, in_other_units, years
from rag.verify import Cosines

SAME_WORDS = 0.75
SAME_COSINE = 0.8
_FEWEST_SHARED = 3
_MOST_VALUES = 3
HAPPENED = re.compile(
    r"\b(?:[a-z]{2,}ed|built|born|held|made|sold|lost|won|found|left|sent|shut|paid|met|begun|taken"
    r"|given|written|stolen|broken|laid|drawn|shown|bought|brought)\b"
)
"""What was done: "lifted" of a notice."""
_CLAUSES = re.compile(r"[,;]\s|\b(?:and|but)\b")


@dataclass(frozen=True, slots=True)
class Other:
    """Another source's statement of the same thing; ``contradicts`` when its value differs."""

    span: Span
    contradicts: bool


@dataclass(frozen=True, slots=True)
class _Statement:
    text: str
    words: frozenset[str]
    numbers: frozenset[str]
    names: frozenset[str]
    negated: bool


def other_statements(
    question: str, cited: Span, paragraphs: Sequence[Paragraph], cosines: Cosines
) -> list[Other]:
    """The statements of other paragraphs that agree with the cited sentence or contradict it.

    ``cosines``: paragraph id -> cosine of each of its sentences with the cited one.
    """
    stated = _statement(cited.text)
    given = numbers(question) | names(question)
    found = []
    for paragraph in paragraphs:
        if paragraph.id == cited.paragraph.id or paragraph.id not in cosines:
            continue
        if of_another_year(question, cited.paragraph, paragraph):
            continue
        near = [
            s
            for s in paragraph.sentences
            if float(cosines[paragraph.id][s.ordinal]) >= SAME_COSINE
            and not is_header(s.text, paragraph.text)
        ]
        for sentence in sorted(near, key=lambda s: -float(cosines[paragraph.id][s.ordinal]))[:1]:
            found += [
                other
                for other in _compared(stated, given, paragraph, sentence)
                if not (other.contradicts and _of_something_else(cited.text, sentence.text))
            ]
    return found


def of_another_year(question: str, cited: Paragraph, other: Paragraph) -> bool:
    """Is it of the year asked for, by its headings or its path, and the other of another?

    The price list of 2023 contradicts nothing in that of 2024.
    """
    asked, also = years(question), _years_above(other)
    return bool(also) and bool(asked & _years_above(cited)) and not asked & also


def _years_above(paragraph: Paragraph) -> set[str]:
    return years(" ".join((*paragraph.heading_path, paragraph.path.replace("_", " "))))


def _of_something_else(one: str, other: str) -> bool:
    """Does a value that only one of them has stand in a clause that the other has nothing of?

    "Issued at 06:30 and lifted on 15 March" is not contradicted by what was issued on 11 March.
    """
    return _tells_more(one, other) or _tells_more(other, one)


def _tells_more(one: str, other: str) -> bool:
    """Do all values that only the one has stand in clauses on what only that one tells as done?"""
    held, only = set(stems(other)), numbers(one) - numbers(other)
    own = [
        clause
        for clause in _CLAUSES.split(one)
        if any(stem(word) not in held for word in HAPPENED.findall(clause))
        and not (set(content_stems(clause)) - numbers(clause) - MONTH_STEMS) & held
    ]
    return bool(only) and only <= numbers(" ; ".join(own))


def statements_beside(
    question: str,
    checked: Sequence[tuple[str, Match]],
    paragraphs: Sequence[Paragraph],
    cosines: Callable[[str, Sequence[str]], Cosines],
) -> list[tuple[Span, Other]]:
    """Each cited span with what other paragraphs say of the same thing."""
    ids = [paragraph.id for paragraph in paragraphs]
    return [
        (cited, other)
        for cited in dict.fromkeys(span for _, found in checked for span in found.spans)
        for other in other_statements(question, cited, paragraphs, cosines(cited.text, ids))
    ]


def beside(
    checked: Sequence[tuple[str, Match]], others: Sequence[tuple[Span, Other]]
) -> list[tuple[str, Match]]:
    """The answer with agreeing sources cited too, and contradicting ones quoted after it.

    ``others``: cited span -> what another paragraph says.
    """
    agreeing: dict[Span, list[Span]] = {}
    for cited, other in others:
        if not other.contradicts:
            agreeing.setdefault(cited, []).append(other.span)
    told = []
    for text, match in checked:
        more = [span for cited in match.spans for span in agreeing.get(cited, [])]
        spans = tuple(dict.fromkeys((*match.spans, *more)))
        told.append((text, Match(match.verdict, spans, match.support)))
    for span in dict.fromkeys(other.span for _, other in others if other.contradicts):
        told.append((f"Another source says: “{span.words}”", verbatim(span)))
    return told


def conflict_notice(others: Sequence[tuple[Span, Other]], dates: Mapping[str, str]) -> str:
    """Which documents disagree, with their dates where they give one; "" when none do."""
    listed = contradicting(others, dates)
    return f"The sources disagree, both are given: {listed}." if listed else ""


def contradicting(others: Sequence[tuple[Span, Other]], dates: Mapping[str, str]) -> str:
    """The documents that contradict each other, with their dates; "" when none do."""
    paths = dict.fromkeys(
        path
        for cited, other in others
        if other.contradicts
        for path in (cited.paragraph.path, other.span.paragraph.path)
    )
    return ", ".join(f"{p} ({dates[p]})" if p in dates else p for p in paths)


def _compared(
    stated: _Statement, given: set[str], paragraph: Paragraph, sentence: Sentence
) -> list[Other]:
    said = _statement(sentence.text)
    shared = stated.words & said.words
    union = stated.words | said.words
    if len(shared) < _FEWEST_SHARED or len(shared) < SAME_WORDS * len(union):
        return []
    if stated.negated != said.negated:
        return []
    span = Span(paragraph, sentence.start, sentence.end)
    same_numbers, same_names = stated.numbers == said.numbers, stated.names == said.names
    if same_numbers and same_names:
        # £500 is not €500.
        return [Other(span, contradicts=bool(in_other_units(stated.text, said.text)))]
    if not same_numbers and not same_names:
        return []
    mine, theirs = (stated.numbers, said.numbers) if same_names else (stated.names, said.names)
    only_mine, only_theirs = mine - theirs, theirs - mine
    if not 0 < len(only_mine) <= _MOST_VALUES or not 0 < len(only_theirs) <= _MOST_VALUES:
        return []
    # Two trains on two days do not contradict each other when the question names the day.
    if (only_mine | only_theirs) & given:
        return []
    return [Other(span, contradicts=True)]


def _statement(text: str) -> _Statement:
    text = in_full(text)
    named = names(text)
    counted = numbers(text) | (named & MONTH_STEMS)
    named -= MONTH_STEMS | counted
    words = frozenset(content_stems(text)) - counted - named
    return _Statement(text, words, frozenset(counted), frozenset(named), negated(text))

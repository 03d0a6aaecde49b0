"""A sentence that says more than the words it cites is given in these words instead.

A small model restates the question and puts its answer in: "the first black metal group was
Skyclad", from a source that has Skyclad as the first folk metal band. Numbers and names agree, and
what was added came from the question, so no comparison of claim and source tells it from a good
restatement. The source's own words do: they hold, and a reader sees whether they answer. On the
development sets they held the accepted answer as often as the model's.
"""

from collections.abc import Sequence

from index.words import content_stems, names, numbers, stems
from rag.excerpt import as_quotation, excerpt
from rag.source_words import MOST_WORDS
from rag.types import Verdict
from rag.verify import RANKS, Match, Span

_LACKING = 2


def in_own_words(checked: Sequence[tuple[str, Match]], question: str) -> list[tuple[str, Match]]:
    """``checked``, with the source's words in place of each sentence that goes beyond them.

    Of sources longer than ``MOST_WORDS`` together the sentences that fit best are given, and of one
    longer than that the clauses; where none can stand alone, it stays, partly supported. What
    two sentences rest on is quoted once.
    """
    told: list[tuple[str, Match]] = []
    for claim, found in checked:
        if not found.spans or not _goes_beyond(claim, found, question):
            told.append((claim, found))
            continue
        quoted = _quoted(claim, found, question)
        if quoted:
            told += [quote for quote in quoted if quote not in told]
        else:
            told.append((claim, Match(Verdict.PARTLY, found.spans, found.support)))
    return told


def _quoted(claim: str, found: Match, question: str) -> list[tuple[str, Match]]:
    """The words of the sources; of too many those that fit best, none where that cannot be done."""
    if sum(map(_length, found.spans)) <= MOST_WORDS:
        return [_quotation(span, span) for span in found.spans]
    sentences = [one for span in found.spans for one in _each(span)]
    taken = _fitting(sentences, claim, question)
    return [_quotation(taken[whole], whole) for whole in sentences if whole in taken]


def _fitting(sentences: Sequence[Span], claim: str, question: str) -> dict[Span, Span]:
    """Of sentences that told the claim something, what is quoted within ``MOST_WORDS``.

    Those with most of the question come first, later ones only for what the others lack. The first
    is cut where it is too long itself; nothing is taken where it cannot be.
    """
    asked = set(content_stems(question))
    told = set(content_stems(claim)) - asked

    def fitness(span: Span) -> tuple[bool, int, int]:
        own = set(stems(span.text))
        return bool(told & own), len(asked & own), len(told & own)

    if not sentences:
        return {}
    first, *others = sorted(sentences, key=fitness, reverse=True)
    part = first if _length(first) <= MOST_WORDS else excerpt(first, claim, question, MOST_WORDS)
    if part is None:
        return {}
    taken = {first: part}
    lacking = told - set(stems(part.text))
    room = MOST_WORDS - _length(part)
    for other in others:
        own = set(stems(other.text))
        if lacking & own and _length(other) <= room:
            taken[other] = other
            lacking -= own
            room -= _length(other)
    return taken


def _quotation(part: Span, whole: Span) -> tuple[str, Match]:
    return as_quotation(part, whole), Match(Verdict.SUPPORTED, (part,), 1.0)


def _length(span: Span) -> int:
    return len(span.words.split())


def _each(span: Span) -> list[Span]:
    """A span of each of its paragraph's sentences that it holds."""
    held = [s for s in span.paragraph.sentences if span.start <= s.start < span.end]
    return [Span(span.paragraph, s.start, s.end) for s in held]


def _goes_beyond(claim: str, found: Match, question: str) -> bool:
    """Does the claim say what its sources do not?

    A name, number or rank, two words, or one that the question does not have either. One put
    together from several sentences does too: each may hold, and still not what joins them.
    """
    sources = " ".join(
        part for span in found.spans for part in (span.text, *span.paragraph.heading_path)
    )
    lacking = set(content_stems(claim)) - set(stems(sources))
    telling = lacking & (names(claim) | numbers(claim) | RANKS)
    of_nobody = lacking - set(stems(question))
    joined = sum(len(_each(span)) for span in found.spans) > 1
    partly = found.verdict is Verdict.PARTLY
    return partly or joined or bool(telling or of_nobody) or len(lacking) >= _LACKING

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

    Of sources longer than ``MOST_WORDS`` together the clauses that bear the sentence out are given;
    where there are none that can stand alone, it stays, partly supported. What two sentences rest
    on is quoted once.
    """
    told: list[tuple[str, Match]] = []
    for claim, found in checked:
        if not found.spans or not _goes_beyond(claim, found):
            told.append((claim, found))
            continue
        quoted = _quoted(claim, found, question)
        if quoted:
            told += [quote for quote in quoted if quote not in told]
        else:
            told.append((claim, Match(Verdict.PARTLY, found.spans, found.support)))
    return told


def _quoted(claim: str, found: Match, question: str) -> list[tuple[str, Match]]:
    """The words of each source, of the longest one only what is needed; none if still too many."""
    spans = {span: span for span in found.spans}
    longest = max(spans, key=_length)
    room = MOST_WORDS - sum(_length(span) for span in spans if span != longest)
    if _length(longest) > room:
        part = excerpt(longest, claim, question, room) if _sentences(longest) == 1 else None
        if part is None:
            return []
        spans[longest] = part
    return [
        (as_quotation(part, whole), Match(Verdict.SUPPORTED, (part,), 1.0))
        for whole, part in spans.items()
    ]


def _length(span: Span) -> int:
    return len(span.words.split())


def _goes_beyond(claim: str, found: Match) -> bool:
    """Does the claim say a name, number or rank, or two words, that its sources do not?

    One put together from several sentences does: each may hold, and still not what joins them.
    """
    sources = " ".join(
        part for span in found.spans for part in (span.text, *span.paragraph.heading_path)
    )
    lacking = set(content_stems(claim)) - set(stems(sources))
    telling = lacking & (names(claim) | numbers(claim) | RANKS)
    joined = sum(map(_sentences, found.spans)) > 1
    partly = found.verdict is Verdict.PARTLY
    return partly or joined or bool(telling) or len(lacking) >= _LACKING


def _sentences(span: Span) -> int:
    """How many of its paragraph's sentences a span holds."""
    return sum(span.start <= s.start < span.end for s in span.paragraph.sentences)

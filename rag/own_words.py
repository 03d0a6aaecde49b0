"""A sentence that says more than the words it cites is given in these words instead.

A small model restates the question and puts its answer in: "the first black metal group was
Skyclad", from a source that has Skyclad as the first folk metal band. Numbers and names agree, and
what was added came from the question, so no comparison of claim and source tells it from a good
restatement. The source's own words do: they hold, and a reader sees whether they answer. On the
development sets they held the accepted answer as often as the model's.
"""

from collections.abc import Sequence

from index.words import content_stems, names, numbers, stems
from rag.source_words import MOST_WORDS
from rag.types import Verdict
from rag.verify import RANKS, Match, Span

_LACKING = 2


def in_own_words(checked: Sequence[tuple[str, Match]]) -> list[tuple[str, Match]]:
    """``checked``, with the source's words in place of each sentence that goes beyond them.

    A sentence whose sources are longer than ``MOST_WORDS`` together stays, partly supported. What
    two sentences rest on is quoted once.
    """
    told: list[tuple[str, Match]] = []
    for claim, found in checked:
        if not found.spans or not _goes_beyond(claim, found):
            told.append((claim, found))
            continue
        quoted = [
            (f"“{span.words}”", Match(Verdict.SUPPORTED, (span,), 1.0)) for span in found.spans
        ]
        if sum(len(words.split()) for words, _ in quoted) > MOST_WORDS:
            told.append((claim, Match(Verdict.PARTLY, found.spans, found.support)))
        else:
            told += [quote for quote in quoted if quote not in told]
    return told


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

"""The sentence that fits the question best, given beside an answer taken from others.

A model that reads it and answers from a lesser one is wrong more often than otherwise: in 4 of 10
such answers on a development set, in 13 of the other 100. With both there a reader sees which of
them answers.
"""

from collections.abc import Sequence

from index.words import content_stems, stems
from rag.asked import gives_what_was_asked
from rag.checking.source_words import MOST_WORDS
from rag.extract import RankedSentence
from rag.match import Match, Span, verbatim
from rag.routes.sublists import leads_in
from rag.tables.rows import cells

BETTER_BY = 2.0
"""In scores of ``rank_sentences``; what lies nearer fits the question about as well."""


def passed_over(
    question: str,
    ranked: Sequence[RankedSentence],
    checked: Sequence[tuple[str, Match]],
    *,
    words_more: int = 0,
) -> list[tuple[str, Match]]:
    """The best of ``ranked`` where all that is cited fits clearly worse, else nothing.

    Nor where it has not ``words_more`` of the question's words than that: then it is its paragraph
    that fits better.
    ``checked`` is the answer; with what is added it stays within ``MOST_WORDS``.
    """
    spans = [span for _, found in checked for span in found.spans]
    cited = next((one for one in ranked if any(one.span.meets(span) for span in spans)), None)
    best = ranked[0] if ranked else None
    if best is None or cited is None or best.score - cited.score < BETTER_BY:
        return []
    if cells(best.paragraph, best.sentence.text) or leads_in(best.sentence.text):
        return []  # a row is a record of its own, of something else; a lead-in tells nothing alone
    span = best.span
    if _held(question, [span]) < _held(question, spans) + words_more:
        return []
    length = sum(len(text.split()) for text, found in checked if found.spans)
    too_long = length + len(span.words.split()) > MOST_WORDS
    if too_long or not gives_what_was_asked(question, span.text):
        return []
    return [(span.words, verbatim(span))]


def _held(question: str, spans: Sequence[Span]) -> int:
    """How many of the question's words the sources have."""
    return len(set(content_stems(question)) & set(stems(" ".join(span.text for span in spans))))

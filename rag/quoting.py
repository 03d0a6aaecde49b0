"""Which of the sentences found is quoted, word for word, and how much of it."""

from collections.abc import Sequence
from itertools import takewhile

from index.document_names import Named
from index.lines import without_bullet
from rag.asked import (
    answers_nothing,
    gives_what_was_asked,
    holds_the_kind,
    lacks_the_reason,
    names_what_was_asked,
)
from rag.both_sides import of_the_other_side
from rag.checking.excerpt import as_quotation, shortened
from rag.checking.leaning import with_what_it_leans_on
from rag.checking.qualified import with_those_asked_about
from rag.defining import lacks_what_it_is, tells_of_another_term
from rag.extract import RankedSentence
from rag.followups.set_aside import without_told
from rag.match import Match, Span, verbatim
from rag.notices.refusing import missing_terms
from rag.run import Run
from rag.said_by import is_of_the_other_side
from rag.sanitise import may_be_shown
from rag.signals import best_read
from rag.tables.named_rows import names_its_row
from rag.titles import is_caption, only_entitles

QUOTABLE = 3
"""One of so many of the best is quoted."""
_LOOKED_AT = 10
_NEAREST = 2
_CLOSE = 15.0
"""By so much less the next sentence may fit and be shown too: for some it is what decides."""
_NEAR_FROM = 0.35
"""How well the best sentence has to fit, token by token, to be shown where it does not answer.

Of 22 questions in other words 21 have one, 17 the one that answers; of 48 on other matters 4."""


def quoted(run: Run, ranked: Sequence[RankedSentence]) -> list[tuple[str, Match]]:
    """The first of the best sentences that holds what was asked, word for word, if any.

    Of a long one the clauses that the draft rested on. Those with the kind of thing asked for come
    first.
    """
    for best in sorted(ranked[:QUOTABLE], key=lambda one: _lacking(run.asked, one, ranked[0])):
        span = best.span
        text = without_told(span.words, run.alone.told)
        if not _may_answer(run.asked, text, span) or not names_its_row(
            run.asked, span.paragraph, span.text
        ):
            continue
        part = shortened(span, run.draft, run.asked)
        if part != span and text == span.words and _may_answer(run.asked, part.text, part):
            text, span = as_quotation(part, span), part
        elif text == span.words:
            text, span = _with_its_context(run.asked, span, ranked[:QUOTABLE])
        other = of_the_other_side(run.asked, span, ranked[:_LOOKED_AT])
        more = [other.span] if other and _fits(run.asked, other) else []
        return [(text, verbatim(span)), *((one.words, verbatim(one)) for one in more)]
    return []


def nearest(run: Run, about: Named) -> list[Span]:
    """What to read where the question is refused.

    A sentence that answers in other words says seldom more of the question than one that does not,
    and who reads it can tell. Whole, for the clause that tells may be any.
    """
    question = run.own
    if missing_terms(question, run.hits, about):
        return []
    if best_read(run.hits) < _NEAR_FROM:
        return []
    ranked = run.quotable()
    close = [one for one in ranked[:_NEAREST] if one.score > ranked[0].score - _CLOSE]
    # What comes after a sentence that cannot answer is not what comes nearest.
    return [one.span for one in takewhile(lambda one: _fits(question, one), close)]


def _with_its_context(
    question: str, span: Span, ranked: Sequence[RankedSentence]
) -> tuple[str, Span]:
    whole = with_those_asked_about(question, with_what_it_leans_on(span), ranked)
    return (
        (whole.words, whole) if may_be_shown(whole.words, [whole], question) else (span.words, span)
    )


def _fits(question: str, one: RankedSentence) -> bool:
    return _is_of_the_kind(question, one) and _may_answer(question, one.span.words, one.span)


def _lacking(question: str, one: RankedSentence, first: RankedSentence) -> tuple[bool, bool]:
    """Its kind, or, of those that fit nearly as well, the reason asked for, or what it is."""
    text = one.sentence.text
    far = one.score < first.score - _CLOSE
    return (
        not _is_of_the_kind(question, one),
        far or lacks_the_reason(question, text) or lacks_what_it_is(question, text),
    )


def _is_of_the_kind(question: str, one: RankedSentence) -> bool:
    return holds_the_kind(question, one.sentence.text, one.paragraph.text)


def _may_answer(question: str, text: str, span: Span) -> bool:
    if is_of_the_other_side(question, span.text) or tells_of_another_term(question, text):
        return False
    fits = gives_what_was_asked(question, text) and names_what_was_asked(
        question, text, span.paragraph.text
    )
    begins = span.start == span.paragraph.start and without_bullet(text) == text
    first = span.paragraph.ordinal == 1 and begins
    caption = is_caption(span.paragraph.text)
    answers = not (
        answers_nothing(question, text)
        or only_entitles(question, text, first=first, caption=caption)
    )
    return fits and answers and may_be_shown(text, [span], question)

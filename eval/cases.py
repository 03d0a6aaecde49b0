"""A gold item and its answer -> the case that is scored."""

from eval.gold.items import ResolvedItem
from eval.metrics.case import Case, CitedQuote, GoldQuote
from eval.normalise import without_marks
from rag.types import Answer, Status


def case_of(gold: ResolvedItem, answer: Answer) -> Case:
    """What the measures see of an answered, refused or failed item."""
    return _case(gold, answer.status, answer)


def failed_case(gold: ResolvedItem) -> Case:
    """An item of which there is nothing to see: it failed, or a run does not have it."""
    return _case(gold, Status.ERROR, None)


def _case(gold: ResolvedItem, status: Status, answer: Answer | None) -> Case:
    item = gold.item
    return Case(
        answerable=item.answerable,
        status=status,
        answers=item.answers,
        gold=tuple(
            GoldQuote(evidence.quote, paragraphs)
            for evidence, paragraphs in zip(item.evidence, gold.quote_paragraphs, strict=True)
        ),
        any_suffices=item.any_suffices,
        retrieved=tuple(hit.paragraph.id for hit in answer.retrieved) if answer else (),
        text=without_marks(answer.text) if answer else "",
        cited=tuple(CitedQuote(cited.paragraph.id, cited.quote) for cited in answer.citations)
        if answer
        else (),
        verdicts=tuple(sentence.verdict for sentence in answer.sentences) if answer else (),
        confidence=answer.confidence if answer else 0.0,
    )

"""A gold item and the record of its answer -> the case that is scored.

Made from the record rather than the answer itself, so that a kept answer can be scored anew.

Words of a source that are quoted beside an answer (``quotation``) are no sentences of it: they are
borne out by nature, and would flatter it. They are part of its text and citations, as its reader
sees them: ``correct``, exact match, token F1, ROUGE-L and the number of words are of all of it.
"""

from eval.gold.items import ResolvedItem
from eval.metrics.case import Case, CitedQuote, GoldQuote
from eval.normalise import marks, without_marks
from eval.records import AnswerRecord, CitationRecord
from rag.types import Status, Verdict


def case_of(gold: ResolvedItem, answer: AnswerRecord, confidence: float) -> Case:
    """What the measures see of an answered, refused or failed item."""
    return _case(gold, Status(answer["status"]), answer, confidence)


def failed_case(gold: ResolvedItem) -> Case:
    """An item of which there is nothing to see: it failed, or a run does not have it."""
    return _case(gold, Status.ERROR, None, 0.0)


def _case(
    gold: ResolvedItem, status: Status, answer: AnswerRecord | None, confidence: float
) -> Case:
    item = gold.item
    every = answer["sentences"] if answer else []
    sentences = [sentence for sentence in every if not sentence.get("quotation")]
    return Case(
        answerable=item.answerable,
        status=status,
        answers=item.answers,
        gold=tuple(
            GoldQuote(evidence.quote, paragraphs)
            for evidence, paragraphs in zip(item.evidence, gold.quote_paragraphs, strict=True)
        ),
        any_suffices=item.any_suffices,
        retrieved=tuple(hit["paragraph_id"] for hit in answer["retrieved"]) if answer else (),
        text=without_marks(answer["answer"]) if answer else "",
        marks=marks(answer["answer"]) if answer else (),
        cited=tuple(map(_cited, answer["citations"])) if answer else (),
        sentence_citations=tuple(len(sentence["citations"]) for sentence in sentences),
        verdicts=tuple(Verdict(sentence["verdict"]) for sentence in sentences),
        confidence=confidence,
    )


def _cited(citation: CitationRecord) -> CitedQuote:
    start = citation["quote_start"] - citation["start"]
    end = citation["quote_end"] - citation["start"]
    quote = citation["quote"]
    return CitedQuote(
        citation["paragraph_id"],
        quote,
        number=citation["number"],
        in_paragraph=bool(quote) and start >= 0 and citation["text"][start:end] == quote,
    )

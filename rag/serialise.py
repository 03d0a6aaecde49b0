"""Answers and hits as JSON values: the contract other programs read. Every key is always there."""

from index.types import Hit
from rag.types import Answer, Citation


def hit_to_dict(hit: Hit) -> dict[str, object]:
    """One entry of ``retrieved``, and of ``search --json``."""
    paragraph = hit.paragraph
    return {
        "rank": hit.rank,
        "paragraph_id": paragraph.id,
        "path": paragraph.path,
        "paragraph": paragraph.ordinal,
        "start": paragraph.start,
        "end": paragraph.end,
        "text": paragraph.text,
        "score": hit.score,
        "signals": dict(hit.signals),
    }


def citation_to_dict(citation: Citation) -> dict[str, object]:
    """One entry of ``citations``; ``quote_start`` and ``quote_end`` count in the document."""
    paragraph = citation.paragraph
    return {
        "number": citation.number,
        "paragraph_id": paragraph.id,
        "path": paragraph.path,
        "paragraph": paragraph.ordinal,
        "page": paragraph.page,
        "start": paragraph.start,
        "end": paragraph.end,
        "text": paragraph.text,
        "quote": citation.quote,
        "quote_start": citation.quote_start,
        "quote_end": citation.quote_end,
    }


def answer_to_dict(answer: Answer) -> dict[str, object]:
    """What ``ask --json`` prints."""
    return {
        "question": answer.question,
        "standalone_question": answer.standalone_question,
        "status": str(answer.status),
        "answer": answer.text,
        "extractive": answer.extractive,
        "sentences": [
            {"text": s.text, "citations": list(s.citations), "verdict": str(s.verdict)}
            | ({"quotation": True} if s.quotation else {})
            for s in answer.sentences
        ],
        "citations": [citation_to_dict(citation) for citation in answer.citations],
        "retrieved": [hit_to_dict(hit) for hit in answer.retrieved],
        "model": answer.model,
        "timings_ms": {
            "retrieve": round(answer.timings.retrieve, 1),
            "first_token": _rounded(answer.timings.first_token),
            "total": round(answer.timings.total, 1),
        },
        "tokens": {
            "prompt": answer.tokens.prompt,
            "cached": answer.tokens.cached,
            "completion": answer.tokens.completion,
        },
        "error": answer.error,
    }


def _rounded(milliseconds: float | None) -> float | None:
    return None if milliseconds is None else round(milliseconds, 1)

"""The receipt of an answer: what was said, from which words of which documents, and how.

``receipt`` makes one, ``check`` says later of each quotation whether it still stands. Both are
pure; a receipt comes back from anywhere, so ``from_json`` trusts nothing in it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from pydantic import TypeAdapter, ValidationError

from index.errors import UsageError
from rag.types import Answer

FORMAT = "pincite receipt 1"


@dataclass(frozen=True, slots=True)
class ReceiptSentence:
    """One sentence of the answer, the numbers of its quotations, and how far they bear it out."""

    text: str
    citations: tuple[int, ...]
    verdict: str


@dataclass(frozen=True, slots=True)
class Quotation:
    """Words of a document; ``start`` and ``end`` count in its extracted text."""

    number: int
    path: str
    paragraph_id: str
    paragraph: int
    page: int | None
    start: int
    end: int
    quote: str


@dataclass(frozen=True, slots=True)
class Receipt:
    """``documents`` gives the SHA-256 of each quoted file, ``made_at`` the time (ISO, UTC)."""

    format: str
    made_at: str
    question: str
    standalone_question: str
    status: str
    answer: str
    extractive: bool
    sentences: tuple[ReceiptSentence, ...]
    quotations: tuple[Quotation, ...]
    documents: Mapping[str, str]
    model: str
    settings: Mapping[str, object]


class QuoteState(StrEnum):
    """What became of a quotation."""

    INTACT = "intact"
    MOVED = "moved"
    GONE = "gone"


class DocumentState(StrEnum):
    """What became of a quoted document."""

    UNCHANGED = "unchanged"
    CHANGED = "changed"
    MISSING = "missing"


class Documents(Protocol):
    """The documents as they are now."""

    def text(self, path: str) -> str | None:
        """The extracted text of ``path``; None when there is no such document."""

    def sha256(self, path: str) -> str | None:
        """The hash of the file; None when there is no such document."""

    def renamed(self, sha256: str) -> str | None:
        """The path of a document with this content, if there is one."""


@dataclass(frozen=True, slots=True)
class QuoteCheck:
    """One quotation checked; ``now`` says where its words are, and is empty when they are gone."""

    number: int
    path: str
    quote: str
    state: QuoteState
    document: DocumentState
    now: str


def receipt(
    answer: Answer,
    documents: Mapping[str, str],
    settings: Mapping[str, object],
    made_at: str,
) -> Receipt:
    """The receipt of an answer; ``documents`` gives the SHA-256 of files by path."""
    quotations = tuple(
        Quotation(
            number=citation.number,
            path=citation.paragraph.path,
            paragraph_id=citation.paragraph.id,
            paragraph=citation.paragraph.ordinal,
            page=citation.paragraph.page,
            start=citation.quote_start,
            end=citation.quote_end,
            quote=citation.quote,
        )
        for citation in answer.citations
    )
    return Receipt(
        format=FORMAT,
        made_at=made_at,
        question=answer.question,
        standalone_question=answer.standalone_question,
        status=answer.status.value,
        answer=answer.text,
        extractive=answer.extractive,
        sentences=tuple(
            ReceiptSentence(s.text, s.citations, s.verdict.value) for s in answer.sentences
        ),
        quotations=quotations,
        documents={q.path: documents.get(q.path, "") for q in quotations},
        model=answer.model,
        settings=dict(settings),
    )


_RECEIPT: TypeAdapter[Receipt] = TypeAdapter(Receipt)


def to_json(made: Receipt) -> str:
    """The receipt as indented JSON."""
    return _RECEIPT.dump_json(made, indent=2).decode()


def from_json(text: str) -> Receipt:
    """A receipt from JSON; raises ``UsageError`` when it is none."""
    try:
        found = _RECEIPT.validate_json(text)
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(map(str, first["loc"])) or "the whole"
        raise UsageError(f"this is no receipt of Pincite: {where}: {first['msg']}") from None
    if found.format != FORMAT:
        raise UsageError(f"this receipt has the format {found.format!r}, known is {FORMAT!r}")
    return found


def check(made: Receipt, documents: Documents) -> tuple[QuoteCheck, ...]:
    """What became of each quotation, in the receipt's order."""
    return tuple(
        _check(quotation, made.documents.get(quotation.path, ""), documents)
        for quotation in made.quotations
    )


def _check(quotation: Quotation, sha256: str, documents: Documents) -> QuoteCheck:
    path, quote = quotation.path, quotation.quote
    document, where = DocumentState.MISSING, path
    text = documents.text(path)
    if text is not None:
        unchanged = documents.sha256(path) == sha256
        document = DocumentState.UNCHANGED if unchanged else DocumentState.CHANGED
    elif sha256 and (renamed := documents.renamed(sha256)):
        where, text = renamed, documents.text(renamed)
    text = text or ""
    in_place = quotation.start >= 0 and text[quotation.start : quotation.end] == quote
    at = quotation.start if in_place else text.find(quote)
    if not quote or at < 0:
        return QuoteCheck(quotation.number, path, quote, QuoteState.GONE, document, "")
    state = QuoteState.INTACT if in_place and where == path else QuoteState.MOVED
    now = f"{where}, characters {at}-{at + len(quote)}"
    return QuoteCheck(quotation.number, path, quote, state, document, now)

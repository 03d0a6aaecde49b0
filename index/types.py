"""The values the index is made of. Frozen: two equal values are the same thing.

Offsets count characters (not bytes) of the document's extracted text, start inclusive, end
exclusive, and always satisfy ``document.text[start:end] == part.text``.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class FileState(StrEnum):
    """What became of a file at the last sync."""

    INDEXED = "indexed"
    EMPTY = "empty"
    FAILED = "failed"
    SKIPPED = "skipped"
    TOO_LARGE = "too large"


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence of a paragraph; ``ordinal`` counts from 0 inside its paragraph."""

    ordinal: int
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    """The unit a citation points at.

    ``id`` is the path and a hash of the text, so inserting a paragraph elsewhere leaves it alone.
    ``ordinal`` counts citable paragraphs of the document from 1 and is for display only.
    """

    id: str
    path: str
    ordinal: int
    start: int
    end: int
    text: str
    heading_path: tuple[str, ...] = ()
    page: int | None = None
    sentences: tuple[Sentence, ...] = field(default=(), repr=False)


@dataclass(frozen=True, slots=True)
class Document:
    """One file of the corpus. ``path`` is relative to the corpus root, with forward slashes."""

    path: str
    state: FileState
    reason: str
    paragraphs: int
    sha256: str
    size_bytes: int
    title: str = ""


@dataclass(frozen=True, slots=True)
class Hit:
    """A paragraph found for a query. ``rank`` counts from 1; ``signals`` are the raw scores.

    ``best_sentence`` indexes ``paragraph.sentences``; ``sentence_scores`` has one cosine for each.
    """

    paragraph: Paragraph
    rank: int
    score: float
    signals: Mapping[str, float]
    best_sentence: int
    sentence_scores: tuple[float, ...] = ()

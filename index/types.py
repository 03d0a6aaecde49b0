"""The values the index is made of. Frozen: two equal values are the same thing.

Offsets count characters (not bytes) of the document's extracted text, start inclusive, end
exclusive, and always satisfy ``document.text[start:end] == part.text``.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import PurePosixPath


class FileState(StrEnum):
    """What became of a file at the last sync."""

    INDEXED = "indexed"
    DUPLICATE = "duplicate"
    EMPTY = "empty"
    NO_TEXT = "no text layer"
    ENCRYPTED = "encrypted"
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
    ``ordinal`` counts citable paragraphs of the document from 1 and is for display only. ``page``
    counts from 1; ``location`` names the place where the format has other ones ("slide 3",
    "sheet Costs, rows 2-21").
    """

    id: str
    path: str
    ordinal: int
    start: int
    end: int
    text: str
    heading_path: tuple[str, ...] = ()
    page: int | None = None
    location: str = ""
    sentences: tuple[Sentence, ...] = field(default=(), repr=False)


def path_of(paragraph_id: str) -> str:
    """The document's path, of a paragraph's id."""
    return paragraph_id.rpartition("#")[0]


def file_name(path: str) -> str:
    """The name of a document's file as it is spoken of: in words and without the ending."""
    return PurePosixPath(path).stem.replace("_", " ")


def has_title(path: str, title: str) -> bool:
    """Whether it is one of the document's own: one without has its file's name for a title."""
    return title != PurePosixPath(path).name


def text_of(paragraph_id: str) -> str:
    """What stands for the text in a paragraph's id: the same in all its copies."""
    return paragraph_id.rpartition("#")[2].partition("-")[0]


@dataclass(frozen=True, slots=True)
class Word:
    """A word's box on its page, in points from the page's top left corner."""

    start: int
    end: int
    x0: float
    top: float
    x1: float
    bottom: float


@dataclass(frozen=True, slots=True)
class Page:
    """Where a page's text stands in the document's; ``number`` from 1, sizes in points."""

    number: int
    start: int
    end: int
    width: float
    height: float
    words: tuple[Word, ...] = field(default=(), repr=False)


@dataclass(frozen=True, slots=True)
class Metadata:
    """What a document says of itself; "" for what it does not say.

    ``date`` is an ISO date of publication (YYYY, YYYY-MM or YYYY-MM-DD) and ``date_source`` where
    it was found ("metadata", "front matter", "dateline", "file name"); never the file's own time.
    ``language`` is an ISO 639-1 code.
    """

    title: str = ""
    author: str = ""
    language: str = ""
    date: str = ""
    date_source: str = ""


@dataclass(frozen=True, slots=True)
class Document:
    """One file of the corpus. ``path`` is relative to the corpus root, with forward slashes.

    ``pages`` and ``pages_with_text`` are 0 for formats without pages.
    """

    path: str
    state: FileState
    reason: str
    paragraphs: int
    sha256: str
    size_bytes: int
    title: str = ""
    author: str = ""
    language: str = ""
    date: str = ""
    date_source: str = ""
    pages: int = 0
    pages_with_text: int = 0

    @property
    def searchable(self) -> bool:
        """Whether it has paragraphs that search can find."""
        return self.state in (FileState.INDEXED, FileState.DUPLICATE)


@dataclass(frozen=True, slots=True)
class Hit:
    """A paragraph found for a query. ``rank`` counts from 1; ``signals`` are the raw scores.

    ``best_sentence`` indexes ``paragraph.sentences``. ``sentence_scores`` has a cosine for each,
    ``read_scores`` how well each fits token by token; empty where a hit was not read so closely.
    """

    paragraph: Paragraph
    rank: int
    score: float
    signals: Mapping[str, float]
    best_sentence: int
    sentence_scores: tuple[float, ...] = ()
    read_scores: tuple[float, ...] = ()

"""The values the sources panel is drawn from: what it can show, and nothing of how it is found.

The panel's script builds its elements with ``createElement`` and ``textContent`` only, so nothing
here needs escaping. Text is sent cut into segments (text, marked) because Python counts code
points and a browser counts UTF-16 units: offsets would not mean the same on both sides.
"""

from dataclasses import dataclass

Segments = tuple[tuple[str, bool], ...]


@dataclass(frozen=True, slots=True)
class Card:
    """One paragraph in the list. ``href`` opens it; ``number`` is 0 when it is not cited."""

    group: str
    number: int
    name: str
    place: str
    headings: str
    segments: Segments
    href: str


@dataclass(frozen=True, slots=True)
class Cards:
    """The paragraphs of one question."""

    turn: str
    title: str
    subtitle: str
    cards: tuple[Card, ...]
    kind: str = "cards"


@dataclass(frozen=True, slots=True)
class Passage:
    """One paragraph of an open document; ``headings`` only where they change."""

    ordinal: int
    place: str
    headings: tuple[str, ...]
    segments: Segments
    source: bool


@dataclass(frozen=True, slots=True)
class OpenDocument:
    """A window of a document. ``earlier`` and ``later`` count the paragraphs not shown."""

    name: str
    subtitle: str
    passages: tuple[Passage, ...]
    earlier: int
    later: int
    note: str
    turn: str
    opener: str
    kind: str = "document"


@dataclass(frozen=True, slots=True)
class FileRow:
    """One file of the corpus; ``problem`` is empty when it is searchable."""

    name: str
    detail: str
    problem: str


@dataclass(frozen=True, slots=True)
class Files:
    """Every file of the corpus, those that are not searchable first."""

    title: str
    subtitle: str
    rows: tuple[FileRow, ...]
    note: str
    turn: str
    kind: str = "files"


@dataclass(frozen=True, slots=True)
class Empty:
    """Nothing to show yet."""

    text: str
    kind: str = "empty"


View = Cards | OpenDocument | Files | Empty

NOTHING_YET = Empty(
    "The paragraphs an answer draws on appear here as soon as they are found. "
    "Select a number such as [1] in an answer to read its source in the document."
)
SEARCHING = Empty("Searching the documents…")

"""The values the page is drawn from: what it can show, and nothing of how it is found.

The page's scripts build their elements with ``createElement`` and ``textContent`` only, so nothing
here needs escaping. Text is sent cut into runs because Python counts code points and a browser
counts UTF-16 units: offsets would not mean the same on both sides.
"""

from dataclasses import dataclass

from ui.words import phrase


@dataclass(frozen=True, slots=True)
class Run:
    """Text of one look. ``marked`` is set for quoted words; ``styles`` are names of ``Style``."""

    text: str
    marked: bool = False
    styles: tuple[str, ...] = ()


Runs = tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class PartView:
    """A paragraph, an item of a list, a block of code; ``shape`` is a name of ``Shape``.

    ``indent`` counts the lists it stands in, ``quoted`` the block quotes.
    """

    shape: str
    runs: Runs
    indent: int = 0
    quoted: int = 0


@dataclass(frozen=True, slots=True)
class HeadingView:
    """A heading; ``level`` counts from 1, the outermost."""

    level: int
    runs: Runs


@dataclass(frozen=True, slots=True)
class Mark:
    """One citation at a sentence: its number, where it leads, and the words it quotes."""

    number: int
    name: str
    place: str
    quote: str


@dataclass(frozen=True, slots=True)
class SentenceView:
    """One sentence; ``label`` and ``why`` are empty for one that is fully supported.

    ``item``: it is one of a list, and stands on a line of its own; ``numbered``: it says which.
    """

    text: str
    marks: tuple[Mark, ...]
    verdict: str
    label: str
    why: str
    item: bool = False
    numbered: bool = False


@dataclass(frozen=True, slots=True)
class TurnView:
    """A question and its answer. ``kind`` is progress, draft, answer, refusal or failure.

    ``text`` is what there is to read where there are no ``sentences``; ``receipt`` is the address
    of the receipt without its ending, or "".
    """

    id: str
    kind: str
    question: str
    scope: tuple[str, ...]
    searched: str
    text: str
    sentences: tuple[SentenceView, ...]
    sources: tuple[Mark, ...]
    notes: tuple[str, ...]
    meta: str
    follow_ups: tuple[str, ...]
    receipt: str
    found: int


@dataclass(frozen=True, slots=True)
class Transcript:
    """What changed in a conversation: ``order`` lists all turns shown, ``turns`` those to draw.

    ``earlier`` counts the turns before them; ``examples`` are offered while there are none, unless
    ``unready``: no document has been read that could be asked about.
    ``opened`` says that this conversation is to be shown now; news of another one comes too late.
    """

    conversation: str
    order: tuple[str, ...]
    turns: tuple[TurnView, ...]
    busy: bool
    earlier: int = 0
    examples: tuple[str, ...] = ()
    opened: bool = False
    unready: bool = False


@dataclass(frozen=True, slots=True)
class ShelfRow:
    """A saved conversation in the list; ``when`` is its day (ISO)."""

    id: str
    name: str
    when: str


@dataclass(frozen=True, slots=True)
class Shelf:
    """The saved conversations that fit ``words``, newest first, and the one that is open."""

    rows: tuple[ShelfRow, ...]
    words: str
    here: str


@dataclass(frozen=True, slots=True)
class ScopeChoice:
    """A document or folder to choose: how it is shown, and the pattern that fits it alone."""

    name: str
    pattern: str


@dataclass(frozen=True, slots=True)
class ScopeView:
    """The filters in force, and what there is to choose from."""

    glob: str
    after: str
    before: str
    labels: tuple[str, ...]
    choices: tuple[ScopeChoice, ...]


@dataclass(frozen=True, slots=True)
class Card:
    """One paragraph in the list. ``href`` opens it; ``number`` is 0 when it is not cited."""

    group: str
    number: int
    path: str
    name: str
    date: str
    place: str
    headings: str
    parts: tuple[PartView, ...]
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
    """One paragraph of an open document; ``headings`` only where they change.

    ``rows`` holds the cells of a table, and is empty for everything else, which has ``parts``;
    ``id`` is empty where it cannot stand in an address.
    """

    ordinal: int
    place: str
    headings: tuple[HeadingView, ...]
    parts: tuple[PartView, ...]
    source: bool
    rows: tuple[tuple[Runs, ...], ...] = ()
    id: str = ""


@dataclass(frozen=True, slots=True)
class OpenDocument:
    """A window of a document. ``earlier`` and ``later`` count the paragraphs not shown.

    ``page`` is the page to show as a picture instead, 0 where there is none. ``changed``: what is
    shown is no longer in the document, which is still there.
    """

    name: str
    subtitle: str
    passages: tuple[Passage, ...]
    earlier: int
    later: int
    note: str
    turn: str
    opener: str
    page: int = 0
    changed: bool = False
    kind: str = "document"


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle on a page, in shares of its width and height from the top left corner."""

    left: float
    top: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class OpenPage:
    """A page as a picture at the address ``image``; sizes in points. ``quote`` is what is marked.

    ``before`` and ``after`` are the numbers of the pages beside it, 0 where there is none.
    """

    name: str
    subtitle: str
    number: int
    image: str
    width: float
    height: float
    boxes: tuple[Box, ...]
    quote: str
    before: int
    after: int
    turn: str
    opener: str
    kind: str = "page"


@dataclass(frozen=True, slots=True)
class Empty:
    """Nothing to show; the browser translates ``text``, which the first page brings along.

    Of kind ``waiting`` it answers no click, and what does is still to come.
    """

    text: str
    kind: str = "empty"


View = Cards | OpenDocument | OpenPage | Empty

NOTHING_YET = Empty(
    phrase(
        "The paragraphs an answer draws on appear here as soon as they are found. "
        "Select a number such as [1] in an answer to read its source in the document."
    ),
    "waiting",
)
SEARCHING = Empty(phrase("Searching the documents…"), "waiting")

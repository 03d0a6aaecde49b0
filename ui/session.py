"""What one question has come to, and what one browser tab is looking at."""

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from index.types import Hit
from rag.receipt import Receipt
from rag.types import Answer, Citation
from ui.catalogue import ENGLISH
from ui.scope import EVERYTHING, Scope

if TYPE_CHECKING:
    from ui.conversation import Conversation


class Stage(StrEnum):
    """How far a question has come."""

    WAITING = "waiting"
    SEARCHING = "searching"
    READING = "reading"
    WRITING = "writing"
    FINISHED = "finished"
    STOPPED = "stopped"
    FAILED = "failed"


OVER = (Stage.FINISHED, Stage.STOPPED, Stage.FAILED)


@dataclass(frozen=True, slots=True)
class ChatTurn:
    """One question and all that came of it. ``failure`` is the message of a failed one.

    ``follow_ups`` are questions to ask next; ``receipt`` is there once there is an answer.
    """

    id: str
    question: str
    stage: Stage = Stage.WAITING
    standalone_question: str = ""
    hits: tuple[Hit, ...] = ()
    draft: str = ""
    answer: Answer | None = None
    failure: str = ""
    scope: Scope = EVERYTHING
    follow_ups: tuple[str, ...] = ()
    receipt: Receipt | None = None

    @property
    def over(self) -> bool:
        """Nothing more will come for this question."""
        return self.stage in OVER

    def citation(self, number: int) -> Citation | None:
        """The citation ``[number]`` of the finished answer, if it has one."""
        found = self.answer.citations if self.answer else ()
        return next((c for c in found if c.number == number), None)

    def hit(self, rank: int) -> Hit | None:
        """The paragraph found at ``rank``."""
        return next((h for h in self.hits if h.rank == rank), None)


@dataclass(frozen=True, slots=True)
class Viewing:
    """The document open in the panel: paragraphs number ``first`` to ``last``, counted from 1.

    ``focus_id`` is the source paragraph and ``mark`` the span of its text to highlight; both are
    empty when a document was opened as such. ``opener`` is the link that opened it, ``quote`` the
    marked span in the document's text, and ``page`` the page shown as a picture, or 0.
    """

    path: str
    first: int
    last: int
    focus_id: str = ""
    focus_text: str = ""
    focus_ordinal: int = 0
    mark: tuple[int, int] = (0, 0)
    turn_id: str = ""
    opener: str = ""
    quote: tuple[int, int] = (0, 0)
    page: int = 0


NOTHING_SEEN = -1
"""``Tab.seen`` where no version of the conversation is known to have reached the page."""


class Tab:
    """What one open tab shows; every handler of the page takes it.

    Not a dataclass: Gradio would take the initial value apart with ``asdict``. Each browser
    session starts with a copy of the empty one. ``followed_at`` is the time (monotonic, seconds)
    at which the tab last looked for news of its conversation, and ``seen`` the version it found.
    ``searched_for`` are the words its list of conversations is narrowed to.
    ``listing`` is the turn whose sources were asked for last, "" for those of the last turn.
    ``pressed`` is the page's number of the last press that changed what the panel shows.
    ``shows_pages`` is off once the reader prefers text to pictures of pages; ``language`` is that
    of the last request.
    """

    def __init__(self) -> None:
        self.owner = ""
        self.conversation: Conversation | None = None
        self.viewing: Viewing | None = None
        self.listing = ""
        self.pressed = 0
        self.scope = EVERYTHING
        self.shows_pages = True
        self.turns_shown = 0
        self.searched_for = ""
        self.followed_at = 0.0
        self.seen = NOTHING_SEEN
        self.language = ENGLISH

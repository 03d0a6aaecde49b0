"""One browser session's conversation: what was asked, what was found, what was answered.

Sources live here, on the server, by turn id, so the links of older messages keep resolving and
nothing the browser sends is trusted beyond naming one of them.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import StrEnum
from threading import RLock

from index.types import Hit
from rag.types import Answer, Citation, Status, Turn


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
    """One question and all that came of it. ``failure`` is the message of a failed one."""

    id: str
    question: str
    stage: Stage = Stage.WAITING
    standalone_question: str = ""
    hits: tuple[Hit, ...] = ()
    draft: str = ""
    answer: Answer | None = None
    failure: str = ""

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
    """The document open in the panel: paragraphs ``first`` to ``last`` (both indexes into it).

    ``focus_id`` is the source paragraph and ``mark`` the span of its text to highlight; both are
    empty when a document was opened as such. ``opener`` is the link that opened it.
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


class Session:
    """The one mutable object of a browser session; every handler takes it and nothing else.

    Two handlers of a session can run at once (Stop while an answer streams). A turn that is over
    stays as it is, so whichever comes second changes nothing. Not a dataclass: Gradio would take
    the initial value apart with ``asdict``.
    """

    def __init__(self) -> None:
        self.turns: tuple[ChatTurn, ...] = ()
        self.viewing: Viewing | None = None
        self.stop: Callable[[], None] | None = None
        self._asked = 0
        self._lock = RLock()

    def __deepcopy__(self, memo: dict[int, object]) -> "Session":
        # Gradio copies the initial value for each browser session; a lock cannot be copied.
        return Session()

    @property
    def pending(self) -> ChatTurn | None:
        """The question still waiting or being answered."""
        last = self.turns[-1] if self.turns else None
        return last if last and not last.over else None

    def turn(self, turn_id: str) -> ChatTurn | None:
        """The turn of that id, if the conversation still has it."""
        return next((t for t in self.turns if t.id == turn_id), None)

    def add(self, question: str, stage: Stage) -> ChatTurn:
        """Append a new turn. Ids are never used twice, also after ``clear``."""
        with self._lock:
            self._asked += 1
            turn = ChatTurn(id=f"t{self._asked}", question=question, stage=stage)
            self.turns = (*self.turns, turn)
        return turn

    def update(self, turn: ChatTurn) -> bool:
        """Replace the turn of the same id; False when that one is over or was cleared away."""
        with self._lock:
            known = self.turn(turn.id)
            if known is None or known.over:
                return False
            self.turns = tuple(turn if t.id == turn.id else t for t in self.turns)
        return True

    def end(self, turn_id: str) -> None:
        """Mark a turn as stopped unless it is over; what was written of it stays."""
        with self._lock:
            if turn := self.turn(turn_id):
                self.update(replace(turn, stage=Stage.STOPPED))

    def end_pending(self) -> None:
        """Stop what is being written."""
        with self._lock:
            if turn := self.pending:
                self.end(turn.id)
            if self.stop is not None:
                self.stop()

    def clear(self) -> None:
        """Forget the conversation."""
        with self._lock:
            self.end_pending()
            self.turns = ()
            self.viewing = None

    def history(self) -> tuple[Turn, ...]:
        """The conversation so far for the engine: questions that got an answer, and the answer."""
        told: list[Turn] = []
        for turn in self.turns:
            if turn.answer is not None and turn.answer.status is not Status.ERROR:
                told += [Turn("user", turn.question), Turn("assistant", turn.answer.text)]
        return tuple(told)

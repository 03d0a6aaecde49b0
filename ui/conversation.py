"""A conversation: its turns, shared by every tab that shows it and by the desk that answers."""

import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import replace

from index.types import Hit
from rag.types import Status, Turn
from ui.scope import Scope
from ui.session import ChatTurn, Stage

NAME_CHARS = 70


class Conversation:
    """Turns in order, with a version that grows with each change. Safe to use from any thread.

    Several handlers act on it at once (Stop while an answer streams, a second tab). A turn that
    is over stays as it is, so whichever comes second changes nothing. ``working`` is true from a
    question's arrival until nothing more will come of it; ``unsaved`` names the turns that
    changed since they were last written to disk. The turns that a pending question is to replace
    are set aside: they are back when it is stopped before a word of its answer.
    """

    def __init__(
        self, id_: str, owner: str, name: str = "", turns: Sequence[ChatTurn] = (), asked: int = 0
    ) -> None:
        self.id = id_
        self.owner = owner
        self.name = name
        self.turns: tuple[ChatTurn, ...] = tuple(turns)
        self.version = 0
        self.working = False
        self.stop: Callable[[], None] | None = None
        self.followed_at = time.monotonic()
        self.unsaved: set[str] = set()
        self._set_aside: tuple[ChatTurn, ...] = ()
        self._had = {turn.id for turn in self.turns}
        self.asked = max([asked, *(number(turn) for turn in self.turns)])
        self._lock = threading.RLock()

    @property
    def pending(self) -> ChatTurn | None:
        """The question still waiting or being answered."""
        last = self.turns[-1] if self.turns else None
        return last if last and not last.over else None

    @property
    def kept(self) -> tuple[ChatTurn, ...]:
        """The turns, and before them those that the pending question may yet give way to."""
        with self._lock:
            return (*self._set_aside, *self.turns)

    @property
    def gone(self) -> tuple[str, ...]:
        """The ids of the turns it had once and has no more."""
        with self._lock:
            return tuple(self._had - {turn.id for turn in self.kept})

    @property
    def forgotten(self) -> bool:
        """Whether it was deleted, and nothing was asked in it since."""
        return self.asked > 0 and not self.name

    def saved(self, turns: Sequence[ChatTurn]) -> None:
        """Note that these are on disk; one that changed meanwhile has still to be written."""
        with self._lock:
            now = {turn.id: turn for turn in self.kept}
            self.unsaved -= {turn.id for turn in turns if now.get(turn.id, turn) is turn}

    def turn(self, turn_id: str) -> ChatTurn | None:
        """The turn of that id, if the conversation still has it."""
        return next((t for t in self.turns if t.id == turn_id), None)

    def add(self, question: str, stage: Stage, scope: Scope, instead_of: str = "") -> ChatTurn:
        """Append a new turn, in the place of the turn ``instead_of`` and of all after that.

        Ids are never used twice, so an old link opens nothing new.
        """
        with self._lock:
            ids = [turn.id for turn in self.turns]
            kept = ids.index(instead_of) if instead_of in ids else len(ids)
            self._set_aside = self.turns[kept:]
            self.asked += 1
            turn = ChatTurn(id=f"t{self.asked}", question=question, stage=stage, scope=scope)
            if not self.name:
                self.name = short_name(question)
            self.unsaved.add(turn.id)
            self._had.add(turn.id)
            self._set((*self.turns[:kept], turn))
        return turn

    def update(self, turn: ChatTurn) -> bool:
        """Replace the turn of the same id; False when that one is over or was deleted."""
        with self._lock:
            known = self.turn(turn.id)
            if known is None or known.over:
                return False
            if turn.over or turn.draft.strip():
                self._set_aside = ()
            self._put(turn)
        return True

    def found(self, turn_id: str, hits: tuple[Hit, ...]) -> None:
        """Note what was found for a question that is still waiting to be answered."""
        with self._lock:
            turn = self.turn(turn_id)
            if turn and turn.stage is Stage.WAITING:
                self._put(replace(turn, hits=hits))

    def amend(self, turn_id: str, follow_ups: tuple[str, ...]) -> None:
        """Add to a finished turn what was found out after it."""
        with self._lock:
            if turn := self.turn(turn_id):
                self._put(replace(turn, follow_ups=follow_ups))

    def end(self, turn_id: str) -> None:
        """Mark a turn as stopped unless it is over; what was written of it stays.

        One without a word that was to replace others gives way to them.
        """
        with self._lock:
            if self._set_aside and self.pending and self.pending.id == turn_id:
                back, self._set_aside = self._set_aside, ()
                self._set((*self.turns[:-1], *back))
            elif turn := self.turn(turn_id):
                self.update(replace(turn, stage=Stage.STOPPED))

    def end_pending(self) -> None:
        """Stop what is being written."""
        with self._lock:
            if turn := self.pending:
                self.end(turn.id)
            if self.stop is not None:
                self.stop()

    def delete(self, turn_id: str) -> None:
        """Take a turn out; one that is being answered is stopped first."""
        with self._lock:
            if self.pending and self.pending.id == turn_id:
                self.end_pending()
            self._set(tuple(t for t in self.turns if t.id != turn_id))

    def forget(self) -> None:
        """Take all turns out, and the name: an empty conversation is not saved."""
        with self._lock:
            self.name = ""
            self._set_aside = ()
            self._set(())

    def rename(self, name: str) -> None:
        """Give it another name; an empty one changes nothing."""
        with self._lock:
            self.name = short_name(name) or self.name
            self.version += 1

    def history(self, before: str = "") -> tuple[Turn, ...]:
        """The conversation for the engine: questions that got an answer, and the answer.

        So far, or before the turn of that id. A question is told as it was understood, so that the
        next may build on it; "continue", understood as the question before, as it is.
        """
        told: list[Turn] = []
        understood = ""
        for turn in self.turns:
            if turn.id == before:
                break
            if turn.answer is not None and turn.answer.status is not Status.ERROR:
                again = turn.answer.standalone_question == understood
                understood = turn.answer.standalone_question
                question = turn.question if again else understood
                told += [Turn("user", question), Turn("assistant", turn.answer.said)]
        return tuple(told)

    def _put(self, turn: ChatTurn) -> None:
        self.unsaved.add(turn.id)
        self._set(tuple(turn if t.id == turn.id else t for t in self.turns))

    def _set(self, turns: tuple[ChatTurn, ...]) -> None:
        self.turns = turns
        self.version += 1


def number(turn: ChatTurn) -> int:
    """The place of a turn in its conversation; numbers grow and may have gaps."""
    return int(turn.id.removeprefix("t"))


def short_name(text: str) -> str:
    """The beginning of ``text`` on one line."""
    line = " ".join(text.split())
    return line if len(line) <= NAME_CHARS else line[: NAME_CHARS - 1].rstrip() + "…"

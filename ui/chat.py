"""Asking, stopping, asking again and clearing, for one session; knows nothing of Gradio.

``Chat`` turns the engine's events into ``Screen`` values: what the page should show now.
"""

import logging
import threading
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from index.errors import PinciteError
from rag.engine import Engine
from rag.types import Evidence, Finished, Token
from ui.evidence import cards
from ui.header import header
from ui.running import UNEXPECTED, Ended, Failed, Report, Running
from ui.session import ChatTurn, Session, Stage
from ui.sources import act
from ui.views import NOTHING_YET, SEARCHING, View

log = logging.getLogger(__name__)

MAX_QUESTION_CHARS = 2000
POLL_S = 0.08
BUSY = "The last question is still being answered. Press Stop to ask another one."
EMPTY = "Type a question first."
QUEUE_FULL = "Too many questions are waiting."
LOST = "The connection was interrupted. Press Retry to ask again."
ENDED_EARLY = "The answer ended before it was complete."


@dataclass(frozen=True, slots=True)
class Screen:
    """What changed on the page. ``view`` and ``box`` are None where they stay as they are."""

    turns: tuple[ChatTurn, ...]
    busy: bool
    view: View | None = None
    box: str | None = None
    status: str = ""


class Chat:
    """The conversation handlers over one engine; all state is in the session they are given."""

    def __init__(self, engine: Engine, corpus_label: str) -> None:
        self._engine = engine
        self._corpus_label = corpus_label
        # Gradio's queue starts one question at a time, but loses count when browsers go away.
        self._one_at_a_time = threading.Lock()

    def header(self) -> str:
        """The page's header as it stands now."""
        try:
            documents = self._engine.documents()
        except Exception:  # the page must load even when the index does not
            log.exception("listing the documents failed")
            documents = []
        engine = self._engine
        return header(self._corpus_label, documents, engine.model_name, engine.notice)

    def begin(self, session: Session, question: str) -> Screen:
        """Take a question up, or say why not. ``answer`` does the rest."""
        question = question.strip()
        if refusal := _refusal(session, question):
            return Screen(session.turns, session.pending is not None, status=refusal)
        session.viewing = None
        session.add(question, Stage.WAITING if self._one_at_a_time.locked() else Stage.SEARCHING)
        return Screen(session.turns, True, SEARCHING, box="")

    def retry(self, session: Session) -> Screen:
        """Take the last question up again in place of its answer."""
        if session.pending is not None:
            return Screen(session.turns, True, status=BUSY)
        if not session.turns:
            return Screen((), False, status="There is no question to ask again.")
        question = session.turns[-1].question
        session.turns = session.turns[:-1]
        return replace(self.begin(session, question), box=None)

    def answer(self, session: Session) -> Iterator[Screen]:
        """Answer the pending question, a screen at each step. Ends at once when there is none."""
        waiting = session.pending
        while waiting and not self._one_at_a_time.acquire(timeout=POLL_S):
            waiting = session.pending
        if not waiting:
            return
        try:
            if turn := session.pending:
                yield from self._answer(session, replace(turn, stage=Stage.SEARCHING))
        finally:
            self._one_at_a_time.release()

    def _answer(self, session: Session, turn: ChatTurn) -> Iterator[Screen]:
        history, question = session.history(), turn.question
        running = Running(lambda: self._engine.stream(question, history))
        session.stop = running.stop
        try:
            session.update(turn)
            yield Screen(session.turns, True)
            yield from _follow(session, turn, running)
        finally:
            # Also reached when the browser goes away: Gradio closes this generator.
            running.stop()
            session.stop = None
            session.end(turn.id)

    def interrupted(self, session: Session) -> Screen:
        """After the page lost its answer: the queue was full, or the connection broke."""
        if session.pending is not None and session.stop is None:
            return failed(session, QUEUE_FULL)
        session.end_pending()
        return Screen(session.turns, False, status=LOST)

    def stop(self, session: Session) -> Screen:
        """Stop what is being written."""
        session.end_pending()
        return Screen(session.turns, False)

    def clear(self, session: Session) -> Screen:
        """Forget the conversation."""
        session.clear()
        return Screen((), False, NOTHING_YET)

    def act(self, session: Session, action: Mapping[str, object]) -> View | None:
        """What the panel shows after a click; None when nothing changes."""
        return act(self._engine, session, action)


def _refusal(session: Session, question: str) -> str:
    if session.pending is not None:
        return BUSY
    if not question:
        return EMPTY
    if len(question) > MAX_QUESTION_CHARS:
        return (
            f"The question has {len(question):,} characters; at most {MAX_QUESTION_CHARS:,} "
            "are possible. Shorten it and send it again."
        )
    return ""


def _follow(session: Session, turn: ChatTurn, running: Running) -> Iterator[Screen]:
    while not running.stopped and session.pending is not None:
        before = turn
        for report in running.poll(POLL_S):
            turn = _after(turn, report)
        if turn is before:
            continue
        if not session.update(turn):
            break
        # A source opened meanwhile stays open: the user is reading it.
        fresh = turn.hits != before.hits or turn.over
        view = cards(turn) if fresh and session.viewing is None else None
        yield Screen(session.turns, not turn.over, view)
        if turn.over:
            return
    yield Screen(session.turns, session.pending is not None)


def _after(turn: ChatTurn, report: Report) -> ChatTurn:
    """The turn after one report; a turn that is over stays as it is."""
    if turn.over:
        return turn
    match report:
        case Evidence(standalone_question=standalone, hits=hits):
            return replace(turn, stage=Stage.READING, standalone_question=standalone, hits=hits)
        case Token(text=text):
            return replace(turn, stage=Stage.WRITING, draft=turn.draft + text)
        case Finished(answer=answer):
            return replace(
                turn, stage=Stage.FINISHED, answer=answer, hits=turn.hits or answer.retrieved
            )
        case Failed(message=message):
            return replace(turn, stage=Stage.FAILED, failure=message)
        case Ended():
            return replace(turn, stage=Stage.FAILED, failure=ENDED_EARLY)


def told(error: BaseException) -> str:
    """What a user may read of an error."""
    return str(error) if isinstance(error, PinciteError) else UNEXPECTED


def failed(session: Session, message: str) -> Screen:
    """The page usable again after something went wrong, and ``message`` to say so."""
    if turn := session.pending:
        session.update(replace(turn, stage=Stage.FAILED, failure=message))
    return Screen(session.turns, False, status=message)

"""Answers the questions of all conversations, in threads of its own, first come, first served.

An answer belongs to its conversation, not to the page that asked: a reloaded page finds it still
being written. One that nobody follows any more is stopped, so that others need not wait for it.
"""

import logging
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, datetime

from rag.engine import Engine
from rag.receipt import receipt
from rag.types import Evidence, Finished, Status, Token, Waiting
from ui.archive import Archive
from ui.asking import ask
from ui.conversation import Conversation
from ui.followups import follow_ups
from ui.running import UNEXPECTED, Ended, Failed, Report, Running
from ui.scope import Scope
from ui.session import ChatTurn, Stage
from ui.words import phrase

log = logging.getLogger(__name__)

POLL_S = 0.05
ABANDONED_S = 20.0
MAX_WAITING = 50
GRACE_S = 1.0
CLOSING_S = 3.0
ENDED_EARLY = phrase("The answer ended before it was complete.")


class Desk:
    """The queue of questions, of which ``places`` are answered at once, one a conversation.

    ``record`` gives the settings to note on receipts.
    """

    def __init__(
        self,
        engine: Engine,
        archive: Archive,
        record: Callable[[], Mapping[str, object]],
        places: int = 1,
    ) -> None:
        self._engine = engine
        self._archive = archive
        self._record = record
        self._places = places
        self._waiting: list[tuple[Conversation, str]] = []
        self._current: set[Conversation] = set()
        self._closed = False
        self._news = threading.Condition()
        self._threads: list[threading.Thread] = []

    def ask(
        self, conversation: Conversation, question: str, scope: Scope, instead_of: str = ""
    ) -> bool:
        """Take a question up; False, and nothing changed, when too many are waiting already.

        It takes the place of the turn ``instead_of`` and of all after that, unless it is stopped
        before a word of its answer.
        """
        with self._news:
            if self._closed or len(self._waiting) >= MAX_WAITING:
                return False
            at_once = self._before(len(self._waiting), conversation) == 0
            stage = Stage.SEARCHING if at_once else Stage.WAITING
            conversation.working = True
            conversation.followed_at = time.monotonic()
            turn = conversation.add(question, stage, scope, instead_of)
            self._waiting.append((conversation, turn.id))
            if len(self._threads) < self._places:
                name = f"pincite-desk-{len(self._threads) + 1}"
                self._threads.append(threading.Thread(target=self._work, name=name, daemon=True))
                self._threads[-1].start()
            self._news.notify()
        if not at_once:  # Else the desk does so itself in a moment, beside the search.
            self._keep(conversation)
        return True

    def ahead(self, conversation: Conversation) -> int:
        """How many questions must be done with before this conversation's is begun."""
        with self._news:
            places = [i for i, (waiting, _) in enumerate(self._waiting) if waiting is conversation]
            return self._before(places[0], conversation) if places else 0

    def _before(self, place: int, conversation: Conversation) -> int:
        """The same for a question of the conversation at a place in the line, 0 the first."""
        least = 1 if conversation in self._current else 0
        return max(least, place + len(self._current) - self._places + 1)

    def close(self) -> None:
        """Stop what is being answered, save what was written of it, and answer nothing more."""
        with self._news:
            self._closed = True
            self._news.notify_all()
            current, threads = tuple(self._current), tuple(self._threads)
        for conversation in current:
            conversation.end_pending()
        end = time.monotonic() + CLOSING_S
        for thread in threads:
            thread.join(max(0.0, end - time.monotonic()))

    def _next(self) -> tuple[Conversation, str] | None:
        """The first question whose conversation is not being answered another one just now.

        One that was stopped may take a while to end, and must not end what comes after it.
        """
        return next((found for found in self._waiting if found[0] not in self._current), None)

    def _work(self) -> None:
        while True:
            with self._news:
                found = None
                while not self._closed and (found := self._next()) is None:
                    self._news.wait()
                if found is None:
                    return
                self._waiting.remove(found)
                conversation, turn_id = found
                self._current.add(conversation)
            try:
                self._answer(conversation, turn_id)
            except Exception:  # one question must not end all others
                log.exception("answering failed")
                self._fail(conversation, turn_id)
            with self._news:  # A question may come in just now.
                self._current.discard(conversation)
                conversation.stop = None
                conversation.working = conversation.pending is not None
                conversation.version += 1
                self._news.notify_all()

    def _answer(self, conversation: Conversation, turn_id: str) -> None:
        turn = conversation.turn(turn_id)
        if turn is None or turn.over or _abandoned(conversation):
            conversation.end(turn_id)
            self._archive.save(conversation)
            return
        history = conversation.history()
        asked = turn
        running = Running(lambda: ask(self._engine, asked.question, history, asked.scope))
        conversation.stop = running.stop
        try:
            conversation.update(replace(turn, stage=Stage.SEARCHING))
            self._keep(conversation)
            self._follow(conversation, replace(turn, stage=Stage.SEARCHING), running)
        finally:
            running.stop()
            conversation.end(turn_id)
            self._archive.save(conversation)
        finished = conversation.turn(turn_id)
        if finished is not None and finished.stage is Stage.FINISHED:
            found = follow_ups(self._engine, finished, conversation.turns, self._nothing_waits)
            conversation.amend(turn_id, found)
            self._archive.save(conversation)

    def _nothing_waits(self) -> bool:
        with self._news:
            return not self._waiting and not self._closed

    def _keep(self, conversation: Conversation) -> None:
        """A question is on disk before its answer is: nobody has to ask again after a crash."""
        try:
            self._archive.save(conversation)
        except Exception:  # an answer that cannot be kept is better than none
            log.exception("keeping a question failed")

    def _follow(self, conversation: Conversation, turn: ChatTurn, running: Running) -> None:
        while not running.stopped and not turn.over and not _abandoned(conversation):
            before = turn
            for report in running.poll(POLL_S):
                turn = _after(turn, report)
            if turn is before:
                continue
            if turn.stage is Stage.FINISHED:
                turn = self._with_receipt(turn)
            if not conversation.update(turn):
                return

    def _with_receipt(self, turn: ChatTurn) -> ChatTurn:
        answer = turn.answer
        if answer is None or answer.status is Status.ERROR:
            return turn
        try:
            hashes = {d.path: d.sha256 for d in self._engine.documents()}
            made_at = datetime.now(UTC).isoformat(timespec="seconds")
            return replace(turn, receipt=receipt(answer, hashes, self._record(), made_at))
        except Exception:  # an answer without a receipt is better than none
            log.exception("making the receipt failed")
            return turn

    def _fail(self, conversation: Conversation, turn_id: str) -> None:
        turn = conversation.turn(turn_id)
        if turn is not None:
            conversation.update(replace(turn, stage=Stage.FAILED, failure=UNEXPECTED))


def _abandoned(conversation: Conversation) -> bool:
    """Looked at twice: on a machine that stood still whoever follows comes a moment later."""
    if not _unfollowed(conversation):
        return False
    time.sleep(GRACE_S)
    return _unfollowed(conversation)


def _unfollowed(conversation: Conversation) -> bool:
    return time.monotonic() - conversation.followed_at > ABANDONED_S


def _after(turn: ChatTurn, report: Report) -> ChatTurn:
    """The turn after one report; a turn that is over stays as it is."""
    if turn.over:
        return turn
    match report:
        case Evidence(standalone_question=standalone, hits=hits):
            return replace(turn, stage=Stage.READING, standalone_question=standalone, hits=hits)
        case Waiting(position=position):
            return replace(turn, stage=Stage.WAITING if position else Stage.READING)
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

"""What a tab can do with its conversation; knows nothing of Gradio.

Each step takes the tab and returns a ``Screen``: what the page should show now.
"""

import logging
import time
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from index.errors import PinciteError
from rag.engine import Engine
from ui.asking import filter_of
from ui.conversation import Conversation
from ui.conversations import Conversations
from ui.desk import Desk
from ui.evidence import cards
from ui.messages import told
from ui.render import printable
from ui.running import UNEXPECTED
from ui.scope import Scope
from ui.scope_choices import choices
from ui.session import ChatTurn, Tab
from ui.transcript import transcript
from ui.views import NOTHING_YET, SEARCHING, ScopeView, Shelf, Transcript, View
from ui.words import phrase, t

log = logging.getLogger(__name__)

MAX_QUESTION_CHARS = 2000
TURNS_SHOWN = 40
BUSY = phrase("The last question is still being answered. Press Stop to ask another one.")
EMPTY = phrase("Type a question first.")
AS_BEFORE = phrase("Stopped before a word of the answer: everything is as it was before.")
CHANGED = phrase(
    "Nothing was changed: this conversation went on in another tab. It is shown as it is now."
)
GONE = phrase("This conversation was deleted in another tab. Send again to ask it in a new one.")
UNKNOWN = phrase(
    "The conversation of this address was deleted, or belongs to another browser. "
    "This is a new one."
)
QUEUE_FULL = phrase("Too many questions are waiting. Try again in a minute.")


@dataclass(frozen=True, slots=True)
class Screen:
    """What changed on the page; None where it stays as it is. ``status`` is always shown.

    ``as_of``: microseconds, by a clock that never goes back, when it was begun. Screens come to the
    page by two ways, and one may overtake another: of two views of the panel the later one counts.
    """

    transcript: Transcript | None = None
    view: View | None = None
    shelf: Shelf | None = None
    scope: ScopeView | None = None
    box: str | None = None
    busy: bool | None = None
    status: str = ""
    as_of: int = field(default_factory=lambda: time.monotonic_ns() // 1000)


class Chat:
    """The steps of a conversation over one engine; all state is in the tab they are given."""

    def __init__(
        self,
        engine: Engine,
        conversations: Conversations,
        desk: Desk,
        examples: Sequence[str] = (),
        *,
        pages: bool = False,
    ) -> None:
        self.engine = engine
        self.desk = desk
        self._pages = pages
        self._conversations = conversations
        self._examples = tuple(printable(example) for example in examples)

    def open(self, tab: Tab, owner: str, conversation_id: str) -> Screen:
        """Show the owner's conversation of that id, or a new one."""
        tab.owner = owner
        known = self._conversations.get(owner, conversation_id) if conversation_id else None
        before = tab.conversation
        # A page that missed a piece of news opens its conversation again: what it shows stays.
        again = known is not None and before is not None and known.id == before.id
        tab.turns_shown = max(TURNS_SHOWN, tab.turns_shown) if again else TURNS_SHOWN
        tab.conversation = known or self._conversations.new(owner)
        tab.viewing, tab.listing = None, ""
        if not again:
            tab.followed_at = 0.0  # What followed the one before does not follow this one.
        tab.shows_pages = self._pages
        whole = replace(self._whole(tab), view=self._last_cards(tab), scope=self.scope_view(tab))
        status = t(UNKNOWN) if conversation_id and known is None else ""
        # Whoever types before the page has its first conversation asks in that.
        return replace(whole, box=None if again or before is None else "", status=status)

    def begin(self, tab: Tab, question: str, instead_of: ChatTurn | None = None) -> Screen:
        """Take a question up, or say why not; in the place of a turn it keeps that one's scope."""
        conversation = self._of(tab)
        if conversation.forgotten:
            return replace(self.open(tab, tab.owner, ""), box=None, status=t(GONE))
        question = question.strip().encode("utf-8", "replace").decode()
        replaced, scope = (instead_of.id, instead_of.scope) if instead_of else ("", tab.scope)
        if refusal := _refusal(conversation, question) or scope.problem():
            return Screen(status=refusal)
        if not self.desk.ask(conversation, question, scope, replaced):
            return Screen(status=t(QUEUE_FULL))
        tab.viewing, tab.listing = None, ""
        tab.turns_shown += 1
        # The one before too: it may have been over so soon that the page does not know it.
        drawn = conversation.turns[-2:]
        return replace(self._screen(tab, drawn), view=SEARCHING, box="", busy=True)

    def shows_all(self, tab: Tab, shown: Sequence[str]) -> bool:
        """Whether a page that shows the turns of these ids lacks none of the last ones.

        While a question is being answered nothing is replaced, as ``begin`` says.
        """
        if self._of(tab).pending:
            return True
        turns = self._of(tab).turns
        return tuple(turn.id for turn in turns[-len(shown) :]) == tuple(shown)

    def brought_up_to_date(self, tab: Tab) -> Screen:
        """What another tab has made of the conversation, instead of changing it unseen."""
        return replace(self._whole(tab), status=t(CHANGED))

    def retry(self, tab: Tab) -> Screen:
        """Take the last question up again in place of its answer."""
        turns = self._of(tab).turns
        if not turns:
            return Screen(status=t("There is no question to ask again."))
        return replace(self.edit(tab, turns[-1].id, turns[-1].question), box=None)

    def edit(self, tab: Tab, turn_id: str, question: str) -> Screen:
        """Ask another question in the place of a turn; it and what follows are taken out."""
        return replace(self.begin(tab, question, self._of(tab).turn(turn_id)), box=None)

    def delete(self, tab: Tab, turn_id: str) -> Screen:
        """Take one turn out of the conversation."""
        conversation = self._of(tab)
        conversation.delete(turn_id)
        self._conversations.save(conversation)
        if tab.viewing and tab.viewing.turn_id == turn_id:
            tab.viewing = None
        view = None if self._chosen(tab) else self._last_cards(tab)
        return replace(self._screen(tab, ()), view=view)

    def stop(self, tab: Tab) -> Screen:
        """Stop what is being written; without a word yet, what it was to replace is back."""
        conversation = self._of(tab)
        stopped = conversation.pending
        conversation.end_pending()
        if stopped and conversation.turn(stopped.id) is None:
            view = None if self._chosen(tab) else self._last_cards(tab)
            return replace(self._whole(tab), view=view, status=t(AS_BEFORE))
        return self._screen(tab, conversation.turns[-1:])

    def earlier(self, tab: Tab) -> Screen:
        """Show more of the turns before those shown."""
        before = self._first(tab)
        tab.turns_shown += TURNS_SHOWN
        return self._screen(tab, self._of(tab).turns[self._first(tab) : before])

    def rename(self, tab: Tab, conversation_id: str, name: str) -> Screen:
        """Give a conversation another name."""
        found = self._conversations.get(tab.owner, conversation_id)
        if found is not None:
            found.rename(name)
            self._conversations.save(found)
        return Screen(shelf=self.shelf(tab))

    def remove(self, tab: Tab, conversation_id: str) -> Screen:
        """Delete a conversation; the open one gives way to a new one."""
        self._conversations.delete(tab.owner, conversation_id)
        if self._of(tab).id == conversation_id:
            return self.open(tab, tab.owner, "")
        return Screen(shelf=self.shelf(tab))

    def narrow(self, tab: Tab, scope: Scope) -> Screen:
        """Ask from a part of the corpus from now on."""
        tab.scope = scope
        return Screen(scope=self.scope_view(tab), status=scope.problem())

    def find(self, tab: Tab, words: str) -> Screen:
        """List the conversations that contain ``words`` from now on."""
        tab.searched_for = words
        return Screen(shelf=self.shelf(tab))

    def shelf(self, tab: Tab) -> Shelf:
        """The saved conversations, as far as they contain what was searched for."""
        return self._conversations.shelf(tab.owner, tab.searched_for, self._of(tab).id)

    def news(self, tab: Tab, drawn: Sequence[ChatTurn], ahead: int) -> Screen:
        """The turns ``drawn`` as they are now; a source opened meanwhile stays open.

        The sources of an older turn stay too.
        """
        # Made, and with it dated, before it is seen whether a source is open: one opened after
        # that is of a later screen.
        screen = self._screen(tab, drawn, ahead)
        last = drawn[-1] if drawn else None
        if last is None or not (last.hits or last.over) or self._chosen(tab):
            return screen
        return replace(screen, view=self._cards(last))

    def preview(self, conversation: Conversation, turn: ChatTurn) -> None:
        """Show a waiting question what the search finds, long before it is answered."""
        try:
            hits = self.engine.search(turn.question, 10, filter_of(turn.scope))
        except PinciteError:
            return  # The answer will say what is wrong.
        conversation.found(turn.id, hits)

    def failed(self, tab: Tab, error: Exception) -> Screen:
        """The screen after a handler raised: nothing lost, and a message."""
        message = told(str(error)) if isinstance(error, PinciteError) else t(UNEXPECTED)
        conversation = tab.conversation
        return Screen(busy=bool(conversation and conversation.pending), status=message)

    def scope_view(self, tab: Tab) -> ScopeView:
        """The filters in force, and the documents and folders to choose from."""
        scope = tab.scope
        return ScopeView(
            scope.path_glob, scope.after, scope.before, scope.labels(), choices(self.engine)
        )

    def _chosen(self, tab: Tab) -> bool:
        """Whether the panel shows what somebody asked to see there, other than the last turn's."""
        before = self._of(tab).turns[:-1]
        return tab.viewing is not None or any(turn.id == tab.listing for turn in before)

    def _cards(self, turn: ChatTurn) -> View:
        return cards(turn, self.engine.documents_at({h.paragraph.path for h in turn.hits}))

    def _last_cards(self, tab: Tab) -> View:
        turns = self._of(tab).turns
        return self._cards(turns[-1]) if turns else NOTHING_YET

    def _of(self, tab: Tab) -> Conversation:
        if tab.conversation is None:
            tab.conversation = self._conversations.new(tab.owner)
            tab.turns_shown = TURNS_SHOWN
        return tab.conversation

    def _first(self, tab: Tab) -> int:
        return max(0, len(self._of(tab).turns) - tab.turns_shown)

    def _whole(self, tab: Tab) -> Screen:
        first = self._first(tab)
        screen = self._screen(tab, self._of(tab).turns[first:])
        shown = screen.transcript and replace(screen.transcript, opened=True)
        return replace(screen, transcript=shown, shelf=self.shelf(tab))

    def _screen(self, tab: Tab, drawn: Sequence[ChatTurn], ahead: int = 0) -> Screen:
        conversation = self._of(tab)
        shown = transcript(conversation, self._first(tab), drawn, ahead)
        if not conversation.turns:
            unready = not any(document.searchable for document in self.engine.documents())
            examples = () if unready else self._examples
            shown = replace(shown, examples=examples, unready=unready)
        return Screen(transcript=shown, busy=shown.busy)


def _refusal(conversation: Conversation, question: str) -> str:
    if conversation.pending is not None:
        return t(BUSY)
    if not question:
        return t(EMPTY)
    if len(question) > MAX_QUESTION_CHARS:
        return t(
            "The question has {count} characters; at most {most} are possible. "
            "Shorten it and send it again.",
            count=len(question),
            most=MAX_QUESTION_CHARS,
        )
    return ""

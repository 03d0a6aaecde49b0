"""The open conversations of all browsers, kept in memory while used and on disk for good."""

import secrets
import threading
from collections import deque
from datetime import UTC, datetime
from weakref import WeakValueDictionary

from ui.archive import Archive
from ui.conversation import Conversation
from ui.render import printable
from ui.views import Shelf, ShelfRow

RECENT = 200


class Conversations:
    """Finds, makes, renames and deletes conversations; gives each to its owner alone."""

    def __init__(self, archive: Archive) -> None:
        self._archive = archive
        # One object a conversation as long as a tab or the desk holds it.
        self._known: WeakValueDictionary[str, Conversation] = WeakValueDictionary()
        self._recent: deque[Conversation] = deque(maxlen=RECENT)
        self._lock = threading.Lock()

    def new(self, owner: str) -> Conversation:
        """An empty conversation; it is saved with its first answer."""
        return self._keep(Conversation(secrets.token_urlsafe(12), owner))

    def get(self, owner: str, id_: str) -> Conversation | None:
        """The owner's conversation of that id, once asked; every tab gets the same object."""
        with self._lock:
            known = self._known.get(id_)
            if known is not None:
                # Without a name nothing was asked in it, or nothing since it was deleted.
                return known if known.owner == owner and known.name else None
            found = self._archive.load(owner, id_)
            return self._put(found) if found else None

    def save(self, conversation: Conversation) -> None:
        """Write what changed to disk."""
        self._archive.save(conversation)

    def delete(self, owner: str, id_: str) -> None:
        """Stop and forget the owner's conversation of that id."""
        conversation = self.get(owner, id_)
        if conversation is not None:
            conversation.end_pending()
            # The desk may still hold it: what it saves then must be nothing. So may another tab:
            # it stays known, lest what is asked there lead to two conversations of one id.
            conversation.forget()
            self._archive.delete(owner, id_)

    def shelf(self, owner: str, words: str, here: str) -> Shelf:
        """The owner's saved conversations that contain ``words``."""
        rows = tuple(
            ShelfRow(
                entry.id,
                printable(entry.name),
                datetime.fromtimestamp(entry.updated, UTC).astimezone().date().isoformat(),
            )
            for entry in self._archive.list(owner, words.strip())
        )
        return Shelf(rows, words, here)

    def _keep(self, conversation: Conversation) -> Conversation:
        with self._lock:
            return self._put(conversation)

    def _put(self, conversation: Conversation) -> Conversation:
        self._known[conversation.id] = conversation
        self._recent.append(conversation)
        return conversation

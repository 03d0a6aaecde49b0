"""What every page of the app is given."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from rag.build import parallel_answers
from rag.engine import Engine
from rag.settings import Settings, masked
from ui.archive import Archive
from ui.chat import Chat
from ui.conversations import Conversations
from ui.desk import Desk
from ui.page_view import PageImages
from ui.preferences import in_force


@dataclass(frozen=True)
class Context:
    """One served app: what answers, what is set, and how the corpus is called.

    ``settings.state`` is the state directory, where a page may keep files of its own. ``filters``
    says whether the engine takes a scope; without ``page_images`` all documents are shown as text.
    ``change_model`` lets the engine answer with the model of other settings, where it can.
    """

    engine: Engine
    settings: Settings
    corpus_label: str
    filters: bool = False
    page_images: PageImages | None = None
    change_model: Callable[[Settings], None] | None = None

    @property
    def state(self) -> Path:
        """The state directory."""
        return self.settings.state

    @cached_property
    def archive(self) -> Archive:
        """The saved conversations."""
        return Archive(self.state)

    @cached_property
    def conversations(self) -> Conversations:
        """The conversations of all browsers."""
        return Conversations(self.archive)

    @cached_property
    def desk(self) -> Desk:
        """Where questions are answered."""
        return Desk(
            self.engine,
            self.archive,
            lambda: masked(in_force(self.settings)),
            parallel_answers(self.settings),
        )

    @cached_property
    def chat(self) -> Chat:
        """The steps of the Chat page."""
        return Chat(
            self.engine,
            self.conversations,
            self.desk,
            self.settings.examples,
            pages=self.page_images is not None,
        )

    def close(self) -> None:
        """End what is being answered and close the saved conversations; the engine stays open."""
        self.desk.close()
        self.archive.close()

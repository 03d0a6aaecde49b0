"""What the Documents page can do: list, add, remove, read again, and explain a search."""

import threading
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from index import readers
from index.errors import CorpusError
from index.scan import check_root
from index.store import indexed_corpus
from index.trash import remove, restore
from index.uploads import files_in, sweep
from ui import work
from ui.calls import Calls
from ui.context import Context
from ui.incoming import Incoming
from ui.job import Job, JobSlot, JobState, Stage
from ui.listing import Listing, listing
from ui.messages import told
from ui.why import Why, why

StartJob = Callable[..., Job]
"""Begins a job from its request and, optionally, what to call at its end; ``Job`` itself."""


@dataclass(frozen=True, slots=True)
class Folder:
    """What the page needs to know of the folder; ``problem`` says why it cannot be used.

    ``files`` counts what lies in it, read or not; nothing hidden.
    """

    folder: str
    problem: str
    files: int
    endings: tuple[str, ...]
    max_bytes: int
    max_files: int
    job: JobState | None


class Documents:
    """The corpus folder of one app, and the one reading of it that may be under way."""

    def __init__(self, context: Context, start_job: StartJob = Job) -> None:
        self._context = context
        self._start_job = start_job
        self._slot = JobSlot()
        settings = context.settings
        self._incoming = Incoming(settings.upload_max_bytes, settings.upload_max_files)
        self._emptied = False
        self._lock = threading.Lock()
        self._again = False
        if not self._problem():
            sweep(self._root())
        self.actions = Calls(
            folder=self.folder,
            list=self.list,
            read=self.read,
            follow=self.follow,
            cancel=self.cancel,
            begin=self.begin,
            piece=self.piece,
            keep=self.keep,
            drop=self.drop,
            remove=self.remove,
            restore=self.restore,
            why=self.why,
        )

    def folder(self) -> Folder:
        """The folder, the limits, and the job that runs or ran last."""
        settings = self._context.settings
        return Folder(
            folder=str(self._root()),
            problem=self._problem(),
            files=files_in(self._root()),
            endings=readers.readable(),
            max_bytes=settings.upload_max_bytes,
            max_files=settings.upload_max_files,
            job=self._slot.state,
        )

    def list(
        self,
        words: str = "",
        only: str = "",
        sort: str = "path",
        descending: bool = False,
        page: int = 1,
    ) -> Listing:
        """One page of the documents (see ``ui.listing``)."""
        documents = self._context.engine.documents()
        return listing(
            documents, words=words, only=only, sort=sort, descending=descending, page=page
        )

    def read(self) -> JobState:
        """Begin to bring the index up to date with the folder; again, if that is under way."""
        with self._lock:
            state = self._slot.state
            if state is not None and self._slot.busy:
                # What changed since it began must not wait for the next time somebody asks.
                self._again = True
                return state
            return self._begin()

    def _begin(self) -> JobState:
        # The index refuses to be emptied by a folder that is merely not mounted; here the last
        # file was removed by hand. Once that is read, an empty folder is one not mounted again.
        prune = self._emptied and not files_in(self._root())
        self._emptied = False
        settings = self._context.settings
        request = work.request("sync", settings, prune=prune)
        return self._slot.start(
            lambda: self._start_job(request, lambda state: self._ended(state, prune))
        )

    def _ended(self, state: JobState, pruned: bool) -> None:
        with self._lock:
            finished = state.stage is Stage.FINISHED
            self._emptied = self._emptied or (pruned and not finished)
            again, self._again = self._again and finished, False
            if again:
                self._begin()

    def follow(self) -> JobState | None:
        """How far the reading is."""
        return self._slot.state

    def cancel(self) -> JobState | None:
        """End the reading; what was read is kept."""
        self._slot.cancel()
        return self._slot.state

    def begin(self, name: str) -> str:
        """Start to add a file; returns the token for its pieces."""
        return self._incoming.begin(check_root(self._root()), name)

    def piece(self, token: str, data: str) -> None:
        """The next bytes of a file, as base64."""
        self._incoming.piece(token, data)

    def keep(self, token: str) -> str:
        """The file is complete; returns its path."""
        return self._incoming.keep(token)

    def drop(self, token: str) -> None:
        """The file will not be completed: nothing of it stays."""
        self._incoming.drop(token)

    def remove(self, document: str) -> str:
        """Move a file into the trash; returns the ticket to have it back."""
        ticket = remove(self._root(), document, self._context.state)
        self._emptied = not files_in(self._root())
        return ticket

    def restore(self, ticket: str) -> str:
        """Have a removed file back; returns its path."""
        path = restore(self._root(), ticket, self._context.state)
        self._emptied = False
        return path

    def why(self, question: str, passage: str) -> Why:
        """How the paragraphs a passage quotes or names stand for a question."""
        return why(self._context.engine.explain(question, passage))

    def _root(self) -> Path:
        return (indexed_corpus(self._context.state) or self._context.settings.corpus).resolve()

    def _problem(self) -> str:
        try:
            check_root(self._root())
        except CorpusError as error:
            return told(str(error))
        return ""

"""What the chat, the command line and the eval ask of the answer chain, and nothing more."""

from collections.abc import Iterator, Sequence
from typing import Protocol

from index.types import Document, Hit, Paragraph
from rag.types import Event, Turn


class Engine(Protocol):
    """One index and one way of answering from it. Safe to call from several threads."""

    @property
    def model_name(self) -> str:
        """The model in use, with where it runs; ``extractive`` when there is none."""

    @property
    def notice(self) -> str:
        """One line the user should see before asking (no model found, say), else empty."""

    def stream(
        self, question: str, history: Sequence[Turn] = (), *, extractive: bool = False
    ) -> Iterator[Event]:
        """Evidence, then tokens, then Finished exactly once; never raises after the first event.

        Closing the iterator stops the model. A question that is empty or too long raises
        ``UsageError`` before anything is done.
        """

    def search(self, query: str, top: int = 10) -> tuple[Hit, ...]:
        """The best ``top`` paragraphs, best first."""

    def documents(self) -> list[Document]:
        """Every file of the corpus with its state, by path."""

    def document_text(self, path: str) -> str:
        """The extracted text the offsets of ``path`` count in."""

    def paragraphs(self, path: str) -> list[Paragraph]:
        """The citable paragraphs of one document, in order."""

    def close(self) -> None:
        """Stop the local model and close the index. Calling it again does nothing."""

"""What the chat, the command line and the eval ask of the answer chain, and nothing more."""

from collections.abc import Collection, Iterator, Sequence
from typing import Protocol

from index.explain import Explanation
from index.filters import EVERYTHING, Filter
from index.types import Document, Hit, Page, Paragraph
from rag.types import Event, Turn

ALL = 2**31


class Engine(Protocol):
    """One index and one way of answering from it. Safe to call from several threads."""

    @property
    def model_name(self) -> str:
        """The model in use, with where it runs; ``extractive`` when there is none."""

    @property
    def notice(self) -> str:
        """One line the user should see before asking (no model found, say), else empty."""

    def model_problem(self) -> str:
        """Why the model cannot be asked just now, or "" when it can or there is none."""

    def stream(
        self,
        question: str,
        history: Sequence[Turn] = (),
        *,
        extractive: bool = False,
        where: Filter = EVERYTHING,
    ) -> Iterator[Event]:
        """Evidence, then tokens, then Finished exactly once; never raises after the first event.

        Only documents that fit ``where`` are searched. Closing the iterator stops the model. A
        question that is empty or too long raises ``UsageError`` before anything is done.
        """

    def search(self, query: str, top: int = 10, where: Filter = EVERYTHING) -> tuple[Hit, ...]:
        """The best ``top`` paragraphs of the documents that fit ``where``, best first."""

    def explain(self, question: str, pasted: str) -> Explanation:
        """How the paragraphs that ``pasted`` quotes, or names by id, stand for a question.

        Of no paragraph when none is meant. Compares with the whole corpus: seconds on a large one.
        """

    def documents(self) -> list[Document]:
        """Every file of the corpus with its state, by path."""

    def documents_at(self, paths: Collection[str]) -> dict[str, Document]:
        """Those of ``paths`` that are there, by path."""

    def document_text(self, path: str) -> str:
        """The extracted text the offsets of ``path`` count in."""

    def paragraphs(self, path: str, first: int = 1, last: int = ALL) -> list[Paragraph]:
        """The citable paragraphs of one document, or numbers ``first`` to ``last``, in order."""

    def paragraph(self, paragraph_id: str) -> Paragraph | None:
        """The paragraph of that id, if it is still there."""

    def pages(self, path: str, numbers: Sequence[int]) -> list[Page]:
        """Those of a document's pages that have text, with their words' boxes, in order."""

    def close(self) -> None:
        """Stop the local model and close the index. Calling it again does nothing."""

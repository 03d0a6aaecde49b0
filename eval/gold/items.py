"""The values a gold set is made of, before and after its quotes are found in the corpus."""

from dataclasses import dataclass

from rag.types import Turn

ANY_TAG = "any"
"""Tag of items whose quotes all state the same fact, so that finding one of them is enough."""

LONG_ANSWER_WORDS = 15
"""An item whose every accepted answer is longer than this is judged by ROUGE-L."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """Words that answer the question; ``path`` is relative to the corpus root.

    ``whole``: the documents that each bear it out as a whole, that of the path among them; the
    words are then only where it begins. A gold file of ours has none.
    """

    path: str
    quote: str
    whole: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class GoldItem:
    """One labelled question. ``answers`` are all accepted; ``evidence`` bears them out.

    An unanswerable item has neither. Items of a BEIR folder have evidence but no answers.
    """

    id: str
    question: str
    answers: tuple[str, ...]
    evidence: tuple[Evidence, ...]
    answerable: bool
    history: tuple[Turn, ...] = ()
    tags: tuple[str, ...] = ()

    @property
    def any_suffices(self) -> bool:
        """Whether one of the quotes is enough."""
        return ANY_TAG in self.tags


@dataclass(frozen=True, slots=True)
class GoldParagraph:
    """A paragraph that holds a gold quote, and which of the item's quotes it holds."""

    id: str
    path: str
    ordinal: int
    text: str
    quotes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ResolvedItem:
    """A gold item whose quotes have been found.

    ``quote_paragraphs`` has one set of paragraph ids for each entry of ``item.evidence``.
    ``cluster`` is shared by items about the same first paragraph, whose scores go together.
    """

    item: GoldItem
    quote_paragraphs: tuple[frozenset[str], ...]
    paragraphs: tuple[GoldParagraph, ...]
    cluster: str


@dataclass(frozen=True, slots=True)
class GoldSet:
    """A whole gold file in its own order; ``sha256`` is that of its bytes."""

    name: str
    sha256: str
    items: tuple[ResolvedItem, ...]

"""What a measure sees of one gold item and of what the engine made of it.

Every measure is a function ``score(case) -> float | None``. None means not eligible: the item
says nothing about this measure and is left out of its mean. A failed item (status error) is never
left out for having failed: where it could have scored, it gets the worst score there is.
"""

from dataclasses import dataclass, field

from eval.gold.items import LONG_ANSWER_WORDS
from rag.types import Status, Verdict


@dataclass(frozen=True, slots=True)
class GoldQuote:
    """A gold quote and the ids of the paragraphs that hold it."""

    text: str
    paragraphs: frozenset[str]


@dataclass(frozen=True, slots=True)
class CitedQuote:
    """A citation of the answer: the paragraph's id and the words highlighted in it.

    ``in_paragraph``: the words stand where the citation says, inside its paragraph.
    """

    paragraph: str
    text: str
    number: int = 0
    in_paragraph: bool = True


@dataclass(frozen=True, slots=True)
class Case:
    """One item and its outcome.

    ``text`` is the answer without its ``[n]`` marks, ``marks`` their numbers. Words of a source
    quoted beside the answer are in it and no sentences: ``sentence_citations`` says how many
    citations each of the others has, ``verdicts`` how far it is borne out. ``retrieved`` are
    paragraph ids, best first. ``any_suffices``: one gold quote is enough.
    """

    answerable: bool
    status: Status
    answers: tuple[str, ...] = ()
    gold: tuple[GoldQuote, ...] = ()
    any_suffices: bool = False
    retrieved: tuple[str, ...] = ()
    text: str = ""
    marks: tuple[int, ...] = ()
    cited: tuple[CitedQuote, ...] = ()
    sentence_citations: tuple[int, ...] = ()
    verdicts: tuple[Verdict, ...] = ()
    confidence: float = 0.0
    relevant: frozenset[str] = field(init=False)

    def __post_init__(self) -> None:
        found = frozenset[str]().union(*(quote.paragraphs for quote in self.gold))
        object.__setattr__(self, "relevant", found)

    @property
    def answered(self) -> bool:
        """Whether there is an answer to look at."""
        return self.status is Status.ANSWERED

    @property
    def failed(self) -> bool:
        """Whether the item ended in an error."""
        return self.status is Status.ERROR

    @property
    def has_short_answer(self) -> bool:
        """Whether an answer can be told to be right by the short accepted one in it."""
        return self.answerable and bool(self.answers) and not self.long_answer

    @property
    def long_answer(self) -> bool:
        """Whether every accepted answer is too long to be contained in a short one."""
        return bool(self.answers) and all(
            len(answer.split()) > LONG_ANSWER_WORDS for answer in self.answers
        )


def share_found(gold: tuple[GoldQuote, ...], found: frozenset[str], any_suffices: bool) -> float:
    """The share of gold quotes held by one of ``found`` (paragraph ids), 0 to 1.

    Where any quote suffices it is 1 as soon as one is held.
    """
    held = [not quote.paragraphs.isdisjoint(found) for quote in gold]
    return float(any(held)) if any_suffices else sum(held) / len(held)

"""The values an answer is made of, and the events its making streams."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Literal

from index.types import Hit, Paragraph, Sentence

Role = Literal["user", "assistant"]


class Status(StrEnum):
    """How a question ended."""

    ANSWERED = "answered"
    REFUSED = "refused"
    ERROR = "error"


class Verdict(StrEnum):
    """How far a sentence is borne out by the paragraphs it cites."""

    SUPPORTED = "supported"
    PARTLY = "partly"
    UNSUPPORTED = "unsupported"


@dataclass(frozen=True, slots=True)
class Turn:
    """One message of the conversation before the question."""

    role: Role
    content: str


@dataclass(frozen=True, slots=True)
class Source:
    """A paragraph the answer may draw on, and the sentences of it shown to the model."""

    paragraph: Paragraph
    sentences: tuple[Sentence, ...]


@dataclass(frozen=True, slots=True)
class Citation:
    """``[number]`` of an answer: a paragraph, and the words of it that bear the sentence out.

    ``quote_start`` and ``quote_end`` are offsets in the document, inside the paragraph.
    """

    number: int
    paragraph: Paragraph
    quote_start: int
    quote_end: int

    @property
    def quote(self) -> str:
        """The quoted words, exactly as they stand in the document."""
        offset = self.paragraph.start
        return self.paragraph.text[self.quote_start - offset : self.quote_end - offset]


@dataclass(frozen=True, slots=True)
class AnswerSentence:
    """One sentence of an answer, without marks, and the numbers of its citations.

    ``quotation``: the source's own words, given beside what was said; it claims nothing itself.
    """

    text: str
    citations: tuple[int, ...]
    verdict: Verdict
    quotation: bool = False


@dataclass(frozen=True, slots=True)
class Timings:
    """Milliseconds since the question. ``first_token`` is None when no model was called."""

    retrieve: float = 0.0
    first_token: float | None = None
    total: float = 0.0


@dataclass(frozen=True, slots=True)
class TokenCounts:
    """Tokens over all model calls of an answer; ``prompt`` includes ``cached``."""

    prompt: int = 0
    cached: int = 0
    completion: int = 0

    def __add__(self, other: "TokenCounts") -> "TokenCounts":
        return TokenCounts(
            self.prompt + other.prompt,
            self.cached + other.cached,
            self.completion + other.completion,
        )


NO_TOKENS = TokenCounts()


@dataclass(frozen=True, slots=True)
class Answer:
    """The finished answer. ``text`` carries ``[n]`` marks; each has its citation and no other.

    ``confidence`` is the calibrated probability that the documents answer the question.
    ``removed`` counts the draft's sentences that nothing bore out and that were left out.
    ``refusal`` is what a refusal says, without the words of sources quoted after it.
    ``notice`` is one line for the user (why the answer is extractive, say), else empty. ``cut``:
    the model was stopped at its limit; ``notice`` says whether "continue" brings more.
    ``misheard``: the model failed where it was to rewrite the follow-up, which was understood
    without it.
    """

    question: str
    standalone_question: str
    status: Status
    text: str
    extractive: bool = False
    sentences: tuple[AnswerSentence, ...] = ()
    citations: tuple[Citation, ...] = ()
    retrieved: tuple[Hit, ...] = ()
    model: str = ""
    timings: Timings = Timings()
    tokens: TokenCounts = NO_TOKENS
    confidence: float = 0.0
    signals: Mapping[str, float] = field(default_factory=dict)
    removed: int = 0
    refusal: str = ""
    notice: str = ""
    cut: bool = False
    misheard: bool = False
    error: str | None = None

    @property
    def said(self) -> str:
        """What was said, without marks; of quotations those alone that a refusal gives instead."""
        said = [s.text for s in self.sentences if self.refusal or not s.quotation]
        # Apart, so that what a refusal quotes is not read on from what it says itself.
        return "\n\n".join(filter(None, (self.refusal, " ".join(said)))) or self.text


@dataclass(frozen=True, slots=True)
class Evidence:
    """First event: what was found, before any model is asked.

    It comes again once the best were read closely (until then it is not ``final``), for each part
    of a question with what was found before, and once a model rewrote the question; each replaces
    the one before.
    """

    standalone_question: str
    hits: tuple[Hit, ...]
    final: bool = True


@dataclass(frozen=True, slots=True)
class Waiting:
    """The model is busy with other answers. Position 1 is the next one; 0 ends the waiting.

    Sent again several times a second while it lasts, so that a reader who gave up can close.
    """

    position: int


@dataclass(frozen=True, slots=True)
class Token:
    """A piece of the draft as the model writes it. Drafts are replaced by the finished answer."""

    text: str


@dataclass(frozen=True, slots=True)
class Finished:
    """Last event, always sent exactly once."""

    answer: Answer


Event = Evidence | Waiting | Token | Finished

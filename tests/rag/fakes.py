"""A model that plays a script, a decision that is fixed, and paragraphs cut by hand."""

import math
from collections import deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from index.types import Hit, Paragraph, Sentence
from index.words import content_stems
from rag.abstain import Logistic, Refusal
from rag.models.chat_model import Choice, Message, ModelCallError, Piece
from rag.types import TokenCounts

CHOOSE_TOKENS = TokenCounts(100, 40, 1)
STREAM_TOKENS = TokenCounts(110, 90, 12)


@dataclass(frozen=True)
class Reply:
    """One reply: its pieces, or an error at once (``fails_after`` 0) or after so many pieces."""

    pieces: tuple[str, ...] = ()
    fails_after: int | None = None
    cut: bool = False


def reply(text: str, *, size: int = 7, cut: bool = False, fails_after: int | None = None) -> Reply:
    """``text`` in pieces of ``size`` characters, as a model streams it."""
    pieces = tuple(text[i : i + size] for i in range(0, len(text), size))
    return Reply(pieces, fails_after, cut)


@dataclass
class ScriptedLLM:
    """Implements ``rag.llm.ChatModel``: gives the queued replies one after another.

    ``calls`` has every call's kind and messages in order; ``closed_early`` counts the streams that
    were closed before their end.
    """

    replies: Iterable[Reply | str] = ()
    yes: float | None = 0.9
    choose_fails: bool = False
    name: str = "scripted model"
    calls: list[tuple[str, list[Message]]] = field(default_factory=list)
    max_tokens: list[int] = field(default_factory=list)
    closed_early: int = 0

    def __post_init__(self) -> None:
        self._queue = deque(r if isinstance(r, Reply) else reply(r) for r in self.replies)

    def stream(self, messages: Sequence[Message], *, max_tokens: int) -> Iterator[Piece]:
        self.calls.append(("stream", list(messages)))
        self.max_tokens.append(max_tokens)
        return self._play(self._queue.popleft())

    def choose(self, messages: Sequence[Message], *, continues: bool = False) -> Choice:
        self.calls.append(("choose", list(messages)))
        if self.choose_fails:
            raise ModelCallError(f"{self.name} did not answer: refused")
        return Choice(self.yes, CHOOSE_TOKENS)

    def _play(self, script: Reply) -> Iterator[Piece]:
        ended = False
        try:
            for n, text in enumerate(script.pieces):
                if n == script.fails_after:
                    break
                yield Piece(text)
            ended = True
            if script.fails_after is not None:
                raise ModelCallError(f"{self.name} did not answer: cut off")
            yield Piece("", STREAM_TOKENS, script.cut)
        finally:
            self.closed_early += not ended


def decision(*, refuse: bool, sure: float | None = None) -> Refusal:
    """A decision that is always the same, whatever the signals; ``sure`` is its probability."""
    bias = -20.0 if refuse else 20.0
    fixed = Logistic({}, bias if sure is None else math.log(sure / (1 - sure)), 0.5)
    return Refusal(fixed, fixed)


def paragraph(
    *sentences: str,
    path: str = "notes.txt",
    ordinal: int = 1,
    start: int = 0,
    headings: tuple[str, ...] = (),
) -> Paragraph:
    """A paragraph of the given sentences with one blank between them."""
    cut: list[Sentence] = []
    at = start
    for text in sentences:
        cut.append(Sentence(len(cut), at, at + len(text), text))
        at += len(text) + 1
    whole = " ".join(sentences)
    return Paragraph(
        id=f"{path}#{ordinal}",
        path=path,
        ordinal=ordinal,
        start=start,
        end=start + len(whole),
        text=whole,
        heading_path=headings,
        sentences=tuple(cut),
    )


def hit(found: Paragraph, rank: int, best: int = 0, score: float | None = None) -> Hit:
    """A hit whose best sentence is the ``best``-th one."""
    scores = tuple(0.9 if s.ordinal == best else 0.1 for s in found.sentences)
    signals = {"dense": 0.5, "sentence": 0.9, "bm25": 1.0}
    return Hit(found, rank, 1.0 / rank if score is None else score, signals, best, scores)


def shared_words(claim: str, paragraphs: Sequence[Paragraph]) -> Mapping[str, NDArray[np.floating]]:
    """In place of cosines: the share of words that claim and sentence have in common."""
    wanted = set(content_stems(claim))
    return {
        p.id: np.array([_overlap(wanted, set(content_stems(s.text))) for s in p.sentences])
        for p in paragraphs
    }


def _overlap(first: set[str], second: set[str]) -> float:
    return len(first & second) / max(1.0, math.sqrt(len(first) * len(second)))

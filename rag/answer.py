"""The chain: standalone question, search, sources, model, verification. One way for every caller.

What is measured by the eval is what users get, because both come through ``AnswerChain.stream``.
"""

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from index.errors import PinciteError, UsageError
from index.search import Searcher
from index.types import Hit
from rag.abstain import Refusal, refusal_text
from rag.asked import gives_what_was_asked
from rag.compose import Composed, compose
from rag.context import choose_sources
from rag.draft import draft_sentences
from rag.extract import rank_sentences
from rag.llm import ChatModel, ModelCallError
from rag.prompt import answer_messages, holds_messages
from rag.signals import draft_signals, evidence_signals
from rag.standalone import standalone
from rag.types import (
    NO_TOKENS,
    Answer,
    Event,
    Evidence,
    Finished,
    Source,
    Status,
    Timings,
    Token,
    TokenCounts,
    Turn,
    Verdict,
)
from rag.verify import Match, Span, match

MAX_QUESTION = 2000
RETRIEVED = 10
EXTRACTIVE = "extractive"
_CITABLE = 5
_QUOTABLE = 3


@dataclass(frozen=True, slots=True)
class Limits:
    """Hard limits in tokens: of sources shown to the model, and of its answer."""

    context_tokens: int
    answer_tokens: int


@dataclass
class _Run:
    """What is known so far of one answer in the making."""

    question: str
    started: float = field(default_factory=time.perf_counter)
    asked: str = ""
    hits: tuple[Hit, ...] = ()
    retrieve: float = 0.0
    first_token: float | None = None
    tokens: TokenCounts = NO_TOKENS
    draft: str = ""
    cut: bool = False
    holds: float | None = None
    notice: str = ""

    def elapsed(self) -> float:
        return (time.perf_counter() - self.started) * 1000


class AnswerChain:
    """Answers from one index. ``model`` is None when there is none: answers are then quoted."""

    def __init__(
        self,
        searcher: Searcher,
        model: ChatModel | None,
        refusal: Refusal,
        limits: Limits,
    ) -> None:
        self._searcher = searcher
        self._model = model
        self._refusal = refusal
        self._limits = limits

    def stream(
        self, question: str, history: Sequence[Turn] = (), *, extractive: bool = False
    ) -> Iterator[Event]:
        """Evidence, tokens, Finished; see ``rag.engine.Engine.stream``."""
        question = check_question(question)
        return self._events(question, history, None if extractive else self._model)

    def _events(
        self, question: str, history: Sequence[Turn], model: ChatModel | None
    ) -> Iterator[Event]:
        run = _Run(question)
        try:
            yield from self._find(run, history, model)
            sources = choose_sources(run.hits, budget_tokens=self._limits.context_tokens)
            if model is not None and sources:
                yield from self._ask(run, sources, model)
            answer = self._finish(run, sources)
        except PinciteError as error:
            answer = _answer(run, Status.ERROR, str(error), error=str(error))
        name = model.name if model is not None else EXTRACTIVE
        yield Finished(replace(answer, model=name))

    def _find(self, run: _Run, history: Sequence[Turn], model: ChatModel | None) -> Iterator[Event]:
        alone = standalone(run.question, history, model)
        run.asked, run.tokens = alone.question, alone.tokens
        run.hits = self._searcher.search(alone.query, RETRIEVED)
        run.retrieve = run.elapsed()
        yield Evidence(run.asked, run.hits)

    def _ask(self, run: _Run, sources: Sequence[Source], model: ChatModel) -> Iterator[Event]:
        """Put both questions to the model; a model that fails leaves the answer to be quoted."""
        try:
            choice = model.choose(holds_messages(run.asked, sources))
            run.holds = choice.yes
            run.tokens += choice.tokens
            for piece in model.stream(
                answer_messages(run.asked, sources),
                max_tokens=self._limits.answer_tokens,
                continues=True,
            ):
                run.tokens += piece.tokens
                run.cut = run.cut or piece.cut
                if piece.text:
                    if run.first_token is None:
                        run.first_token = run.elapsed()
                    run.draft += piece.text
                    yield Token(piece.text)
        except ModelCallError as error:
            run.draft = ""
            run.notice = f"The documents are quoted, because {error}"

    def _finish(self, run: _Run, sources: Sequence[Source]) -> Answer:
        """Check the draft, decide whether to answer at all, and number the citations."""
        checked = self._check(run) if run.draft else []
        signals = evidence_signals(run.asked, run.hits, sources)
        by_model = bool(run.draft)
        if by_model:
            signals |= draft_signals(run.asked, [m for _, m in checked], run.holds)
        refuse, confidence = self._refusal.decide(signals, extractive=not by_model)
        answer = None if refuse or not run.hits else self._written(run, checked, confidence)
        if answer is None:
            answer = _answer(run, Status.REFUSED, refusal_text(run.asked, run.hits))
        return replace(answer, confidence=confidence, signals=signals)

    def _written(
        self, run: _Run, checked: Sequence[tuple[str, Match]], confidence: float
    ) -> Answer | None:
        """The draft where it stands up, else a quotation, else nothing."""
        composed = compose(checked)
        said = " ".join(sentence.text for sentence in composed.sentences)
        extractive = not gives_what_was_asked(run.asked, said)
        if extractive:
            quoted = self._quote(run)
            if quoted is None or (run.draft and confidence < self._refusal.quote_from):
                return None
            composed = quoted
            if run.draft:
                run.notice = "The model's draft did not stand up to a check: this is a quotation."
        return replace(
            _answer(run, Status.ANSWERED, composed.text),
            extractive=extractive,
            sentences=composed.sentences,
            citations=composed.citations,
        )

    def _check(self, run: _Run) -> list[tuple[str, Match]]:
        paragraphs = [hit.paragraph for hit in run.hits[:_CITABLE]]
        ids = [paragraph.id for paragraph in paragraphs]
        checked = []
        for sentence in draft_sentences(run.draft, cut=run.cut):
            cosines = self._searcher.sentence_cosines(sentence, ids)
            checked.append((sentence, match(sentence, run.asked, paragraphs, cosines)))
        return checked

    def _quote(self, run: _Run) -> Composed | None:
        """The source sentence that fits best and holds what was asked, word for word."""
        for best in rank_sentences(run.asked, run.hits)[:_QUOTABLE]:
            text = best.sentence.text
            if gives_what_was_asked(run.asked, text):
                span = Span(best.paragraph, best.sentence.start, best.sentence.end)
                return compose([(text, Match(Verdict.SUPPORTED, (span,), 1.0))])
        return None


def check_question(question: str) -> str:
    """The question without blanks around it; raises ``UsageError`` when it cannot be asked."""
    stripped = question.strip()
    try:
        stripped.encode()
    except UnicodeEncodeError as error:
        raise UsageError(f"the question is no valid text at character {error.start}") from error
    if not any(character.isalnum() for character in stripped):
        raise UsageError("the question is empty: write what you want to know")
    if len(stripped) > MAX_QUESTION:
        raise UsageError(
            f"the question has {len(stripped)} characters, {MAX_QUESTION} are allowed: shorten it"
        )
    return stripped


def _answer(run: _Run, status: Status, text: str, error: str | None = None) -> Answer:
    return Answer(
        question=run.question,
        standalone_question=run.asked or run.question,
        status=status,
        text=text,
        retrieved=run.hits,
        timings=Timings(run.retrieve, run.first_token, run.elapsed()),
        tokens=run.tokens,
        notice=run.notice,
        error=error,
    )

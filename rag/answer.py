"""The chain: standalone question, search, sources, model, verification. One way for every caller.

What is measured by the eval is what users get, because both come through ``AnswerChain.stream``.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from index.errors import PinciteError
from index.filters import EVERYTHING, Filter
from index.search import Searcher
from index.vocabulary import Vocabulary
from rag.abstain import Refusal
from rag.asked import gives_what_was_asked, names_what_was_asked
from rag.chat_model import ChatModel, ModelCallError
from rag.compose import compose
from rag.conflicts import beside, conflict_notice, statements_beside
from rag.context import choose_sources
from rag.draft import draft_sentences
from rag.extract import leaned_on
from rag.mentions import Told
from rag.own_words import in_own_words
from rag.prompt import answer_messages, holds_messages
from rag.question import check_question
from rag.queueing import ModelQueue
from rag.refusing import refusal_text
from rag.routes import route_of
from rag.run import Run
from rag.sanitise import is_stray, may_be_shown, without_planted
from rag.signals import draft_signals, evidence_signals
from rag.source_words import source_words
from rag.spelling import Spelling
from rag.standalone import Standalone, rewritten, standalone, without_told
from rag.types import (
    Answer,
    Event,
    Evidence,
    Finished,
    Source,
    Status,
    Token,
    Turn,
    Verdict,
    Waiting,
)
from rag.verify import Match, Span, match
from rag.whole_corpus import WholeCorpus
from rag.wording import as_cited

RETRIEVED = 10
EXTRACTIVE = "extractive"
# A draft may lean on any sentence it could have read; those far down the list it has not.
_LEANED_ON = 10
_QUOTABLE = 3


@dataclass(frozen=True, slots=True)
class Limits:
    """Hard limits in tokens: of sources shown to the model, and of its answer."""

    context_tokens: int
    answer_tokens: int


class AnswerChain:
    """Answers from one index. ``model`` is None when there is none: answers are then quoted.

    ``queue`` lines up the answers that need the model; ``corpus`` answers what the best paragraphs
    cannot, and without it such questions are asked like any other; ``spelling`` mends questions.
    """

    def __init__(
        self,
        searcher: Searcher,
        model: ChatModel | None,
        refusal: Refusal,
        limits: Limits,
        *,
        queue: ModelQueue | None = None,
        corpus: WholeCorpus | None = None,
        spelling: Spelling | None = None,
    ) -> None:
        self._searcher = searcher
        self._model = model
        self._refusal = refusal
        self._limits = limits
        self._queue = queue or ModelQueue()
        self._corpus = corpus
        self._spelling = spelling

    def stream(
        self,
        question: str,
        history: Sequence[Turn] = (),
        *,
        extractive: bool = False,
        where: Filter = EVERYTHING,
    ) -> Iterator[Event]:
        """Evidence, tokens, Finished; see ``rag.engine.Engine.stream``."""
        question = check_question(question)
        return self._events(question, history, None if extractive else self._model, where)

    def _events(
        self, question: str, history: Sequence[Turn], model: ChatModel | None, where: Filter
    ) -> Iterator[Event]:
        run = Run(question, where)
        try:
            run.alone = self._alone(question, history)
            yield from self._find(run)
            answer = self._from_whole_corpus(run)
            if answer is None:
                if model is not None and run.hits:
                    yield from self._by_model(run, model)
                answer = self._finish(run)
        except PinciteError as error:
            answer = run.answer(Status.ERROR, str(error), error=str(error))
        name = model.name if model is not None else EXTRACTIVE
        yield Finished(replace(answer, model=name))

    def _alone(self, question: str, history: Sequence[Turn]) -> Standalone:
        """What is asked, on its own and without the typing errors of whoever asks."""
        if self._spelling is not None:
            corrected = self._spelling.corrected
            question = corrected(question)
            history = [
                replace(turn, content=corrected(turn.content)) if turn.role == "user" else turn
                for turn in history
            ]
        return standalone(question, history)

    def _find(self, run: Run) -> Iterator[Evidence]:
        """What the search finds at first sight, and again once it has read the best."""
        query = run.alone.query
        look = self._searcher.first_look(query, RETRIEVED, run.where)
        reads = self._searcher.reads(query, look)
        run.found(look[:RETRIEVED])
        run.retrieve = run.retrieve or run.elapsed()
        yield Evidence(run.asked, run.hits, final=not reads)
        if reads:
            closer = self._searcher.closer(query, look)[:RETRIEVED]
            if self._searcher.reranker is None:
                run.read(closer)
            else:  # switched on for its order to be gone by
                run.found(closer)
            yield Evidence(run.asked, run.hits)

    def _sources(self, run: Run) -> tuple[Source, ...]:
        budget = self._limits.context_tokens
        return without_planted(choose_sources(run.looked(), budget_tokens=budget))

    def _from_whole_corpus(self, run: Run) -> Answer | None:
        """Counts, lists and summaries; None for every other question."""
        every = self._corpus and not run.alone.told and not run.where
        asked = route_of(run.asked) if every else None
        if self._corpus is None or asked is None:
            return None
        told = self._corpus.answer(asked)
        if told == Told(()):
            run.note("This answer rests on the best paragraphs only, not on all documents.")
            return None
        if told.refusal:
            return run.answer(Status.REFUSED, told.refusal)
        answer = run.answered(told.checked)
        if not answer.sentences:
            return None
        return replace(answer, extractive=True, confidence=1.0, notice=told.notice)

    def _by_model(self, run: Run, model: ChatModel) -> Iterator[Event]:
        """Wait for the model, let it rewrite a follow-up, and have it answer."""
        with self._queue.joined() as ticket:
            yield from map(Waiting, ticket.positions())
            if run.alone.history:
                before = run.alone
                run.alone, tokens = rewritten(before, model)
                run.tokens += tokens
                if run.alone != before:
                    yield from self._find(run)
            run.sources = self._sources(run)
            if run.sources:
                yield from self._ask(run, model)

    def _ask(self, run: Run, model: ChatModel) -> Iterator[Event]:
        """Put both questions to the model; a model that fails leaves the answer to be quoted."""
        try:
            # The answer first: whoever asks waits for its first word, nobody for the yes or no.
            for piece in model.stream(
                answer_messages(run.asked, run.sources),
                max_tokens=self._limits.answer_tokens * (1 + len(run.alone.told)),
            ):
                run.tokens += piece.tokens
                run.cut = run.cut or piece.cut
                if piece.logprob is not None:
                    run.doubt = min(run.doubt or 0.0, piece.logprob)
                if piece.text:
                    if run.first_token is None:
                        run.first_token = run.elapsed()
                    run.draft += piece.text
                    yield Token(piece.text)
            if not run.draft.strip():
                raise ModelCallError(f"{model.name} sent an empty reply")
            choice = model.choose(holds_messages(run.asked, run.sources), continues=True)
            run.holds = choice.yes
            run.tokens += choice.tokens
        except ModelCallError as error:
            run.draft, run.cut = "", False
            run.note(f"The documents are quoted, because {error}")

    def _finish(self, run: Run) -> Answer:
        """Check the draft, decide whether to answer at all, and number the citations."""
        checked = self._check(run) if run.draft else []
        signals = evidence_signals(run.asked, run.look, run.looked())
        by_model = bool(run.draft)
        if by_model:
            signals |= draft_signals(run.asked, [m for _, m in checked], run.holds, run.doubt)
        refuse, confidence = self._refusal.decide(signals, extractive=not by_model)
        answer = None if refuse or not run.hits else self._written(run, checked, confidence)
        if answer is None and run.alone.told:
            answer = run.answer(Status.REFUSED, "The documents found say no more than was told.")
        if answer is None:
            holds = Vocabulary(self._searcher.store.database).holds
            answer = run.answer(Status.REFUSED, refusal_text(run.asked, run.hits, holds))
        return replace(answer, confidence=confidence, signals=signals)

    def _written(
        self, run: Run, checked: Sequence[tuple[str, Match]], confidence: float
    ) -> Answer | None:
        """The draft where it stands up, else a quotation, else nothing."""
        removed = len(checked) - len(compose(checked).sentences)
        checked = in_own_words(checked, run.asked)
        kept = compose(checked).sentences
        extractive = not gives_what_was_asked(run.asked, " ".join(s.text for s in kept))
        if extractive:
            checked, removed = self._quote(run), 0
            if not checked or (run.draft and confidence < self._refusal.quote_from):
                return None
            if run.draft:
                run.note("The model's draft did not stand up to a check: this is a quotation.")
        cut = run.cut and not extractive
        if cut:
            tokens = self._limits.answer_tokens
            run.note(f"The model was stopped at {tokens} tokens: ask it to “continue” for more.")
        checked = self._with_others(run, checked)
        answer = run.answered(checked, () if extractive else source_words(checked))
        return replace(answer, extractive=extractive, cut=cut, removed=removed)

    def _check(self, run: Run) -> list[tuple[str, Match]]:
        paragraphs = run.citable()
        ids = [paragraph.id for paragraph in paragraphs]
        checked = []
        draft = without_told(run.draft, run.alone.told)
        for sentence in draft_sentences(draft, cut=run.cut):
            cosines = self._searcher.sentence_cosines(sentence, ids)
            found = match(sentence, run.asked, paragraphs, cosines)
            if not is_stray(sentence, run.asked, found.spans):
                cited = " ".join(span.text for span in found.spans)
                checked.append((as_cited(sentence, cited), found))
        return checked

    def _with_others(
        self, run: Run, checked: Sequence[tuple[str, Match]]
    ) -> list[tuple[str, Match]]:
        """Beside what is cited: other sources that say the same, or another value."""
        paragraphs = run.citable()
        cosines = self._searcher.sentence_cosines
        others = statements_beside(run.asked, checked, paragraphs, cosines)
        dates = self._corpus.dates() if others and self._corpus else {}
        run.note(conflict_notice(others, dates))
        return beside(checked, others)

    def _quote(self, run: Run) -> list[tuple[str, Match]]:
        """The source sentence that fits best and holds what was asked, word for word, if any."""
        ranked = leaned_on(run.ranked()[:_LEANED_ON], run.draft, run.asked)
        for best in ranked[:_QUOTABLE]:
            text = without_told(best.sentence.text, run.alone.told)
            span = Span(best.paragraph, best.sentence.start, best.sentence.end)
            fits = gives_what_was_asked(run.asked, text) and names_what_was_asked(
                run.asked, text, best.paragraph.text
            )
            if fits and may_be_shown(text, [span]):
                return [(text, Match(Verdict.SUPPORTED, (span,), 1.0))]
        return []

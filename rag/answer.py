"""The chain: standalone question, search, sources, model, verification. One way for every caller.

What is measured by the eval is what users get, because both come through ``AnswerChain.stream``.
"""

from collections.abc import Generator, Iterator, Sequence
from dataclasses import replace
from functools import partial

from index.abroad import in_english
from index.errors import PinciteError
from index.filters import EVERYTHING, Filter
from index.search import Searcher
from rag.abstain import Refusal
from rag.context import choose_sources
from rag.followups.other_one import other_one
from rag.followups.pointing import points_back
from rag.followups.rewriting import rewritten
from rag.in_parts import in_parts
from rag.mentions import Told
from rag.models.chat_model import ChatModel, ModelCallError
from rag.models.queueing import ModelQueue
from rag.models.token_limits import Limits
from rag.named import about_documents, of_what_is_named, words_of_named
from rag.parties import parties_of
from rag.parts import parts_of
from rag.prompt import answer_messages, holds_messages
from rag.question import check_question
from rag.routes.followed import with_what_follows
from rag.routes.route import Route, route_of
from rag.routes.topics import keywords_of, told_about, topic_of
from rag.routes.whole_corpus import WholeCorpus
from rag.routes.whole_lists import listed_first, told_by_lists
from rag.run import Run
from rag.sanitise import readable
from rag.spelling import Spelling
from rag.standalone import Standalone, recent, standalone
from rag.types import Answer, Event, Evidence, Finished, Source, Status, Token, Turn, Waiting
from rag.writing import AnswerWriter

RETRIEVED = 10
EXTRACTIVE = "extractive"


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
        self._limits = limits
        dates, meanings = (corpus.dates, corpus.meanings) if corpus else (dict, lambda _: [])
        self._writer = AnswerWriter(searcher, refusal, dates, meanings)
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
        model = None if extractive else self._model
        answering = partial(self._events, model, where)
        if parts := parts_of(question):
            asked_there = partial(self._is_asked_there, question, where)
            quoting = partial(self._events, None, where)
            return in_parts(question, parts, history, answering, asked_there, quoting)
        return answering(question, history)

    def _events(
        self,
        model: ChatModel | None,
        where: Filter,
        question: str,
        history: Sequence[Turn],
        later_part: bool = False,
    ) -> Generator[Event, None, None]:
        run = Run(question, where)
        try:
            run.alone = self._alone(question, history)
            if later_part and not points_back(in_english(question)):
                # It was asked in one breath with what is before it, and says what it is about.
                run.alone = replace(run.alone, history=())
            yield from self._find(run)
            answer = self._from_whole_corpus(run) or _about_a_topic(run)
            if answer is None and model is not None and run.hits:
                answer = yield from self._by_model(run, model)
            answer = answer or self._answered_or_refused(run)
        except PinciteError as error:
            answer = run.answer(Status.ERROR, str(error), error=str(error))
        name = model.name if model is not None else EXTRACTIVE
        yield Finished(replace(answer, model=name))

    def _alone(self, question: str, history: Sequence[Turn]) -> Standalone:
        """What is asked, on its own and without the typing errors of whoever asks."""
        if self._spelling is not None:
            mended = self._spelling.in_conversation if history else self._spelling.corrected
            question, history = mended(question), recent(history, mended)
        return standalone(question, history)

    def _find(self, run: Run) -> Iterator[Evidence]:
        """What the search finds at first sight, and again once it has read the best."""
        look = self._searcher.first_look(run.alone.query, RETRIEVED, run.where)
        before, run.alone = run.alone, other_one(run.alone, look)
        if run.alone is not before:
            look = self._searcher.first_look(run.alone.query, RETRIEVED, run.where)
        # What was asked before helps to find, and is not what the best are to fit.
        reads = self._searcher.reads(run.alone.question, look)
        run.found(look[:RETRIEVED])
        run.retrieve = run.retrieve or run.elapsed()
        yield Evidence(run.alone.question, run.hits, final=not reads)
        if reads:
            run.found(self._searcher.closer(run.alone.question, look)[:RETRIEVED])
            yield Evidence(run.alone.question, run.hits)
        # Nobody waits for these to see what was found.
        paths = [hit.paragraph.path for hit in run.hits]
        run.parties = parties_of(self._searcher.store, paths, run.alone.question)

    def _sources(self, run: Run) -> tuple[Source, ...]:
        budget = self._limits.context_tokens
        best = [*listed_first(run.asked, run.lists), *run.quotable()]
        best = readable(with_what_follows(self._searcher.store, best), run.asked)
        return choose_sources(best, budget_tokens=budget, question=run.asked)

    def _from_whole_corpus(self, run: Run) -> Answer | None:
        """Counts, lists, summaries, cells and whole tables; None for other questions."""
        if self._corpus is None or run.alone.told:
            return None
        asked = route_of(run.asked)
        greeting = asked is not None and asked.route is Route.GREETING
        if run.where and not greeting:
            asked = None
        told = Told(()) if greeting else self._corpus.of_table(run.asked, run.hits)
        if told == Told(()) and asked is None and not run.where:
            named = words_of_named(run.hits, self._searcher.names())
            told = self._corpus.of_cell(run.asked, named)
        if told == Told(()) and asked is None and not run.where:
            told = self._corpus.part(run.asked, self._searcher.names())
        if told == Told(()) and (asked is None or asked.route is Route.LIST):
            told = self._by_lists(run)
        if asked and told == Told(()):
            told = self._corpus.answer(asked)
        if told == Told(()) and asked is None:
            told = self._replied(run)
        if told == Told(()):
            if asked and asked.route is not Route.STANDS_FOR:
                run.note("This answer rests on the best paragraphs only, not on all documents.")
            return None
        if greeting:
            run.found(())
        if told.refusal:
            return run.refused(told.refusal)
        return _told(run, told)

    def _by_lists(self, run: Run) -> Told:
        """The lists that are asked for; those that may be are kept for what the model writes."""
        if self._corpus is None:
            return Told(())
        run.lists = self._corpus.lists_for(run.asked, of_what_is_named(run.hits))
        if not run.lists:
            return Told(())
        return told_by_lists(
            run.asked, run.lists, about_documents(self._searcher, run.hits, run.parties)
        )

    def _replied(self, run: Run) -> Told:
        """What a document replies where it asks the same."""
        if self._corpus is None or run.alone.told:
            return Told(())
        return self._corpus.reply(run.asked, run.hits)

    def _is_asked_there(self, question: str, where: Filter) -> bool:
        """Does a document ask all parts of it in one question, and reply?"""
        run = Run(question, where, alone=Standalone(question, question))
        run.found(self._searcher.first_look(question, RETRIEVED, where)[:RETRIEVED])
        return self._replied(run) != Told(())

    def _written_out(self, run: Run) -> Answer | None:
        """What an abbreviation stands for, and what is told of those words."""
        if self._corpus is None or run.alone.told or run.where:
            return None
        meanings = self._corpus.meanings(run.asked)
        told = tuple(meaning.told for meaning in meanings)
        if len(meanings) == 1:
            words, spans = meanings[0].words, meanings[0].spans
            about = told_about(words, run.quotable(), run.asked, near=False).checked
            told += tuple(one for one in about if not set(one[1].spans) <= set(spans))
        return _told(run, Told(told))

    def _by_model(self, run: Run, model: ChatModel) -> Generator[Event, None, Answer | None]:
        """Wait for the model, let it rewrite a follow-up, and have it write a draft.

        Returns the answer where the follow-up turns out to be nothing but a topic.
        """
        with self._queue.joined() as ticket:
            yield from map(Waiting, ticket.positions())
            if run.alone.history:
                before = run.alone
                run.alone, tokens, run.misheard = rewritten(before, model)
                run.tokens += tokens
                if run.alone != before:
                    yield from self._find(run)
                    told = self._by_lists(run)
                    answer = (
                        _about_a_topic(run) or _told(run, told) or _told(run, self._replied(run))
                    )
                    if answer:
                        return answer
            run.sources = self._sources(run)
            if run.sources:
                yield from self._ask(run, model)
        return None

    def _answered_or_refused(self, run: Run) -> Answer:
        """What the draft and the evidence make; where that is nothing, what else can be told."""
        answer = self._writer.write(run)
        if answer.status is not Status.REFUSED or run.corrected:
            return answer
        return _of_keywords(run) or self._written_out(run) or answer

    def _ask(self, run: Run, model: ChatModel) -> Iterator[Event]:
        """Put both questions to the model; a model that fails leaves the answer to be quoted."""
        prompt = answer_messages(run.alone.question, run.sources)
        told = len(run.alone.told)
        run.most_tokens = self._limits.of_answer(told, prompt)
        run.has_room = self._limits.has_room(told, prompt)
        try:
            # The answer first: whoever asks waits for its first word, nobody for the yes or no.
            for piece in model.stream(prompt, max_tokens=run.most_tokens):
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
                if run.cut:
                    raise ModelCallError(
                        f"{model.name} wrote nothing to read within {run.most_tokens} tokens: if it"
                        " thinks before it answers, raise answer_tokens in the settings, or choose"
                        " a model that does not"
                    )
                raise ModelCallError(f"{model.name} sent an empty reply")
            choice = model.choose(holds_messages(run.alone.question, run.sources), continues=True)
            run.holds = choice.yes
            run.tokens += choice.tokens
        except ModelCallError as error:
            run.draft, run.cut = "", False
            run.note(f"The documents are quoted, because {error}")


def _about_a_topic(run: Run) -> Answer | None:
    """What the documents say about the topic, where the question is nothing but one."""
    topic = "" if run.alone.told else topic_of(run.asked)
    # The document that is named may be one of the question before.
    ways = (run.quotable(), run.ranked()) if topic else ()
    answers = (_told(run, told_about(topic, ranked, run.asked)) for ranked in ways)
    return next((answer for answer in answers if answer), None)


def _of_keywords(run: Run) -> Answer | None:
    """The sentences that have all words of a question that is nothing but keywords."""
    words = "" if run.alone.told else keywords_of(run.own)
    return _told(run, told_about(words, run.quotable(), run.asked, near=False)) if words else None


def _told(run: Run, told: Told) -> Answer | None:
    """The answer that quotes what was found without a model; none where that was nothing."""
    answer = run.answered(told.checked)
    if not answer.sentences:
        return None
    # That the model failed, say, was noted before.
    notice = f"{answer.notice} {told.notice}".strip()
    return replace(answer, extractive=True, confidence=1.0, notice=notice)

"""A finished draft and the evidence -> the answer: checked, cited, quoted instead, or refused."""

from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace

from index.document_names import Named
from index.errors import NoIndexError
from index.search import Searcher
from index.vocabulary import Vocabulary
from index.words import stems
from rag.abstain import Refusal
from rag.asked import gives_what_was_asked
from rag.checking.own_words import in_own_words
from rag.checking.source_words import source_words
from rag.checking.wording import as_cited
from rag.compared import compared_documents, of_the_others
from rag.compose import compose
from rag.draft import draft_sentences
from rag.extract import RankedSentence, agreeing, leaned_on
from rag.followups.set_aside import without_told
from rag.match import Match, Span
from rag.named import about_documents, may_differ, words_of_named
from rag.notices.conflicts import Other, beside, conflict_notice, statements_beside
from rag.notices.other_subjects import of_another_subject
from rag.notices.other_values import other_value_notice, other_values
from rag.notices.passed_over import passed_over
from rag.notices.premises import Contradiction, contradicted_by, contradicted_nearby
from rag.notices.refusing import correction_text, nearest_text, refusal_text
from rag.notices.relative_dates import relative_notice
from rag.notices.siblings import of_a_sibling, of_another_rank
from rag.notices.unmentioned import mentioning_first, unmentioned_notice
from rag.quoting import QUOTABLE, nearest, quoted
from rag.routes.abbreviations import Meaning
from rag.routes.led_in import quoted_with_the_rest, with_the_rest
from rag.routes.whole_lists import completed, list_notice
from rag.run import Run
from rag.sanitise import is_stray
from rag.signals import draft_signals, evidence_signals
from rag.tables.superlatives import not_compared_notice
from rag.tables.tallies import not_tallied_notice
from rag.types import Answer
from rag.verify import match

# A draft may lean on any sentence it could have read; those far down the list it has not.
_LEANED_ON = 10
_YEAR = 4
"""Characters of a date."""
_TIMES = frozenset(stems("times"))
"""What blinks three times has three blinks."""
_FELL = "In the words of the documents: what the model wrote could not be confirmed by them."


class AnswerWriter:
    """Makes the answers of one index.

    ``dates`` tells its documents' dates by path, ``meanings`` what the abbreviation stands for of
    which a question asks no more than what it is.
    """

    def __init__(
        self,
        searcher: Searcher,
        refusal: Refusal,
        dates: Callable[[], Mapping[str, str]],
        meanings: Callable[[str], Sequence[Meaning]],
    ) -> None:
        self._searcher = searcher
        self._refusal = refusal
        self._dates = dates
        self._meanings = meanings

    def write(self, run: Run) -> Answer:
        """Check the draft, decide whether to answer at all, and number the citations."""
        checked = self._check(run) if run.draft else []
        named = self._named(run)
        signals = evidence_signals(run.asked, run.hits, run.ranked(), named)
        by_model = bool(run.draft)
        if by_model:
            signals |= draft_signals(
                run.asked, [m for _, m in checked], run.holds, run.doubt, named
            )
        refuse, confidence = self._refusal.decide(
            signals, extractive=not by_model, beside=bool(run.alone.beside)
        )
        notice = run.notice
        answer = None if refuse or not run.hits else self._written(run, checked, confidence)
        contradicted = (
            contradicted_nearby(run.asked, run.ranked())
            if answer is None
            else contradicted_by(run.asked, answer.citations)
        )
        contradicted = contradicted or (self._of_another(answer) if answer else None)
        if contradicted and self._is_its_year(contradicted):
            contradicted = None
        if answer is None or contradicted:
            run.notice = notice
        if answer and contradicted:
            answer = self._instead(run, contradicted)
            answer = None if answer and self._of_another(answer) else answer
        answer = answer or self._refused(run, contradicted)
        return replace(answer, confidence=confidence, signals=signals)

    def _is_its_year(self, contradicted: Contradiction) -> bool:
        """Is it asked of the year that the document is of? Minutes of 2014 tell of 2015 too."""
        date = self._dates().get(contradicted.span.paragraph.path, "")
        return contradicted.asked == date[:_YEAR]

    def _of_another(self, answer: Answer) -> Contradiction | None:
        """Is it told by the reports of other years, or of another than the question names?

        They say the same of each, and seldom of which.
        """
        cited = [Span(c.paragraph, c.quote_start, c.quote_end) for c in answer.citations]
        question, names = answer.standalone_question, self._searcher.names()
        if year := names.series.lacking(question, [span.paragraph for span in cited]):
            return Contradiction(year, cited[0])
        other = of_a_sibling(question, cited, names, self._text)
        other = other or of_another_subject(question, cited, self._text)
        return other or of_another_rank(question, cited)

    def _instead(self, run: Run, contradicted: Contradiction) -> Answer | None:
        """One of the best sentences, where it has what an answer's sources have otherwise."""
        asked = set(stems(contradicted.asked)) - _TIMES
        having = [r for r in run.quotable()[:QUOTABLE] if asked <= set(stems(r.sentence.text))]
        checked = quoted(run, having)
        if not checked:
            return None
        if run.draft:
            run.note(_FELL)
        return replace(run.answered(checked), extractive=True)

    def _refused(self, run: Run, contradicted: Contradiction | None) -> Answer:
        """What the documents lack or leave open, or have in place of what the question says."""
        if contradicted:
            answer = run.refused(correction_text(contradicted.asked), [contradicted.span])
            if answer.citations:
                run.corrected = True
                return answer
        if run.alone.told:
            return run.refused("The documents found say no more than was told.")
        about = self._about(run)
        filtered = bool(run.where)
        if filtered and run.hits:
            run.note("Only the documents that the filter leaves were searched.")
        typed = run.alone.own
        if close := nearest(run, about):
            close = with_the_rest(self._searcher.store, close, run.asked)
            return run.refused(nearest_text(run.own, run.hits, typed), close)
        holds = Vocabulary(self._searcher.store.database).holds
        why = refusal_text(run.own, run.hits, holds, about, filtered=filtered, typed=typed)
        return run.refused(why)

    def _written(
        self, run: Run, checked: Sequence[tuple[str, Match]], confidence: float
    ) -> Answer | None:
        """The draft where it stands up, else a quotation, else nothing."""
        removed = len(checked) - len(compose(checked, question=run.asked).sentences)
        checked = in_own_words(checked, run.asked)
        kept = compose(checked, question=run.asked).sentences
        extractive = not gives_what_was_asked(run.asked, " ".join(s.text for s in kept))
        if extractive:
            sure = self._refusal.may_quote(confidence, beside=bool(run.alone.beside))
            to_quote = self._to_quote(run, in_doubt=bool(run.draft) and not sure)
            checked, removed = quoted(run, to_quote), 0
            if not checked:
                return None
            if run.draft:
                run.note(_FELL)
        cut = run.cut and not extractive
        if cut:
            run.note(_cut_notice(run))
        whole = completed(run.asked, checked, run.lists)
        if extractive and not whole.lists:
            whole = quoted_with_the_rest(whole.checked, self._searcher.store, run.asked)
        run.note(list_notice(whole.lists))
        checked = self._with_others(run, whole.checked)
        compared = compared_documents(run.asked, self._named(run))
        checked = [*checked, *of_the_others(run.asked, checked, run.ranked(), compared)]
        besides = [] if extractive or whole.lists else self._beside(run, checked)
        checked = [*self._written_out(run, checked), *checked]
        cited = [*checked, *besides]
        run.note(unmentioned_notice(run.asked, cited, self._about(run)))
        run.note(not_compared_notice(run.asked, checked))
        run.note(not_tallied_notice(run.asked, checked))
        run.note(relative_notice(run.asked, checked, self._dates, self._text))
        answer = run.answered(checked, besides)
        return replace(answer, extractive=extractive, cut=cut, removed=removed)

    def _written_out(
        self, run: Run, checked: Sequence[tuple[str, Match]]
    ) -> list[tuple[str, Match]]:
        """What an abbreviation stands for, before an answer that does not say it."""
        if run.where:  # it may be written out in a document that is not asked
            return []
        said = {word for text, _ in checked for word in stems(text)}
        meanings = self._meanings(run.asked)
        return [m.told for m in meanings if len(meanings) == 1 and not {*stems(m.words)} <= said]

    def _to_quote(self, run: Run, *, in_doubt: bool) -> list[RankedSentence]:
        """What may be quoted in place of a draft, best first; in doubt only what agrees with it."""
        if in_doubt:
            return agreeing(run.quotable(), run.draft, run.asked)
        named = self._named_stems(run)
        ranked = leaned_on(run.quotable()[:_LEANED_ON], run.draft, run.asked, named)
        return mentioning_first(run.asked, ranked, self._about(run))

    def _about(self, run: Run) -> Named:
        return about_documents(self._searcher, run.hits, run.parties)

    def _named(self, run: Run) -> dict[str, frozenset[str]]:
        """The stems of the names of the documents that the question names, by path."""
        return words_of_named(run.hits, self._searcher.names())

    def _named_stems(self, run: Run) -> frozenset[str]:
        return frozenset().union(*self._named(run).values())

    def _check(self, run: Run) -> list[tuple[str, Match]]:
        paragraphs = run.citable()
        ids = [paragraph.id for paragraph in paragraphs]
        named = self._named_stems(run)
        checked = []
        draft = without_told(run.draft, run.alone.told)
        for sentence in draft_sentences(draft, cut=run.cut):
            cosines = self._searcher.sentence_cosines(sentence, ids)
            found = match(sentence, run.asked, paragraphs, cosines, named)
            if not is_stray(sentence, run.asked, found.spans):
                cited = " ".join(span.text for span in found.spans)
                checked.append((as_cited(sentence, cited), found))
        return checked

    def _with_others(
        self, run: Run, checked: Sequence[tuple[str, Match]]
    ) -> list[tuple[str, Match]]:
        """Beside what is cited: other sources that say the same, or another value."""
        cited = {span.paragraph.path for _, found in checked for span in found.spans}
        may = may_differ(run.hits, cited)
        paragraphs = [p for p in run.citable() if may(p.path)]
        cosines = self._searcher.sentence_cosines
        others = statements_beside(run.asked, checked, paragraphs, cosines)
        likely: list[tuple[Span, Other]] = []
        if not any(other.contradicts for _, other in others):
            # How well the others fit is not known well enough.
            read = {h.paragraph.id for h in run.hits if h.read_scores and may(h.paragraph.path)}
            ranked = [r for r in run.quotable() if r.paragraph.id in read]
            likely = other_values(run.asked, checked, ranked, self._text)
        dates = self._dates() if others or likely else {}
        run.note(conflict_notice(others, dates))
        run.note(other_value_notice(likely, dates))
        return beside(checked, [*others, *likely])

    def _text(self, path: str) -> str:
        """Of a document; "" where it was deleted meanwhile."""
        with suppress(NoIndexError):
            return self._searcher.store.catalog.text(path)
        return ""

    def _beside(self, run: Run, checked: Sequence[tuple[str, Match]]) -> list[tuple[str, Match]]:
        """Words of sources to read with an answer; the best sentence may have been told before.

        Only a sentence with more of the question takes the place of a short answer's own.
        """
        own = source_words(checked)
        if run.alone.told:
            return own
        return passed_over(run.asked, run.quotable(), checked, words_more=bool(own)) or own


def _cut_notice(run: Run) -> str:
    tokens = run.most_tokens
    if run.has_room:
        return f"The model was stopped at {tokens} tokens: ask it to “continue” for more."
    return f"The model was stopped at {tokens} tokens: its window has no more room."

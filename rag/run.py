"""One answer in the making: what is known of it so far, and the answer that makes."""

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from index.abroad import asked_in, by_stem, in_english, in_words_of
from index.filters import Filter
from index.types import Hit, Paragraph
from index.words import stems
from rag.announcing import only_announces
from rag.compose import compose
from rag.correspondence import only_frames
from rag.extract import RankedSentence, rank_sentences
from rag.followups.pointing import fragment_words
from rag.formalities import only_names_parties
from rag.match import Match, Span, verbatim
from rag.named import of_what_is_named
from rag.parties import Parties
from rag.routes.lists import Listing
from rag.standalone import NOT_ASKED, Standalone
from rag.titles import leads_to_a_page, lists_a_heading
from rag.types import NO_TOKENS, Answer, Source, Status, Timings, TokenCounts

_CITABLE = 5


@dataclass
class Run:
    """What is known so far of one answer in the making.

    ``corrected``: the question takes something for true that its documents have otherwise.
    ``misheard``: the model failed where it was to rewrite the follow-up.
    """

    question: str
    where: Filter
    started: float = field(default_factory=time.perf_counter)
    alone: Standalone = NOT_ASKED
    hits: tuple[Hit, ...] = ()
    lists: Sequence[Listing] = ()
    parties: Parties = field(default_factory=dict)
    sources: tuple[Source, ...] = ()
    retrieve: float = 0.0
    first_token: float | None = None
    tokens: TokenCounts = NO_TOKENS
    draft: str = ""
    most_tokens: int = 0
    has_room: bool = False
    cut: bool = False
    holds: float | None = None
    doubt: float | None = None
    notice: str = ""
    corrected: bool = False
    misheard: bool = False
    _ranked: list[RankedSentence] | None = None
    _read: dict[str, str] = field(default_factory=dict)

    @property
    def asked(self) -> str:
        """What is asked, as it is to be read; ``alone.question`` is what readers are shown."""
        return self.read(self.alone.question)

    @property
    def own(self) -> str:
        """Of what is asked the words that are not another question's, as they are to be read."""
        return self.read(self.alone.own)

    def read(self, question: str) -> str:
        """A question of another language with English little words, and words as found."""
        if question not in self._read:
            self._read[question] = self._reading(question)
        return self._read[question]

    def _reading(self, question: str) -> str:
        language = asked_in(question)
        if not language:
            return question
        texts = (" ".join((*h.paragraph.heading_path, h.paragraph.text)) for h in self.hits)
        return in_words_of(in_english(question), by_stem(" ".join(texts), language), language)

    def found(self, hits: tuple[Hit, ...]) -> None:
        """Go on with these hits, found for what is asked now."""
        self.hits, self.lists, self._ranked, self._read = hits, (), None, {}

    def ranked(self) -> list[RankedSentence]:
        """Every sentence of the hits, best first."""
        if self._ranked is None:
            self._ranked = rank_sentences(self.asked, self.hits, self.parties)
            if sought := fragment_words(self.own) if self.alone.beside else set():
                # "And books?" is not answered by what is said of films.
                self._ranked.sort(key=lambda r: not sought <= {*stems(r.sentence.text)})
        return self._ranked

    def note(self, line: str) -> None:
        """Tell the user one thing more."""
        self.notice = f"{self.notice} {line}".strip()

    def elapsed(self) -> float:
        return (time.perf_counter() - self.started) * 1000

    def citable(self) -> list[Paragraph]:
        """The first paragraphs found, and all the model was shown.

        Of something that the question names only what is of it: what others say was not asked.
        """
        hits = of_what_is_named(self.hits)
        ids = {hit.paragraph.id for hit in hits}
        ids |= {item.paragraph.id for listing in self.lists for item in listing.items}
        # What a paragraph leads in to may stand in the next.
        after = {(hit.paragraph.path, hit.paragraph.ordinal + 1) for hit in hits}
        shown = [
            s.paragraph
            for s in self.sources
            if s.paragraph.id in ids or (s.paragraph.path, s.paragraph.ordinal) in after
        ]
        found = (*(hit.paragraph for hit in hits[:_CITABLE]), *shown)
        return list({paragraph.id: paragraph for paragraph in found}.values())

    def quotable(self) -> list[RankedSentence]:
        """The sentences of what may be cited, and shown to the model, best first."""
        quotable = _of(of_what_is_named(self.hits), self.ranked())
        return [r for r in quotable if not self._passed_over(r)]

    def _passed_over(self, one: RankedSentence) -> bool:
        text = one.sentence.text
        return (
            leads_to_a_page(self.asked, text)
            or only_announces(self.asked, text)
            or lists_a_heading(text, self._headings())
            or only_frames(self.asked, text, one.paragraph.text)
            or only_names_parties(self.asked, text)
            or self.alone.aside.has(text)
        )

    def _headings(self) -> Iterator[str]:
        return (heading for hit in self.hits for heading in hit.paragraph.heading_path)

    def answered(
        self, checked: Sequence[tuple[str, Match]], quoted: Sequence[tuple[str, Match]] = ()
    ) -> Answer:
        """The answer made of checked sentences, and of words of their sources."""
        composed = compose(checked, quoted, self.asked)
        answer = self.answer(Status.ANSWERED, composed.text)
        return replace(answer, sentences=composed.sentences, citations=composed.citations)

    def refused(self, why: str, quoted: Sequence[Span] = ()) -> Answer:
        """No answer, and the words of sources that say something else."""
        composed = compose((), [(s.words, verbatim(s)) for s in quoted])
        return replace(
            self.answer(Status.REFUSED, f"{why} {composed.text}".strip()),
            refusal=why,
            sentences=composed.sentences,
            citations=composed.citations,
        )

    def answer(self, status: Status, text: str, error: str | None = None) -> Answer:
        """An answer without citations, as things stand."""
        return Answer(
            question=self.question,
            standalone_question=self.alone.question or self.question,
            status=status,
            text=text,
            retrieved=self.hits,
            timings=Timings(self.retrieve, self.first_token, self.elapsed()),
            tokens=self.tokens,
            notice=self.notice,
            misheard=self.misheard,
            error=error,
        )


def _of(hits: Sequence[Hit], ranked: Sequence[RankedSentence]) -> list[RankedSentence]:
    ids = {hit.paragraph.id for hit in hits}
    return [sentence for sentence in ranked if sentence.paragraph.id in ids]

"""An engine of our own for the page's tests: a small corpus, scripted answers, chosen delays."""

import hashlib
import threading
import time
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from index.errors import NoIndexError, UsageError
from index.explain import Explained, Explanation, Standing
from index.filters import EVERYTHING, Filter
from index.types import Document, FileState, Hit, Page, Paragraph, Sentence
from rag.engine import ALL
from rag.types import (
    Answer,
    AnswerSentence,
    Citation,
    Event,
    Evidence,
    Finished,
    Status,
    Timings,
    Token,
    Turn,
    Verdict,
)


def paragraphs_of(path: str, blocks: Sequence[str]) -> list[Paragraph]:
    """One paragraph a block, one sentence a ". "; a block that starts with "# " is a heading."""
    made: list[Paragraph] = []
    headings: tuple[str, ...] = ()
    start = 0
    for block in blocks:
        if block.startswith("# "):
            headings = (block[2:],)
        else:
            made.append(paragraph(path, len(made) + 1, start, block, headings))
        start += len(block) + 1
    return made


def paragraph(
    path: str, ordinal: int, start: int, text: str, headings: tuple[str, ...] = ()
) -> Paragraph:
    """A paragraph cut into sentences after each ". "."""
    sentences: list[Sentence] = []
    at = 0
    for part in text.split(". "):
        end = min(at + len(part) + 1, len(text))
        sentences.append(Sentence(len(sentences), start + at, start + end, text[at:end]))
        at += len(part) + 2
    identity = f"{path}#{hashlib.sha256(text.encode()).hexdigest()[:8]}-{ordinal}"
    return Paragraph(
        identity,
        path,
        ordinal,
        start,
        start + len(text),
        text,
        headings,
        None,
        "",
        tuple(sentences),
    )


def hit(found: Paragraph, rank: int, best: int = 0) -> Hit:
    """A hit of the given rank."""
    return Hit(found, rank, 1.0 / rank, {"cosine": 1.0 / rank}, best)


def citation(number: int, cited: Paragraph, quote: str) -> Citation:
    """A citation of ``quote``, which must stand in the paragraph."""
    at = cited.start + cited.text.index(quote)
    return Citation(number, cited, at, at + len(quote))


@dataclass(frozen=True)
class Script:
    """What the engine does for one question. Delays in seconds."""

    hits: tuple[Hit, ...] = ()
    draft: tuple[str, ...] = ()
    answer: Answer | None = None
    evidence_delay: float = 0.0
    first_token_delay: float = 0.0
    token_delay: float = 0.0
    raises: Exception | None = None
    standalone: str = ""


@dataclass
class FakeEngine:
    """Answers each known question by its script, and refuses the others."""

    corpus: Mapping[str, list[Paragraph]]
    scripts: dict[str, Script] = field(default_factory=dict)
    unsearchable: tuple[Document, ...] = ()
    copies: Collection[str] = ()
    model_name: str = "scripted model, in this process"
    notice: str = ""
    asked: list[tuple[str, tuple[Turn, ...]]] = field(default_factory=list)
    scopes: list[Filter] = field(default_factory=list)
    drawn_pages: Mapping[str, Sequence[Page]] = field(default_factory=dict)
    closed_early: threading.Event = field(default_factory=threading.Event)

    def stream(
        self,
        question: str,
        history: Sequence[Turn] = (),
        *,
        extractive: bool = False,
        where: Filter = EVERYTHING,
    ) -> Iterator[Event]:
        """The script of ``question``, event by event."""
        self.scopes.append(where)
        self.asked.append((question, tuple(history)))
        script = self.scripts.get(question) or self._refusal(question)
        if isinstance(script.raises, UsageError):
            raise script.raises
        return self._play(question, script)

    def _play(self, question: str, script: Script) -> Iterator[Event]:
        finished = False
        try:
            time.sleep(script.evidence_delay)
            if script.raises:
                raise script.raises
            yield Evidence(script.standalone or question, script.hits)
            time.sleep(script.first_token_delay)
            for piece in script.draft:
                yield Token(piece)
                time.sleep(script.token_delay)
            assert script.answer is not None
            finished = True
            yield Finished(script.answer)
        finally:
            if not finished:
                self.closed_early.set()

    def _refusal(self, question: str) -> Script:
        hits = self.search(question, 3)
        text = "The documents do not answer this question."
        answer = Answer(question, question, Status.REFUSED, text, retrieved=hits)
        return Script(hits=hits, answer=answer)

    def search(self, query: str, top: int = 10, where: Filter = EVERYTHING) -> tuple[Hit, ...]:
        """The first paragraphs of the corpus, whatever the query."""
        every = [p for found in self.corpus.values() for p in found]
        return tuple(hit(p, rank) for rank, p in enumerate(every[:top], 1))

    def model_problem(self) -> str:
        """The scripts always answer."""
        return ""

    def explain(self, question: str, pasted: str) -> Explanation:
        """The paragraphs that hold ``pasted``; the last of them was not looked at."""
        every = [p for found in self.corpus.values() for p in found]
        meant = [p for p in every if pasted in p.text]
        standings = {
            name: Standing(0.25 * rank, rank)
            for rank, name in enumerate(("dense", "sentence", "bm25", "fused"), 1)
        }
        explained = tuple(
            Explained(p, standings, ("dense",), 12 if p is not meant[-1] else None, 0)
            for p in meant
        )
        return Explanation(question, len(every), explained)

    def documents(self) -> list[Document]:
        """Every file by path."""
        good = [
            Document(
                path,
                FileState.DUPLICATE if path in self.copies else FileState.INDEXED,
                "",
                len(found),
                "0" * 64,
                1000,
                pages=len(self.drawn_pages.get(path, ())),
            )
            for path, found in self.corpus.items()
        ]
        return sorted([*good, *self.unsearchable], key=lambda d: d.path)

    def document_text(self, path: str) -> str:
        """The paragraphs of one document joined by line breaks."""
        return "\n".join(p.text for p in self.paragraphs(path))

    def documents_at(self, paths: Collection[str]) -> dict[str, Document]:
        """Those of ``paths`` that are there."""
        return {d.path: d for d in self.documents() if d.path in paths}

    def paragraphs(self, path: str, first: int = 1, last: int = ALL) -> list[Paragraph]:
        """The paragraphs of one document."""
        if path not in self.corpus:
            raise NoIndexError(f"{path} is not in the index")
        return [p for p in self.corpus[path] if first <= p.ordinal <= last]

    def paragraph(self, paragraph_id: str) -> Paragraph | None:
        """The paragraph of that id."""
        every = (p for found in self.corpus.values() for p in found)
        return next((p for p in every if p.id == paragraph_id), None)

    def pages(self, path: str, numbers: Sequence[int]) -> list[Page]:
        """The drawn pages of one document."""
        return [page for page in self.drawn_pages.get(path, ()) if page.number in numbers]

    def close(self) -> None:
        """Nothing to close."""


def answered(
    question: str,
    sentences: Sequence[tuple[str, Sequence[int], Verdict]],
    citations: Sequence[Citation],
    hits: Sequence[Hit] = (),
    **more: object,
) -> Answer:
    """An answered ``Answer`` whose text carries the marks of its sentences."""
    made = tuple(AnswerSentence(text, tuple(n), verdict) for text, n, verdict in sentences)
    text = " ".join(s.text + "".join(f"[{n}]" for n in s.citations) for s in made)
    settings: dict[str, object] = {
        "model": "scripted model",
        "timings": Timings(12.0, 900.0, 2345.0),
        "standalone_question": question,
    } | more
    return Answer(
        question=question,
        status=Status.ANSWERED,
        text=text,
        sentences=made,
        citations=tuple(citations),
        retrieved=tuple(hits),
        **settings,  # type: ignore[arg-type]
    )

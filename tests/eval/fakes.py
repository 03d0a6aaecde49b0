"""A small corpus, its gold set, and an engine that answers from a script."""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

from eval.gold.items import GoldSet
from eval.gold.load import load_gold
from eval.relevance import Corpus, read_corpus
from index.types import Document, FileState, Hit, Paragraph
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
    TokenCounts,
    Turn,
    Verdict,
)

TEXTS = {
    "bridges.txt": (
        "The Alder bridge was opened in 1932 by the mayor of Renfield.\n\n"
        "It carries four lanes and a cycle path over the river Tam.\n\n"
        "Repairs in 2004 closed the bridge for eleven weeks."
    ),
    "birds.txt": (
        "The grey heron nests in tall trees near shallow water.\n\n"
        "A heron eats fish, frogs and sometimes voles.\n\n"
        "Its nest is built of sticks and used for several years."
    ),
}

_FACTS = (
    ("a1", "When was the Alder bridge opened?", "1932", "bridges.txt", "opened in 1932"),
    ("a2", "How many lanes has it?", "four", "bridges.txt", "four lanes and a cycle path"),
    ("a3", "How long was it closed?", "eleven weeks", "bridges.txt", "bridge for eleven weeks"),
    ("a4", "Where do herons nest?", "tall trees", "birds.txt", "nests in tall trees"),
    ("a5", "What do herons eat?", "fish, frogs", "birds.txt", "eats fish, frogs"),
    ("a6", "What are nests built of?", "sticks", "birds.txt", "nest is built of sticks"),
)
_UNKNOWN = ("Who designed the bridge?", "How tall is it?", "How long do herons live?", "And owls?")

GOLD_LINES: list[dict[str, object]] = [
    {
        "id": id_,
        "question": question,
        "answers": [answer],
        "evidence": [{"path": path, "quote": quote}],
        "answerable": True,
        "tags": [path.removesuffix(".txt")],
    }
    for id_, question, answer, path, quote in _FACTS
] + [
    {"id": f"u{n}", "question": question, "answers": [], "evidence": [], "answerable": False}
    for n, question in enumerate(_UNKNOWN, 1)
]

Script = Callable[[str], Answer]


def split(path: str, text: str) -> list[Paragraph]:
    """Paragraphs at blank lines, ids by number."""
    paragraphs = []
    start = 0
    for number, piece in enumerate(text.split("\n\n"), 1):
        end = start + len(piece)
        paragraphs.append(Paragraph(f"{path}#{number}", path, number, start, end, piece))
        start = end + 2
    return paragraphs


def corpus_of(texts: Mapping[str, str]) -> Corpus:
    return Corpus(texts, {path: split(path, text) for path, text in texts.items()})


def write_lines(path: Path, lines: Sequence[object]) -> Path:
    path.write_text("".join(f"{json.dumps(line)}\n" for line in lines), encoding="utf-8")
    return path


def small_gold(folder: Path) -> GoldSet:
    """Six answerable and four unanswerable questions about ``TEXTS``."""
    return load_gold(write_lines(folder / "gold.jsonl", GOLD_LINES), corpus_of(TEXTS))


def paragraph(path: str, ordinal: int) -> Paragraph:
    """A paragraph of ``TEXTS``."""
    return split(path, TEXTS[path])[ordinal - 1]


def hits(*found: Paragraph) -> tuple[Hit, ...]:
    return tuple(
        Hit(part, rank, 1 / rank, {"cosine": 1 / rank}, 0) for rank, part in enumerate(found, 1)
    )


def citation(number: int, part: Paragraph, quote: str) -> Citation:
    start = part.start + part.text.index(quote)
    return Citation(number, part, start, start + len(quote))


def answered(
    question: str,
    text: str,
    cited: Sequence[tuple[Paragraph, str]] = (),
    *,
    retrieved: Sequence[Paragraph] = (),
    verdict: Verdict = Verdict.SUPPORTED,
    confidence: float = 0.9,
) -> Answer:
    """An answer of one sentence."""
    numbers = tuple(range(1, len(cited) + 1))
    marks = "".join(f"[{number}]" for number in numbers)
    return Answer(
        question=question,
        standalone_question=question,
        status=Status.ANSWERED,
        text=f"{text} {marks}".strip(),
        sentences=(AnswerSentence(text, numbers, verdict),),
        citations=tuple(citation(n, *pair) for n, pair in zip(numbers, cited, strict=True)),
        retrieved=hits(*(retrieved or [part for part, _ in cited])),
        model="scripted",
        timings=Timings(5.0, 100.0, 250.0),
        tokens=TokenCounts(200, 50, 20),
        confidence=confidence,
    )


def refused(
    question: str, *, retrieved: Sequence[Paragraph] = (), confidence: float = 0.1
) -> Answer:
    return Answer(
        question=question,
        standalone_question=question,
        status=Status.REFUSED,
        text="The documents do not say.",
        retrieved=hits(*retrieved),
        model="scripted",
        timings=Timings(5.0, None, 20.0),
        confidence=confidence,
    )


def right_answer(question: str) -> Answer:
    """What the perfect engine says: the gold answer with the gold quote, or a refusal."""
    for _, asked, answer, path, quote in _FACTS:
        if asked == question:
            part = next(part for part in split(path, TEXTS[path]) if quote in part.text)
            return answered(question, f"It is {answer}.", [(part, quote)])
    return refused(question, retrieved=[paragraph("birds.txt", 1)])


class ScriptedEngine:
    """Answers from a script; raising there is raising while the question is answered."""

    model_name = "scripted"
    notice = ""

    def __init__(
        self, script: Script = right_answer, texts: Mapping[str, str] | None = None
    ) -> None:
        self._script = script
        self._corpus = corpus_of(TEXTS if texts is None else texts)
        self.asked: list[tuple[str, tuple[Turn, ...], bool]] = []
        self.closed_early = 0

    def stream(
        self, question: str, history: Sequence[Turn] = (), *, extractive: bool = False
    ) -> Iterator[Event]:
        self.asked.append((question, tuple(history), extractive))
        answer = self._script(question)
        try:
            yield Evidence(question, answer.retrieved)
            yield Token(answer.text)
            yield Finished(answer)
        except GeneratorExit:
            self.closed_early += 1
            raise

    def search(self, query: str, top: int = 10) -> tuple[Hit, ...]:
        return self._script(query).retrieved[:top]

    def documents(self) -> list[Document]:
        return [
            Document(path, FileState.INDEXED, "", len(parts), "", 0)
            for path, parts in self._corpus.paragraphs.items()
        ]

    def document_text(self, path: str) -> str:
        return self._corpus.texts[path]

    def paragraphs(self, path: str) -> list[Paragraph]:
        return list(self._corpus.paragraphs[path])

    def close(self) -> None:
        pass


def engine_corpus() -> Corpus:
    return read_corpus(ScriptedEngine())

"""An explanation of a search -> what the page says of each paragraph, in words and figures."""

from collections.abc import Iterator
from dataclasses import dataclass

from index.explain import FUSED, Explained, Explanation, Standing
from index.search import CANDIDATES, RERANK, RERANKED
from ui.render import counted, place, printable

SHOWN = 10
"""Paragraphs that reach an answer: what the chat shows as found."""

NAMES = {
    "dense": "Meaning of the paragraph",
    "sentence": "Meaning of its best sentence",
    "bm25": "Words in common",
    FUSED: "All three together",
    RERANK: f"The reranker, among the first {RERANKED}",
}


@dataclass(frozen=True, slots=True)
class SignalRow:
    """One signal: its value, and the rank it gives among all paragraphs."""

    name: str
    value: str
    rank: int


@dataclass(frozen=True, slots=True)
class WhyCard:
    """One paragraph. ``before``, ``best`` and ``after`` are its text around its best sentence."""

    name: str
    place: str
    before: str
    best: str
    after: str
    verdict: str
    reasons: tuple[str, ...]
    rows: tuple[SignalRow, ...]


@dataclass(frozen=True, slots=True)
class Why:
    """The answer to "why was this not found?"; ``note`` when no paragraph was meant."""

    question: str
    paragraphs: int
    cards: tuple[WhyCard, ...]
    note: str = ""


NOWHERE = (
    "No paragraph of the index holds these words. They may stand in a heading, which is not cited,"
    " or in a file that could not be read; or the folder changed since it was last read."
)


def why(explanation: Explanation) -> Why:
    """Everything the page shows."""
    cards = tuple(_card(e, explanation.paragraphs) for e in explanation.explained)
    note = "" if cards else NOWHERE
    return Why(printable(explanation.query), explanation.paragraphs, cards, note)


def _card(explained: Explained, total: int) -> WhyCard:
    paragraph = explained.paragraph
    best = paragraph.sentences[explained.best_sentence]
    text, offset = printable(paragraph.text), paragraph.start
    return WhyCard(
        name=printable(paragraph.path),
        place=place(paragraph),
        before=text[: best.start - offset],
        best=text[best.start - offset : best.end - offset],
        after=text[best.end - offset :],
        verdict=_verdict(explained),
        reasons=tuple(_reasons(explained, total)),
        rows=tuple(
            _row(label, explained.standings[name])
            for name, label in NAMES.items()
            if name in explained.standings
        ),
    )


def _row(label: str, standing: Standing) -> SignalRow:
    return SignalRow(label, f"{standing.value:.3f}", standing.rank)


def _verdict(explained: Explained) -> str:
    rank = explained.search_rank
    if rank is None:
        return "Not looked at: neither its meaning nor its words put it forward."
    if rank <= SHOWN:
        return f"Found: place {rank} of the search."
    return f"Looked at, but only place {rank}: the first {SHOWN} reach an answer."


def _reasons(explained: Explained, total: int) -> Iterator[str]:
    dense, bm25 = explained.standings["dense"], explained.standings["bm25"]
    if bm25.value == 0:
        yield "It shares no telling word with the question: ask in the document's own words."
    elif "bm25" not in explained.nominated_by:
        yield f"By words, {counted(bm25.rank - 1, 'paragraph')} fit the question better."
    if "dense" not in explained.nominated_by:
        yield (
            f"By meaning it is number {dense.rank:,} of {total:,};"
            f" a search looks at the first {CANDIDATES}."
        )
    if explained.search_rank and explained.search_rank > SHOWN:
        better = explained.search_rank - 1
        yield f"{counted(better, 'paragraph')} score better on the signals taken together."

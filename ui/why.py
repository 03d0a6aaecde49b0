"""An explanation of a search -> what the page says of each paragraph, in words and figures."""

from collections.abc import Iterator
from dataclasses import dataclass

from index.explain import FUSED, Explained, Explanation, Standing
from index.fusion import COVERED, NAME, NUMBERED
from index.search import CANDIDATES, LATE, RERANK, RERANKED
from ui.render import place, printable, shown_name
from ui.words import counted, decimal, phrase, t

SHOWN = 10
"""Paragraphs that reach an answer: what the chat shows as found."""

NAMES = {
    "dense": phrase("Meaning of the paragraph"),
    "sentence": phrase("Meaning of its best sentence"),
    "bm25": phrase("Words in common"),
    COVERED: phrase("Telling words, also of its document's title"),
    NAME: phrase("The document's name"),
    NUMBERED: phrase("What the question gives a number"),
    FUSED: phrase("All of these together"),
    LATE: phrase("Word by word, among the best few"),
    RERANK: phrase("The reranker, among the first {count}"),
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


NOWHERE = phrase(
    "No paragraph of the index holds these words. They may stand in a heading, which is not cited,"
    " or in a file that could not be read; or the folder changed since it was last read."
)


def why(explanation: Explanation) -> Why:
    """Everything the page shows."""
    cards = tuple(_card(e, explanation.paragraphs) for e in explanation.explained)
    note = "" if cards else t(NOWHERE)
    return Why(printable(explanation.query), explanation.paragraphs, cards, note)


def _card(explained: Explained, total: int) -> WhyCard:
    paragraph = explained.paragraph
    best = paragraph.sentences[explained.best_sentence]
    text, offset = printable(paragraph.text), paragraph.start
    return WhyCard(
        name=shown_name(paragraph.path),
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
    return SignalRow(t(label, count=RERANKED), decimal(standing.value, 3), standing.rank)


def _verdict(explained: Explained) -> str:
    rank = explained.search_rank
    if rank is None:
        return t("Not looked at: neither its meaning nor its words put it forward.")
    if rank <= SHOWN:
        return t("Found: place {rank} of the search.", rank=rank)
    return t(
        "Looked at, but only place {rank}: the first {shown} reach an answer.",
        rank=rank,
        shown=SHOWN,
    )


def _reasons(explained: Explained, total: int) -> Iterator[str]:
    dense, bm25 = explained.standings["dense"], explained.standings["bm25"]
    if bm25.value == 0:
        yield t("It shares no telling word with the question: ask in the document's own words.")
    elif "bm25" not in explained.nominated_by:
        yield counted(
            "By words, {count} paragraph fits the question better.",
            "By words, {count} paragraphs fit the question better.",
            bm25.rank - 1,
        )
    if "dense" not in explained.nominated_by:
        yield t(
            "By meaning it is number {rank} of {total}; a search looks at the first {count}.",
            rank=dense.rank,
            total=total,
            count=CANDIDATES,
        )
    if NUMBERED in explained.standings and explained.standings[NUMBERED].value < 0:
        yield t("It tells of another number than the one in the question.")
    if explained.search_rank and explained.search_rank > SHOWN:
        better = explained.search_rank - 1
        yield counted(
            "{count} paragraph scores better on the signals taken together.",
            "{count} paragraphs score better on the signals taken together.",
            better,
        )

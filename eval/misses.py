"""The items a run got wrong, with what was cited beside what should have been."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from eval.gold.items import GoldParagraph, ResolvedItem
from eval.measures import Scores
from eval.records import CitationRecord, ResultRecord


@dataclass(frozen=True, slots=True)
class Passage:
    """A paragraph in pieces; every second piece, from the second on, is the quoted one."""

    title: str
    pieces: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Miss:
    """One item that went wrong and why."""

    id: str
    question: str
    history: tuple[tuple[str, str], ...]
    reasons: tuple[str, ...]
    gold_answers: tuple[str, ...]
    status: str
    answer: str
    cited: tuple[Passage, ...]
    gold: tuple[Passage, ...]


def find_misses(items: Sequence[ResolvedItem], results: Sequence[ResultRecord]) -> list[Miss]:
    """Every miss in gold order; items without a result are left to the counts."""
    by_id = {gold.item.id: gold for gold in items}
    misses = []
    for result in results:
        gold = by_id[result["id"]]
        reasons = tuple(_reasons(result["scores"], result))
        if reasons:
            misses.append(_miss(gold, result, reasons))
    return misses


def _reasons(scores: Scores, result: ResultRecord) -> Iterator[str]:
    if result["status"] == "error":
        yield f"failed: {result['error']}"
        return
    if scores.get("false_answers") == 1:
        yield "answered, but the documents do not hold the answer"
    if scores.get("false_refusals") == 1:
        yield "refused, but the documents hold the answer"
    elif scores.get("correct") == 0:
        yield "no accepted answer in it, or over 40 words"
    if result["status"] == "answered" and scores.get("citation_recall") == 0:
        yield "no gold paragraph cited"
    found = scores.get("recall@10")
    if found is not None and found < 1:
        yield "no gold quote among the first ten" if found == 0 else "a gold quote not found"


def _miss(gold: ResolvedItem, result: ResultRecord, reasons: tuple[str, ...]) -> Miss:
    return Miss(
        id=gold.item.id,
        question=gold.item.question,
        history=tuple((turn.role, turn.content) for turn in gold.item.history),
        reasons=reasons,
        gold_answers=gold.item.answers,
        status=result["status"],
        answer=result["answer"],
        cited=tuple(map(_cited, result["citations"])),
        gold=tuple(map(_gold, gold.paragraphs)),
    )


def _cited(citation: CitationRecord) -> Passage:
    start = citation["quote_start"] - citation["start"]
    end = citation["quote_end"] - citation["start"]
    text = citation["text"]
    title = f"[{citation['number']}] {citation['path']}, paragraph {citation['paragraph']}"
    return Passage(title, (text[:start], text[start:end], text[end:]))


def _gold(paragraph: GoldParagraph) -> Passage:
    title = f"{paragraph.path}, paragraph {paragraph.ordinal}"
    spans = []
    for quote in paragraph.quotes:
        start = paragraph.text.find(quote)
        # Found only with whitespace collapsed, or crossing the paragraph's end: not marked.
        if start >= 0:
            spans.append((start, start + len(quote)))
    return Passage(title, tuple(_pieces(paragraph.text, sorted(spans))))


def _pieces(text: str, spans: Sequence[tuple[int, int]]) -> Iterator[str]:
    at = 0
    for start, end in spans:
        start = max(start, at)
        if end > start:
            yield text[at:start]
            yield text[start:end]
            at = end
    yield text[at:]

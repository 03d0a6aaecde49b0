"""How the items of a run ended, and which went wrong: what was cited beside what should be."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from eval.effort import searched_only
from eval.gold.items import ResolvedItem
from eval.measures import Scores
from eval.metrics.correct import WORD_LIMIT
from eval.passages import (
    Passage,
    cited_passage,
    found_passage,
    gold_passage,
    shorten,
    shortened,
)
from eval.records import ResultRecord

_MOST_PASSAGES = 4
_MOST_ANSWERS = 12
_FOUND_FIRST = 2


@dataclass(frozen=True, slots=True)
class GoldPlace:
    """A paragraph that holds a gold quote.

    ``rank`` is where the search put it, 0 where it is not among the ten ranks kept, None where
    nothing is kept of the search.
    """

    paragraph: str
    path: str
    ordinal: int
    rank: int | None


@dataclass(frozen=True, slots=True)
class Miss:
    """One item and why it went wrong; no reasons where it did not.

    ``found`` is what was found first, where nothing is cited. ``places`` are those of ``gold``.
    """

    id: str
    question: str
    history: tuple[tuple[str, str], ...]
    reasons: tuple[str, ...]
    gold_answers: tuple[str, ...]
    status: str
    answer: str
    cited: tuple[Passage, ...]
    found: tuple[Passage, ...]
    gold: tuple[Passage, ...]
    places: tuple[GoldPlace, ...]


def find_misses(items: Sequence[ResolvedItem], results: Sequence[ResultRecord]) -> list[Miss]:
    """Every miss in gold order; items without a result are left to the counts."""
    return [miss for miss in outcomes(items, results) if miss.reasons]


def count_reasons(misses: Iterable[Miss]) -> list[tuple[str, int]]:
    """How often each reason is given, the most frequent first."""
    kinds = (
        # What an error says is particular to one item.
        "failed" if reason.startswith("failed: ") else reason
        for miss in misses
        for reason in miss.reasons
    )
    return Counter(kinds).most_common()


def outcomes(items: Sequence[ResolvedItem], results: Sequence[ResultRecord]) -> list[Miss]:
    """Every item that has a result, right or wrong, in gold order."""
    by_id = {gold.item.id: gold for gold in items}
    return [
        _miss(by_id[result["id"]], result, tuple(_reasons(result["scores"], result)))
        for result in results
    ]


def _reasons(scores: Scores, result: ResultRecord) -> Iterator[str]:
    if result["status"] == "error":
        yield f"failed: {result['error']}"
        return
    if scores.get("false_answers") == 1:
        yield "answered, but the documents do not hold the answer"
    if scores.get("false_refusals") == 1:
        yield "refused, but the documents hold the answer"
    elif scores.get("correct") == 0:
        too_long = (scores.get("answer_words") or 0) > WORD_LIMIT
        yield "over 40 words, too long to count" if too_long else "no accepted answer in it"
    recall, precision = scores.get("citation_recall"), scores.get("citation_precision")
    if result["status"] == "answered" and recall is not None and recall < 1:
        yield "no gold paragraph cited" if recall == 0 else "a gold paragraph not cited"
    # With no gold paragraph cited that goes without saying.
    if precision is not None and precision < 1 and recall != 0:
        yield "another paragraph cited"
    if scores.get("unsupported"):
        yield "a sentence that nothing bears out"
    found = scores.get("recall@10")
    if found is not None and found < 1:
        yield "no gold quote among the first ten" if found == 0 else "a gold quote not found"


def _miss(gold: ResolvedItem, result: ResultRecord, reasons: tuple[str, ...]) -> Miss:
    ranks = {hit["paragraph_id"]: hit["rank"] for hit in result["retrieved"]}
    places = tuple(
        GoldPlace(part.id, part.path, part.ordinal, ranks.get(part.id, 0) if ranks else None)
        for part in gold.paragraphs
    )
    return Miss(
        id=gold.item.id,
        question=gold.item.question,
        history=tuple((turn.role, turn.content) for turn in gold.item.history),
        reasons=reasons,
        gold_answers=gold.item.answers,
        status="" if searched_only(result) else result["status"],
        answer=result["answer"],
        cited=tuple(map(cited_passage, result["citations"])),
        found=() if result["citations"] else tuple(map(found_passage, result["retrieved"])),
        gold=tuple(gold_passage(p, at.rank) for p, at in zip(gold.paragraphs, places, strict=True)),
        places=places,
    )


def short(miss: Miss, limit: int) -> Miss:
    """The miss with passages of about ``limit`` characters and no more than four a side."""
    return replace(
        miss,
        question=shorten(miss.question, 2 * limit),
        history=tuple((role, shorten(content, limit)) for role, content in miss.history[-4:]),
        gold_answers=tuple(shorten(answer, limit) for answer in miss.gold_answers[:_MOST_ANSWERS]),
        answer=shorten(miss.answer, 2 * limit),
        cited=tuple(shortened(part, limit) for part in miss.cited[:_MOST_PASSAGES]),
        found=tuple(shortened(part, limit) for part in miss.found[:_FOUND_FIRST]),
        gold=tuple(shortened(part, limit) for part in miss.gold[:_MOST_PASSAGES]),
    )

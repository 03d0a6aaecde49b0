"""How often the verdict on a true claim falls once it is made false, by kind of mutation.

Detection: share of mutated claims whose verdict is lower than the true claim's. False alarms:
share of true claims that are not fully supported. A true claim without support is counted as a
false alarm only: its verdict cannot fall. Wilson intervals, 95 %.
"""

import random
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from eval.mutation.kinds import KINDS
from eval.statistics import Interval, wilson
from index.types import Paragraph
from rag.types import Verdict

Judge = Callable[[str, str, Sequence[Paragraph]], Verdict]
"""claim, question, paragraphs -> verdict."""

FALSE_ALARMS = "false alarms"
TRUE = "true"
PARAGRAPH = "paragraph"
_HEIGHT = {Verdict.UNSUPPORTED: 0, Verdict.PARTLY: 1, Verdict.SUPPORTED: 2}


@dataclass(frozen=True, slots=True)
class Claim:
    """A true sentence, the question it answers, and paragraphs, the one it is true of first."""

    text: str
    question: str
    paragraphs: tuple[Paragraph, ...]


@dataclass(frozen=True, slots=True)
class Rate:
    """``share`` of ``n`` claims."""

    kind: str
    share: float
    n: int
    interval: Interval


def rates(claims: Iterable[Claim], judge: Judge, *, seed: int = 0) -> list[Rate]:
    """False alarms first, then detection for each kind that some claim could be mutated by."""
    outcomes: dict[str, list[bool]] = {FALSE_ALARMS: []}
    for number, claim in enumerate(claims):
        true = judge(claim.text, claim.question, claim.paragraphs)
        outcomes[FALSE_ALARMS].append(true is not Verdict.SUPPORTED)
        if true is Verdict.UNSUPPORTED:
            continue
        for kind, text, paragraphs in _made_false(claim, random.Random(f"{seed} {number}")):
            verdict = judge(text, claim.question, paragraphs)
            outcomes.setdefault(kind, []).append(_HEIGHT[verdict] < _HEIGHT[true])
    return [_rate(kind, found) for kind, found in outcomes.items() if found]


def told(claims: Iterable[Claim], judge: Judge, *, seed: int = 0) -> list[Rate]:
    """How many are judged supported: of the true ones, then of those made false, by kind."""
    outcomes: dict[str, list[bool]] = {TRUE: []}
    for number, claim in enumerate(claims):
        made_false = _made_false(claim, random.Random(f"{seed} {number}"))
        for kind, text, paragraphs in [(TRUE, claim.text, claim.paragraphs), *made_false]:
            verdict = judge(text, claim.question, paragraphs)
            outcomes.setdefault(kind, []).append(verdict is Verdict.SUPPORTED)
    return [_rate(kind, found) for kind, found in outcomes.items() if found]


def _made_false(
    claim: Claim, chance: random.Random
) -> Iterator[tuple[str, str, tuple[Paragraph, ...]]]:
    """Kind, text and paragraphs of each way in which ``claim`` can be made false."""
    texts = [paragraph.text for paragraph in claim.paragraphs[:1]]
    for kind, mutate in KINDS.items():
        false = mutate(claim.text, texts, chance)
        if false is not None:
            yield kind, false, claim.paragraphs
    if len(claim.paragraphs) > 1:
        yield PARAGRAPH, claim.text, claim.paragraphs[1:2]


def _rate(kind: str, found: Sequence[bool]) -> Rate:
    return Rate(kind, sum(found) / len(found), len(found), wilson(sum(found), len(found)))

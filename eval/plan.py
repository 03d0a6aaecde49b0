"""What is to be run, and everything about it that could move a number."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from enum import StrEnum

from eval.effort import FREE, Prices
from eval.gold.items import GoldSet, ResolvedItem
from index.errors import UsageError


class Mode(StrEnum):
    """How far the engine goes with each question."""

    ANSWERS = "answers"
    EXTRACTIVE = "extractive"
    RETRIEVAL = "retrieval"


@dataclass(frozen=True, slots=True)
class RunPlan:
    """The items of a run in gold order, and the record of what they are run with.

    ``settings`` is the caller's: code version, models and their hashes, embedder, index
    fingerprint, settings in force, secrets masked. ``sample`` is None for the whole gold set.
    """

    gold_name: str
    gold_sha256: str
    items: tuple[ResolvedItem, ...]
    mode: Mode
    sample: int | None
    seed: int
    settings: Mapping[str, object]
    prices: Prices = FREE

    def record(self, model: str) -> dict[str, object]:
        """What ``run.json`` holds besides the times; two equal records repeat each other."""
        return {
            "gold": {"name": self.gold_name, "sha256": self.gold_sha256},
            "items": len(self.items),
            "mode": self.mode.value,
            "sample": self.sample,
            "seed": self.seed,
            "model": model,
            "prices": asdict(self.prices),
            "settings": dict(self.settings),
        }


def plan_run(
    gold: GoldSet,
    settings: Mapping[str, object],
    *,
    mode: Mode = Mode.ANSWERS,
    sample: int | None = None,
    seed: int = 0,
    prices: Prices = FREE,
) -> RunPlan:
    """The plan of a run over a gold set or a sample of it; ``UsageError`` for a sample below 1."""
    items = gold.items if sample is None else sample_items(gold.items, sample, seed)
    return RunPlan(gold.name, gold.sha256, items, mode, sample, seed, settings, prices)


def sample_items(items: Sequence[ResolvedItem], size: int, seed: int) -> tuple[ResolvedItem, ...]:
    """``size`` items in gold order, answerable and unanswerable in the proportion of the whole.

    Each item's draw depends on the seed and its id alone, so the same seed gives the same items
    whatever their order, and a larger sample contains the smaller one (but for rounding of the
    proportion). All items when there are no more than ``size``.
    """
    if size < 1:
        raise UsageError(f"a sample of {size} items: name a number from 1")
    if size >= len(items):
        return tuple(items)
    answerable = [gold for gold in items if gold.item.answerable]
    unanswerable = [gold for gold in items if not gold.item.answerable]
    wanted = round(size * len(answerable) / len(items))
    if size > 1 and answerable and unanswerable:
        wanted = min(max(wanted, 1), size - 1)
    chosen = _draw(answerable, wanted, seed) | _draw(unanswerable, size - wanted, seed)
    return tuple(gold for gold in items if gold.item.id in chosen)


def _draw(items: Sequence[ResolvedItem], count: int, seed: int) -> set[str]:
    def lot(item_id: str) -> bytes:
        return hashlib.sha256(f"{seed}:{item_id}".encode()).digest()

    return set(sorted((gold.item.id for gold in items), key=lot)[:count])

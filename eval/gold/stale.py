"""Items whose source is no longer what it was when they were written.

An item is stale when a quote is not found exactly once in its document any more. Beside a gold
file may lie ``<gold file>.sources.json``, the documents' hashes at the last review: then items of
a document that has changed since are listed too, though their quotes still stand.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from eval.gold.checks import PlacedItem
from eval.gold.evidence import evidence_problems
from eval.relevance import QuoteFinder
from eval.rundir import to_json
from eval.writing import write_whole
from index.errors import UsageError


@dataclass(frozen=True, slots=True)
class StaleItem:
    """An item to look at again, and why."""

    placed: PlacedItem
    reason: str

    def __str__(self) -> str:
        return f"{self.placed.where}: {self.placed.item.id}: {self.reason}"


def sources_file(gold: Path) -> Path:
    """Where the hashes of a gold file's documents are kept."""
    return gold.with_name(f"{gold.name}.sources.json")


def read_sources(gold: Path) -> Mapping[str, str]:
    """The hashes by path, none when they were never written; ``UsageError`` when damaged."""
    file = sources_file(gold)
    if not file.exists():
        return {}
    try:
        found = json.loads(file.read_text(encoding="utf-8"))
        return {str(path): str(sha256) for path, sha256 in found.items()}
    except (OSError, ValueError, AttributeError) as error:
        raise UsageError(f"{file} is not readable: {error}; delete it or write it anew") from error


def write_sources(gold: Path, items: Sequence[PlacedItem], hashes: Mapping[str, str]) -> Path:
    """Keep the hashes of the documents the items quote; returns the file."""
    paths = sorted({evidence.path for placed in items for evidence in placed.item.evidence})
    write_whole(sources_file(gold), to_json({p: hashes[p] for p in paths if p in hashes}))
    return sources_file(gold)


def stale_items(
    items: Sequence[PlacedItem],
    finder: QuoteFinder,
    hashes: Mapping[str, str],
    known: Mapping[str, str],
) -> list[StaleItem]:
    """Each stale item once, in order, with all its reasons.

    ``hashes`` are the documents' as they are, ``known`` those at the last review.
    """
    stale = []
    for placed in items:
        reasons = list(evidence_problems(placed.item, finder))
        reasons += _changed(placed, hashes, known)
        if reasons:
            stale.append(StaleItem(placed, "; ".join(reasons)))
    return stale


def _changed(
    placed: PlacedItem, hashes: Mapping[str, str], known: Mapping[str, str]
) -> Iterator[str]:
    for path in dict.fromkeys(evidence.path for evidence in placed.item.evidence):
        if path in known and path in hashes and known[path] != hashes[path]:
            yield f'"{path}" has changed since the last review'

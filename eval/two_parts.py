"""``python -m eval.two_parts GOLD CORPUS``: are both parts of a question of two answered?

Two questions of a gold file on one document are joined by "and". Counted is how often an accepted
answer of both, and of one at least, is in what the reader is given (Wilson intervals, 95 %), and
how often all is refused. The second part names what it is about: pronouns are not measured.
"""

import argparse
import random
import sys
import time
from collections import defaultdict
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

from eval.gold.items import GoldItem
from eval.gold.load import load_gold
from eval.metrics.correct import contains_answer
from eval.normalise import without_marks
from eval.relevance import read_corpus
from eval.statistics import wilson
from eval.workspace import open_engines
from rag.engine import Engine
from rag.parts import parts_of
from rag.settings import NO_LLM, Settings
from rag.types import Finished, Status


class Pair(NamedTuple):
    """One question of two, and the items that its parts are."""

    question: str
    items: tuple[GoldItem, GoldItem]


class Outcome(NamedTuple):
    """Whether an accepted answer of each part was shown, and whether all was refused."""

    shown: tuple[bool, bool]
    refused: bool


def main(argv: Sequence[str]) -> None:
    """Print the figures. Raises ``PinciteError`` for what cannot be read, indexed or loaded."""
    asked = _parser().parse_args(argv)
    settings = Settings(llm=NO_LLM) if asked.extractive else Settings()
    with open_engines(settings, asked.gold, asked.corpus) as [engine]:
        gold = load_gold(asked.gold, read_corpus(engine))
        pairs = joined([resolved.item for resolved in gold.items], asked.seed)[: asked.most]
        outcomes: list[Outcome] = []
        begun = time.monotonic()
        for pair in pairs:
            outcomes.append(outcome(engine, pair))
            if sys.stderr.isatty():
                left_s = (time.monotonic() - begun) / len(outcomes) * (len(pairs) - len(outcomes))
                sys.stderr.write(f"\r{len(outcomes)} of {len(pairs)}, {left_s / 60:.0f} min left ")
    for line in figures(outcomes):
        sys.stdout.write(f"{line}\n")


def joined(items: Iterable[GoldItem], seed: int) -> list[Pair]:
    """Pairs of questions with short answers on one document, each item once, in any order."""
    by_path: defaultdict[str, list[GoldItem]] = defaultdict(list)
    for item in items:
        if item.answers and not item.history:
            by_path[item.evidence[0].path].append(item)
    chance = random.Random(seed)
    pairs = []
    for path in sorted(by_path):
        chance.shuffle(by_path[path])
        for one, other in zip(by_path[path][::2], by_path[path][1::2], strict=False):
            second = other.question[:1].lower() + other.question[1:]
            pair = Pair(f"{one.question.rstrip(' ?')} and {second}", (one, other))
            if len(parts_of(pair.question)) == len(pair.items):
                pairs.append(pair)
    chance.shuffle(pairs)
    return pairs


def outcome(engine: Engine, pair: Pair) -> Outcome:
    """Ask it."""
    [answer] = [e.answer for e in engine.stream(pair.question) if isinstance(e, Finished)]
    said = without_marks(answer.text) if answer.status is Status.ANSWERED else ""
    one, other = (contains_answer(said, item.answers) for item in pair.items)
    return Outcome((one, other), answer.status is Status.REFUSED)


def figures(outcomes: Sequence[Outcome]) -> list[str]:
    """A line for each figure; none where nothing was asked."""
    if not outcomes:
        return ["no two questions of one document can be joined"]
    counts = {
        "both shown": sum(all(found.shown) for found in outcomes),
        "one at least": sum(any(found.shown) for found in outcomes),
        "refused": sum(found.refused for found in outcomes),
    }
    n = len(outcomes)
    intervals = {name: wilson(count, n) for name, count in counts.items()}
    return [
        f"{name:14}{counts[name] / n:6.3f}  [{ends.low:.3f}, {ends.high:.3f}]  n={n}"
        for name, ends in intervals.items()
    ]


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m eval.two_parts")
    parser.add_argument("gold", type=Path)
    parser.add_argument("corpus", type=Path)
    parser.add_argument("most", type=int, nargs="?", default=100, help="questions asked")
    parser.add_argument("seed", type=int, nargs="?", default=0)
    parser.add_argument("--extractive", action="store_true", help="quote, without a model")
    return parser


if __name__ == "__main__":
    main(sys.argv[1:])

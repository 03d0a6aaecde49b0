"""``python -m eval.mutation GOLD CORPUS``: does the verdict see what was made false?

A table each for sentences of the documents word for word (the gold quotes' own), for sentences of
the accepted answers that people wrote at length, and with ``--drafts`` for the model's own. Beside
each stands how many of the sentences, the true ones and the false, a reader is shown as facts: not
left out, not marked, and not replaced by their source.
"""

import argparse
import random
import sys
import time
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from eval.gold.items import ResolvedItem
from eval.gold.load import load_gold
from eval.mutation.claims import PARAGRAPHS, drafted, verbatim, written
from eval.mutation.judges import shown, verdict
from eval.mutation.rates import Claim, Rate, rates, told
from eval.relevance import read_corpus
from eval.workspace import open_engines
from index.search import Searcher
from index.types import Paragraph
from rag.settings import NO_LLM, Settings

_Source = Callable[[ResolvedItem, tuple[Paragraph, ...]], list[Claim]]


def main(argv: Sequence[str]) -> None:
    """Print the tables. Raises ``PinciteError`` for what cannot be read, indexed or loaded."""
    asked = _parser().parse_args(argv)
    settings = Settings() if asked.drafts else Settings(llm=NO_LLM)
    with open_engines(settings, asked.gold, asked.corpus) as [engine]:
        if asked.drafts and engine.notice:
            sys.exit(engine.notice)
        gold = load_gold(asked.gold, read_corpus(engine))
        items = list(gold.items)
        random.Random(asked.seed).shuffle(items)
        found = [(item, p) for item in items if (p := _paragraphs(item, engine.searcher))]
        sources: dict[str, _Source] = {
            "the documents' own sentences": verbatim,
            "answers people wrote": written,
        }
        if asked.drafts:
            sources["the model's drafts"] = lambda i, p: drafted(i, p, engine)
        for name, source in sources.items():
            claims = _first(asked.most, found, source)
            if claims:
                cosines = engine.searcher.sentence_cosines
                _write(name, rates(claims, verdict(cosines)))
                _write(f"{name}: shown as facts in their own words", told(claims, shown(cosines)))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m eval.mutation")
    parser.add_argument("gold", type=Path)
    parser.add_argument("corpus", type=Path)
    parser.add_argument("most", type=int, nargs="?", default=200, help="claims of each kind")
    parser.add_argument("seed", type=int, nargs="?", default=0)
    parser.add_argument(
        "--drafts", action="store_true", help="what the model writes, too: seconds an item"
    )
    return parser


def _first(
    most: int, found: Iterable[tuple[ResolvedItem, tuple[Paragraph, ...]]], source: _Source
) -> list[Claim]:
    """The first ``most`` claims that the items give."""
    claims: list[Claim] = []
    begun = time.monotonic()
    for item, paragraphs in found:
        if len(claims) >= most:
            break
        claims += source(item, paragraphs)
        if sys.stderr.isatty():
            minutes = (time.monotonic() - begun) / 60
            sys.stderr.write(f"\r{len(claims)} of {most} claims, {minutes:.0f} min")
    return claims[:most]


def _paragraphs(item: ResolvedItem, searcher: Searcher) -> tuple[Paragraph, ...]:
    """The gold paragraph, then the ones nearest to the question; none when unanswerable."""
    gold = sorted({id_ for ids in item.quote_paragraphs[:1] for id_ in ids})[:1]
    if not gold:
        return ()
    found = [hit.paragraph for hit in searcher.search(item.item.question, PARAGRAPHS)]
    own = searcher.store.catalog.paragraphs_by_id(gold)[gold[0]]
    return (own, *(p for p in found if p.id != own.id))[:PARAGRAPHS]


def _write(name: str, found: Sequence[Rate]) -> None:
    sys.stdout.write(f"{name}\n")
    for rate in found:
        low, high = rate.interval.low, rate.interval.high
        sys.stdout.write(
            f"  {rate.kind:14}{rate.share:6.3f}  [{low:.3f}, {high:.3f}]  n={rate.n}\n"
        )


if __name__ == "__main__":
    main(sys.argv[1:])

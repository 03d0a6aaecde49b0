"""``python -m eval.mutation GOLD CORPUS [N [SEED]]``: does the verdict see what was made false?

Two tables: sentences of the documents word for word (the gold quotes' own), and the sentences of
the accepted answers that people wrote at length, where the gold set has some.
"""

import random
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from eval.gold.items import LONG_ANSWER_WORDS, ResolvedItem
from eval.gold.load import load_gold
from eval.mutation.rates import Claim, Rate, rates
from eval.relevance import Corpus
from index.blocks import Block, Kind
from index.catalog import Catalog
from index.paragraphs import split_sentences
from index.search import Searcher
from index.store import Store
from index.sync import sync
from index.types import Paragraph
from rag.build import build_embedder
from rag.settings import Settings
from rag.types import Verdict
from rag.verify import match

_PARAGRAPHS = 5
_FEWEST_WORDS = 5


def main(argv: Sequence[str]) -> None:
    """Print a table for each kind of claim; at most ``N`` claims of each, chosen by ``SEED``."""
    gold_file, corpus = Path(argv[0]), Path(argv[1])
    most = int(argv[2]) if len(argv) > 2 else 200
    chance = random.Random(int(argv[3]) if len(argv) > 3 else 0)
    embedder = build_embedder(Settings())
    with tempfile.TemporaryDirectory() as state:
        store = Store.create(Path(state))
        try:
            sync(store, corpus, embedder)
            searcher = Searcher(store, embedder)
            gold = load_gold(gold_file, _corpus(store.catalog))

            def judge(claim: str, question: str, paragraphs: Sequence[Paragraph]) -> Verdict:
                cosines = searcher.sentence_cosines(claim, [p.id for p in paragraphs])
                return match(claim, question, paragraphs, cosines).verdict

            verbatim, answers = [], []
            for item in gold.items:
                paragraphs = _paragraphs(item, store.catalog, searcher)
                if paragraphs:
                    verbatim += _claims(item, _quoted(item, paragraphs[0]), paragraphs)
                    answers += _claims(item, _written(item), paragraphs)
            for name, claims in (("the documents' own sentences", verbatim), ("answers", answers)):
                chance.shuffle(claims)
                if claims:
                    _write(name, rates(claims[:most], judge))
        finally:
            store.close()


def _corpus(catalog: Catalog) -> Corpus:
    paths = [d.path for d in catalog.documents() if d.paragraphs]
    return Corpus(
        {path: catalog.text(path) for path in paths},
        {path: catalog.paragraphs(path) for path in paths},
    )


def _paragraphs(item: ResolvedItem, catalog: Catalog, searcher: Searcher) -> tuple[Paragraph, ...]:
    """The gold paragraph, then the ones nearest to the question; none when unanswerable."""
    gold = sorted({id_ for ids in item.quote_paragraphs[:1] for id_ in ids})[:1]
    if not gold:
        return ()
    found = [hit.paragraph for hit in searcher.search(item.item.question, _PARAGRAPHS)]
    own = catalog.paragraphs_by_id(gold)[gold[0]]
    return (own, *(p for p in found if p.id != own.id))[:_PARAGRAPHS]


def _quoted(item: ResolvedItem, paragraph: Paragraph) -> list[str]:
    quote = item.item.evidence[0].quote
    return [s.text for s in paragraph.sentences if quote in s.text or s.text in quote][:1]


def _written(item: ResolvedItem) -> list[str]:
    long = [a for a in item.item.answers if len(a.split()) > LONG_ANSWER_WORDS]
    return (
        [s.text for s in split_sentences(long[0], Block(Kind.PROSE, 0, len(long[0])))]
        if long
        else []
    )


def _claims(
    item: ResolvedItem, sentences: Sequence[str], paragraphs: tuple[Paragraph, ...]
) -> list[Claim]:
    worded = [s for s in sentences if len(s.split()) >= _FEWEST_WORDS]
    return [Claim(sentence, item.item.question, paragraphs) for sentence in worded]


def _write(name: str, found: Sequence[Rate]) -> None:
    sys.stdout.write(f"{name}\n")
    for rate in found:
        low, high = rate.interval.low, rate.interval.high
        sys.stdout.write(
            f"  {rate.kind:14}{rate.share:6.3f}  [{low:.3f}, {high:.3f}]  n={rate.n}\n"
        )


if __name__ == "__main__":
    main(sys.argv[1:])

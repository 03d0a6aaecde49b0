"""What the bench runs on: a folder of real text with gold questions."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from eval.gold.items import GoldItem
from eval.gold.load import load_gold
from eval.normalise import collapse
from eval.relevance import Corpus
from index.prepare import prepare
from index.scan import check_root, scan
from index.types import FileState

_ROOT = Path(__file__).parents[2]
_BENCHMARKS = _ROOT.parent / "shared" / "benchmarks"
SEEDS = (_ROOT / "seeds", _ROOT / "eval" / "gold" / "seeds.jsonl")


@dataclass(frozen=True, slots=True)
class Data:
    """A corpus folder and its gold file."""

    corpus: Path
    gold: Path

    @property
    def name(self) -> str:
        """For people: which data this is."""
        return self.corpus.parent.name if self.corpus.name == "corpus" else self.corpus.name

    def read(self) -> Corpus:
        """The documents as Pincite reads and cuts them."""
        root = check_root(self.corpus)
        prepared = [prepare(root, file) for file in scan(root).values()]
        read = [p for p in prepared if p.document.state is FileState.INDEXED]
        return Corpus(
            texts={p.document.path: p.text for p in read},
            paragraphs={p.document.path: list(p.paragraphs) for p in read},
        )

    def questions(self, count: int) -> list[GoldItem]:
        """Up to ``count`` answerable single questions, spread over the whole file."""
        items = [
            gold.item
            for gold in load_gold(self.gold, self.read()).items
            if gold.item.answerable and gold.item.evidence and not gold.item.history
        ]
        return items[:: -(-len(items) // count)] if items else []


def find_data(folder: Path | None) -> Data:
    """``folder`` (with ``corpus/`` and ``gold.jsonl``), else XQuAD where it is, else the seeds."""
    chosen = folder or _BENCHMARKS / "xquad-en-dev"
    if folder is None and not chosen.is_dir():
        return Data(*SEEDS)
    return Data(chosen / "corpus", chosen / "gold.jsonl")


def recall(items: Sequence[GoldItem], found: Sequence[Sequence[str]]) -> float:
    """Share of the gold quotes that stand whole in one of the texts found for their question."""
    hits = total = 0
    for item, texts in zip(items, found, strict=True):
        collapsed = [collapse(text) for text in texts]
        for evidence in item.evidence:
            total += 1
            hits += any(collapse(evidence.quote) in text for text in collapsed)
    return round(hits / max(1, total), 4)


def first_words(texts: Sequence[str], words: int) -> list[str]:
    """As many of the texts, best first, as ``words`` words hold; the last one may be cut."""
    kept = []
    for text in texts:
        if words <= 0:
            break
        parts = text.split()
        kept.append(" ".join(parts[:words]))
        words -= len(parts)
    return kept

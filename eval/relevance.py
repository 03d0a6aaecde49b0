"""Which paragraphs of the corpus hold a gold quote.

A paragraph is relevant to an item when it contains one of the item's quotes: in the quote's own
file, or in any file when the quote has at least 60 characters (so a copy of the passage is as
good as the labelled one). Both sides are compared with runs of whitespace collapsed.

Where documents are evidence as a whole, all of their paragraphs are relevant.

A quote that no paragraph contains whole, because it crosses a paragraph break, belongs to the
paragraph that holds at least half of its characters.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from eval.gold.items import Evidence, GoldItem, GoldParagraph, ResolvedItem
from eval.normalise import collapse
from index.types import Paragraph
from rag.engine import Engine

ANY_FILE_CHARACTERS = 60

_ENOUGH_ALIKE = 0.6
"""Share of a quote's words from which a sentence may be what it once was, or was meant to be."""

_Sentences = tuple[Sequence[tuple[Paragraph, str]], Mapping[str, Sequence[int]]]


@dataclass(frozen=True, slots=True)
class Corpus:
    """Every indexed document by its path: its extracted text and its citable paragraphs."""

    texts: Mapping[str, str]
    paragraphs: Mapping[str, Sequence[Paragraph]]


def read_corpus(engine: Engine, only: Collection[str] | None = None) -> Corpus:
    """What the engine's index holds, or of that the paths ``only``.

    Documents that failed or are empty are left out.
    """
    searchable = (doc.path for doc in engine.documents() if doc.searchable)
    paths = [path for path in searchable if only is None or path in only]
    return Corpus(
        texts={path: engine.document_text(path) for path in paths},
        paragraphs={path: engine.paragraphs(path) for path in paths},
    )


class QuoteFinder:
    """Finds quotes in the paragraphs of one corpus."""

    def __init__(self, corpus: Corpus) -> None:
        self._corpus = corpus
        self._collapsed = {
            path: [(paragraph, collapse(paragraph.text)) for paragraph in paragraphs]
            for path, paragraphs in corpus.paragraphs.items()
        }
        self._sentences: dict[str, _Sentences] = {}

    def has_document(self, path: str) -> bool:
        """Whether the corpus has this document."""
        return path in self._collapsed

    def containing(self, evidence: Evidence) -> list[Paragraph]:
        """The paragraphs of the quote's own file that contain it whole."""
        quote = collapse(evidence.quote)
        return [found for found, text in self._collapsed.get(evidence.path, []) if quote in text]

    def elsewhere(self, evidence: Evidence) -> list[str]:
        """The other documents of which a paragraph contains the quote whole."""
        quote = collapse(evidence.quote)
        return [
            path
            for path, paragraphs in self._collapsed.items()
            if path != evidence.path and any(quote in text for _, text in paragraphs)
        ]

    def nearest(self, evidence: Evidence) -> tuple[Paragraph, str] | None:
        """The sentence of the quote's own file that has most of its words; None if it has few."""
        words = set(_words(evidence.quote))
        sentences, having = self._by_word(evidence.path)
        shared = Counter(number for word in words for number in having.get(word, ()))
        if not shared:
            return None
        # Of several the first.
        best = min(shared, key=lambda number: (-shared[number], number))
        return sentences[best] if shared[best] >= _ENOUGH_ALIKE * len(words) else None

    def _by_word(self, path: str) -> _Sentences:
        """The sentences of a document, and for each word the numbers of those that have it."""
        if path not in self._sentences:
            sentences = [
                (paragraph, text)
                for paragraph in self._corpus.paragraphs[path]
                for text in [each.text for each in paragraph.sentences] or [paragraph.text]
            ]
            having: dict[str, list[int]] = defaultdict(list)
            for number, (_, text) in enumerate(sentences):
                for word in set(_words(text)):
                    having[word].append(number)
            self._sentences[path] = sentences, having
        return self._sentences[path]

    def places(self, evidence: Evidence) -> list[tuple[int, int]]:
        """Where the quote stands in its document's text, as (start, end) in characters."""
        words = map(re.escape, evidence.quote.split())
        text = self._corpus.texts.get(evidence.path, "")
        return [found.span() for found in re.finditer(r"\s+".join(words), text)]

    def touching(self, path: str, start: int, end: int) -> list[tuple[Paragraph, int]]:
        """The paragraphs of a document that share characters with a span, and how many."""
        shared = (
            (paragraph, min(end, paragraph.end) - max(start, paragraph.start))
            for paragraph in self._corpus.paragraphs[path]
        )
        return [(paragraph, count) for paragraph, count in shared if count > 0]

    def holders(self, evidence: Evidence) -> list[Paragraph]:
        """The paragraphs of the quote's own file it belongs to: one when the label is sound.

        All of them where the file is evidence as a whole.
        """
        if evidence.whole:
            return list(self._corpus.paragraphs.get(evidence.path, ()))
        whole = self.containing(evidence)
        if whole:
            return whole
        halves = [
            paragraph
            for start, end in self.places(evidence)
            for paragraph, shared in self.touching(evidence.path, start, end)
            if 2 * shared >= end - start
        ]
        return list({paragraph.id: paragraph for paragraph in halves}.values())

    def relevant(self, evidence: Evidence) -> list[Paragraph]:
        """The paragraphs that count as holding the quote, those of its own file first."""
        found = self.holders(evidence)
        quote = collapse(evidence.quote)
        if evidence.whole:
            others = (path for path in evidence.whole if path != evidence.path)
            return found + [
                part for path in others for part in self._corpus.paragraphs.get(path, ())
            ]
        if len(quote) >= ANY_FILE_CHARACTERS:
            for path, paragraphs in self._collapsed.items():
                if path != evidence.path:
                    found += [paragraph for paragraph, text in paragraphs if quote in text]
        return found

    def resolve(self, item: GoldItem) -> ResolvedItem:
        """The item with the paragraphs of its quotes."""
        by_quote = [self.relevant(evidence) for evidence in item.evidence]
        quotes: dict[str, list[str]] = {}
        paragraphs: dict[str, Paragraph] = {}
        for evidence, found in zip(item.evidence, by_quote, strict=True):
            for paragraph in found:
                paragraphs[paragraph.id] = paragraph
                quotes.setdefault(paragraph.id, []).append(evidence.quote)
        return ResolvedItem(
            item=item,
            quote_paragraphs=tuple(frozenset(part.id for part in found) for found in by_quote),
            paragraphs=tuple(
                GoldParagraph(part.id, part.path, part.ordinal, part.text, tuple(quotes[part.id]))
                for part in paragraphs.values()
            ),
            # Items without evidence share no paragraph with any other: each is its own cluster.
            cluster=next(iter(paragraphs), f"item {item.id}"),
        )


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text.lower())

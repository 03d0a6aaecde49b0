"""Answerable items -> near misses: their evidence sentences are cut out of a copy of the corpus.

What is left is about the same things but no longer says what is asked, which is the hardest kind
of unanswerable question. An item whose accepted answer still stands in the paragraph is left out,
since it may still be answered.
"""

import json
import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from eval.gold.bundle import write_corpus
from eval.gold.items import GoldItem, ResolvedItem
from eval.gold.jsonl import item_to_dict
from eval.metrics.correct import contains_answer
from eval.normalise import collapse
from eval.relevance import Corpus
from eval.writing import write_whole
from index.types import Paragraph

HIDDEN_TAG = "hidden"


@dataclass(frozen=True, slots=True)
class HiddenSet:
    """Documents without the hidden sentences, and the items as they now are."""

    texts: Mapping[str, str]
    items: tuple[GoldItem, ...]


def hide_evidence(
    items: Sequence[ResolvedItem], corpus: Corpus, *, share: float, seed: int
) -> HiddenSet:
    """Hide the evidence of about ``share`` of the answerable items.

    Items that lose a sentence to another's hiding count as hidden too.
    """
    answerable = [gold for gold in items if gold.item.answerable]
    chosen = random.Random(seed).sample(answerable, round(share * len(answerable)))
    spans = {span for gold in chosen for span in _evidence_spans(gold, corpus)}
    texts = {path: _without(text, path, spans) for path, text in corpus.texts.items()}
    kept: list[GoldItem] = []
    for gold in items:
        own = _evidence_spans(gold, corpus)
        if not own & spans:
            if _still_quoted(gold, texts):
                kept.append(gold.item)
        elif own <= spans and not _still_said(gold, corpus, spans):
            tags = (*gold.item.tags, HIDDEN_TAG)
            kept.append(replace(gold.item, answers=(), evidence=(), answerable=False, tags=tags))
    return HiddenSet(texts, tuple(kept))


def write_hidden(hidden: HiddenSet, folder: Path) -> None:
    """Write ``corpus/`` and ``gold.jsonl`` into a folder; its ``corpus/`` must not be there yet."""
    write_corpus(hidden.texts, folder / "corpus")
    lines = (json.dumps(item_to_dict(item), ensure_ascii=False) for item in hidden.items)
    write_whole(folder / "gold.jsonl", "\n".join(lines) + "\n")


def _evidence_spans(gold: ResolvedItem, corpus: Corpus) -> set[tuple[str, int, int]]:
    """(path, start, end) of every sentence that holds part of one of the item's quotes."""
    spans = set()
    for paragraph in _paragraphs(gold, corpus):
        for evidence in gold.item.evidence:
            quoted = collapse(evidence.quote)
            for sentence in paragraph.sentences:
                text = collapse(sentence.text)
                if evidence.path == paragraph.path and (text in quoted or quoted in text):
                    spans.add((paragraph.path, sentence.start, sentence.end))
    return spans


def _still_quoted(gold: ResolvedItem, texts: Mapping[str, str]) -> bool:
    """A quote may run over a sentence that was cut for another item."""
    return all(
        collapse(evidence.quote) in collapse(texts.get(evidence.path, ""))
        for evidence in gold.item.evidence
    )


def _still_said(gold: ResolvedItem, corpus: Corpus, spans: set[tuple[str, int, int]]) -> bool:
    left = " ".join(
        sentence.text
        for paragraph in _paragraphs(gold, corpus)
        for sentence in paragraph.sentences
        if (paragraph.path, sentence.start, sentence.end) not in spans
    )
    return contains_answer(left, gold.item.answers)


def _paragraphs(gold: ResolvedItem, corpus: Corpus) -> list[Paragraph]:
    wanted = {paragraph.id for paragraph in gold.paragraphs}
    paths = {paragraph.path for paragraph in gold.paragraphs}
    return [p for path in sorted(paths) for p in corpus.paragraphs[path] if p.id in wanted]


def _without(text: str, path: str, spans: set[tuple[str, int, int]]) -> str:
    for _, start, end in sorted((s for s in spans if s[0] == path), reverse=True):
        text = text[:start] + text[end:]
    return text

"""Answerable items -> near misses: their evidence sentences are cut out of a copy of the corpus.

What is left is about the same things but no longer says what is asked, which is the hardest kind
of unanswerable question. An item whose accepted answer still stands in the paragraph is left out,
and so is one of whose sentences another document has a copy, since it may still be answered.
"""

import json
import random
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain, count
from pathlib import Path

from eval.gold.bundle import write_corpus
from eval.gold.items import GoldItem, ResolvedItem
from eval.gold.jsonl import item_to_dict
from eval.metrics.correct import contains_answer
from eval.normalise import collapse
from eval.relevance import Corpus
from eval.writing import write_whole
from index.readers import verbatim
from index.types import Paragraph

HIDDEN_TAG = "hidden"


@dataclass(frozen=True, slots=True)
class HiddenSet:
    """Documents without the hidden sentences, and the items as they now are.

    The paths are those of the documents hidden in, also of ones whose text was extracted.
    """

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
    # A line for each document: no collapsed sentence goes over two of them.
    left = "\n".join(map(collapse, texts.values()))
    kept: list[GoldItem] = []
    for gold in items:
        own = _evidence_spans(gold, corpus)
        if not own & spans:
            if _still_quoted(gold, texts):
                kept.append(gold.item)
        elif not own <= spans or any(_words(corpus, span) in left for span in own):
            continue
        elif not _still_said(gold, corpus, spans):
            tags = (*gold.item.tags, HIDDEN_TAG)
            kept.append(replace(gold.item, answers=(), evidence=(), answerable=False, tags=tags))
    return HiddenSet(texts, tuple(kept))


def write_hidden(hidden: HiddenSet, folder: Path) -> None:
    """Write ``corpus/`` and ``gold.jsonl`` into a folder; its ``corpus/`` must not be there yet.

    What was extracted from a file that is no text itself (PDF, Word) becomes a text file, which
    the gold file then names.
    """
    names = _text_files(hidden.texts)
    write_corpus({names[path]: text for path, text in hidden.texts.items()}, folder / "corpus")
    items = (_renamed(item, names) for item in hidden.items)
    lines = (json.dumps(item_to_dict(item), ensure_ascii=False) for item in items)
    write_whole(folder / "gold.jsonl", "\n".join(lines) + "\n")


def _text_files(paths: Collection[str]) -> dict[str, str]:
    """Each document's path -> that of a file which its reader gives the same text of."""
    names = {path: path for path in paths if verbatim(path)}
    taken = {name.lower() for name in names}
    for path in paths:
        if path not in names:
            candidates = chain([f"{path}.txt"], (f"{path}-{n}.txt" for n in count(2)))
            names[path] = next(name for name in candidates if name.lower() not in taken)
            taken.add(names[path].lower())
    return names


def _renamed(item: GoldItem, names: Mapping[str, str]) -> GoldItem:
    evidence = (replace(each, path=names[each.path]) for each in item.evidence)
    return replace(item, evidence=tuple(evidence))


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


def _words(corpus: Corpus, span: tuple[str, int, int]) -> str:
    path, start, end = span
    return collapse(corpus.texts[path][start:end])


def _paragraphs(gold: ResolvedItem, corpus: Corpus) -> list[Paragraph]:
    wanted = {paragraph.id for paragraph in gold.paragraphs}
    paths = {paragraph.path for paragraph in gold.paragraphs}
    return [p for path in sorted(paths) for p in corpus.paragraphs[path] if p.id in wanted]


def _without(text: str, path: str, spans: set[tuple[str, int, int]]) -> str:
    for _, start, end in sorted((s for s in spans if s[0] == path), reverse=True):
        text = text[:start] + text[end:]
    return text

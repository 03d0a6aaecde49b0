"""Ranked sentences -> the shortest sources that should hold the answer, within a token budget.

Prompt tokens are the latency, so the model gets neither a fixed number of chunks nor whole
paragraphs, but the sentences that fit the question best, each paragraph's in their own order. On a
development set (612 questions) the sentences within ``EVIDENCE_TOKENS`` hold an accepted answer for
.93, whole paragraphs of nearly twice the tokens for .97; the model's answers were as often right.
"""

import re
from collections.abc import Sequence

from index.types import Sentence
from index.words import stems
from rag.extract import RankedSentence
from rag.passage import headings
from rag.tables.rows import cells, lacking, told
from rag.types import Source

TOKENS_PER_CHARACTER = 0.3
"""English prose takes about 0.22 tokens a character; names and numbers take more."""

_OTHER_SCRIPTS = re.compile(r"[^\u0000-\u02ff\u2000-\u20cf]")
"""Letters of other scripts than the Latin may take a token each."""

EVIDENCE_TOKENS = 175
"""By the upper estimate: about 130 tokens of prose."""

_LOOK_AT = 14
_SAME = 0.9


def estimate_tokens(text: str) -> int:
    """An upper estimate of a text's tokens, without a tokenizer."""
    others = len(_OTHER_SCRIPTS.findall(text))
    return int((len(text) - others) * TOKENS_PER_CHARACTER) + others + 2


def choose_sources(
    best: Sequence[RankedSentence], *, budget_tokens: int, question: str = ""
) -> tuple[Source, ...]:
    """The first of ``best`` by paragraph, within ``budget_tokens`` by the estimate.

    Headings are counted in it, and not in ``EVIDENCE_TOKENS``. A sentence that does not fit is
    passed over for the next; a best one larger than the budget leaves nothing of its own, since
    half a sentence may say the opposite. Near-duplicates of a sentence are left out.
    """
    room, left = budget_tokens, EVIDENCE_TOKENS
    taken: dict[str, list[RankedSentence]] = {}
    for number, ranked in enumerate(_different(_rows_asked_for(question, best))):
        paragraph, sentence = ranked.paragraph, ranked.sentence
        cost = estimate_tokens(told(paragraph, sentence.text, question))
        above = "" if paragraph.id in taken else headings(paragraph, [sentence])
        whole = cost + (estimate_tokens(above) if above else 0)
        # The best sentence may take the whole budget, however short evidence is meant to be.
        if whole > room or (number and cost > left):
            continue
        room -= whole
        left -= cost
        taken.setdefault(paragraph.id, []).append(ranked)
    return tuple(
        Source(found[0].paragraph, _in_order([r.sentence for r in found]))
        for found in taken.values()
    )


def _rows_asked_for(question: str, best: Sequence[RankedSentence]) -> list[RankedSentence]:
    """``best``, of each document's rows those alone that lack fewest of what the question names.

    Among rows alike a small model takes the wrong one.
    """
    texts = [(r.paragraph, r.sentence.text) for r in best]
    lacks = [lacking(question, *text) if cells(*text) else None for text in texts]
    least: dict[str, int] = {}
    for (paragraph, _), lack in zip(texts, lacks, strict=True):
        if lack is not None:
            least[paragraph.path] = min(lack, least.get(paragraph.path, lack))
    pairs = zip(best, lacks, strict=True)
    return [r for r, lack in pairs if lack is None or lack == least[r.paragraph.path]]


def _different(best: Sequence[RankedSentence]) -> list[RankedSentence]:
    """The first ``_LOOK_AT`` of which none is a near-duplicate of another."""
    found: list[RankedSentence] = []
    said: list[set[str]] = []
    for ranked in best:
        words = set(stems(ranked.sentence.text))
        if not any(_alike(words, others) for others in said):
            found.append(ranked)
            said.append(words)
        if len(found) == _LOOK_AT:
            break
    return found


def _alike(some: set[str], others: set[str]) -> bool:
    """Do copies of a document, or a sentence told twice, say it in all but the same words?"""
    return len(some & others) >= _SAME * len(some | others)


def _in_order(sentences: Sequence[Sentence]) -> tuple[Sentence, ...]:
    return tuple(sorted(sentences, key=lambda s: s.ordinal))

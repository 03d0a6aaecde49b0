"""Hits -> the shortest sources that should hold the answer, within a token budget.

Prompt tokens are the latency, so the model never gets a fixed number of chunks: paragraphs are
given whole, best first, while they are short; of those after that only the best sentence.
"""

from collections.abc import Sequence

from index.types import Hit, Sentence
from rag.types import Source

TOKENS_PER_CHARACTER = 0.3
"""English prose takes about 0.22 tokens a character; names and numbers take more."""

WHOLE_TOKENS = 180
BEST_TOKENS = 300


def estimate_tokens(text: str) -> int:
    """An upper estimate of a text's tokens, without a tokenizer."""
    return int(len(text) * TOKENS_PER_CHARACTER) + 2


def choose_sources(hits: Sequence[Hit], *, budget_tokens: int) -> tuple[Source, ...]:
    """Sources in rank order, never more than ``budget_tokens`` by the upper estimate.

    A top paragraph larger than the budget gives the sentences nearest to its best one.
    """
    sources: list[Source] = []
    used = 0
    for hit in hits:
        whole = used + estimate_tokens(hit.paragraph.text) <= WHOLE_TOKENS or not sources
        limit = min(budget_tokens, BEST_TOKENS) if sources else budget_tokens
        sentences = _around_best(hit, limit - used, len(hit.paragraph.sentences) if whole else 1)
        if not sentences:
            break
        used += sum(estimate_tokens(s.text) for s in sentences)
        sources.append(Source(hit.paragraph, sentences))
    return tuple(sources)


def _around_best(hit: Hit, budget_tokens: int, most: int) -> tuple[Sentence, ...]:
    """Up to ``most`` sentences, growing both ways from the best while they fit, in order."""
    sentences = hit.paragraph.sentences
    near = sorted(range(len(sentences)), key=lambda i: (abs(i - hit.best_sentence), i))
    taken: list[int] = []
    left = budget_tokens
    for i in near[:most]:
        cost = estimate_tokens(sentences[i].text)
        if cost > left:
            break
        left -= cost
        taken.append(i)
    return tuple(sentences[i] for i in sorted(taken))
